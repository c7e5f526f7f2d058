"""Folders with files of every name, ending, packing and break: the record of one person, of everybody, or a refusal.

    python fuzz/folders.py [-max_total_time=60] [corpus folder]

Flags are libFuzzer's. Stops at the first finding and writes the input beside.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import atheris
from door import CODES, DAY, PATIENT, SECRET, Finding, hold, one_of, run

with atheris.instrument_imports(include=["spinesteps.fhir"]):
    from spinesteps.errors import InputError
    from spinesteps.fhir.read import read_everyone, read_folder
    from spinesteps.knowledge.fact_sources import FROM_RECORD
    from spinesteps.knowledge.spine import PATHWAY

BASE = json.loads((Path(__file__).parents[1] / "tests" / "data" / "fhir_bundle.json").read_bytes())
RESOURCES: list[Any] = [
    *(entry["resource"] for entry in BASE["entry"]), PATIENT | {"id": "q"}, BASE, {"resourceType": "Ship"}, {}, [], 5,
    {"resourceType": "Parameters", "parameter": [{"resource": PATIENT}]}, {"resourceType": SECRET},
    {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "security", "diagnostics": SECRET}]},
]  # fmt: skip
NAMES = ("Patient", "patient", "1.Observation", "Observation_data_1", "Condition.000", "x", "deleted", "log",
         "manifest", "readme", ".hidden", "\u00e9", "a b", "Medication")  # fmt: skip
ENDS = (".ndjson", ".jsonl", ".NDJSON", ".json", ".ndjson.gz", ".json.gz", ".ndjson.part", ".ndjson.gz.tmp", "", ".gz",
        ".txt", ".csv", ".part")  # fmt: skip
PLACES = ("", "sub", "sub/deep", "deleted", ".git")
BETWEEN = (b"\n", b"\r\n", b"\n\n", b" \n\t\n", b"\r", b"")
HEADS = (b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b", b"[", b"\x00", b"PK\x03\x04")


def content(given: atheris.FuzzedDataProvider) -> bytes:
    """What stands in a file."""
    if given.ConsumeIntInRange(0, 9) == 0:
        return bytes(given.ConsumeBytes(60))
    lines = [json.dumps(one_of(given, RESOURCES)).encode() for _ in range(given.ConsumeIntInRange(0, 6))]
    found = one_of(given, HEADS) + one_of(given, BETWEEN).join(lines) + one_of(given, BETWEEN)
    if given.ConsumeIntInRange(0, 4) == 0 and found:  # broken off, or a few bytes of it others
        place = given.ConsumeIntInRange(0, len(found) - 1)
        found = found[:place] + (bytes(given.ConsumeBytes(3)) + found[place + 3 :] if given.ConsumeBool() else b"")
    if given.ConsumeIntInRange(0, 3) == 0:
        found = gzip.compress(found, 1)
        how = given.ConsumeIntInRange(0, 3)
        found = found[: len(found) // 2] if how == 0 else found + found if how == 1 else found
    return found


def fill(given: atheris.FuzzedDataProvider, folder: Path) -> None:
    """A few files, links, pipes and folders."""
    for _ in range(given.ConsumeIntInRange(0, 5)):
        inside = folder / one_of(given, PLACES)
        inside.mkdir(parents=True, exist_ok=True)
        path, kind = inside / (one_of(given, NAMES) + one_of(given, ENDS)), given.ConsumeIntInRange(0, 19)
        if os.path.lexists(path):
            continue
        if kind == 0:
            path.symlink_to(one_of(given, ("nowhere", folder, "/dev/zero", path.name)))
        elif kind == 1:
            os.mkfifo(path)
        elif kind == 2:
            path.mkdir()
        else:
            path.write_bytes(content(given))


def everyone(folder: Path) -> None:
    """Nobody of a folder may end the others."""
    for record in read_everyone(folder, PATHWAY.by_name, CODES, FROM_RECORD, DAY):
        if record.notes.get("could_not_be_read"):
            raise Finding("one person could not be read")


def one(data: bytes) -> None:
    """One input."""
    given = atheris.FuzzedDataProvider(data)
    folder = Path(tempfile.mkdtemp(prefix="spinesteps-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    try:
        fill(given, folder)
        asked = one_of(given, (None, "p", "q"))
        hold(lambda: read_folder(folder, PATHWAY.by_name, CODES, FROM_RECORD, DAY, asked))
        try:
            everyone(folder)
        except InputError:
            return
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    run(one)
