"""Statements of the evidence library: one thing that can be said, for patients and clinicians, with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from spinesteps.content import read_tables, read_together, read_toml


@dataclass(frozen=True, slots=True)
class StatementData:
    """What stands in statements.toml. certainty: as used here."""

    topic: str
    sources: tuple[str, ...]
    certainty: Literal["high", "moderate", "low", "very low", "consensus", "not graded"]


@dataclass(frozen=True, slots=True)
class StatementWords:
    """What stands in the words of a language. patient: plain words. clinician: the figures, with ids in brackets."""

    patient: str
    clinician: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that can be said of stenosis and its care: the data of a statement with its words in a language."""

    id: str
    topic: str
    patient: str
    clinician: str
    sources: tuple[str, ...]
    certainty: str


def statements_on(statements: Mapping[str, Statement], source: str) -> tuple[Statement, ...]:
    """What can be said on the word of a source, in the order of the data."""
    return tuple(statement for statement in statements.values() if source in statement.sources)


@cache
def read_statements(folder: Path, language: str) -> Mapping[str, Statement]:
    """Every statement of a knowledge folder by id, in the order of statements.toml, in the words of a language.

    Raises ContentError with every fault of both files.
    """
    data, words = folder / "statements.toml", folder / "wording" / language / "statements.toml"
    rows, said = read_together(
        lambda: read_tables([data], StatementData),
        lambda: read_tables([words], StatementWords, names=read_toml(data)),
    )
    return {
        id_: Statement(id_, row.topic, said[id_].patient, said[id_].clinician, row.sources, row.certainty)
        for id_, row in rows.items()
    }
