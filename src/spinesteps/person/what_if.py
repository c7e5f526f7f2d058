"""`changes_if`: the nearest single facts that would flip an advice, each checked by judging again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice, pairwise
from operator import or_
from typing import Any

from spinesteps.logic.conditions import Compare, Condition, Is, Named, children, fact_of, facts_in, sure_part
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.engines.what_if import Bits, Others, Trials
from spinesteps.logic.facts import Answer, Answers, Choice, Fact, Number, Silence, Value, YesNo
from spinesteps.pathway.outcomes import DANGER_FIRST, STATES
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import HURRY, Rule
from spinesteps.person.decision import Decision, Finding, layout_of

Asked = tuple[Fact, tuple[Any, ...]]  # a fact, and its limits or options that matter
Placed = tuple[Fact, tuple[tuple[Value, int], ...]]  # a fact, and its values to try, each with the bit of its trial
NEAREST = 5
SETTLED = ("advised", "not_advised", "does_not_concern")


@dataclass(frozen=True, slots=True)
class Flip:
    """If this fact had this value, the advice would stand like this."""

    fact: str
    to: Value
    then: str


def changes(pathway: Pathway, given: Answers, answers: Answers, decision: Decision) -> dict[str, tuple[Flip, ...]]:
    """For each rule the nearest changes: at most NEAREST, facts in the order they are asked.

    given: what was answered. answers: with everything implied filled in, from which the decision was made.
    """
    table = _table(pathway)
    states = _states(pathway, table.trials.vary(answers, _others(pathway, table, given, answers)))
    holding = _holding(table, pathway, decision, answers)
    return {
        finding.rule.id: tuple(
            islice(_flips(finding, table.own(finding) or holding, states[finding.rule.id], answers), NEAREST)
        )
        for finding in decision.findings
    }


def _flips(
    finding: Finding, placed: Iterable[Placed], states: dict[str, int], answers: Answers
) -> Iterator[Flip]:
    """The trials that flip the finding, at most one for each fact: the nearest."""
    wanted = [(state, bits) for state, bits in states.items() if bits and _counts(finding.state, state)]
    flipping = reduce(or_, (bits for _, bits in wanted), 0)
    for fact, trials in placed if flipping else ():
        found = [(value, bit) for value, bit in trials if bit & flipping]
        if found:
            value, bit = _nearest(found, answers.get(fact.name, Silence.NOT_ASKED))
            yield Flip(fact.name, value, next(state for state, bits in wanted if bits & bit))


def _nearest(found: list[tuple[Value, int]], now: Answer) -> tuple[Value, int]:
    """Of several values the nearest to a number that is known; else the first."""
    if isinstance(now, bool) or not isinstance(now, int | float):
        return found[0]
    return min(found, key=lambda one: abs(one[0] - now) if isinstance(one[0], int | float) else 0)


def _counts(before: str, after: str) -> bool:
    """A flip: the advice is given or no longer given, or it becomes settled."""
    return after != before and after in SETTLED and (before == "needs_answer" or "advised" in (before, after))


def _states(pathway: Pathway, settled: list[Bits]) -> dict[str, dict[str, int]]:
    """Rule id to state to the trials (as bits) that give the rule that state."""
    everyone = _table(pathway).trials.everyone
    bits = iter(settled)
    by_rule: dict[str, dict[str, int]] = {}
    for places in layout_of(pathway).rules:
        states: dict[str, int] = dict.fromkeys(STATES, 0)
        left = everyone
        for _, finding, _ in places.cases:
            yes = next(bits)[0]
            states[finding.state] |= left & yes
            left &= ~yes
        states[places.otherwise.state] |= left
        by_rule[places.rule.id] = states
    return by_rule


class _Table:
    """What is tried is the same for everybody: for each rule and each red flag the values of its facts."""

    def __init__(self, pathway: Pathway) -> None:
        named = {rule.id: _limits(_leaves_of(rule), pathway) for rule in pathway.rules}
        for flag in pathway.red_flags:
            leaves = [leaf for case in flag.levels.cases for leaf in _leaves(case.when)]
            named[flag.id] = _limits(leaves, pathway)
        tried = {(fact.name, value) for facts in named.values() for fact, limits in facts
                 for value in _values(fact, limits)}  # fmt: skip
        order = {name: place for place, name in enumerate(pathway.by_name)}
        self.trials = Trials(layout_of(pathway).advising, sorted(tried, key=lambda t: (order[t[0]], str(t[1]))))
        places = self.trials.places
        self.placed: dict[str, tuple[Placed, ...]] = {
            id_: tuple(
                (fact, tuple((value, 1 << places[fact.name, value]) for value in _values(fact, limits)))
                for fact, limits in facts
            )
            for id_, facts in named.items()
        }

    def own(self, finding: Finding) -> tuple[Placed, ...]:
        """The facts of a finding's own criteria; none while danger comes first."""
        return () if finding.override is DANGER_FIRST else self.placed[finding.rule.id]


@lru_cache(maxsize=8)
def _table(pathway: Pathway) -> _Table:
    return _Table(pathway)


def _others(pathway: Pathway, table: _Table, given: Answers, answers: Answers) -> Others:
    """What else is answered differently in a trial: what it implies, or no longer implies."""
    implying = _implying(pathway)
    found: dict[str, list[tuple[int, Answer]]] = {}
    for place, (name, value) in enumerate(table.trials.trials):
        if name not in implying:
            continue
        filled = imply({**given, name: value}, pathway.implied)
        for other in filled.keys() | answers.keys():
            answer = filled.get(other, Silence.NOT_ASKED)
            if answer != answers.get(other, Silence.NOT_ASKED) or other == name:
                found.setdefault(other, []).append((1 << place, answer))
    return found


def _values(fact: Fact, limits: tuple[Any, ...]) -> tuple[Value, ...]:
    """Values worth trying: both answers, the options that are named, a number in each stretch between the limits."""
    if isinstance(fact, YesNo):
        return (True, False)
    if isinstance(fact, Choice):
        return limits
    return _around(fact, limits) if isinstance(fact, Number) else ()


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


def _leaves_of(rule: Rule) -> list[Condition]:
    """The leaves of a rule's own criteria; what is folded, such as danger, is left out."""
    parts = [rule.criteria, *([rule.considered.condition()] if rule.considered is not None else [])]
    return [leaf for part in parts for leaf in _leaves(part)]


def _holding(table: _Table, pathway: Pathway, decision: Decision, answers: Answers) -> tuple[Placed, ...]:
    """The answered facts of the flags that set the urgency, or that hold at emergency or today."""
    levels = HURRY if decision.danger else (decision.urgency,)
    found: dict[str, dict[Value, int]] = {}
    for flag in pathway.red_flags:
        if decision.flags.get(flag.id) in levels:
            for fact, trials in table.placed[flag.id]:
                if fact.name in answers:
                    found.setdefault(fact.name, {}).update(trials)
    return tuple((fact, tuple(found[fact.name].items())) for fact in pathway.facts if fact.name in found)


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
