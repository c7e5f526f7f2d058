"""A folder of NDJSON files (a bulk export) -> the Record of one person, or of everybody, in one pass."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from spinesteps.errors import Fault
from spinesteps.fhir.bundle import TYPE_NAME, choose
from spinesteps.fhir.decode import MOST_BYTES, decode_line, refuse
from spinesteps.fhir.reader import MODIFIER, Knowledge, Reader
from spinesteps.fhir.shape import Codes
from spinesteps.fhir.subjects import OTHER, OURS, SUBJECT, UNRESOLVED, Subject, identifiers, patient_id, unversioned
from spinesteps.fhir.validate import check
from spinesteps.logic.facts import Fact
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.from_record import FromRecord
from spinesteps.person.record import Record
from spinesteps.person.tally import Tally

BOM = b"\xef\xbb\xbf"
_TYPE = re.compile(r"([A-Z][A-Za-z]+)\.(?:.+\.)?ndjson(?:\.gz)?")


@dataclass(frozen=True, slots=True)
class NdjsonLine:
    """One line of a file: its place for faults and its text."""

    place: str
    data: bytes


@dataclass
class Folder:
    """The files by resource type, and what was met in them that belongs to nobody."""

    path: Path
    types: dict[str, list[Path]] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    @classmethod
    def open(cls, path: Path) -> Folder:
        """List the files. Raises InputError when there is no folder or no NDJSON file in it."""
        found: dict[str, list[Path]] = defaultdict(list)
        for file in sorted(path.iterdir()) if path.is_dir() else ():
            named = _TYPE.fullmatch(file.name)
            if named and file.is_file():
                found[named[1]].append(file)
        if not found:
            raise refuse("There is no folder of NDJSON files.", "a folder with files such as Patient.ndjson",
                         "Check the path.")  # fmt: skip
        return cls(path, dict(found))

    def lines(self, kind: str) -> Iterator[NdjsonLine]:
        """The lines of all files of a type that are not blank. A file that breaks off is a fault."""
        for file in self.types.get(kind, ()):
            with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as stream:
                yield from self._lines(cast(BinaryIO, stream), file.name)

    def _lines(self, stream: BinaryIO, name: str) -> Iterator[NdjsonLine]:
        number = 0
        while True:
            number += 1
            place = f"{name} line {number}"
            try:
                data = stream.readline(MOST_BYTES + 1)
            except (OSError, EOFError, zlib.error):
                self.tally.fault(place, "The file breaks off here.", "a whole file", "Export it again.")
                return
            if not data:
                return
            if len(data) > MOST_BYTES:
                self.tally.fault(place, "The line is longer than 64 MB.", "shorter lines", "Export it again.")
                return
            data = data.removeprefix(BOM).strip() if number == 1 else data.strip()
            if data:
                yield NdjsonLine(place, data)

    def resource(self, line: NdjsonLine) -> dict[str, Any] | None:
        """The resource of a line; None, and a fault, when it is none."""
        try:
            value = decode_line(line.data)
        except ValueError:
            value = None
        if isinstance(value, dict) and isinstance(value.get("resourceType"), str):
            return value
        self.tally.fault(line.place, "This line is no resource.", "one FHIR R4 resource as JSON", "Export it again.")
        self.tally.excluded["bad_line"] += 1
        return None

    def count_others(self, read: set[str]) -> None:
        """Count the resources of types that are not read."""
        for kind in sorted(set(self.types) - read):
            self.tally.seen[kind] += sum(1 for _ in self.lines(kind))


def read_folder(
    path: Path, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date,
    patient: str | None = None,
) -> Record:  # fmt: skip
    """The Record of one patient of a folder. Raises InputError as read_bundle does."""
    folder = Folder.open(Path(path))
    subjects: dict[str, Subject] = {}
    for _, resource in _patients(folder):
        subjects.setdefault(patient_id(resource, ""), Subject(patient_id(resource, ""))).add(resource, "")
    subject = choose(subjects, patient)
    reading = _Reading(folder, Knowledge(facts, codes, from_record, day))
    reading.read({subject.id: subject}, subject.id.encode())
    folder.count_others(reading.reader.types | {"Medication"})
    return reading.record(subject.id, folder.tally)


def read_everyone(
    path: Path, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date
) -> Iterator[Record]:
    """The Record of every patient of a folder, in the order of their ids, each file read once.

    Only events that stand for something are kept. `notes["folder"]` holds the counts that belong to nobody.
    """
    folder = Folder.open(Path(path))
    subjects: dict[str, Subject] = {}
    for _, resource in _patients(folder):
        subjects.setdefault(patient_id(resource, ""), Subject(patient_id(resource, ""))).add(resource, "")
    if not subjects:
        choose(subjects, None)
    reading = _Reading(folder, Knowledge(facts, codes, from_record, day))
    reading.read(subjects, b"")
    folder.count_others(reading.reader.types | {"Medication"})
    for person in sorted(subjects):
        yield reading.record(person, None)


def _patients(folder: Folder) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in folder.lines("Patient"):
        resource = folder.resource(line)
        if resource is not None and resource["resourceType"] == "Patient":
            yield line.place, resource


class _Reading:
    """One pass over the files of a folder."""

    def __init__(self, folder: Folder, known: Knowledge) -> None:
        self.folder, self.reader = folder, Reader(known)
        self.events: dict[str, list[Event]] = defaultdict(list)
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.medicines: dict[str, Mapping[str, Any]] = {}

    def read(self, subjects: dict[str, Subject], only: bytes) -> None:
        """Read every file of a type we know. only: lines without these bytes are somebody else's."""
        self._read_medicines()
        for kind in sorted(self.reader.types):
            faults_before = len(self.folder.tally.faults)
            for line in self.folder.lines(kind):
                if only and only not in line.data and b"\\u" not in line.data and _whole(line.data):
                    self.folder.tally.excluded[OTHER] += 1
                    continue
                resource = self.folder.resource(line)
                if resource is not None:
                    self._take(resource, line, subjects)
            if kind == "Patient":  # its bad lines were noted while the patients were listed
                del self.folder.tally.faults[faults_before:]

    def _read_medicines(self) -> None:
        for line in self.folder.lines("Medication"):
            resource = self.folder.resource(line)
            if resource is not None and isinstance(resource.get("id"), str):
                slim = {name: resource[name] for name in ("code", MODIFIER) if name in resource}
                self.medicines[resource["id"]] = self.medicines[f"Medication/{resource['id']}"] = slim

    def _take(self, resource: dict[str, Any], line: NdjsonLine, subjects: dict[str, Subject]) -> None:
        kind = resource["resourceType"]
        if kind not in self.reader.types:
            self.folder.tally.seen[kind if TYPE_NAME.fullmatch(kind) else "unknown"] += 1
            return
        person = _person(resource, subjects)
        if person is None:
            self.folder.tally.excluded["subject_not_known" if len(subjects) > 1 else OTHER] += 1
            return
        tally = self.tallies[person]
        tally.seen[kind] += 1
        tally.add([Fault(f"{line.place}: {f.place}", f.wrong, f.expected, f.todo) for f in check(line.data)])
        modified = MODIFIER.encode() in line.data or b"\\u" in line.data
        place = f"{line.place}: {kind}"
        self.events[person] += self.reader.events(resource, place, person, self.medicines, tally, modified)

    def record(self, person: str, shared: Tally | None) -> Record:
        """The Record of a person; the folder's own counts go with it, or beside it in the notes."""
        tally = self.tallies.pop(person, None) or Tally()
        events = self.events.pop(person, [])
        read = self.reader.types | {"Medication"}
        if shared is None:
            tally.add(tally.unused(read))
            return self.reader.settler.record(person, events, tally, {"folder": self.folder.tally.notes()})
        tally.add(shared.faults)
        for name in ("seen", "excluded"):
            counts: Counter[str] = getattr(tally, name)
            counts.update(getattr(shared, name))
        tally.more_faults += shared.more_faults
        tally.add(tally.unused(read))
        return self.reader.settler.record(person, events, tally, {})


def _whole(data: bytes) -> bool:
    return data.startswith(b"{") and data.endswith(b"}")


def _person(resource: Mapping[str, Any], subjects: dict[str, Subject]) -> str | None:
    """The id of the person a resource is about, or None."""
    if resource["resourceType"] == "Patient":
        own = patient_id(resource, "")
        return own if own in subjects else None
    reference = resource.get(SUBJECT.get(str(resource["resourceType"]), "subject"))
    text = reference.get("reference") if isinstance(reference, dict) else None
    if isinstance(text, str):
        key = unversioned(text).replace(":", "/").rpartition("/")[2]
        if key in subjects and subjects[key].whose(resource) == OURS:
            return key
    named = identifiers({"identifier": [reference.get("identifier")]}) if isinstance(reference, dict) else set()
    for own, subject in subjects.items() if named or (isinstance(text, str) and text.startswith("#")) else ():
        if subject.whose(resource) not in (OTHER, UNRESOLVED):
            return own
    return None
