"""What codes and names stand for, as the reader asks it of the code tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from spinesteps.fhir.medicines import Products


class Matched(Protocol):
    """What a code stands for."""

    @property
    def concepts(self) -> frozenset[str]: ...
    @property
    def suggests(self) -> frozenset[str]: ...


class Codes(Protocol):
    """What the reader needs of the code tables."""

    def match(self, system: str, code: str) -> Matched: ...
    def named(self, text: str) -> Matched: ...
    def has_answers(self, concept: str) -> bool: ...
    def meaning(self, concept: str, system: str, code: str) -> tuple[str, bool] | None: ...
    def loose(self, name: str) -> list[str]: ...
    @property
    def products(self) -> Products: ...


@dataclass(frozen=True, slots=True)
class Meant:
    """What the codes and names of a resource stand for, and what they may stand for."""

    concepts: frozenset[str] = frozenset()
    suggests: frozenset[str] = frozenset()

    def doubted(self) -> Meant:
        """All of it as no more than what it may stand for."""
        return Meant(frozenset(), self.concepts | self.suggests)


NOTHING = Meant()


def together(every: Sequence[Matched]) -> Meant:
    """What several codes and names stand for."""
    told = [one for one in every if one.concepts or one.suggests]
    if not told:
        return NOTHING
    concepts = told[0].concepts.union(*(one.concepts for one in told[1:]))
    return Meant(concepts, frozenset().union(*(one.suggests for one in told)) - concepts)


@lru_cache(maxsize=1_024)
def alone(concept: str) -> frozenset[str]:
    """One concept, the same set for every event."""
    return frozenset((concept,))
