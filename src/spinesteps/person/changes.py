"""`changes_if`: the nearest single facts that would flip an advice, each checked by judging again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from spinesteps.logic.conditions import Compare, Condition, Named, children, fact_of, facts_in, sure_part
from spinesteps.logic.facts import Answer, Answers, Choice, Fact, Number, Silence, Value, YesNo
from spinesteps.logic.implied import imply
from spinesteps.logic.variants import vary
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.decision import Decision, Finding, plan_of

Trial = tuple[Fact, Value]
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
    tried: dict[str, list[Trial]] = {}
    for finding in decision.findings:
        own = () if finding.because == "danger_first" else _facts_of(pathway, finding.rule.id)
        facts = own or holding
        tried[finding.rule.id] = [
            (fact, value)
            for fact, limits in facts
            for value in _values(fact, limits, answers.get(fact.name, Silence.NOT_ASKED))
        ]
    places: dict[Trial, int] = {}
    for trials in tried.values():
        for trial in trials:
            places.setdefault(trial, len(places))
    states = _states(pathway, answers, _variants(pathway, given, answers, places))
    return {
        finding.rule.id: _nearest(_flips(finding, tried[finding.rule.id], places, states[finding.rule.id]))
        for finding in decision.findings
    }


def _flips(finding: Finding, trials: list[Trial], places: dict[Trial, int], states: dict[str, int]) -> Iterator[Change]:
    """The trials that flip the finding, at most one for each fact."""
    wanted = [(state, bits) for state, bits in states.items() if _counts(finding.state, state)]
    taken = None
    for trial in trials:
        fact, value = trial
        if fact is taken:
            continue
        for state, bits in wanted:
            if bits >> places[trial] & 1:
                taken = fact
                yield Change(fact.name, value, state)


def _nearest(flips: Iterator[Change]) -> tuple[Change, ...]:
    return tuple(islice(flips, NEAREST))


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
    for fact, value in trials:
        variant: dict[str, Answer] = {fact.name: value}
        if fact.name in implying:
            filled = imply({**given, fact.name: value}, pathway.implied)
            gone = answers.keys() - filled.keys()
            variant = {name: a for name, a in filled.items() if answers.get(name, Silence.NOT_ASKED) != a}
            variant |= dict.fromkeys(gone, Silence.NOT_ASKED)
        variants.append(variant)
    return variants


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
def _facts_of(pathway: Pathway, rule_id: str) -> tuple[tuple[Fact, tuple[float, ...]], ...]:
    """The facts of a rule's own criteria (what is folded, such as danger, apart) with the limits they meet."""
    rule = next(rule for rule in pathway.rules if rule.id == rule_id)
    parts = [rule.criteria, *([rule.considered.condition()] if rule.considered is not None else [])]
    return _limits([leaf for part in parts for leaf in _leaves(part)], pathway)


def _holding(pathway: Pathway, decision: Decision, answers: Answers) -> tuple[tuple[Fact, tuple[float, ...]], ...]:
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


def _limits(leaves: list[Condition], pathway: Pathway) -> tuple[tuple[Fact, tuple[float, ...]], ...]:
    found: dict[str, set[float]] = {}
    for leaf in leaves:
        fact = fact_of(leaf)
        assert fact is not None
        found.setdefault(fact.name, set())
        if isinstance(leaf, Compare):
            found[fact.name].add(leaf.bound.value)
    return tuple((fact, tuple(sorted(found[fact.name]))) for fact in pathway.facts if fact.name in found)
