"""Statements of the evidence library: one thing that can be said, for patients and clinicians, with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from spinesteps.content import read_tables, read_together, read_toml
from spinesteps.errors import Fault
from spinesteps.pathway.evidence import Source
from spinesteps.quality.lint.words import GRADE, grade, misleading

SEED = "seed text"


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


def check_statements(statements: Mapping[str, Statement], evidence: Mapping[str, Source]) -> Iterator[Fault]:
    """Sources that do not exist or carry too little, and patients' sentences that are hard or promise."""
    for statement in statements.values():
        lost = [id_ for id_ in statement.sources if id_ not in evidence]
        if lost or not statement.sources:
            yield _fault(statement, f"Its sources {lost} do not exist.", "Name sources of evidence/.")
        known = [evidence[id_] for id_ in statement.sources if id_ in evidence]
        if known and not any(source.status == "verified" for source in known):
            yield _fault(statement, "It stands on unverified sources only.", "Verify one, or remove the statement.")
        if all(source.kind == SEED for source in known) and statement.certainty != "not graded":
            yield _fault(statement, "It stands on seed texts alone.", 'Find a source, or say "not graded".')
        unnamed = [source.id for source in known if source.kind != SEED and source.id not in statement.clinician]
        if unnamed:
            yield _fault(statement, f"Its words for clinicians do not name {unnamed}.", "Name each source in brackets.")
        reading = grade(statement.patient)
        if reading > GRADE:
            yield _fault(statement, f"Its words for patients are at grade {reading:.1f}.", "Say it in shorter words.")
        for what, found in misleading(statement.patient):
            yield _fault(statement, f'Its words for patients: {what}: "{found}".', "Say what is known.")


def _fault(statement: Statement, wrong: str, todo: str) -> Fault:
    return Fault(f"statement {statement.id}", wrong, "a statement that can be cited", todo)
