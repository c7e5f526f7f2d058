"""Conditions as of a day: every threshold replaced by the number it had on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    Compare,
    Condition,
    FirstOf,
    Known,
    Named,
    Not,
    Points,
)
from spinesteps.logic.facts import Fact
from spinesteps.logic.thresholds import Bound, Limit, Threshold


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
    node = key.node
    if isinstance(node, Compare):
        return replace(node, limit=_bound(node.limit, day))
    if isinstance(node, AllOf | AnyOf | AtLeast):
        return replace(node, parts=tuple(date_condition(part, day) for part in node.parts))
    if isinstance(node, Not | Named):
        return replace(node, part=date_condition(node.part, day))
    if isinstance(node, Known):
        return node if isinstance(node.part, Fact) else Known(date_condition(node.part, day))
    if isinstance(node, Points):
        items = tuple(replace(item, part=date_condition(item.part, day)) for item in node.items)
        return replace(node, items=items, cutoff=_bound(node.cutoff, day))
    return node


def date_outcome(outcome: FirstOf, day: date) -> FirstOf:
    """The outcome with the numbers of that day."""
    return replace(outcome, cases=tuple(Case(case.name, date_condition(case.when, day)) for case in outcome.cases))
