"""A FHIR R4 Bundle -> the Record of one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spinesteps.errors import Fault
from spinesteps.fhir.decode import MOST_BYTES, decode, refuse
from spinesteps.fhir.reader import MODIFIER, Knowledge, Reader, newest
from spinesteps.fhir.shape import Codes
from spinesteps.fhir.subjects import OTHER, OURS, UNNAMED, Subject, patient_id, unversioned
from spinesteps.fhir.validate import check
from spinesteps.logic.facts import Fact
from spinesteps.logic.history.from_record import FromRecord
from spinesteps.person.record import Record
from spinesteps.person.tally import Tally

TYPE_NAME = re.compile(r"[A-Z][A-Za-z]{1,40}")
_ENTRY = re.compile(r"Bundle\.entry\[\d+\](?:\.resource\.entry\[\d+\])*\.resource")


@dataclass(frozen=True, slots=True)
class PlacedResource:
    """One resource of the Bundle: its place, its address, itself."""

    place: str
    url: str
    resource: Mapping[str, Any]


def read_bundle(
    data: bytes, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date,
    patient: str | None = None,
) -> Record:  # fmt: skip
    """The Record of the one patient of a Bundle, or of `patient`.

    Raises InputError when it is no JSON, too large or too deep, no Bundle, without the patient, or holds several and
    none is named. Everything else is read as far as possible, and the faults stand in the Record.
    """
    bundle = decode(data)
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise refuse("This is no Bundle.", "a resource of type Bundle", "Put the resources into a Bundle.")
    tally = Tally()
    found = list(_resources(bundle, "Bundle"))
    subject, alone = _subject(found, patient)
    reader = Reader(Knowledge(facts, codes, from_record, day))
    medicines = _medicines(found)
    kept = _sorted_out(found, subject, alone, reader.types, tally)
    tally.add([fault for fault in check(data) if _ours(fault, kept)])
    modified = MODIFIER.encode() in data or b"\\u" in data
    events = [
        event
        for one in kept.values()
        for event in reader.events(one.resource, one.place, subject.id, medicines, tally, modified)
    ]
    _note_further_pages(bundle, tally)
    tally.add(tally.unused(reader.types | {"Medication"}))
    return reader.settler.record(subject.id, events, tally, {})


def read_bundle_file(
    path: Path, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date,
    patient: str | None = None,
) -> Record:  # fmt: skip
    """As read_bundle, from a file. Raises InputError when it cannot be opened, too."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise refuse("The file cannot be opened.", "a file with a FHIR R4 Bundle", "Check the path.") from None
    return read_bundle(data, facts, codes, from_record, day, patient)


def _resources(bundle: Mapping[str, Any], place: str) -> Iterator[PlacedResource]:
    """Every resource, those of inner Bundles too, but for deletions."""
    entries = bundle.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            continue
        request = entry.get("request")
        if isinstance(request, dict) and request.get("method") == "DELETE":
            continue
        here = f"{place}.entry[{number}].resource"
        if resource.get("resourceType") == "Bundle":
            yield from _resources(resource, here)
            continue
        url = entry.get("fullUrl")
        yield PlacedResource(here, url if isinstance(url, str) else "", resource)


def _subject(found: list[PlacedResource], patient: str | None) -> tuple[Subject, bool]:
    """The person to read, and whether it is the only one."""
    subjects: dict[str, Subject] = {}
    for one in found:
        if one.resource.get("resourceType") == "Patient":
            own = patient_id(one.resource, one.url)
            subjects.setdefault(own, Subject(own)).add(one.resource, one.url)
    return choose(subjects, patient), len(subjects) == 1


def choose(subjects: Mapping[str, Subject], patient: str | None) -> Subject:
    """The patient asked for, or the only one. Raises InputError when there is none, or several and none is named."""
    if not subjects:
        raise refuse("There is no Patient.", "a resource of type Patient", "Add the Patient to the records.")
    if patient is None:
        if len(subjects) > 1:
            raise refuse(f"There are {len(subjects)} patients.", "one patient, or the id of one",
                         "Name the patient with --patient.")  # fmt: skip
        return next(iter(subjects.values()))
    asked = unversioned(patient)
    for subject in subjects.values():
        if asked in (subject.id, f"Patient/{subject.id}", f"urn:uuid:{subject.id}") or asked in subject.urls:
            return subject
    raise refuse("The patient asked for is not here.", "the id of a Patient that is here", "Check --patient.")


def _medicines(found: list[PlacedResource]) -> dict[str, Mapping[str, Any]]:
    held: dict[str, Mapping[str, Any]] = {}
    for one in found:
        if one.resource.get("resourceType") == "Medication":
            for key in (one.url, f"Medication/{one.resource.get('id')}", str(one.resource.get("id"))):
                held.setdefault(unversioned(key), one.resource)
    held.pop("", None)
    return held


def _sorted_out(
    found: list[PlacedResource], subject: Subject, alone: bool, types: set[str], tally: Tally
) -> dict[str, PlacedResource]:
    """The resources to read, by place: of the types we read, this person's, each in its newest version."""
    versions: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    by_place: dict[str, PlacedResource] = {}
    for one in found:
        kind = one.resource.get("resourceType")
        kind = kind if isinstance(kind, str) and TYPE_NAME.fullmatch(kind) else "unknown"
        tally.seen[kind] += 1
        if kind not in types or not _belongs(one, kind, subject, alone, tally):
            continue
        own = one.resource.get("id")
        key = (kind, own if isinstance(own, str) and own else one.url or one.place)
        versions[key].append((one.place, one.resource))
        by_place[one.place] = one
    chosen = [newest(held)[0] for held in versions.values()]
    tally.excluded["older_version"] += len(by_place) - len(chosen)
    tally.excluded += type(tally.excluded)()  # drops zeros
    return {place: by_place[place] for place in chosen}


def _belongs(one: PlacedResource, kind: str, subject: Subject, alone: bool, tally: Tally) -> bool:
    if kind == "Patient":
        return patient_id(one.resource, one.url) == subject.id
    whose = subject.whose(one.resource)
    if whose == OURS:
        return True
    if whose == UNNAMED and alone:
        tally.fault(one.place, "It names no subject; taken as the only patient's.", "a subject", "Add the subject.")
        return True
    tally.excluded[OTHER if whose == OTHER else "subject_not_known"] += 1
    if whose != OTHER:
        expected = "a reference to a Patient that is here"
        tally.fault(one.place, "Whom it is about cannot be told; not used.", expected, "Correct the subject.")
    return False


def _ours(fault: Fault, kept: Mapping[str, PlacedResource]) -> bool:
    inside = _ENTRY.match(fault.place)
    return inside is None or inside.group() in kept or fault.place == inside.group()


def _note_further_pages(bundle: Mapping[str, Any], tally: Tally) -> None:
    held = bundle.get("link")
    links = held if isinstance(held, list) else []
    if any(isinstance(link, dict) and link.get("relation") == "next" for link in links):
        tally.fault("Bundle.link", "This is one page of several: the record is incomplete.", "all pages in one Bundle",
                    "Fetch the other pages too.")  # fmt: skip
