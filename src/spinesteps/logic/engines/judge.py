"""The reference engine: one condition, one person, with every reason. Slow and obvious on purpose.

When engines disagree, this one is right until the spec (tests/spec) says otherwise.

    all       no if any part is no, else not known if any part is, else yes
    any       yes if any part is yes, else not known if any part is, else no
    not       the opposite; not known stays
    at least  yes when enough are yes; no when too many are no
    known     yes when settled, else no
    unclear   yes when asked or recorded without a usable answer, else no
    points    yes when the low end reaches the cutoff, no when the high end does not

*Open* judging asks what could still change: a fact that may yet be asked makes `known` and `unclear`
not known too. Its needs are the questions worth asking.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    FirstOf,
    Is,
    Known,
    Named,
    Not,
    Points,
    Unclear,
    children,
    fact_of,
)
from spinesteps.logic.facts import Answer, Answers, Silence
from spinesteps.logic.reasons import Reason, Settled

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def judge(node: Condition, answers: Answers, open: bool = False) -> Reason:
    """Judge one condition for one person. `answers` maps fact names to answers; absent is not asked."""
    parts = tuple(judge(part, answers, open) for part in children(node))
    return settle(node, parts, answers, open)


def settle(node: Condition, parts: tuple[Reason, ...], answers: Answers, open: bool = False) -> Reason:
    """One condition, its parts being judged already."""
    fact = fact_of(node)
    if fact is not None:
        met = answers.get(fact.name, Silence.NOT_ASKED)
        return Reason(node, meet(node, met, open), met=met)
    if open and isinstance(node, Known):
        needs = [answers.get(need.name, Silence.NOT_ASKED) for need in parts[0].needs()]
        if any(map(_askable, needs)):
            return Reason(node, None, parts)
    return JOINED[type(node)](node, parts)


def meet(node: Condition, met: Answer, open: bool = False) -> Settled:
    """What a leaf says of the answer or silence it meets."""
    if isinstance(node, Unclear):
        return None if open and _askable(met) else isinstance(met, Silence) and met.unclear
    if isinstance(node, Known):
        return None if open and _askable(met) else not isinstance(met, Silence)
    if isinstance(met, Silence):
        return None
    if isinstance(node, Is):
        return met is node.value if isinstance(node.value, bool) else met == node.value
    assert isinstance(node, Compare) and isinstance(met, int | float)
    return COMPARE[node.sign](met, node.bound.value)


def judge_once(node: Condition, answers: Answers, done: dict[int, Reason]) -> Reason:
    """As `judge`, each condition once: `done` holds the reasons by the id of their condition, for one person."""
    reason = done.get(id(node))
    if reason is None:
        parts = tuple(judge_once(part, answers, done) for part in children(node))
        done[id(node)] = reason = settle(node, parts, answers)
    return reason


Placed = tuple[Condition, str | None, tuple[int, ...]]  # a condition, the fact of a leaf, the ids of its parts


def in_order(nodes: Iterable[Condition]) -> tuple[Placed, ...]:
    """Conditions and everything inside them, each once (by identity) and after its parts: for `judge_in_order`."""
    found: dict[int, Placed] = {}

    def place(node: Condition) -> int:
        if id(node) not in found:
            fact = fact_of(node)
            parts = tuple([place(part) for part in children(node)])
            found[id(node)] = (node, None if fact is None else fact.name, parts)
        return id(node)

    for node in nodes:
        place(node)
    return tuple(found.values())


def judge_in_order(order: Iterable[Placed], answers: Answers) -> dict[int, Reason]:
    """As `judge` of each condition, by its id; every one is met once. For many people and the same conditions."""
    done: dict[int, Reason] = {}
    for node, name, parts in order:
        if name is None:
            done[id(node)] = JOINED[type(node)](node, tuple([done[part] for part in parts]))
        else:
            met = answers.get(name, Silence.NOT_ASKED)
            done[id(node)] = Reason(node, meet(node, met), (), met)
    return done


def _askable(met: Answer) -> bool:
    return isinstance(met, Silence) and not met.unclear


def _all(node: Condition, parts: tuple[Reason, ...]) -> Reason:
    answers = [part.answer for part in parts]
    return Reason(node, False if False in answers else None if None in answers else True, parts)


def _any(node: Condition, parts: tuple[Reason, ...]) -> Reason:
    answers = [part.answer for part in parts]
    return Reason(node, True if True in answers else None if None in answers else False, parts)


def _at_least(node: AtLeast, parts: tuple[Reason, ...]) -> Reason:
    answers = [part.answer for part in parts]
    yes, no = answers.count(True), answers.count(False)
    return Reason(node, True if yes >= node.n else False if no > len(answers) - node.n else None, parts)


def _not(node: Condition, parts: tuple[Reason, ...]) -> Reason:
    answer = parts[0].answer
    return Reason(node, None if answer is None else not answer, parts)


def _known(node: Condition, parts: tuple[Reason, ...]) -> Reason:
    return Reason(node, parts[0].answer is not None, parts)


def _named(node: Condition, parts: tuple[Reason, ...]) -> Reason:
    return Reason(node, parts[0].answer, parts)


def _points(node: Points, parts: tuple[Reason, ...]) -> Reason:
    low = high = 0.0
    for item, part in zip(node.items, parts, strict=True):
        possible = {True: (item.points,), False: (item.otherwise,), None: (item.points, item.otherwise)}[part.answer]
        low += min(possible)
        high += max(possible)
    cutoff = node.bound.value
    return Reason(node, True if low >= cutoff else (False if high < cutoff else None), parts, low=low, high=high)


JOINED: dict[type[Condition], Callable[[Any, tuple[Reason, ...]], Reason]] = {
    AllOf: _all, AnyOf: _any, AtLeast: _at_least, Not: _not, Known: _known, Named: _named, Points: _points,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an outcome picked, the names before it that are not known, and the reason of every case."""

    name: str
    open: tuple[str, ...]
    reasons: tuple[Reason, ...]


def choose(outcome: FirstOf, answers: Answers) -> Chosen:
    """Pick the first case that is settled yes; a case before it that is not known is reported."""
    reasons = tuple(judge(case.when, answers) for case in outcome.cases)
    unknown: list[str] = []
    for case, reason in zip(outcome.cases, reasons, strict=True):
        if reason.answer:
            return Chosen(case.name, _others(unknown, case.name), reasons)
        if reason.answer is None:
            unknown.append(case.name)
    return Chosen(outcome.otherwise, _others(unknown, outcome.otherwise), reasons)


def _others(names: Iterable[str], chosen: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name != chosen))
