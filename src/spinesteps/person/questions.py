"""What to ask next: the emergency questions, then what could change the urgency, the condition, the step, the advice.

No question whose answer could change nothing; nothing that was answered "not sure" is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from spinesteps.logic.facts import Answers
from spinesteps.logic.reasons import Settled
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import URGENCIES
from spinesteps.person.decision import Decision, Layout, layout_of


class Question(NamedTuple):
    """A fact worth asking, why, and what its answer could change (urgency, condition, step or advice ids)."""

    fact: str
    why: str
    could_change: tuple[str, ...]


class Opened(NamedTuple):
    """What can raise a question, judged open: answers and needs at their places. askable: the bits of facts."""

    settled: list[Settled]
    needs: list[int]
    askable: int


def judge_open(pathway: Pathway, answers: Answers) -> Opened:
    """What could still change. `pathway` is dated; `answers` have implied ones filled in."""
    compiled = layout_of(pathway).open
    arranged = compiled.arrange(answers)
    settled, needs, _ = compiled.evaluate(arranged)
    return Opened(settled, needs, arranged[2])


def ask(pathway: Pathway, decision: Decision, opened: Opened) -> tuple[Question, ...]:
    """The questions worth asking now, in order."""
    layout = layout_of(pathway)
    settled, needs, askable = opened
    changes: dict[str, int] = {"urgency": _urgency_needs(layout, settled, needs)}
    if not decision.danger:
        changes["condition"] = _outcome_needs(layout.condition, settled, needs)
        changes["step"] = _outcome_needs(layout.step, settled, needs)
    for places in layout.rules:
        if settled[places.criteria] is None and not (decision.settled[layout.blocked] and places.rule.delays):
            changes[places.rule.id] = needs[places.criteria]
    held = _held_needs(layout, decision.settled, settled, needs)
    why = pathway.wording.faces["asking"]
    return _in_order(layout, decision, held & askable, {name: bits & askable for name, bits in changes.items()}, why)


def _held_needs(layout: Layout, now: list[Settled], settled: list[Settled], needs: list[int]) -> int:
    """Facts that could still change a level that holds now, such as the date of a sign."""
    bits = 0
    for _, levels in layout.flags:
        for _, place in levels:
            if now[place] and settled[place] is None:
                bits |= needs[place]
    return bits


def _urgency_needs(layout: Layout, settled: list[Settled], needs: list[int]) -> int:
    """Facts that could lift or lower the urgency: those of every level graver than what nothing can change."""
    firm = len(URGENCIES)
    for _, levels in layout.flags:
        for level, place in levels:
            if settled[place]:
                firm = min(firm, URGENCIES.index(level))
    bits = 0
    for _, levels in layout.flags:
        for level, place in levels:
            if settled[place] is None and URGENCIES.index(level) < firm:
                bits |= needs[place]
    if firm > URGENCIES.index("routine") and settled[layout.routine] is None:
        bits |= needs[layout.routine]
    return bits


def _outcome_needs(cases: list[tuple[str, int]], settled: list[Settled], needs: list[int]) -> int:
    bits = 0
    for _, place in cases:
        if settled[place]:
            break
        if settled[place] is None:
            bits |= needs[place]
    return bits


def _in_order(
    layout: Layout, decision: Decision, held: int, changes: dict[str, int], why: Mapping[str, str]
) -> tuple[Question, ...]:
    groups = {"held": held} | {name: changes.get(name, 0) for name in ("urgency", "condition", "step")}
    groups["advice"] = reduce(or_, (bits for name, bits in changes.items() if name not in groups), 0)
    asked = [("emergency", name) for name in decision.emergency_open]
    left = ~layout.senseless(decision.settled)
    for name in decision.emergency_open:
        left &= ~layout.bit(name)
    for group, bits in groups.items():
        bits &= left
        left &= ~bits
        for names in (layout.closed.named(bits & ~layout.clinician), layout.closed.named(bits & layout.clinician)):
            asked += [(group, name) for name in names]
    could: dict[str, list[str]] = {name: [] for _, name in asked}
    for name, bits in changes.items():
        for fact in layout.closed.named(bits):
            if fact in could:
                could[fact].append(name)
    return tuple(Question(name, why[group], tuple(could[name] or ["urgency"])) for group, name in asked)
