"""Where sources disagree and how words that guidelines leave open are read, as data: conflicts, interpretations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spinesteps.content import Some, read_tables


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a conflict: what it says, the sources that say it, the claims of the seed texts on it."""

    side: str
    says: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question on which sources disagree. default: which way the pathway leans; certainty: how sure it is."""

    id: str
    question: str
    positions: Some[Position]
    default: str
    certainty: str
    would_change: str


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How words that guidelines leave open are read. row: the part it settles. alternatives: the other readings."""

    id: str
    about: str
    reading: str
    alternatives: tuple[str, ...]
    source: str
    row: str = ""


@cache
def read_conflicts(folder: Path) -> Mapping[str, Conflict]:
    """Every conflict of a knowledge folder by id. Raises ContentError with every fault."""
    return read_tables([folder / "conflicts.toml"], Conflict)


@cache
def read_interpretations(folder: Path) -> Mapping[str, Interpretation]:
    """Every settled reading of a knowledge folder by id. Raises ContentError with every fault."""
    return read_tables([folder / "interpretations.toml"], Interpretation)
