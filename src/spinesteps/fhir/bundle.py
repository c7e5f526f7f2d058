"""A FHIR R4 Bundle, alone or inside Parameters -> the Record of one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from spinesteps.errors import refuse
from spinesteps.fhir.contents import HOLDERS, Found, contents
from spinesteps.fhir.decode import MOST_BYTES, decode, has_repeated
from spinesteps.fhir.gather import Gathered
from spinesteps.fhir.meant import Codes
from spinesteps.fhir.reader import Knowledge, Reader
from spinesteps.files import read_file
from spinesteps.logic.facts import Fact
from spinesteps.logic.history.sources import FromRecord
from spinesteps.person.record import Record


def read_bundle(
    data: bytes, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date,
    patient: str | None = None,
) -> Record:  # fmt: skip
    """The Record of the one patient of a Bundle, or of `patient`.

    Raises InputError when it is no JSON, too large or too deep, no Bundle, without the patient, or holds several and
    none is named. Everything else is read as far as possible, and the faults stand in the Record.
    """
    bundle, twice = decode(data)
    if not isinstance(bundle, dict) or bundle.get("resourceType") not in HOLDERS:
        raise refuse("This is no Bundle.", "a resource of type Bundle", "Put the resources into a Bundle.")
    gathered = Gathered(reader_of(Knowledge(facts, codes, from_record, day)))
    take_all(gathered, bundle, str(bundle["resourceType"]), twice)
    gathered.finish()
    person = gathered.people.choose(patient)
    return gathered.record(person, True, {})


def take_all(gathered: Gathered, holder: dict[str, Any], place: str, twice: bool) -> None:
    """Take in everything that a Bundle or Parameters holds. twice: a key stands twice somewhere in it."""
    gathered.twice = twice
    if twice:
        gathered.shared.fault(place, "A key appears more than once in an object; its value is unclear.",
                              "every key once", "Correct it at the source.")  # fmt: skip
    for found in contents(holder, place):
        if twice and isinstance(found, Found) and has_repeated(found.resource):
            gathered.shared.fault(found.place, "A key appears more than once; its value is unclear.", "every key once",
                                  "Correct it at the source.")  # fmt: skip
        gathered.take(found)
    gathered.twice = False


def read_bundle_file(
    path: Path, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date,
    patient: str | None = None,
) -> Record:  # fmt: skip
    """As read_bundle, from a file. Raises InputError when it cannot be opened, too."""
    data = read_file(path, MOST_BYTES + 1, "a file with a FHIR R4 Bundle")
    return read_bundle(data, facts, codes, from_record, day, patient)


class _Held:
    """Knowledge compared by the identity of its parts, so that a reader is prepared once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        parts = (knowledge.facts, knowledge.codes, knowledge.from_record)
        self.key = (*map(id, parts), knowledge.day)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.key == self.key


@lru_cache(maxsize=4)
def _reader(held: _Held) -> Reader:
    return Reader(held.knowledge)


def reader_of(knowledge: Knowledge) -> Reader:
    """The reader of some knowledge, prepared once and kept while the same is asked for."""
    return _reader(_Held(knowledge))
