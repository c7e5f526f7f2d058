"""A folder of NDJSON files (a bulk export) -> the Record of one person, or of everybody.

Files are known by what stands in them: any name, subfolders, packed or not. What is not read is said.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from spinesteps.errors import NOT_USED, plain, refuse
from spinesteps.fhir.bundle import reader_of, take_all
from spinesteps.fhir.contents import HOLDERS, Content, Deleted, Found, contents, outcome
from spinesteps.fhir.decode import decode, decode_line
from spinesteps.fhir.gather import Gathered, kind_of
from spinesteps.fhir.meant import Codes
from spinesteps.fhir.people import OTHER, TWO_OF_ONE_ID, People
from spinesteps.fhir.reader import Knowledge
from spinesteps.files import BLOCK, blocks, is_file
from spinesteps.logic.facts import Fact
from spinesteps.logic.history.sources import FromRecord
from spinesteps.person.record import Record
from spinesteps.person.tally import Tally

BOM = b"\xef\xbb\xbf"
LONGEST_LINE = 16 * 1024 * 1024
MOST_UNPACKED = 8 * 1024**3  # bytes of one file
MOST_FILES = 20_000
LINES = re.compile(r".*\.(?:ndjson|jsonl)(?:\.gz)?", re.IGNORECASE)
WHOLE = re.compile(r".*\.json(?:\.gz)?", re.IGNORECASE)
HALF = re.compile(r"(.*\.(?:ndjson|jsonl|json)(?:\.gz)?)\.(?:part|partial|tmp|temp|crdownload|download)", re.IGNORECASE)
PLAIN = re.compile(r"(?:\..*|readme.*|licen[cs]e.*|notice.*|.*\.(?:md|txt|log)|manifest\.json|log\.nd?json(?:\.gz)?)",
                   re.IGNORECASE)  # fmt: skip
_KIND = re.compile(rb'\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]+)"')
_PATIENT = re.compile(rb'"resourceType"\s*:\s*"(?:Patient|Bundle|Parameters)"')
_TAKEN = (b"Medication", b"OperationOutcome", b"Bundle", b"Parameters")
FIRST = ("patient", "medication.", "medication_", "organization")


class NdjsonLine(NamedTuple):
    """One line of a file: its place for faults and its text."""

    place: str
    data: bytes


class Folder:
    """The files with resources in them, and what is to be said of the others."""

    def __init__(self, path: Path) -> None:
        """List the files. Raises InputError when there is no folder, or no file of records in it."""
        self.path, self.tally = path, Tally()
        self.strange = 0  # lines that are JSON objects, and no resources
        self.files: list[tuple[str, Path]] = []
        for name, file in _walk(path):
            half = HALF.fullmatch(name)
            if not is_file(file):
                self._say(name, "It is no file that can be read; not read.")
            elif half is not None:
                self._say(name, "It was written only in part: what is in it is read, the rest is missing.")
                self.files.append((name, file))
            elif LINES.fullmatch(name) or (WHOLE.fullmatch(name) and not PLAIN.fullmatch(name)):
                self.files.append((name, file))
            elif not PLAIN.fullmatch(name.rpartition("/")[2]):
                self._say(name, "Its name is not that of a file of records; not read.")
        self.files.sort(key=lambda pair: (not pair[0].rpartition("/")[2].lower().startswith(FIRST), pair[0]))
        if not self.files:
            raise refuse("There is no folder of NDJSON files.", "a folder with files such as Patient.ndjson",
                         "Check the path.", str(path))  # fmt: skip

    def _say(self, name: str, wrong: str) -> None:
        self.tally.fault(name, wrong, "files such as Patient.ndjson or Patient.ndjson.gz", "Export it again.")

    def lines(self, name: str, file: Path) -> Iterator[NdjsonLine]:
        """The lines of a file that are not blank; one that is too long is left out, and said."""
        number = 0
        for number, data in enumerate(self._split(name, file), 1):
            data = (data.removeprefix(BOM) if number == 1 else data).strip()
            if len(data) > LONGEST_LINE:
                self.tally.fault(f"{name} line {number}", "The line is longer than 16 MB; not read.", "shorter lines",
                                 "Export it again.")  # fmt: skip
                self.tally.excluded["bad_line"] += 1
            elif data:
                yield NdjsonLine(f"{name} line {number}", data)
        if not number:
            self.tally.fault(name, "The file is empty.", "a file with resources", "Export it again.", NOT_USED)

    def _split(self, name: str, file: Path) -> Iterator[bytes]:
        """The lines as they are; of one that is too long only enough to see that."""
        rest, done = b"", 0
        try:
            if WHOLE.fullmatch(HALF.sub(r"\1", name)) and not LINES.fullmatch(name):
                yield b"".join(_some(blocks(file), 4 * LONGEST_LINE))
                return
            for block in blocks(file):
                done += len(block)
                if done > MOST_UNPACKED:
                    self._say(name, "It is larger than 8 GB when unpacked; the rest is not read.")
                    return
                *whole, rest = (rest + block).split(b"\n")
                yield from whole
                if len(rest) > LONGEST_LINE + BLOCK:
                    rest = rest[: LONGEST_LINE + 1]
            if rest:
                yield rest
        except (OSError, EOFError, zlib.error):
            self._say(name, "The file breaks off, or cannot be read; the lines before that are read.")
            if rest.rstrip().endswith(b"}"):
                yield rest

    def value(self, line: NdjsonLine) -> dict[str, Any] | None:
        """The resource of a line; None, and a fault, when it is none."""
        try:
            value = decode_line(line.data)
        except ValueError:
            value = None
        if isinstance(value, dict) and isinstance(value.get("resourceType"), str):
            return value
        self.strange += isinstance(value, dict) and "resourceType" not in value
        self.tally.fault(line.place, "This line is no resource.", "one FHIR R4 resource as JSON", "Export it again.")
        self.tally.excluded["bad_line"] += 1
        return None


def _walk(path: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder by its name from there, in order; folders that are links are not followed."""
    left = [path]
    count = 0
    while left:
        folder = left.pop()
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        for one in inside:
            count += 1
            if count > MOST_FILES:
                raise refuse(f"The folder holds more than {MOST_FILES} files.", "one export", "Name the folder of one.")
            if one.is_dir():
                left += [] if one.is_symlink() or one.name.startswith(".") else [one]
            else:
                yield one.relative_to(path).as_posix(), one


def _some(found: Iterator[bytes], most: int) -> Iterator[bytes]:
    for block in found:
        most -= len(block)
        yield block
        if most < 0:
            return


def read_folder(
    path: Path, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date,
    patient: str | None = None,
) -> Record:  # fmt: skip
    """The Record of one patient of a folder. Raises InputError as read_bundle does."""
    folder = Folder(Path(path))
    people = _people(folder)
    chosen = people.choose(patient)
    folder.tally = Tally(faults=[f for f in folder.tally.faults if "line" not in f.place.split()])
    gathered = Gathered(reader_of(Knowledge(facts, codes, from_record, day)))
    names = None if len(people.persons) == 1 else [_written(name) for name in sorted(chosen.names())]
    _read(folder, gathered, names)
    return gathered.record(gathered.people.choose(chosen.id if patient is None else patient), True, {})


def read_everyone(
    path: Path, facts: Mapping[str, Fact], codes: Codes, from_record: tuple[FromRecord, ...], day: date
) -> Iterator[Record]:
    """The Record of every patient of a folder, in the order of their ids, each file read once.

    Only events that stand for something are kept. `notes["folder"]` holds the counts that belong to nobody.
    """
    folder = Folder(Path(path))
    gathered = Gathered(reader_of(Knowledge(facts, codes, from_record, day)))
    _read(folder, gathered, None)
    if not gathered.people.persons:
        gathered.people.choose(None)
    shared = {"folder": gathered.shared.notes()}
    for person in sorted(gathered.people.persons, key=lambda one: one.id):
        if gathered.people.clash(person):
            yield Record(person=plain(person.id), faults=refuse(*TWO_OF_ONE_ID).faults, notes={"refused": True})
            continue
        try:
            record = gathered.record(person, False, shared)
        except Exception:  # our own fault: one person that cannot be read never ends the others
            record = Record(person=plain(person.id), notes={"could_not_be_read": True})
        yield record


def _people(folder: Folder) -> People:
    """Who is in the folder: a look at the lines that can hold a Patient."""
    gathered, deleted = People(), []
    for name, file in folder.files:
        for line in folder.lines(name, file):
            if _PATIENT.search(line.data) is None and b"\\u" not in line.data:
                continue
            resource = folder.value(line)
            if resource is None:
                continue
            for found in _in_line(resource, line):
                if isinstance(found, Found) and kind_of(found.resource) == "Patient":
                    gathered.add(found.resource, found.url, found.rank)
                elif isinstance(found, Deleted):
                    deleted.append(found)
    gathered.delete(deleted)
    gathered.settle()
    return gathered


def _in_line(resource: dict[str, Any], line: NdjsonLine) -> Iterator[Content]:
    if resource["resourceType"] in HOLDERS:
        yield from contents(resource, f"{line.place}: {resource['resourceType']}")
    else:
        yield Found(line.place, "", resource)


def _read(folder: Folder, gathered: Gathered, names: list[bytes] | None) -> None:
    """Take in every line; with names only those that can be about the one who has them."""
    for name, file in folder.files:
        before, strange = len(folder.tally.faults), folder.strange
        bad, good = folder.tally.excluded["bad_line"], 0
        for line in folder.lines(name, file):
            good += _take(folder, gathered, line, names)
        bad = folder.tally.excluded["bad_line"] - bad
        if bad and not good and folder.strange - strange == bad:
            del folder.tally.faults[before:]
            folder.tally.excluded["bad_line"] -= bad
            folder.tally.fault(name, "There is no resource in it; not used.", "files of resources",
                               "Check that it holds none.", NOT_USED)  # fmt: skip
    gathered.shared.merge(folder.tally)
    gathered.finish()


def _take(folder: Folder, gathered: Gathered, line: NdjsonLine, names: list[bytes] | None) -> bool:
    """Take in one line. Whether it holds a resource."""
    if names is not None and _others(line.data, names):
        folder.tally.excluded[OTHER] += 1
        return True
    kind = _KIND.match(line.data)
    if kind is not None and kind[1] not in _TAKEN and kind[1].decode() not in gathered.types:
        gathered.shared.seen[kind[1].decode()] += 1
        return True
    resource = folder.value(line)
    if resource is None:
        return False
    if resource["resourceType"] in HOLDERS:
        take_all(gathered, *_holder(line))
        return True
    if resource["resourceType"] == "OperationOutcome":
        for fault in outcome(resource, line.place):
            gathered.take(fault)
    gathered.take(Found(line.place, "", resource), line.data)
    return True


def _holder(line: NdjsonLine) -> tuple[dict[str, Any], str, bool]:
    """A Bundle of one line, its place, and whether a key stands twice in it."""
    value, twice = decode(line.data)
    return value, f"{line.place}: {value['resourceType']}", twice

def _written(name: str) -> bytes:
    return name.lower().encode()


def _others(data: bytes, names: list[bytes]) -> bool:
    """Whether a line is surely about somebody else: it names a patient, and none of these names stands in it."""
    if b"\\u" in data or not (data.startswith(b"{") and data.endswith(b"}")):
        return False
    low = data.lower()
    if any(name in low for name in names):
        return False
    return b'"patient/' in low or b"/patient/" in low or b'"urn:' in low or b"identifier" in low
