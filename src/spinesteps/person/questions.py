"""What to ask next: the emergency questions, then what could change the urgency, the condition, the step, the advice.

No question whose answer could change nothing; nothing that was answered "not sure" is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass

from spinesteps.logic.facts import Answers
from spinesteps.logic.judge import Settled
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import URGENCIES
from spinesteps.person.decision import Decision, Plan, plan_of


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking, why, and what its answer could change (urgency, condition, step or advice ids)."""

    fact: str
    why: str
    could_change: tuple[str, ...]


WHY = {
    "emergency": "Danger first: this must be checked before anything else.",
    "urgency": "The answer could change how soon help is needed.",
    "condition": "The answer helps to tell what causes the trouble.",
    "step": "The answer could change the step of care.",
    "advice": "The answer could change the advice.",
}


def ask(pathway: Pathway, answers: Answers, decision: Decision) -> tuple[Question, ...]:
    """The questions worth asking now, in order."""
    plan = plan_of(pathway)
    arranged = plan.open.arrange(answers)
    settled, needs, _ = plan.open.evaluate(arranged)
    askable = arranged[2]
    changes: dict[str, int] = {"urgency": _urgency_needs(plan, settled, needs)}
    if not decision.danger:
        changes["condition"] = _outcome_needs(plan.condition, settled, needs)
        changes["step"] = _outcome_needs(plan.step, settled, needs)
    for rule, criteria, _, _ in plan.rules:
        if settled[criteria] is None and not (decision.danger and rule.delays):
            changes[rule.id] = needs[criteria]
    return _in_order(plan, answers, decision, {name: bits & askable for name, bits in changes.items()})


def _urgency_needs(plan: Plan, settled: list[Settled], needs: list[int]) -> int:
    """Facts that could lift or lower the urgency: those of every level graver than what nothing can change."""
    firm = len(URGENCIES)
    for _, levels in plan.flags:
        for level, place in levels:
            if settled[place]:
                firm = min(firm, URGENCIES.index(level))
    bits = 0
    for _, levels in plan.flags:
        for level, place in levels:
            if settled[place] is None and URGENCIES.index(level) < firm:
                bits |= needs[place]
    if firm > URGENCIES.index("routine") and settled[plan.routine] is None:
        bits |= needs[plan.routine]
    return bits


def _outcome_needs(cases: list[tuple[str, int]], settled: list[Settled], needs: list[int]) -> int:
    bits = 0
    for _, place in cases:
        if settled[place]:
            break
        if settled[place] is None:
            bits |= needs[place]
    return bits


def _in_order(plan: Plan, answers: Answers, decision: Decision, changes: dict[str, int]) -> tuple[Question, ...]:
    index = plan.closed.index
    first = [name for name in decision.emergency_open]
    groups = {name: changes.get(name, 0) for name in ("urgency", "condition", "step")}
    advice = 0
    for name, bits in changes.items():
        if name not in groups:
            advice |= bits
    groups["advice"] = advice
    settled = plan.closed(answers)[0]
    taken = set(first)
    found = [Question(name, WHY["emergency"], _could(changes, 1 << index[name]) or ("urgency",)) for name in first]
    clinician = {name for name, row in plan.pathway.wording.facts.items() if row["asks"] == "clinician"}
    for group, bits in groups.items():
        names = [n for n in plan.closed.named(bits) if n not in taken and _makes_sense(plan, n, settled)]
        for name in sorted(names, key=lambda n: n in clinician):
            found.append(Question(name, WHY[group], _could(changes, 1 << index[name])))
        taken.update(names)
    return tuple(found)


def _could(changes: dict[str, int], bit: int) -> tuple[str, ...]:
    return tuple(name for name, bits in changes.items() if bits & bit)


def _makes_sense(plan: Plan, name: str, settled: list[Settled]) -> bool:
    after = plan.follow_ups.get(name)
    return after is None or any(settled[place] for place in after)
