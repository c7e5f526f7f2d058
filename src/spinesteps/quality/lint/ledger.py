"""What is wrong with the ledgers of a pathway: claims, conflicts, readings, statements, the register of unverified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from spinesteps.errors import DeclarationError, Fault
from spinesteps.library.claims import check_claims, read_claims
from spinesteps.library.statements import check_statements, read_statements
from spinesteps.library.unverified import check_register, read_register
from spinesteps.pathway.pathway import Pathway
from spinesteps.quality.lint.suppressions import fault

T = TypeVar("T")


def check_ledgers(pathway: Pathway) -> Iterator[Fault]:
    """Every fault of the ledgers; those that make a file unreadable too."""
    faults: list[Fault] = []
    folder = pathway.folder
    claims = _read("claims", lambda: read_claims(folder / "claims"), faults)
    statements = _read("statements", lambda: read_statements(folder, pathway.language), faults)
    register = _read("unverified", lambda: read_register(folder / "unverified.toml"), faults)
    yield from faults
    if claims is not None and statements is not None:
        yield from check_claims(pathway, claims, statements)
    if statements is not None:
        yield from check_statements(statements, pathway.evidence)
    if register is not None:
        yield from check_register(register, pathway.evidence)
    yield from _readings(pathway)


def _read(what: str, reader: Callable[[], T], faults: list[Fault]) -> T | None:
    try:
        return reader()
    except DeclarationError as error:
        faults += [fault(what, line, "Correct the file.") for line in str(error).splitlines()]
        return None


def _readings(pathway: Pathway) -> Iterator[Fault]:
    for id_, reading in pathway.interpretations.items():
        if reading["source"] not in pathway.evidence:
            yield fault(id_, f'There is no source "{reading["source"]}".', "Add it to evidence/.")
        if not reading["alternatives"]:
            yield fault(id_, "This reading names no other one, so nobody can choose.", "Name what else could be meant.")
