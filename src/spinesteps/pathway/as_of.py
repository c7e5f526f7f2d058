"""Conditions as of a day: every threshold replaced by the number it had on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from spinesteps.logic.conditions import Case, Compare, Condition, FirstOf, Named, Points, rebuilt, walk
from spinesteps.logic.thresholds import Bound, Limit, Threshold
from spinesteps.pathway.numerals import beside
from spinesteps.pathway.placeholders import Placeholder, fill


def _bound(limit: Limit, day: date) -> Bound:
    if isinstance(limit, Threshold):
        return limit.on(day)
    return limit if isinstance(limit, Bound) else Bound(limit)


def date_condition(node: Condition, day: date) -> Condition:
    """The condition with the numbers of that day. Raises NoValueError when a threshold has none yet."""
    return _dated(_Key(node), day)


class _Key:
    """A condition compared by identity, so that shared parts are dated once and stay shared."""

    __slots__ = ("node",)

    def __init__(self, node: Condition) -> None:
        self.node = node

    def __hash__(self) -> int:
        return id(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.node is self.node


@cache
def _dated(key: _Key, day: date) -> Condition:
    node = rebuilt(key.node, lambda part: date_condition(part, day))
    if isinstance(node, Compare):
        return replace(node, limit=_bound(node.limit, day))
    if isinstance(node, Named):
        return replace(node, name=_name_on(key.node, day))
    if isinstance(node, Points):
        return replace(node, cutoff=_bound(node.cutoff, day))
    return node


def _name_on(node: Condition, day: date) -> str:
    """A name with the numbers that its own tree turns at."""
    assert isinstance(node, Named)
    if "{" not in node.name:
        return node.name
    limits = [part.limit for part in walk(node.part) if isinstance(part, Compare)]
    values = {one.name: one.on(day).value for one in limits if isinstance(one, Threshold)}

    def say(gap: Placeholder) -> str | None:
        value = values.get(gap.name)
        return None if value is None else f"{beside(value) if 'below' in gap.how else value:g}"

    return fill(node.name, say)


def date_outcome(outcome: FirstOf, day: date) -> FirstOf:
    """The outcome with the numbers of that day."""
    return replace(outcome, cases=tuple(Case(case.name, date_condition(case.when, day)) for case in outcome.cases))
