"""A person judged twice: by the compiled decision, and read off the reference judge tree by tree.

The judge meets every condition once (judge_once), which tests/spec and tests/generative hold equal to `judge`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.conditions import Condition, FirstOf, facts_in
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.engines.judge import judge_once
from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.reasons import Reason
from spinesteps.pathway.outcomes import outcomes, planned
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.plan import NOBODY
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.person.decision import Plan, decide
from spinesteps.quality.examples import Example, read_examples

DAY = date(2026, 11, 21)
SPINE = PATHWAY.as_of(DAY)
EXAMPLES = read_examples(PATHWAY.folder / "examples")
BY_ID = {example.id: example for example in EXAMPLES}
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class View:
    """What an example may expect. scores: id, or id/reading where one id has several, to its interval.

    own_urgency: what each advised rule carries itself, "none" when it carries none. plan: its four parts.
    """

    urgency: str
    reasons: tuple[str, ...]
    flags: Mapping[str, str]
    emergency_open: tuple[str, ...]
    condition: str
    scores: Mapping[str, tuple[float, float]]
    other_causes: tuple[str, ...]
    step: str
    step_open: tuple[str, ...]
    states: Mapping[str, str]
    own_urgency: Mapping[str, str]
    plan: Plan


def answers_of(example: Example) -> Answers:
    """The example's answers with implied facts filled in."""
    return imply(example.answers(), SPINE.implied)


@cache
def view(engine: str, id: str) -> View:
    """How an engine sees an example."""
    return VIEWS[engine](SPINE, answers_of(BY_ID[id]))


def by_compiled(pathway: Pathway, answers: Answers) -> View:
    """The compiled decision."""
    decision = decide(pathway, answers)
    return View(
        urgency=decision.urgency,
        reasons=tuple(decision.urgency_reasons),
        flags=dict(decision.flags),
        emergency_open=tuple(decision.emergency_open),
        condition=decision.condition,
        scores=_by_id([(id, reading, low, high) for id, reading, low, high in decision.scores]),
        other_causes=tuple(decision.other_causes),
        step=decision.step,
        step_open=tuple(decision.step_open),
        states=dict(decision.states),
        own_urgency=_own(pathway, decision.states),
        plan=decision.plan,
    )


class Judged:
    """One person before the judge."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.done: dict[int, Reason] = {}

    def __call__(self, condition: Condition) -> Reason:
        return judge_once(condition, self.answers, self.done)

    def choose(self, outcome: FirstOf) -> tuple[str, tuple[str, ...]]:
        """The first settled yes, and the names before it that are not known."""
        unknown = []
        for case in outcome.cases:
            answer = self(case.when).answer
            if answer:
                return case.name, tuple(name for name in dict.fromkeys(unknown) if name != case.name)
            if answer is None:
                unknown.append(case.name)
        return outcome.otherwise, tuple(name for name in dict.fromkeys(unknown) if name != outcome.otherwise)


def by_judge(pathway: Pathway, answers: Answers) -> View:
    """Every tree judged by the reference."""
    judge = Judged(answers)
    flags = {flag.id: _level(flag, judge) for flag in pathway.red_flags if flag.on}
    urgency, _ = judge.choose(pathway.urgency)
    condition, _ = judge.choose(pathway.condition)
    step, step_open = judge.choose(pathway.step)
    states = {id: judge.choose(its.state)[0] for id, its in outcomes(pathway).items()}
    scores = [(score.id, score.reading, judge(score.points)) for score in pathway.scores]
    return View(
        urgency=urgency,
        reasons=tuple(id for id, level in flags.items() if level == urgency),
        flags=flags,
        emergency_open=tuple(_open(pathway, judge)),
        condition=condition,
        scores=_by_id([(id, reading, found.low or 0, found.high or 0) for id, reading, found in scores]),
        other_causes=tuple(cause.id for cause in pathway.other_causes if judge(cause.when).answer),
        step=step,
        step_open=step_open,
        states=states,
        own_urgency=_own(pathway, states),
        plan=_planned(pathway, judge),
    )


def _planned(pathway: Pathway, judge: Judged) -> Plan:
    """The plan read off its trees, what stands in it sorted anew."""
    standing = outcomes(pathway)
    trees = planned(pathway.plan, standing)
    taken = [judge.choose(tier)[0] for tier in trees.first.values()]
    first = tuple(name for name in taken if name != NOBODY)
    stands = [rule for rule in pathway.rules if judge(trees.stands[rule.id]).answer and rule.id not in first]
    full = {rule.id for rule in stands if judge(standing[rule.id].in_full).answer}
    step, _ = judge.choose(pathway.step)
    stands.sort(key=lambda rule: (
        not _presses(pathway, judge, rule), rule.id not in full or rule.direction == "consider", rule.step != step
    ))  # fmt: skip
    left = {rule.id for rule in stands if rule.id in full and rule.direction in ("avoid", "stop")}
    later = {rule.id for rule in stands if rule.id in pathway.plan.later} - left
    also = {rule.id for rule in stands} - left - later
    return Plan(first, *(tuple(r.id for r in stands if r.id in some) for some in (also, left, later)))


def _presses(pathway: Pathway, judge: Judged, rule: Rule) -> bool:
    """It has an urgency of its own, or looks at a medicine that is taken."""
    looks = facts_in(rule.criteria)
    takes = [one.condition() for one in pathway.plan.takes if judge(one.condition()).answer]
    return rule.urgency is not None or any(fact in looks for one in takes for fact in facts_in(one))


def _own(pathway: Pathway, states: Mapping[str, str]) -> dict[str, str]:
    return {rule.id: rule.urgency or "none" for rule in pathway.rules if states[rule.id] == "advised"}


def _by_id(scores: list[tuple[str, str, float, float]]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for id, reading, low, high in scores:
        found.setdefault(id, (low, high))
        found[f"{id}/{reading}"] = (low, high)
    return found


def _level(flag: RedFlag, judge: Judged) -> str:
    settled = [(case.name, judge(case.when).answer) for case in flag.levels.cases]
    held = [name for name, answer in settled if answer]
    return held[0] if held else ("not_known" if any(answer is None for _, answer in settled) else "none")


def _open(pathway: Pathway, judge: Judged) -> list[str]:
    waiting = (Silence.NOT_ASKED, Silence.OUT_OF_DATE)
    return [
        ask.fact.name
        for ask in pathway.emergency_questions
        if judge.answers.get(ask.fact.name, Silence.NOT_ASKED) in waiting
        and (ask.after is None or judge(ask.after).answer)
    ]


VIEWS = {"judge": by_judge, "compiled": by_compiled}
