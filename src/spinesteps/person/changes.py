"""`changes_if`: the nearest single facts that would flip an advice, each checked by judging again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from spinesteps.logic.conditions import Compare, Condition, Named, children, fact_of, facts_in
from spinesteps.logic.facts import Answer, Answers, Choice, Fact, Number, Silence, Value, YesNo
from spinesteps.logic.implied import imply
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.decision import Decision, Finding, decide, plan_of, read_off, with_answer

NEAREST = 5
SETTLED = ("advised", "not_advised", "does_not_concern")


@dataclass(frozen=True, slots=True)
class Change:
    """If this fact had this value, the advice would stand like this."""

    fact: str
    to: Value
    then: str


def changes(pathway: Pathway, answers: Answers, decision: Decision) -> dict[str, tuple[Change, ...]]:
    """For each rule the nearest changes: at most NEAREST, facts in the order they are asked."""
    trials = _Trials(pathway, answers)
    danger_facts = _holding(pathway, decision, answers) if decision.danger else ()
    found: dict[str, tuple[Change, ...]] = {}
    for finding in decision.findings:
        facts = danger_facts if finding.because == "danger_first" else _facts_of(pathway, finding.rule.id)
        found[finding.rule.id] = tuple(_flips(finding, facts, trials))[:NEAREST]
    return found


def _flips(finding: Finding, facts: tuple[tuple[Fact, tuple[float, ...]], ...], trials: _Trials) -> Iterator[Change]:
    for fact, limits in facts:
        for value in _values(fact, limits, trials.answers.get(fact.name, Silence.NOT_ASKED)):
            state = trials.states(fact, value)[finding.rule.id]
            if state != finding.state and state in SETTLED and _counts(finding.state, state):
                yield Change(fact.name, value, state)
                break


def _counts(before: str, after: str) -> bool:
    """A flip: the advice is given or no longer given, or it becomes settled."""
    return before == "needs_answer" or "advised" in (before, after)


class _Trials:
    """Decisions with one fact changed, each worked out once."""

    def __init__(self, pathway: Pathway, answers: Answers) -> None:
        self.pathway = pathway
        self.answers = answers
        self.plan = plan_of(pathway)
        self.arranged = self.plan.closed.arrange(answers)
        self.done: dict[tuple[str, Value], dict[str, str]] = {}
        self.implying = _implying(pathway)

    def states(self, fact: Fact, value: Value) -> dict[str, str]:
        """Rule id to state, were this fact answered so."""
        key = (fact.name, value)
        if key not in self.done:
            if fact.name in self.implying:
                changed = imply({**self.answers, fact.name: value}, self.pathway.implied)
                decision = decide(self.pathway, changed)
            else:
                result = self.plan.closed.evaluate(with_answer(self.plan, self.arranged, fact.name, value))
                decision = read_off(self.plan, result, lambda _: False)
            self.done[key] = decision.states
        return self.done[key]


def _values(fact: Fact, limits: tuple[float, ...], now: Answer) -> Iterator[Value]:
    """Values worth trying, the nearest first."""
    if isinstance(fact, YesNo):
        yield from (value for value in (True, False) if value is not now)
    elif isinstance(fact, Choice):
        yield from (option for option in fact.options if option != now)
    elif isinstance(fact, Number):
        around = _around(fact, limits)
        here = now if isinstance(now, int | float) else None
        yield from around if here is None else sorted(around, key=lambda value: abs(value - here))


def _around(fact: Number, limits: tuple[float, ...]) -> list[float]:
    """One value in each stretch between the limits: on the limit, and just to each side of it."""
    step = 1.0 if fact.whole or all(float(limit).is_integer() for limit in limits) else 0.01
    marks = sorted({mark for limit in limits for mark in (limit - step, limit, limit + step)})
    middles = [round((low + high) / 2) for low, high in pairwise(sorted(limits)) if high - low > 2 * step]
    found = [round(mark, 2) for mark in sorted({*marks, *middles}) if fact.low <= mark <= fact.high]
    return [int(value) if float(value).is_integer() else value for value in found]


@lru_cache(maxsize=8)
def _implying(pathway: Pathway) -> frozenset[str]:
    """Facts that other facts are filled in from, and those filled in."""
    names: set[str] = set()
    for relation in pathway.implied:
        names.add(relation.fact.name)
        names.update(fact.name for fact in getattr(relation, "others", ()))
        if hasattr(relation, "when"):
            names.update(fact.name for fact in facts_in(relation.when))
    return frozenset(names)


@lru_cache(maxsize=None)
def _facts_of(pathway: Pathway, rule_id: str) -> tuple[tuple[Fact, tuple[float, ...]], ...]:
    """The facts of a rule's own criteria (what is folded, such as danger, apart) with the limits they meet."""
    rule = next(rule for rule in pathway.rules if rule.id == rule_id)
    parts = [rule.criteria, *([rule.considered.condition()] if rule.considered is not None else [])]
    return _limits([leaf for part in parts for leaf in _leaves(part, folded=False)], pathway)


def _holding(pathway: Pathway, decision: Decision, answers: Answers) -> tuple[tuple[Fact, tuple[float, ...]], ...]:
    """The answered facts of the flags that hold at emergency or today."""
    holding = [flag for flag in pathway.red_flags if decision.flags.get(flag.id) in ("emergency", "today")]
    leaves = [leaf for flag in holding for case in flag.levels.cases for leaf in _leaves(case.when, folded=True)]
    return tuple((fact, limits) for fact, limits in _limits(leaves, pathway) if fact.name in answers)


def _leaves(node: Condition, folded: bool) -> Iterator[Condition]:
    if isinstance(node, Named) and node.folded and not folded and node.name != "lumbar stenosis likely or possible":
        return
    if fact_of(node) is not None:
        yield node
    for child in children(node):
        yield from _leaves(child, folded)


def _limits(leaves: list[Condition], pathway: Pathway) -> tuple[tuple[Fact, tuple[float, ...]], ...]:
    found: dict[str, set[float]] = {}
    for leaf in leaves:
        fact = fact_of(leaf)
        assert fact is not None
        found.setdefault(fact.name, set())
        if isinstance(leaf, Compare):
            found[fact.name].add(leaf.bound.value)
    return tuple((fact, tuple(sorted(found[fact.name]))) for fact in pathway.facts if fact.name in found)
