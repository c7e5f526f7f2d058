"""What the commands share: their options, and how a day, a deployment, facts or a record are read from them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from spinesteps.errors import Fault, InputError, ScopeError

if TYPE_CHECKING:
    from spinesteps.pathway.deployment import Deployment
    from spinesteps.pathway.pathway import Pathway
    from spinesteps.person.assess import Assessment
    from spinesteps.person.record import Record

FACTS = typer.Option(help="Facts: a JSON object or its file, a .jsonl file with one a line, or - for standard input.")
ONE_FACTS = typer.Option(help="Facts: a JSON object or its file, or - for standard input.")
EVERYONE = typer.Option("--everyone", help="Every patient of an NDJSON folder, one a line.")
FHIR = typer.Option(help="A FHIR R4 Bundle (JSON), or a folder of NDJSON files.")
PATIENT = typer.Option(help="The id of the patient, when there are several.")
ON = typer.Option("--on", help="The day of judging, such as 2026-11-21. Default: today.")
JSON = typer.Option("--json", help="Print JSON.")
OUT = typer.Option(help="The folder to write into.")
# Where this command is used, as soon as that is known: a failure is told in its language.
IN_FORCE: ContextVar[Deployment | None] = ContextVar("in_force", default=None)
DEPLOYMENT = typer.Option("--deployment", help="Where it is used: a deployment.toml. Without one the defaults hold.")


def spine() -> Pathway:
    """The pathway of this software, undated."""
    from spinesteps.knowledge.spine import PATHWAY

    return PATHWAY


def judge(record: Record, day: date, here: Deployment | None = None) -> Assessment:
    """The assessment of a record, in the language of where it is used."""
    from spinesteps.person.assess import assess as judge_person

    here = here or here_of(None)
    return judge_person(record, here.speaking(spine()), day, here)


def here_of(path: Path | None) -> Deployment:
    """Where it is used. A faulty file is refused before anybody is judged."""
    here = _read_here(path)
    IN_FORCE.set(here)
    return here


@cache
def _read_here(path: Path | None) -> Deployment:
    from spinesteps.pathway.deployment import read_deployment

    return read_deployment(path, spine())


def day_of(text: str | None, deployment: Path | None = None) -> date:
    """The day of judging; without one today, where it is used. Raises ScopeError."""
    from spinesteps.person.days import day_from, today

    return today(here_of(deployment).time_zone if deployment else "") if text is None else day_from(text)


def existing(path: Path | None) -> Path:
    """A path that is there. Raises InputError."""
    try:
        there = path is not None and path.exists()
    except (OSError, ValueError):  # a name too long, or one that no file can have
        there = False
    if path is None or not there:
        fault = Fault(str(path), "There is no such file or folder.", "a path that exists", "Check the path.")
        raise InputError([fault])
    return path


def bytes_of(name: str) -> bytes:
    """The JSON itself when it begins with {, else the bytes of a file, or of standard input for `-`.

    No more than the facts door takes. Raises InputError.
    """
    from spinesteps.files import read_file
    from spinesteps.json_pairs import LARGEST

    if name.lstrip().startswith("{"):
        return name.encode("utf-8", "replace")
    if name == "-":
        if sys.stdin is None:
            raise InputError([Fault("-", "There is no standard input.", "a JSON object", "Name a file.")])
        return sys.stdin.buffer.read(LARGEST + 1)
    return read_file(existing(Path(name)), LARGEST + 1, "facts")


def read_facts(name: str, day: date) -> Record:
    """The record of one person from a facts file."""
    from spinesteps.person.answers import read_person

    return read_person(bytes_of(name), spine().by_name, day)


def read_lines(name: str, day: date) -> Iterator[tuple[int, Record | InputError]]:
    """One person a line of a .jsonl file: the number of the line, and the record or its faults."""
    from spinesteps.files import is_file
    from spinesteps.person.answers import read_people

    path = existing(Path(name))
    if not is_file(path):
        raise InputError([Fault(name, "This is no file.", "a .jsonl file", "Name a file.")])
    try:
        with path.open("rb") as stream:
            yield from read_people(stream, spine().by_name, day)
    except OSError:
        raise InputError([Fault(name, "The file cannot be read.", "a .jsonl file", "Check the path.")]) from None


def is_lines(name: str | None) -> bool:
    """Whether facts come one person a line."""
    return name is not None and not name.lstrip().startswith("{") and name.lower().endswith(".jsonl")


def read_fhir(path: Path, patient: str | None, day: date) -> Record:
    """The record of one person from a Bundle or a folder."""
    from spinesteps.fhir.read import read_bundle_file, read_folder
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD

    read: Callable[..., Record] = read_folder if path.is_dir() else read_bundle_file
    return read(path, spine().by_name, codes(), FROM_RECORD, day, patient)


def read_record(facts: str | None, fhir: Path | None, patient: str | None, day: date) -> Record:
    """The record from facts, from FHIR, or from FHIR with the facts on top of it. Raises ScopeError without either."""
    from spinesteps.knowledge.fact_sources import FROM_RECORD
    from spinesteps.person.on_top import on_top

    if fhir is None:
        if facts is None:
            raise ScopeError("Give --facts, --fhir, or both.")
        return read_facts(facts, day)
    answers = None if facts is None else read_facts(facts, day)
    record = read_fhir(existing(fhir), patient, day)
    return record if answers is None else on_top(record, answers, spine().by_name, FROM_RECORD, day)
