"""`changes_if`: the nearest single facts that would flip an advice, each checked by judging again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice, pairwise
from operator import or_
from typing import Any

from spinesteps.logic.conditions import Compare, Condition, Is, Named, children, fact_of, facts_in, sure_part
from spinesteps.logic.facts import Answer, Answers, Choice, Fact, Number, Silence, Value, YesNo
from spinesteps.logic.implied import imply
from spinesteps.logic.variants import vary
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.decision import Decision, Finding, plan_of

Asked = tuple[Fact, tuple[Any, ...]]  # a fact, and its limits or options that matter
Trial = tuple[str, Value]  # a fact's name, and the value that is tried
Placed = list[tuple[str, Value, int]]  # a trial with its bit
NEAREST = 5
SETTLED = ("advised", "not_advised", "does_not_concern")


@dataclass(frozen=True, slots=True)
class Change:
    """If this fact had this value, the advice would stand like this."""

    fact: str
    to: Value
    then: str


def changes(pathway: Pathway, given: Answers, answers: Answers, decision: Decision) -> dict[str, tuple[Change, ...]]:
    """For each rule the nearest changes: at most NEAREST, facts in the order they are asked.

    given: what was answered. answers: with everything implied filled in, from which the decision was made.
    """
    holding = _holding(pathway, decision, answers)
    places: dict[Trial, int] = {}
    tried: list[Placed] = []
    for finding in decision.findings:
        own = () if finding.because == "danger_first" else _facts_of(pathway, finding.rule.id)
        placed: Placed = []
        for fact, limits in own or holding:
            for value in _values(fact, limits, answers.get(fact.name, Silence.NOT_ASKED)):
                placed.append((fact.name, value, 1 << places.setdefault((fact.name, value), len(places))))
        tried.append(placed)
    states = _states(pathway, answers, _variants(pathway, given, answers, places))
    return {
        finding.rule.id: tuple(islice(_flips(finding, placed, states[finding.rule.id]), NEAREST))
        for finding, placed in zip(decision.findings, tried, strict=True)
    }


def _flips(finding: Finding, placed: Placed, states: dict[str, int]) -> Iterator[Change]:
    """The trials that flip the finding, at most one for each fact."""
    wanted = [(state, bits) for state, bits in states.items() if bits and _counts(finding.state, state)]
    flipping = reduce(or_, (bits for _, bits in wanted), 0)
    taken = ""
    for name, value, bit in placed:
        if bit & flipping and name != taken:
            taken = name
            yield Change(name, value, next(state for state, bits in wanted if bits & bit))


def _counts(before: str, after: str) -> bool:
    """A flip: the advice is given or no longer given, or it becomes settled."""
    return after != before and after in SETTLED and (before == "needs_answer" or "advised" in (before, after))


def _states(pathway: Pathway, answers: Answers, variants: list[dict[str, Answer]]) -> dict[str, dict[str, int]]:
    """Rule id to state to the variants (as bits) that give the rule that state: as `decide`, for all at once."""
    everyone = (1 << len(variants)) - 1
    plan = plan_of(pathway)
    settled = vary(plan.advising, answers, variants)
    blocking = settled[0][0]
    found: dict[str, dict[str, int]] = {}
    for place, (rule, _, _, _) in enumerate(plan.rules):
        criteria, who, considered = settled[1 + 3 * place : 4 + 3 * place]
        blocked = blocking if rule.delays else 0
        advised = (criteria[0] | considered[0]) & ~blocked
        unknown = everyone & ~(criteria[0] | criteria[1] | advised | blocked)
        unconcerned = who[1] & ~(advised | unknown | blocked)
        others = everyone & ~(advised | unknown | unconcerned)
        found[rule.id] = {"advised": advised, "not_advised": others, "does_not_concern": unconcerned}
    for ranking in pathway.rankings:
        winner, loser = found.get(ranking.winner), found.get(ranking.loser)
        if winner and loser:
            both = winner["advised"] & loser["advised"]
            loser["advised"] &= ~both
            loser["not_advised"] |= both
    return found


def _variants(pathway: Pathway, given: Answers, answers: Answers, trials: Iterable[Trial]) -> list[dict[str, Answer]]:
    """For each trial the answers that differ, what is implied or no longer implied included."""
    implying = _implying(pathway)
    variants: list[dict[str, Answer]] = []
    for name, value in trials:
        variant: dict[str, Answer] = {name: value}
        if name in implying:
            filled = imply({**given, name: value}, pathway.implied)
            gone = answers.keys() - filled.keys()
            variant = {other: a for other, a in filled.items() if answers.get(other, Silence.NOT_ASKED) != a}
            variant |= dict.fromkeys(gone, Silence.NOT_ASKED)
        variants.append(variant)
    return variants


def _values(fact: Fact, limits: tuple[Any, ...], now: Answer) -> Sequence[Value]:
    """Values worth trying, the nearest first."""
    if isinstance(fact, YesNo):
        return (False,) if now is True else (True,) if now is False else (True, False)
    if isinstance(fact, Choice):
        return [option for option in limits if option != now]
    if isinstance(fact, Number):
        around = _around(fact, limits)
        if isinstance(now, int | float):
            return sorted(around, key=lambda value: abs(value - now))
        return around
    return ()


@lru_cache(maxsize=4096)
def _around(fact: Number, limits: tuple[float, ...]) -> tuple[float, ...]:
    """One value in each stretch between the limits: on the limit, and just to each side of it."""
    step = 1.0 if fact.whole or all(float(limit).is_integer() for limit in limits) else 0.01
    marks = sorted({mark for limit in limits for mark in (limit - step, limit, limit + step)})
    middles = [round((low + high) / 2) for low, high in pairwise(sorted(limits)) if high - low > 2 * step]
    found = [round(mark, 2) for mark in sorted({*marks, *middles}) if fact.low <= mark <= fact.high]
    return tuple(int(value) if float(value).is_integer() else value for value in found)


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


@lru_cache(maxsize=1024)
def _facts_of(pathway: Pathway, rule_id: str) -> tuple[Asked, ...]:
    """The facts of a rule's own criteria (what is folded, such as danger, apart) with the limits they meet."""
    rule = next(rule for rule in pathway.rules if rule.id == rule_id)
    parts = [rule.criteria, *([rule.considered.condition()] if rule.considered is not None else [])]
    return _limits([leaf for part in parts for leaf in _leaves(part)], pathway)


def _holding(pathway: Pathway, decision: Decision, answers: Answers) -> tuple[Asked, ...]:
    """The answered facts of the flags that set the urgency, or that hold at emergency or today."""
    levels = ("emergency", "today") if decision.danger else (decision.urgency,)
    holding = [flag for flag in pathway.red_flags if decision.flags.get(flag.id) in levels]
    leaves = [leaf for flag in holding for case in flag.levels.cases for leaf in _leaves(case.when)]
    return tuple((fact, limits) for fact, limits in _limits(leaves, pathway) if fact.name in answers)


def _leaves(node: Condition) -> Iterator[Condition]:
    """The leaves of a condition; a folded part that is always settled (danger) is decided elsewhere and left out."""
    if isinstance(node, Named) and node.folded and sure_part(node.part) is not None:
        return
    if fact_of(node) is not None:
        yield node
    for child in children(node):
        yield from _leaves(child)


def _limits(leaves: list[Condition], pathway: Pathway) -> tuple[Asked, ...]:
    """The facts of the leaves in the order they are asked, each with the limits or options the leaves name."""
    found: dict[str, set[Any]] = {}
    for leaf in leaves:
        fact = fact_of(leaf)
        assert fact is not None
        named = found.setdefault(fact.name, set())
        if isinstance(leaf, Compare):
            named.add(leaf.bound.value)
        elif isinstance(leaf, Is) and isinstance(fact, Choice):
            named.add(leaf.value)
    return tuple((fact, _named(fact, found[fact.name])) for fact in pathway.facts if fact.name in found)


def _named(fact: Fact, values: set[Any]) -> tuple[Any, ...]:
    """Limits in order; of a choice the options that are named, and one that stands for all others."""
    if not isinstance(fact, Choice):
        return tuple(sorted(values))
    other = next((option for option in fact.options if option not in values), None)
    return tuple(option for option in fact.options if option in values or option == other)
