"""The conditions of one page as nested lists: each named part written out once, and which thresholds were shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Is,
    Known,
    Named,
    Not,
    Points,
    Unclear,
    sure_part,
)
from spinesteps.logic.words import Words

TERMS = "terms.md"


class Tree:
    """Writes the conditions of one page. numbers: names of the thresholds it has shown so far.

    folded: named parts that are told elsewhere, by name.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.words = Words(labels)
        self.numbers: dict[str, None] = {}
        self.folded: dict[str, Named] = {}
        self._written: set[str] = set()

    def lines(self, node: Condition, depth: int = 0) -> Iterator[str]:
        """A condition as an indented list."""
        head, inner = self._head(node)
        yield f"{'  ' * depth}- {head}"
        for part in inner:
            yield from self.lines(part, depth + 1)
        for item in node.items if isinstance(node, Points) else ():
            otherwise = f", otherwise {item.otherwise:+g}" if item.otherwise else ""
            first, *rest = self.lines(item.part, depth + 1)
            yield first.replace("- ", f"- {item.points:+g}{otherwise}: ", 1)
            yield from rest

    def _head(self, node: Condition) -> tuple[str, tuple[Condition, ...]]:
        """The line of a condition, and the conditions to list under it."""
        if isinstance(node, Named):
            return self._named(node)
        if (sure := sure_part(node)) is not None:
            denied = isinstance(sure, Not)
            head, inner = self._head(sure.part if isinstance(sure, Not) else sure)
            return f"settled as {'no' if denied else 'yes'}: {head}", inner
        if isinstance(node, Not):
            head, inner = self._head(node.part)
            joined = head.startswith(("settled as ", "known: "))
            return f"{'not ' if joined else 'not: '}{head}", inner
        if isinstance(node, AllOf | AnyOf | AtLeast) and node.parts:
            return f"{self.words.describe(node)} these", node.parts
        if isinstance(node, Compare | Points) and node.bound.name:
            self.numbers[node.bound.name] = None
        head = self.words.describe(node)
        return (head.replace("_", " ") if isinstance(node, Is) else head.removesuffix(" count")), ()

    def _named(self, node: Named) -> tuple[str, tuple[Condition, ...]]:
        if node.folded:
            self.folded[node.name] = node
            return f"{node.name} ([what this means](../{TERMS}))", ()
        if isinstance(node.part, Is | Known | Unclear):
            return node.name, ()
        if node.name in self._written:
            return f"{node.name} (as above)", ()
        self._written.add(node.name)
        if isinstance(node.part, Points):
            return node.name, (node.part,)
        head, inner = self._head(node.part)
        return (f"{node.name}: {head}", inner) if inner else (f"{node.name} ({head})", ())
