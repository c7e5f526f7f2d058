"""Statements of the evidence library: one thing that can be said, for patients and clinicians, with its sources."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spinesteps.errors import DeclarationError, Fault
from spinesteps.pathway.evidence import Source
from spinesteps.quality.lint.words import GRADE, grade, misleading

CERTAINTIES = ("high", "moderate", "low", "very low", "consensus", "not graded")
SEED = "seed text"
DATA = ("topic", "sources", "certainty")
WORDS = ("patient", "clinician")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that can be said of stenosis and its care.

    patient: plain words. clinician: the figures, with ids in brackets. certainty: one of CERTAINTIES, as used here.
    """

    id: str
    topic: str
    patient: str
    clinician: str
    sources: tuple[str, ...]
    certainty: str


@cache
def read_statements(folder: Path, language: str) -> Mapping[str, Statement]:
    """Every statement of a knowledge folder by id, in the order of statements.toml, in the words of a language.

    Raises DeclarationError with every fault.
    """
    data, words = folder / "statements.toml", folder / "wording" / language / "statements.toml"
    if not words.is_file():
        raise DeclarationError(f"The wording in {language} lacks statements.toml.")
    rows, said = (tomllib.loads(path.read_text("utf-8")) for path in (data, words))
    faults = [*_odd(data.name, rows, DATA), *_odd(f"{language}/{words.name}", said, WORDS)]
    faults += [f"[{id_}] has no words in {language}" for id_ in rows if id_ not in said]
    faults += [f"{language}/{words.name} [{id_}] is no statement" for id_ in said if id_ not in rows]
    faults += [
        f"{data.name} [{id_}] certainty is one of {', '.join(CERTAINTIES)}"
        for id_, row in rows.items()
        if row.get("certainty") not in CERTAINTIES
    ]
    if faults:
        raise DeclarationError("\n".join(faults))
    return {id_: Statement(id_, **said[id_], **row | {"sources": tuple(row["sources"])}) for id_, row in rows.items()}


def _odd(file: str, rows: Mapping[str, Mapping[str, object]], needed: tuple[str, ...]) -> Iterator[str]:
    for id_, row in rows.items():
        missing, odd = [name for name in needed if name not in row], sorted(row.keys() - set(needed))
        if missing or odd:
            yield f"{file} [{id_}] lacks {missing}, does not know {odd}"


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
