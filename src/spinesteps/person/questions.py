"""What to ask next: what an emergency hangs on alone, the emergency questions, the other danger questions that are
open, then what could change the urgency, the condition, the step, the advice.

No question whose answer could change nothing; nothing that was answered "not sure" is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from spinesteps.logic.facts import Answers, Silence
from spinesteps.logic.reasons import Settled
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import URGENCIES
from spinesteps.person.decision import Decision, Layout, layout_of

NO_ANSWER = (Silence.UNREADABLE, Silence.IN_CONFLICT)  # a person can still answer these; not sure and declined are said


class Question(NamedTuple):
    """A fact worth asking, why, and what its answer could change (urgency, condition, step or advice ids)."""

    fact: str
    why: str
    could_change: tuple[str, ...]


class Asked(NamedTuple):
    """The questions worth asking now, in order, and the danger questions among them that hold up the status.

    danger_open: not answered yet, and could still give today or emergency, alone or with others (contract section 5).
    """

    questions: tuple[Question, ...]
    danger_open: tuple[str, ...]


class _Opened(NamedTuple):
    """What can raise a question, judged open: answers and needs at their places. askable: the bits of facts."""

    settled: list[Settled]
    needs: list[int]
    askable: int


def _judge_open(layout: Layout, answers: Answers) -> _Opened:
    arranged = layout.open.arrange(answers)
    settled, needs, _ = layout.open.evaluate(arranged)
    return _Opened(settled, needs, arranged[2])


def ask(pathway: Pathway, answers: Answers, decision: Decision) -> Asked:
    """What is worth asking now. `pathway` is dated; `answers` have implied ones filled in."""
    layout = layout_of(pathway)
    opened = _judge_open(layout, answers)
    danger = _danger_open(layout, answers, decision, opened)
    return Asked(_questions(pathway, decision, opened, danger), layout.closed.named(danger))


def _danger_open(layout: Layout, answers: Answers, decision: Decision, opened: _Opened) -> int:
    """The needs of `pathway.hurrying`, judged open (docs/decisions/014), among the questions that make sense now."""
    if any(silence in answers.values() for silence in NO_ANSWER):
        opened = _judge_open(layout, {name: said for name, said in answers.items() if said not in NO_ANSWER})
    needed = 0
    for place in layout.hurrying:
        if opened.settled[place] is None:
            needed |= opened.needs[place]
    ours = sum(bit for bit, after in layout.danger_questions if after is None or decision.settled[after])
    return needed & ours & opened.askable | _emergency(layout, decision)


def _emergency(layout: Layout, decision: Decision) -> int:
    return sum(map(layout.bit, decision.emergency_open))


def _questions(pathway: Pathway, decision: Decision, opened: _Opened, danger: int) -> tuple[Question, ...]:
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
    groups = {"held": held & askable, "danger": danger}
    could_change = {name: bits & askable for name, bits in changes.items()}
    alarm = _alarm_needs(layout, decision, settled, needs) & askable
    return _in_order(layout, decision, alarm, groups, could_change, why)


def _alarm_needs(layout: Layout, decision: Decision, settled: list[Settled], needs: list[int]) -> int:
    """What describes a sign, such as its date, when an emergency hangs on it alone: no other answer keeps it one."""
    bits = 0
    for id_, levels in layout.flags:
        place = dict(levels).get("emergency")
        if place is not None and decision.flags[id_] == "emergency":
            if settled[place]:
                return 0
            bits |= needs[place]
    return bits & layout.describing


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
    layout: Layout,
    decision: Decision,
    alarm: int,
    first: dict[str, int],
    changes: dict[str, int],
    why: Mapping[str, str],
) -> tuple[Question, ...]:
    groups = first | {name: changes.get(name, 0) for name in ("urgency", "condition", "step")}
    groups["advice"] = reduce(or_, (bits for name, bits in changes.items() if name not in groups), 0)
    senseless = layout.senseless(decision.settled)
    alarm &= ~senseless
    asked = [("held", name) for name in layout.closed.named(alarm)]
    asked += [("emergency", name) for name in decision.emergency_open]
    left = ~(_emergency(layout, decision) | alarm)
    for group, bits in groups.items():
        now = bits & left & ~senseless
        later = bits & left & senseless if group == "danger" else 0  # it drops out when those before it are no
        left &= ~(now | later)
        for part in (now & ~layout.clinician, now & layout.clinician, later):
            asked += [(group, name) for name in layout.closed.named(part)]
    could: dict[str, list[str]] = {name: [] for _, name in asked}
    for name, bits in changes.items():
        for fact in layout.closed.named(bits):
            if fact in could:
                could[fact].append(name)
    return tuple(Question(name, why[group], tuple(could[name] or ["urgency"])) for group, name in asked)
