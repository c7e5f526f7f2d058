"""Every summary of logic/history/summaries.py as columns, but for those over spans of days (see `runs`).

A summary is written as a generator. It yields what it wants to know of each person, as aggregates over the events,
and is sent the names of the columns that hold it; these stand beside each event from then on, so that it can ask
further. All summaries are asked in step, so one grouped pass over the events answers all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.events import (
    LONG_AGO,
    NUMBER,
    SILENT,
    TEXT,
    YES_NO,
    AnswerColumns,
    Selections,
    about,
    noted,
    surely,
)  # fmt: skip
from spinesteps.logic.engines.columns.layers import number, one_of
from spinesteps.logic.engines.columns.steps import (
    NOT_ASKED,
    UNREADABLE,
    Aggregate,
    Chosen,
    Flag,
    FoundColumns,
    Names,
    Steps,
)
from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import (
    AgeOn,
    Count,
    DaysSince,
    Elapsed,
    Exists,
    First,
    Latest,
    NoneBefore,
    Sum,
)  # fmt: skip


def count(where: Flag) -> Aggregate:
    """How many events."""
    return lambda events: events.count(where=where(events))


def silent(reason: str) -> AnswerColumns:
    """No answer, and why."""
    return AnswerColumns(ibis.literal(SILENT, "int64"), number(0), ibis.literal(reason))


def constant(answer: Answer) -> AnswerColumns:
    """An answer that a declaration gives."""
    if isinstance(answer, Silence):
        return silent(answer.value)
    if isinstance(answer, bool):
        return AnswerColumns(ibis.literal(YES_NO, "int64"), number(answer), ibis.literal(""))
    if isinstance(answer, int | float):
        return amount(number(answer))
    return AnswerColumns(ibis.literal(TEXT, "int64"), number(0), ibis.literal(str(answer)))


def amount(value: ir.Value) -> AnswerColumns:
    """A number."""
    return AnswerColumns(ibis.literal(NUMBER, "int64"), value.cast("float64"), ibis.literal(""))


def pick(*cases: tuple[ir.BooleanValue, AnswerColumns], otherwise: AnswerColumns) -> AnswerColumns:
    """The answer of the first case that holds."""
    return AnswerColumns(
        ibis.cases(*((when, said.tag) for when, said in cases), else_=otherwise.tag),
        ibis.cases(*((when, said.number) for when, said in cases), else_=otherwise.number),
        ibis.cases(*((when, said.text) for when, said in cases), else_=otherwise.text),
    )


def when_day(holds: ir.BooleanValue, day: ir.Value) -> ir.IntegerValue:
    """The day where this holds."""
    return ibis.cases((holds, day), else_=ibis.null("int64"))


def some(people: ir.Table, name: str) -> ir.BooleanValue:
    """A count is above zero."""
    return surely(people[name] > 0)


def together(*steps: Chosen) -> Generator[Mapping[str, Aggregate], Names, list[Flag]]:
    """Several asked in step."""
    flags: dict[int, Flag] = {}
    wanted = {place: next(one) for place, one in enumerate(steps)}
    while wanted:
        names = yield {f"{place}_{name}": f for place, asks in wanted.items() for name, f in asks.items()}
        for place, asks in list(wanted.items()):
            try:
                wanted[place] = steps[place].send({name: names[f"{place}_{name}"] for name in asks})
            except StopIteration as end:
                flags[place] = end.value
                del wanted[place]
    return [flags[place] for place in range(len(steps))]


def dated(flag: Flag) -> Flag:
    """Those of them that have a date."""
    return lambda events: flag(events) & events["last"].notnull()


def reading(means: tuple[tuple[str, Answer], ...]) -> Callable[[ir.Table], AnswerColumns]:
    """What an event says, coded texts read as declared (see `selection.meaning`)."""

    def read(events: ir.Table) -> AnswerColumns:
        plain = AnswerColumns(events["tag"], events["number"], events["text"])
        cases = [((plain.tag == TEXT) & (plain.text == text), constant(answer)) for text, answer in means]
        return pick(*cases, otherwise=plain) if cases else plain

    return read


def valued(flag: Flag, means: tuple[tuple[str, Answer], ...] = ()) -> Flag:
    """Those of them that say something: a value, or why there is none."""

    def says(events: ir.Table) -> ir.BooleanValue:
        said = reading(means)(events)
        found = flag(events) & ((said.tag != SILENT) | ~one_of(said.text, ("", NOT_ASKED)))
        if means:
            meant = (events["tag"] == TEXT) & one_of(events["text"], [text for text, _ in means])
            found = found & (meant | (events["absent"] != ""))
        return found

    return says


def newest(says: Flag) -> Chosen:
    """Those that can be the newest one, as `selection.newest`."""
    timed: Flag = lambda events: dated(says)(events) & events["moment"].notnull()  # noqa: E731
    first = yield {
        "dated": count(dated(says)),
        "moment": lambda events: events["moment"].max(where=timed(events)),
    }

    def left(events: ir.Table) -> ir.BooleanValue:
        untimed = events["moment"].isnull()
        return dated(says)(events) & (untimed | surely(events["moment"] == events[first["moment"]]))

    second = yield {"floor": lambda events: events["first"].max(where=left(events))}

    def chosen(events: ir.Table) -> ir.BooleanValue:
        late = surely(events["last"] >= ibis.coalesce(events[second["floor"]], LONG_AGO))
        undated = surely(events[first["dated"]] == 0)
        return (says(events) & undated) | (left(events) & late)

    return chosen


def oldest(says: Flag) -> Chosen:
    """The oldest ones, as `history.First`."""
    first = yield {"last": lambda events: events["last"].min(where=dated(says)(events))}

    def early(events: ir.Table) -> ir.BooleanValue:
        return dated(says)(events) & surely(events["last"] == events[first["last"]])

    def moment(events: ir.Table) -> ir.FloatingValue:
        return ibis.coalesce(events["moment"], number(0))

    second = yield {"moment": lambda events: moment(events).min(where=early(events))}
    return lambda events: early(events) & surely(moment(events) == events[second["moment"]])


def told(flag: Flag, means: tuple[tuple[str, Answer], ...] = ()) -> Mapping[str, Aggregate]:
    """What is asked of events that cannot be told apart in time, for `one_answer`."""
    read = reading(means)
    return {
        "n": count(flag),
        "yes": count(lambda e: flag(e) & (read(e).tag == YES_NO) & (read(e).number == 1)),
        "tag_low": lambda e: read(e).tag.min(where=flag(e)),
        "tag_high": lambda e: read(e).tag.max(where=flag(e)),
        "number_low": lambda e: read(e).number.min(where=flag(e)),
        "number_high": lambda e: read(e).number.max(where=flag(e)),
        "text_low": lambda e: read(e).text.min(where=flag(e)),
        "text_high": lambda e: read(e).text.max(where=flag(e)),
        "about": lambda e: about(e).max(where=flag(e)),
    }


def one_answer(people: ir.Table, names: Names, yes_wins: bool = False) -> FoundColumns:
    """One answer of events that cannot be told apart in time, as `selection.one_answer`."""
    column = {name: people[names[name]] for name in names}
    same = surely(
        (column["tag_low"] == column["tag_high"])
        & (column["number_low"] == column["number_high"])
        & (column["text_low"] == column["text_high"])
    )
    the_one = AnswerColumns(column["tag_low"], column["number_low"], column["text_low"])
    cases = [(~some(people, names["n"]), silent(NOT_ASKED)), (same, the_one)]
    if yes_wins:
        cases.append((some(people, names["yes"]), constant(True)))
    return FoundColumns(pick(*cases, otherwise=silent(Silence.IN_CONFLICT.value)), column["about"])


class Steppers:
    """Makes the steps of a summary over selections."""

    def __init__(self, selections: Selections) -> None:
        self.selections = selections

    def flag(self, where: Where) -> Flag:
        """The selection's column."""
        return lambda events: self.selections.of(events, where)

    def latest(self, summary: Latest) -> Steps:
        """See `history.Latest`."""
        says = valued(self.flag(summary.where), summary.means)
        read = reading(summary.means)

        def undated_yes(events: ir.Table) -> ir.BooleanValue:
            said = read(events)
            return says(events) & events["last"].isnull() & (said.tag == YES_NO) & (said.number == 1)

        before: Names = {}
        if summary.yes_wins:
            before = yield {"undated_yes": count(undated_yes)}
        chosen = yield from newest(says)
        names = yield told(chosen, summary.means)

        def finish(people: ir.Table) -> FoundColumns:
            found = one_answer(people, names, summary.yes_wins)
            if not before:
                return found
            undated = some(people, before["undated_yes"])
            said = pick((undated, constant(True)), otherwise=found.said)
            return FoundColumns(said, when_day(~undated, found.day))

        return finish

    def first(self, summary: First) -> Steps:
        """See `history.First`."""
        chosen = yield from oldest(valued(self.flag(summary.where)))
        names = yield told(chosen)
        return lambda people: one_answer(people, names)

    def exists(self, summary: Exists) -> Steps:
        """See `history.Exists`."""
        where, also = self.flag(summary.where), self.flag(summary.also or summary.where)
        timely = summary.where.within_days is not None
        timely = timely or (summary.where.active and summary.where.kind == "medicine")
        names = yield {
            "n": count(where), "others": count(also), "dated": count(dated(where)),
            "about": lambda e: (noted if summary.about == "noted" else about)(e).max(where=where(e) | also(e)),
        }  # fmt: skip

        def finish(people: ir.Table) -> FoundColumns:
            found = some(people, names["n"]) & some(people, names["others"])
            undated = ~some(people, names["dated"]) if timely else ibis.literal(False)
            said = pick(
                (~found, silent(NOT_ASKED)), (undated, silent(UNREADABLE)), otherwise=constant(summary.gives)
            )
            day = people["today"] if summary.where.active and not summary.about else people[names["about"]]
            return FoundColumns(said, when_day(found & ~undated, day))

        return finish

    def sum(self, summary: Sum) -> Steps:
        """See `history.Sum`."""
        where = self.flag(summary.where)

        def known(events: ir.Table) -> ir.BooleanValue:
            return where(events) & (events["quantity"].notnull() if summary.quantity else events["tag"] == NUMBER)

        column = "quantity" if summary.quantity else "number"
        names = yield {
            "n": count(where), "known": count(known), "sum": lambda e: e[column].sum(where=known(e)),
        }  # fmt: skip
        n, k = names["n"], names["known"]
        whole = ibis.literal(summary.whole)
        return lambda people: counted(people, n, some(people, k), people[names["sum"]], whole & (people[k] < people[n]))

    def days_since(self, summary: DaysSince) -> Steps:
        """See `history.DaysSince`."""
        where = self.flag(summary.where)
        names = yield {"n": count(where), "about": lambda e: about(e).max(where=where(e))}

        def finish(people: ir.Table) -> FoundColumns:
            day = people[names["about"]]
            since = (people["today"] - day).cast("float64") / number(summary.per)
            return counted(people, names["n"], day.notnull(), since)

        return finish

    def elapsed(self, summary: Elapsed) -> Steps:
        """See `history.Elapsed`."""
        finish_latest = yield from self.latest(Latest(summary.where))

        def finish(people: ir.Table) -> FoundColumns:
            found = finish_latest(people)
            passed = (people["today"] - found.day).cast("float64") / number(summary.per)
            moved = amount(ibis.coalesce(found.said.number + passed, number(0)))
            usable = (found.said.tag == NUMBER) & surely(found.day >= LONG_AGO)
            said = pick((found.said.tag == SILENT, found.said), (usable, moved), otherwise=silent(UNREADABLE))
            return FoundColumns(said, found.day)

        return finish

    def age(self, summary: AgeOn) -> Steps:
        """See `history.AgeOn`."""
        column = self.selections.birth(summary.where)
        birth: Flag = lambda events: events[column]  # noqa: E731
        names = yield {
            "n": count(birth),
            "low": lambda e: e["born_ymd"].min(where=birth(e)),
            "high": lambda e: e["born_ymd"].max(where=birth(e)),
            "today": lambda e: e["today_ymd"].max(),
        }

        def finish(people: ir.Table) -> FoundColumns:
            low, high, today = people[names["low"]], people[names["high"]], people[names["today"]]
            sure = surely((low == high) & (low <= today))
            years = ((today - low).cast("float64") / number(10_000)).floor()
            return counted(people, names["n"], sure, years)

        return finish

    def count(self, summary: Count) -> Steps:
        """See `history.Count`, but for kinds."""
        where = self.flag(summary.where)
        timely = summary.where.within_days is not None
        counted_ = dated(where) if timely else where
        named: Flag = lambda events: counted_(events) & (events["record"] != "")  # noqa: E731
        names = yield {
            "n": count(where),
            "dated": count(dated(where)),
            "days": lambda e: e["last"].nunique(where=dated(where)(e)),
            "records": lambda e: e["record"].nunique(where=named(e)),
            "nameless": count(lambda e: counted_(e) & (e["record"] == "")),
        }

        def finish(people: ir.Table) -> FoundColumns:
            sure = some(people, names["dated"]) if timely or summary.each == "day" else ibis.literal(True)
            number_of = people[names["records"]] + people[names["nameless"]]
            value = people[names["days"]] if summary.each == "day" else number_of
            return enough(counted(people, names["n"], sure, value), summary.at_least, people)

        return finish

    def none_before(self, summary: NoneBefore) -> Steps:
        """See `history.NoneBefore`."""
        where, other = self.flag(summary.where), self.flag(summary.other)
        first = yield {"first": lambda e: about(e).min(where=where(e))}
        start = first["first"]
        names = yield {
            "earlier": count(lambda e: other(e) & surely(e["last"] < e[start])),
            "unsure": count(lambda e: other(e) & (e["first"].isnull() | surely(e["first"] < e[start]))),
        }

        def finish(people: ir.Table) -> FoundColumns:
            began = people[start].notnull()
            earlier, unsure = some(people, names["earlier"]), some(people, names["unsure"])
            said = pick(
                (~began, silent(NOT_ASKED)), (earlier, constant(False)), (unsure, silent(UNREADABLE)),
                otherwise=constant(True if summary.whole else Silence.NOT_ASKED),
            )  # fmt: skip
            about_first = began if summary.whole else began & (earlier | unsure)
            return FoundColumns(said, when_day(about_first, people[start]))

        return finish


def counted(
    people: ir.Table, n: str, sure: ir.BooleanValue, value: ir.Value, part: ir.BooleanValue | None = None
) -> FoundColumns:
    """A number of the index day: nothing found, or only a part of it, is not asked; nothing usable is unreadable."""
    part = ibis.literal(False) if part is None else part
    said = pick(
        (~some(people, n) | part, silent(NOT_ASKED)), (~sure, silent(UNREADABLE)),
        otherwise=amount(ibis.coalesce(value.cast("float64"), number(0))),
    )  # fmt: skip
    return FoundColumns(said, when_day(some(people, n) & sure & ~part, people["today"]))


def enough(found: FoundColumns, at_least: float | None, people: ir.Table) -> FoundColumns:
    """A number, or with `at_least` a yes from so many on and nothing below."""
    if at_least is None:
        return found
    number_of = found.said.tag == NUMBER
    reached = number_of & (found.said.number >= number(at_least))
    said = pick((reached, constant(True)), (number_of, silent(NOT_ASKED)), otherwise=found.said)
    return FoundColumns(said, when_day(reached, people["today"]))
