"""Conditions taken apart into steps: every distinct condition once, its parts before it.

The fast engines are made from it: `compiled` writes the steps as Python, `variants` runs them for many people at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spinesteps.logic.conditions import Compare, Condition, Is, Known, Named, Points, Unclear, children, fact_of
from spinesteps.logic.facts import Fact

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ProgramStep:
    """One condition; `fact` is what a leaf looks at, `parts` are the numbers of the steps directly inside it."""

    node: Condition
    fact: Fact | None
    parts: tuple[int, ...]


class Program:
    """The steps of several conditions. `roots`: the number of each condition. `facts`: those given, then those met."""

    def __init__(self, conditions: Sequence[Condition], facts: Sequence[Fact] = ()) -> None:
        self.steps: list[ProgramStep] = []
        self._by_key: dict[Key, int] = {}
        self._by_id: dict[int, int] = {}  # valid while the conditions live
        self._facts = {fact.name: fact for fact in facts}
        self.roots = [self._number(condition) for condition in conditions]
        self._by_id.clear()
        self.facts = tuple(self._facts.values())

    def _number(self, node: Condition) -> int:
        known = self._by_id.get(id(node))
        if known is None:
            self._by_id[id(node)] = known = self._new(node)
        return known

    def _new(self, node: Condition) -> int:
        if isinstance(node, Named):
            return self._number(node.part)
        parts = tuple(self._number(child) for child in children(node))
        key = self._key(node, parts)
        if key not in self._by_key:
            self._by_key[key] = len(self.steps)
            fact = fact_of(node)
            if fact is not None:
                self._facts.setdefault(fact.name, fact)
            self.steps.append(ProgramStep(node, fact, parts))
        return self._by_key[key]

    def _key(self, node: Condition, parts: tuple[int, ...]) -> Key:
        """Equal for conditions that always have the same answer and needs."""
        kind = type(node).__name__
        if isinstance(node, Compare):
            return (kind, node.fact.name, node.sign, node.bound.value)
        if isinstance(node, Is):
            return (kind, node.fact.name, type(node.value).__name__, node.value)
        if isinstance(node, Unclear):
            return (kind, node.fact.name)
        if isinstance(node, Known) and isinstance(node.part, Fact):
            return (kind, node.part.name)
        if isinstance(node, Points):
            return (kind, parts, node.bound.value, tuple((item.points, item.otherwise) for item in node.items))
        return (kind, parts, getattr(node, "n", 0))
