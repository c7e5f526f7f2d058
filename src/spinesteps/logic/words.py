"""Conditions and reasons in words, from the same tree. Knows labels and units, no medicine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

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
from spinesteps.logic.reasons import Reason, Settled

SIGN = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
MARK = {True: "yes", False: "no", None: "?"}
MOST_LINES = 60
MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One line of a reason and the lines it rests on: what every face draws. answer: yes, no or None for not known.

    left_out: of a list too long to draw, how many parts are no and not known; those that are yes are drawn.
    """

    answer: Settled
    text: str
    parts: tuple[ReasonLine, ...] = ()
    left_out: tuple[int, int] | None = None

    @property
    def height(self) -> int:
        """How many lines it takes to draw."""
        return 1 + sum(part.height for part in self.parts)

    def lines(self, depth: int = 0, shortened: str = "") -> Iterator[str]:
        """As indented lines: yes, no or ?, and the text. shortened: what to say of parts left out ({no}, {unknown})."""
        yield f"{'  ' * depth}{MARK[self.answer]:<4}{self.text}"
        for part in self.parts:
            yield from part.lines(depth + 1, shortened)
        if self.left_out:
            yield f"{'  ' * (depth + 1)}{shortened.format(no=self.left_out[0], unknown=self.left_out[1])}"

    def shortened(self) -> ReasonLine:
        """Without the parts that are no or not known when they are too many to draw."""
        if len(self.parts) <= MOST_PARTS or self.height <= MOST_LINES:
            return self
        answers = [part.answer for part in self.parts]
        kept = tuple(part for part in self.parts if part.answer)
        return replace(self, parts=kept, left_out=(answers.count(False), answers.count(None)))


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

    def whole(self, reason: Reason) -> ReasonLine:
        """A reason with all it rests on: the condition, and the value or silence it met."""
        parts = tuple(self.whole(part) for part in grounds(reason))
        return ReasonLine(reason.answer, self.describe(reason.node) + self._met(reason), parts)

    def brief(self, reason: Reason) -> ReasonLine:
        """A reason as faces draw it: a named part on the line of what it joins, and long lists shortened."""
        text, parts = self.describe(reason.node) + self._met(reason), grounds(reason)
        if isinstance(reason.node, Named) and len(parts) == 1 and (inner := grounds(parts[0])):
            text, parts = f"{text}: {self.describe(parts[0].node)}", inner
        return ReasonLine(reason.answer, text, tuple(self.brief(part) for part in parts)).shortened()

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
