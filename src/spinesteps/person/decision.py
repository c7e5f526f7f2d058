"""The decision for one person: urgency, condition, step and the state of every advice, without reasons.

Everything decided here is decided by the pathway's trees; this module only reads them off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from spinesteps.logic.conditions import Condition, FirstOf, facts_in
from spinesteps.logic.engines.compiled import Compiled
from spinesteps.logic.engines.judge import Placed, in_order
from spinesteps.logic.engines.program import Program
from spinesteps.logic.facts import Answers
from spinesteps.logic.reasons import Settled
from spinesteps.pathway.outcomes import STATES, Override, Standing, outcomes, planned
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.plan import NOBODY
from spinesteps.pathway.rules import NEVER, Rule

WAITING = ("considered", "needs_answer")  # how a rule stands while its criteria wait for answers
Cases = list[tuple[str, int]]  # the names of an outcome in order, each with the place of its condition


class Finding(NamedTuple):
    """A rule on a person. override: what overrode its criteria, if anything did."""

    rule: Rule
    state: str
    direction: str
    needs: tuple[str, ...]
    override: Override


class Plan(NamedTuple):
    """The advice that stands in the plan, as ids of rules: what comes first, the rest to do, to avoid, to come.

    Within a part, what has an urgency of its own or is about a medicine that is taken stands before the rest, then what
    is to be done, then what belongs to the step.
    """

    first: tuple[str, ...]
    also: tuple[str, ...]
    avoid: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(slots=True)
class Decision:
    """What was decided. flags: red-flag id to its level, "none" or "not_known". scores: (id, reading, low, high).

    pressing: what stands in the plan and has an urgency of its own, or is about a medicine that is taken.
    settled: the answer of every condition, at its place in the Layout.
    """

    urgency: str
    urgency_reasons: tuple[str, ...]
    flags: dict[str, str]
    emergency_open: tuple[str, ...]
    condition: str
    scores: tuple[tuple[str, str, float, float], ...]
    other_causes: tuple[str, ...]
    step: str
    step_open: tuple[str, ...]
    findings: tuple[Finding, ...]
    plan: Plan
    pressing: frozenset[str]
    danger: bool
    settled: list[Settled]

    @property
    def states(self) -> dict[str, str]:
        """Rule id to state."""
        return {finding.rule.id: finding.state for finding in self.findings}


@dataclass(frozen=True, slots=True)
class RulePlaces:
    """Where a rule stands in the compiled form: its criteria, whom it concerns, and each case of how it stands.

    Each case has the finding it gives; `waits` says that the needs of the criteria are to be added.
    """

    rule: Rule
    criteria: int
    who: int
    cases: tuple[tuple[int, Finding, bool], ...]
    otherwise: Finding


class Layout:
    """Where each part of a pathway stands in the lists of its compiled form."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.conditions: list[Condition] = []
        self._places: dict[int, int] = {}  # by the identity of a condition, which the pathway keeps alive
        self.asking: set[int] = set()  # the places whose open needs are questions
        self.flags = [(flag.id, self._cases(flag.levels)) for flag in pathway.red_flags if flag.on]
        self.urgency = self._cases(pathway.urgency)
        self.routine = self._place(pathway.routine, asking=True)
        self.danger = self._place(pathway.danger)
        self.blocked = self._place(pathway.blocked)
        self.condition = self._cases(pathway.condition)
        self.step = self._cases(pathway.step)
        self.causes = [(cause.id, self._place(cause.when)) for cause in pathway.other_causes]
        self.scores = [(score, self._place(score.points)) for score in pathway.scores]
        self.outcomes = outcomes(pathway)
        self.rules = [self._rule(rule) for rule in pathway.rules]
        plan = planned(pathway.plan, self.outcomes)
        self.stands = {id_: self._place(when) for id_, when in plan.stands.items()}
        self.taken = {rule.id: self._taken(rule) for rule in pathway.rules}
        self.tiers = [[(case.name, self._place(case.when)) for case in tier.cases] for tier in plan.first.values()]
        asks = [(ask.fact.name, self._after(ask.after)) for ask in pathway.emergency_questions]
        follow_ups: dict[str, list[int]] = {}
        for ask in pathway.follow_ups:
            follow_ups.setdefault(ask.fact.name, []).append(self._place(NEVER if ask.after is None else ask.after))
        danger_asks = [(ask.fact.name, self._after(ask.after)) for ask in pathway.danger_questions]
        self.hurrying = [self._place(condition, asking=True) for condition in pathway.hurrying]
        criteria = {places.criteria for places in self.rules}
        needed = [place in criteria for place in range(len(self.conditions))]
        self.closed = Compiled(self.conditions, pathway.facts, needed=needed)
        self.emergency = [(name, self.bit(name), after) for name, after in asks]
        self.danger_questions = [(self.bit(name), after) for name, after in danger_asks]
        self.follow_ups = [(self.bit(name), places) for name, places in follow_ups.items()]

    def bit(self, name: str) -> int:
        """The bit of a fact in needs."""
        return 1 << self.closed.index[name]

    @cached_property
    def describing(self) -> int:
        """The bits of the facts that are asked after another answer, such as the date of a sign."""
        return sum(bit for bit, _ in self.follow_ups)

    @cached_property
    def clinician(self) -> int:
        """The bits of the facts that a clinician answers."""
        rows = self.pathway.wording.facts.items()
        return sum(self.bit(name) for name, row in rows if row["asks"] == "clinician" and name in self.closed.index)

    def _place(self, condition: Condition, asking: bool = False) -> int:
        place = self._places.setdefault(id(condition), len(self.conditions))
        if place == len(self.conditions):
            self.conditions.append(condition)
        if asking:
            self.asking.add(place)
        return place

    def _rule(self, rule: Rule) -> RulePlaces:
        its = self.outcomes[rule.id]
        return RulePlaces(
            rule,
            self._place(rule.criteria, asking=True),
            self._place(rule.who.condition()),
            tuple(
                (self._place(case.when), _finding(rule, its.meanings[case.name]), case.name in WAITING)
                for case in its.outcome.cases
            ),
            _finding(rule, its.meanings[its.outcome.otherwise]),
        )

    def _taken(self, rule: Rule) -> list[int]:
        """The places of what it means to take a medicine that the rule looks at."""
        facts = {fact.name for fact in facts_in(rule.criteria)}
        takes = [taken.condition() for taken in self.pathway.plan.takes]
        return [self._place(one) for one in takes if facts & {fact.name for fact in facts_in(one)}]

    def _after(self, after: Condition | None) -> int | None:
        return None if after is None else self._place(after)

    def _cases(self, outcome: FirstOf) -> Cases:
        return [(case.name, self._place(case.when, asking=True)) for case in outcome.cases]

    @cached_property
    def open(self) -> Compiled:
        """The conditions that can raise a question, at the same places, for open judging."""
        conditions = [when if place in self.asking else NEVER for place, when in enumerate(self.conditions)]
        return Compiled(conditions, self.pathway.facts, open=True)

    def senseless(self, settled: list[Settled]) -> int:
        """The bits of the facts that make sense only after another answer, which was not given."""
        bits = 0
        for bit, places in self.follow_ups:
            if not any(settled[place] for place in places):
                bits |= bit
        return bits

    @cached_property
    def reasoned(self) -> tuple[Placed, ...]:
        """Every condition whose reason an assessment shows in full, in the order of `judge_in_order`."""
        pathway = self.pathway
        flags = (case.when for flag in pathway.red_flags for case in flag.levels.cases)
        rules = (rule.criteria for rule in pathway.rules)
        causes = (cause.when for cause in pathway.other_causes)
        odds = (likelihood.when for likelihood in pathway.likelihoods)
        return in_order((*flags, *rules, *(case.when for case in pathway.condition.cases), *causes, *odds))

    @cached_property
    def advising(self) -> Program:
        """Every case of how each rule stands, rule by rule, for trying many answers at once."""
        places = [place for rule in self.rules for place, _, _ in rule.cases]
        return Program([self.conditions[place] for place in places], self.pathway.facts)


@lru_cache(maxsize=8)
def layout_of(pathway: Pathway) -> Layout:
    """The compiled form of a pathway as of a day, made once."""
    return Layout(pathway)


def decide(pathway: Pathway, answers: Answers) -> Decision:
    """Decide for one person. `pathway` is dated (as_of); `answers` are those of the day, implied ones filled in."""
    layout = layout_of(pathway)
    arranged = layout.closed.arrange(answers)
    settled, needs, spans = layout.closed.evaluate(arranged)
    open_bits = arranged[2]
    flags = {id_: _level(levels, settled) for id_, levels in layout.flags}
    urgency, _ = _first(layout.urgency, settled, pathway.urgency.otherwise)
    condition, _ = _first(layout.condition, settled, layout.pathway.condition.otherwise)
    step, step_open = _first(layout.step, settled, layout.pathway.step.otherwise)
    danger = bool(settled[layout.danger])
    findings = tuple(_findings(layout, settled, needs))
    plan, pressing = _plan(layout, settled, step, findings)
    return Decision(
        urgency=urgency,
        urgency_reasons=tuple(id_ for id_, level in flags.items() if level == urgency),
        flags=flags,
        emergency_open=tuple(
            name for name, bit, after in layout.emergency if open_bits & bit and (after is None or settled[after])
        ),
        condition=condition,
        scores=tuple(_scores(layout, spans)),
        other_causes=tuple(id_ for id_, place in layout.causes if settled[place]),
        step=step,
        step_open=step_open,
        findings=findings,
        plan=plan,
        pressing=pressing,
        danger=danger,
        settled=settled,
    )


def _level(levels: Cases, settled: list[Settled]) -> str:
    level = "none"
    for name, place in levels:
        if settled[place]:
            return name
        if settled[place] is None:
            level = "not_known"
    return level


def _first(cases: Cases, settled: list[Settled], otherwise: str) -> tuple[str, tuple[str, ...]]:
    unknown: dict[str, None] = {}
    for name, place in cases:
        if settled[place]:
            return name, tuple(n for n in unknown if n != name)
        if settled[place] is None:
            unknown[name] = None
    return otherwise, tuple(n for n in unknown if n != otherwise)


def _scores(layout: Layout, spans: list[tuple[float, float] | None]) -> Iterator[tuple[str, str, float, float]]:
    for score, place in layout.scores:
        span = spans[place]
        assert span is not None
        yield score.id, score.reading, span[0], span[1]


def _finding(rule: Rule, standing: Standing) -> Finding:
    direction = "consider" if standing.considered else rule.direction
    return Finding(rule, standing.state, direction, (), standing.override)


def _findings(layout: Layout, settled: list[Settled], needs: list[int]) -> Iterator[Finding]:
    by_state: dict[str, list[Finding]] = {state: [] for state in STATES}
    named = layout.closed.named
    for places in layout.rules:
        finding = places.otherwise
        for place, its, waits in places.cases:
            if settled[place]:
                finding = its._replace(needs=named(needs[places.criteria])) if waits else its
                break
        by_state[finding.state].append(finding)
    for findings in by_state.values():
        yield from findings


def _plan(
    layout: Layout, settled: list[Settled], step: str, findings: tuple[Finding, ...]
) -> tuple[Plan, frozenset[str]]:
    """The plan, and what of it presses."""
    taken = (next((name for name, place in tier if settled[place]), NOBODY) for tier in layout.tiers)
    first = tuple(name for name in taken if name != NOBODY)
    parts: dict[str, list[Finding]] = {"also": [], "avoid": [], "later": []}
    pressing = set()
    for finding in findings:
        if finding.state != "advised":
            break  # the advised ones come first
        id_ = finding.rule.id
        if not settled[layout.stands[id_]]:
            continue
        if finding.rule.urgency is not None or any(settled[place] for place in layout.taken[id_]):
            pressing.add(id_)
        if id_ not in first:
            to_come = "later" if id_ in layout.pathway.plan.later else "also"
            parts["avoid" if finding.direction in ("avoid", "stop") else to_come].append(finding)

    def rank(finding: Finding) -> tuple[bool, bool, bool]:
        rule = finding.rule
        return rule.id not in pressing, finding.direction == "consider", rule.step != step

    ordered = (tuple(its.rule.id for its in sorted(some, key=rank)) for some in parts.values())
    return Plan(first, *ordered), frozenset(pressing)
