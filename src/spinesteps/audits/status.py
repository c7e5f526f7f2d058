"""The status of everybody in a table of facts: what `person.status` and `person.questions` say of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from spinesteps.logic.conditions import AllOf, Condition, FirstOf, Known, Not, Unclear, established
from spinesteps.logic.engines import columns
from spinesteps.logic.facts import Silence
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import EVERYONE, HURRY, Ask
from spinesteps.person.questions import NO_ANSWER

NOT_ASKED = Silence.NOT_ASKED.value
AGAIN = [silence.value for silence in NO_ANSWER]  # a person can still answer these


def statuses(table: columns.Table, pathway: Pathway, keep: Sequence[str]) -> columns.Table:
    """One row for each row of facts: the kept columns, `status`, `urgency`, and yes or no for each question.

    The questions are `emergency_open__<fact>` and `danger_open__<fact>`. `pathway` is dated.
    """
    wanted: dict[str, Condition | FirstOf] = {"urgency": pathway.urgency}
    wanted |= {f"emergency_open__{ask.fact.name}": _unanswered(ask) for ask in pathway.emergency_questions}
    wanted |= {f"after__{ask.fact.name}": _after(ask) for ask in pathway.danger_questions}
    needed = {f"needed_{place}": condition for place, condition in enumerate(pathway.hurrying)}
    facts = columns.facts_of([*_conditions(wanted.values()), *needed.values()], pathway.implied)
    said = [name for fact in facts for name in (fact.name, columns.status_of(fact.name))]
    filled = columns.imply(columns.tidied(table, facts, keep), pathway.implied, keep)
    closed = columns.settle(filled, wanted, keep=(*keep, *said), openings=(), tidy=False)
    silent = [columns.status_of(ask.fact.name) for ask in pathway.danger_questions]
    again = closed.mutate(**{name: closed[name].isin(AGAIN).ifelse(NOT_ASKED, closed[name]) for name in silent})
    asked = [name for name in closed.columns if name not in said]
    opened = columns.settle(again, needed, keep=(*asked, *silent), needs=tuple(needed), open=True, tidy=False)
    return _told(opened, pathway, keep)


def _unanswered(ask: Ask) -> Condition:
    """An emergency question not asked yet, or out of date."""
    return AllOf.of(_after(ask), Not(Known(ask.fact)), Not(Unclear(ask.fact)))


def _after(ask: Ask) -> Condition:
    return EVERYONE if ask.after is None else established(ask.after)


def _conditions(wanted: Iterable[Condition | FirstOf]) -> list[Condition]:
    items = ([item] if isinstance(item, Condition) else [case.when for case in item.cases] for item in wanted)
    return [condition for item in items for condition in item]


def _told(opened: columns.Table, pathway: Pathway, keep: Sequence[str]) -> columns.Table:
    shown = {name: opened[name] for name in (*keep, "urgency")}
    emergency = {ask.fact.name: opened[f"emergency_open__{ask.fact.name}__yes"] for ask in pathway.emergency_questions}
    danger = dict(emergency)
    for name in (ask.fact.name for ask in pathway.danger_questions):
        trees = [f"needed_{place}__needs__{name}" for place in range(len(pathway.hurrying))]
        needs = [opened[tree] for tree in trees if tree in opened.columns]
        if needs:
            asked = opened[columns.status_of(name)].isin([NOT_ASKED, Silence.OUT_OF_DATE.value])
            this = asked & opened[f"after__{name}__yes"] & reduce(or_, needs)
            danger[name] = danger[name] | this if name in danger else this
    left = reduce(or_, danger.values()).ifelse("not_finished", "checked")
    open_ = reduce(or_, emergency.values()).ifelse("not_checked", left)
    shown["status"] = opened["urgency"].isin(HURRY).ifelse("checked", open_)
    shown |= {f"emergency_open__{name}": column for name, column in emergency.items()}
    shown |= {f"danger_open__{name}": column for name, column in danger.items()}
    return opened.select(**shown)
