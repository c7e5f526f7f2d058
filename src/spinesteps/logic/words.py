"""Conditions and reasons in words, from the same tree. Knows labels and units, no medicine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
from spinesteps.logic.facts import Fact, Number, Silence
from spinesteps.logic.reasons import Reason

SIGN = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
MARK = {True: "yes", False: "no", None: "?"}


@dataclass(frozen=True, slots=True)
class Words:
    """Turns conditions into words. labels: fact name to a short noun phrase; the name itself when absent."""

    labels: Mapping[str, str]

    def label(self, fact: Fact) -> str:
        """The short phrase for a fact."""
        return self.labels.get(fact.name, fact.name)

    def describe(self, node: Condition) -> str:
        """One line for a condition, without what is inside a join."""
        if isinstance(node, Compare):
            return f"{self.label(node.fact)} {SIGN[node.sign]} {node.bound.value:g}{_unit(node.fact)}"
        if isinstance(node, Is):
            return self._is(node)
        if isinstance(node, Unclear):
            return f"unsure about {self.label(node.fact)}"
        if isinstance(node, Known):
            what = self.label(node.part) if isinstance(node.part, Fact) else self.describe(node.part)
            return f"known: {what}"
        if isinstance(node, Named):
            return node.name
        if isinstance(node, Points):
            return f"score {node.id} at least {node.bound.value:g}"
        if isinstance(node, Not):
            sure = sure_part(node.part)
            return f"not: {self.describe(node.part)}" if sure is None else f"not settled as yes: {self.describe(sure)}"
        if isinstance(node, AtLeast):
            return f"at least {node.n} of"
        if (sure := sure_part(node)) is not None:
            return f"settled as yes: {self.describe(sure)}"
        assert isinstance(node, AllOf | AnyOf)
        if not node.parts:
            return "always" if isinstance(node, AllOf) else "never"
        return "all of" if isinstance(node, AllOf) else "any of"

    def _is(self, node: Is) -> str:
        if node.value is True:
            return self.label(node.fact)
        if node.value is False:
            return f"no {self.label(node.fact)}"
        return f"{self.label(node.fact)} is {node.value}"

    def lines(self, reason: Reason, depth: int = 0) -> Iterator[str]:
        """A reason tree as indented lines: yes, no or ?, the condition, and the value or silence it met."""
        met = self._met(reason)
        yield f"{'  ' * depth}{MARK[reason.answer]:<4}{self.describe(reason.node)}{met}"
        for part in grounds(reason):
            yield from self.lines(part, depth + 1)

    def _met(self, reason: Reason) -> str:
        leaf = reason.parts[0] if isinstance(reason.node, Not) and not reason.parts[0].parts else reason
        if leaf.low is not None:
            return f" (between {leaf.low:g} and {leaf.high:g})"
        if leaf.met is None:
            return ""
        if isinstance(leaf.met, Silence):
            return f" ({leaf.met.value.replace('_', ' ')})"
        if isinstance(leaf.met, bool):
            return ""
        return f" (it is {leaf.met:g})" if isinstance(leaf.met, int | float) else f" (it is {leaf.met})"

    def tree(self, node: Condition, depth: int = 0) -> Iterator[str]:
        """A condition as indented lines, for generated pages."""
        yield f"{'  ' * depth}- {self.describe(node)}"
        if isinstance(node, Named):
            if not node.folded and not _plain(node.part):
                yield from self.tree(node.part, depth + 1)
            return
        if (sure := sure_part(node)) is not None:
            yield from list(self.tree(sure, depth))[1:]
        elif isinstance(node, AllOf | AnyOf | AtLeast):
            for part in node.parts:
                yield from self.tree(part, depth + 1)
        elif isinstance(node, Points):
            for item in node.items:
                otherwise = f", otherwise {item.otherwise:+g}" if item.otherwise else ""
                yield f"{'  ' * (depth + 1)}- {item.points:+g}{otherwise}: {self.describe(item.part)}"
        elif isinstance(node, Not):
            yield from list(self.tree(node.part, depth))[1:]


def grounds(reason: Reason) -> tuple[Reason, ...]:
    """What a reason rests on, each thing said once: past a "not", and past what only asks whether it is known."""
    if isinstance(reason.node, Named) and reason.node.folded:
        return ()
    if sure_part(reason.node) is not None:
        return grounds(reason.parts[1]) if len(reason.parts) == 2 else reason.parts[1:]
    return grounds(reason.parts[0]) if isinstance(reason.node, Not) else reason.parts


def _plain(node: Condition) -> bool:
    return isinstance(node, Is | Known | Unclear)


def _unit(fact: Fact) -> str:
    return f" {fact.unit}" if isinstance(fact, Number) and fact.unit else ""
