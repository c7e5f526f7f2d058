"""What a condition came to for one person, and why: the reference engine makes it, words and papers read it."""

from __future__ import annotations

from typing import NamedTuple

from spinesteps.logic.conditions import Condition, Fact, fact_of
from spinesteps.logic.facts import Answer

Settled = bool | None


class Reason(NamedTuple):
    """A condition with its answer (yes, no or None for not known) and the reasons inside it.

    `met` is the answer or silence a leaf looked at; `low` and `high` are a score's interval.
    """

    node: Condition
    answer: Settled
    parts: tuple[Reason, ...] = ()
    met: Answer | None = None
    low: float | None = None
    high: float | None = None

    def needs(self) -> tuple[Fact, ...]:
        """The facts whose answers could settle this: empty when it is settled."""
        if self.answer is not None:
            return ()
        fact = fact_of(self.node)
        found: dict[str, Fact] = {} if fact is None else {fact.name: fact}
        for part in self.parts:
            found.update((need.name, need) for need in part.needs())
        return tuple(found.values())
