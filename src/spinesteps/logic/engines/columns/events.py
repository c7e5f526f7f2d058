"""A table of events made ready for summaries: one row for each event and index day, days as numbers.

Columns of the events: those of `history.event.Event`, `concepts` and `suggests` as text (`;nsaid;nsaid:diclofenac;`)
and `value` as three columns, `value_yes_no`, `value_number`, `value_text` (see `rows.events_table`). Columns of the
people: `person` and `day`; a person may have several days. Dates become days since 1970: engines differ in taking one
from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.layers import kept_apart, number, one_of, pairwise
from spinesteps.logic.history.event_filter import MEDICINE_TAKEN, ONGOING, STATUS_UNKNOWN, Where

KEY = ("person", "day")
SILENT, YES_NO, NUMBER, TEXT = 0, 1, 2, 3  # what an answer is
LONG_AGO = -1_000_000
TEXTS = ("kind", "concepts", "suggests", "status", "region", "side", "record", "absent")


@dataclass(frozen=True)
class AnswerColumns:
    """An answer as three columns: what it is, its number (yes is 1), its text (or why there is none)."""

    tag: ir.IntegerValue
    number: ir.FloatingValue
    text: ir.StringValue


def day_number(day: ir.Value) -> ir.IntegerValue:
    """Days since 1970."""
    assert isinstance(day, ir.DateValue)
    return day.delta(ibis.date(1970, 1, 1), unit="day").cast("int64")


def either_null_or(column: ir.Value, holds: ir.BooleanValue) -> ir.BooleanValue:
    """The column is null, or this holds of it."""
    return column.isnull() | ibis.coalesce(holds, False)


def surely(holds: ir.BooleanValue) -> ir.BooleanValue:
    """Yes, and not null."""
    found = ibis.coalesce(holds, False)
    assert isinstance(found, ir.BooleanValue)
    return found


def joined_to_days(events: ir.Table, people: ir.Table, key: Sequence[str] = KEY) -> ir.Table:
    """Every event of a person beside each of that person's days, in the columns that summaries read."""
    shared = [name for name in key if name != "day"]
    texts = {name: ibis.coalesce(events[name], "") for name in TEXTS}
    dated = {
        "first": day_number(events["start"]),
        "last": ibis.coalesce(day_number(events["start_last"]), day_number(events["start"])),
        "ends": day_number(events["end"]),
        "noted": day_number(events["recorded"]),
        "born_ymd": _ymd(events["start"]),
        "moment": events["moment"].cast("float64"),
        "quantity": events["quantity"].cast("float64"),
    }
    values = {name: events[name] for name in ("value_yes_no", "value_number", "value_text")}
    events = kept_apart(events.select(*shared, **texts, **dated, **values))
    days = people.select(*key, today=day_number(people["day"]), today_ymd=_ymd(people["day"])).distinct()
    columns = [name for name in events.columns if name not in shared]
    both = days.inner_join(events, shared).select(*key, "today", "today_ymd", *columns)
    said = _said(both)
    both = both.mutate(tag=said.tag, number=said.number, text=said.text)
    return kept_apart(both.drop("value_yes_no", "value_number", "value_text"))


def _ymd(day: ir.Value) -> ir.IntegerValue:
    """A day as the number 20261121: whole years between two are a difference, divided."""
    assert isinstance(day, ir.DateValue)
    return (day.year() * 10_000 + day.month() * 100 + day.day()).cast("int64")


def _said(table: ir.Table) -> AnswerColumns:
    flag, amount, text = table["value_yes_no"], table["value_number"], table["value_text"]
    tag = ibis.cases((flag.notnull(), YES_NO), (amount.notnull(), NUMBER), (text.notnull(), TEXT), else_=SILENT)
    worth = ibis.cases(
        (flag.notnull(), flag.ifelse(number(1), number(0))), (amount.notnull(), amount.cast("float64")),
        else_=number(0),
    )  # fmt: skip
    words = ibis.cases(
        (flag.notnull() | amount.notnull(), ""), (text.notnull(), text), else_=ibis.coalesce(table["absent"], "")
    )
    return AnswerColumns(tag.cast("int64"), worth, words)


def stands_for(table: ir.Table, concepts: Iterable[str], suggested: bool = False) -> ir.BooleanValue:
    """The event stands for one of these concepts; suggested: or only may."""
    names = ("concepts", "suggests") if suggested else ("concepts",)
    found = [table[name].contains(f";{concept};") for concept in dict.fromkeys(concepts) for name in names]
    return pairwise(lambda x, y: x | y, found) if found else ibis.literal(False)


def selected(table: ir.Table, where: Where, today: str = "today") -> ir.BooleanValue:
    """Whether a summary looks at the event as of the day in this column, as `Where.select`."""
    day = table[today]
    parts: list[ir.BooleanValue] = [
        one_of(table["kind"], [where.kind] if isinstance(where.kind, str) else where.kind),
        stands_for(table, where.concepts, where.suggested),
        either_null_or(table["noted"], table["noted"] <= day),
        either_null_or(table["first"], table["first"] <= day),
    ]
    if where.without:
        parts.append(~stands_for(table, where.without))
    parts += [table[name] == wanted for name, wanted in (("region", where.region), ("side", where.side)) if wanted]
    if where.within_days is not None:
        parts.append(either_null_or(table["last"], table["last"] >= day - where.within_days))
    if where.active:
        parts.append(_active(table, day))
    return surely(pairwise(lambda x, y: x & y, parts))


def _active(table: ir.Table, day: ir.Value) -> ir.BooleanValue:
    """Going on that day, as `selection.is_active`."""
    medicine, status, ends = table["kind"] == "medicine", table["status"], table["ends"]
    to_the_day = surely(ends >= day) & ~(medicine & one_of(status, ("on-hold", "stopped")))
    last_supplied = table["last"] + _supply(table) - 1
    covers = table["quantity"].notnull() & surely((table["last"] <= day) & (last_supplied >= day))
    taken = one_of(status, MEDICINE_TAKEN) | (one_of(status, STATUS_UNKNOWN) & covers)
    return ibis.cases((ends.notnull(), to_the_day), (medicine, taken), else_=one_of(status, ONGOING))


def _supply(table: ir.Table) -> ir.IntegerValue:
    """Days that a supply lasts, at least one."""
    return ibis.greatest(ibis.coalesce(table["quantity"], 1).floor().cast("int64"), 1)


def span_end(table: ir.Table) -> ir.IntegerValue:
    """The last day that an event surely covers, its first being `last`, as `selection.span_of`."""
    medicine, today = table["kind"] == "medicine", table["today"]
    active = ibis.cases((medicine, one_of(table["status"], MEDICINE_TAKEN)), else_=one_of(table["status"], ONGOING[1:]))
    supplied = ibis.least(table["last"] + _supply(table) - 1, today)
    return ibis.cases(
        (table["ends"].notnull(), ibis.least(table["ends"], today)),
        (table["quantity"].notnull() & medicine, supplied),
        (active, today),
        else_=table["last"],
    )


def about(table: ir.Table) -> ir.IntegerValue:
    """The day an event is about: the last it can have begun, but not after the index day. Null when undated."""
    last, today = table["last"], table["today"]
    return ibis.cases((last > today, today), else_=last)


def noted(table: ir.Table) -> ir.IntegerValue:
    """The day an event is about, or the later one on which it was written down. Null when neither is known."""
    began, written = about(table), table["noted"]
    return ibis.cases((began.isnull() | (written > began), written), else_=began)


class Selections:
    """Every distinct selection of some summaries, each a yes/no column of the events."""

    def __init__(self, wheres: Sequence[Where]) -> None:
        self.names = {where: f"sel_{place}" for place, where in enumerate(dict.fromkeys(wheres))}

    def add_to(self, table: ir.Table, births: Sequence[Where]) -> ir.Table:
        """The events that some summary looks at, with the columns."""
        flags = {name: selected(table, where) for where, name in self.names.items()}
        flags |= {self.birth(where): self._births(table, where) for where in births}
        table = kept_apart(table.mutate(**flags)) if flags else table
        return table.filter(pairwise(lambda x, y: x | y, [table[name] for name in flags])) if flags else table

    def of(self, table: ir.Table, where: Where) -> ir.BooleanValue:
        """The column of a selection."""
        found = table[self.names[where]]
        assert isinstance(found, ir.BooleanColumn)
        return found

    @staticmethod
    def birth(where: Where) -> str:
        """The column of births: known or not on the day, they count."""
        return "birth_" + "_".join(where.concepts)

    @staticmethod
    def _births(table: ir.Table, where: Where) -> ir.BooleanValue:
        if not isinstance(where.kind, str):
            return ibis.literal(False)
        return surely((table["kind"] == where.kind) & stands_for(table, where.concepts))


def ever(where: Where) -> Where:
    """The selection without its window of days."""
    return replace(where, within_days=None)
