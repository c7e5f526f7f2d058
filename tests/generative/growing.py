"""Random conditions, grown backwards from the type that is wanted, and random answers to their facts.

Six facts of each kind. Numbers and limits come from one small grid, so that a value often stands on its limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    Compare,
    Condition,
    FirstOf,
    Is,
    Known,
    Named,
    Not,
    Points,
    ScoreItem,
    Unclear,
)
from spinesteps.logic.facts import Answer, Choice, Day, Fact, Number, Silence, YesNo
from spinesteps.logic.thresholds import Bound

YES_NO = tuple(YesNo(f"sign_{n}") for n in range(6))
NUMBERS = tuple(Number(f"number_{n}", low=-3, high=3) for n in range(6))
CHOICES = tuple(Choice(f"choice_{n}", options=("left", "right", "both")) for n in range(6))
DAYS = tuple(Day(f"day_{n}") for n in range(6))
ALL_FACTS: tuple[Fact, ...] = (*YES_NO, *NUMBERS, *CHOICES, *DAYS)
FACTS: Mapping[str, Fact] = {fact.name: fact for fact in ALL_FACTS}
GRID = st.integers(-6, 6).map(lambda half: half / 2)
WEIGHTS = st.integers(-3, 4)


def value_of(fact: Fact) -> st.SearchStrategy[Answer]:
    """An answer this fact can have, silences apart."""
    if isinstance(fact, YesNo):
        return st.booleans()
    if isinstance(fact, Number):
        return GRID | st.integers(-3, 3)
    if isinstance(fact, Choice):
        return st.sampled_from(fact.options)
    return st.integers(0, 3).map(lambda days: date(2026, 11, 21) - timedelta(days=days))


def answer_of(fact: Fact) -> st.SearchStrategy[Answer]:
    """A value or a silence of any cause."""
    return value_of(fact) | st.sampled_from(list(Silence))


def answers() -> st.SearchStrategy[dict[str, Answer]]:
    """Some facts with a value, some with a silence, the others left out."""
    return st.fixed_dictionaries({}, optional={fact.name: answer_of(fact) for fact in ALL_FACTS})


def values_only() -> st.SearchStrategy[dict[str, Answer]]:
    """Every fact with a value."""
    return st.fixed_dictionaries({fact.name: value_of(fact) for fact in ALL_FACTS})


def leaves(settled: bool = True) -> st.SearchStrategy[Condition]:
    """Leaves; with `settled`, also those that are always settled (known and unclear of a fact)."""
    found: list[st.SearchStrategy[Condition]] = [
        st.builds(Is, st.sampled_from(YES_NO), st.booleans()),
        st.builds(Compare, st.sampled_from(NUMBERS), st.sampled_from(("<", "<=", ">", ">=")), st.builds(Bound, GRID)),
        st.sampled_from(CHOICES).flatmap(lambda fact: st.builds(Is, st.just(fact), st.sampled_from(fact.options))),
    ]
    if settled:
        found += [st.builds(Known, st.sampled_from(ALL_FACTS)), st.builds(Unclear, st.sampled_from(ALL_FACTS))]
    return st.one_of(found)


def points(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Points]:
    """A score over such parts."""
    items = st.lists(st.builds(ScoreItem, part, WEIGHTS, WEIGHTS), max_size=5).map(tuple)
    return st.builds(Points, st.just("score"), items, st.builds(Bound, st.integers(-4, 8)))


def conditions(settled: bool = True, scores: bool = True) -> st.SearchStrategy[Condition]:
    """A condition of any kind. settled: with known and unclear. scores: with points."""

    def grown(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(part, max_size=4).map(tuple)
        kinds: list[st.SearchStrategy[Condition]] = [
            st.builds(AllOf, parts),
            st.builds(AnyOf, parts),
            st.builds(Not, part),
            st.builds(AtLeast, st.integers(0, 5), parts),
            st.builds(Named, st.sampled_from(("one", "two")), part, st.booleans()),
        ]
        if settled:
            kinds.append(st.builds(Known, part))
        if scores:
            kinds.append(points(part))
        return st.one_of(kinds)

    return st.recursive(leaves(settled), grown, max_leaves=14)


def outcomes() -> st.SearchStrategy[FirstOf]:
    """A choice between names, some of which may stand twice."""
    names = st.sampled_from(("p", "q", "r", "s"))
    cases = st.lists(st.builds(Case, names, conditions()), max_size=5).map(tuple)
    return st.builds(FirstOf, cases, names)
