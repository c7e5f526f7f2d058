"""Answers given to facts by their name, as columns: one grouped pass over all of them, whatever the number of facts.

The newest answer is found for each person, fact and day at once, and then laid beside each other: `Latest` for every
fact on its own would be thousands of aggregates, more than SQLite and PostgreSQL take.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.events import KEY, NUMBER, SILENT, TEXT, YES_NO, AnswerColumns
from spinesteps.logic.engines.columns.history import found_in, read_as
from spinesteps.logic.engines.columns.layers import kept_apart, number, status_of
from spinesteps.logic.engines.columns.steps import NOT_ASKED
from spinesteps.logic.facts import Choice, Fact, Number
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.sources import ANSWER
from spinesteps.logic.history.summaries import Latest

SAID = Where(ANSWER, ("said",))
WAYS = (Latest(SAID), Latest(SAID, yes_wins=True))  # the second for danger facts, as `Sources.of` declares it
LONG_KEY = ("person", "fact", "day")


def answers_by_name(events: ir.Table, people: ir.Table, facts: Sequence[Fact]) -> ir.Table:
    """One row for each person and day: `<name>`, `<name>__status`, `<name>__day` for each fact."""
    answers = events.filter(events["kind"] == ANSWER)
    answers = kept_apart(answers.mutate(fact=answers["concepts"].replace(";", ""), concepts=ibis.literal(";said;")))
    asked = people.select(*KEY).inner_join(answers.select("person", "fact").distinct(), "person")
    found = found_in(answers, kept_apart(asked.select(*LONG_KEY).distinct()), WAYS, LONG_KEY)
    found = found.select(*LONG_KEY, **{name: column for way in range(len(WAYS)) for name, column in _said(found, way)})
    wide = _side_by_side(kept_apart(found), facts)
    table = kept_apart(people.select(*KEY).distinct().left_join(wide, KEY).select(*KEY, *wide.columns[len(KEY) :]))
    read: dict[str, ir.Value] = {}
    for place, fact in enumerate(facts):
        value, status = read_as(fact, _told(table, fact, place))
        read |= {fact.name: value, status_of(fact.name): status, f"{fact.name}__day": table[f"day_{place}"]}
    return kept_apart(table.select(*KEY, **read))


def _said(found: ir.Table, way: int) -> list[tuple[str, ir.Value]]:
    """What was said as one text: yes, no, that it is a number or a text, or why there is nothing."""
    tag = found[f"tag_{way}"]
    said = ibis.cases(
        (tag == SILENT, found[f"text_{way}"]), (tag == NUMBER, "number"), (tag == TEXT, "text"),
        (found[f"number_{way}"] == 1, "yes"), else_="no",
    )  # fmt: skip
    return [(f"said_{way}", said), *((f"{part}_{way}", found[f"{part}_{way}"]) for part in ("number", "text", "day"))]


def _side_by_side(found: ir.Table, facts: Sequence[Fact]) -> ir.Table:
    columns: dict[str, ir.Value] = {}
    for place, fact in enumerate(facts):
        here = found["fact"] == fact.name
        more = {Number: "number", Choice: "text"}.get(type(fact))
        for part in ("said", "day", *([more] if more else ())):
            columns[f"{part}_{place}"] = found[f"{part}_{int(fact.danger)}"].max(where=here)
    return found.group_by(KEY).aggregate(**columns)


def _told(table: ir.Table, fact: Fact, place: int) -> AnswerColumns:
    """The answer in the columns that `read_as` takes."""
    said = ibis.coalesce(table[f"said_{place}"], NOT_ASKED)
    tag = ibis.cases(
        ((said == "yes") | (said == "no"), YES_NO), (said == "number", NUMBER), (said == "text", TEXT), else_=SILENT
    )
    worth: ir.Value = ibis.cases((said == "yes", number(1)), else_=number(0))
    if isinstance(fact, Number):
        worth = ibis.coalesce(table[f"number_{place}"], number(0))
    text: ir.Value = said
    if isinstance(fact, Choice):
        text = ibis.cases((said == "text", table[f"text_{place}"]), else_=said)
    return AnswerColumns(tag.cast("int64"), worth, text)
