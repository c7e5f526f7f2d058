"""Standards and a packet for one person with very many records: seconds, memory, and what twice as many cost.

    python bench/long_record.py [--events 60000] [--check]

The Bundle is made here: every code of the tables that is verified and has a system, in turn, spread over eight years.
Each part is run in a process of its own, so that its memory is its own. Twice the events may take at most 2.2 times
the seconds: --check exits 1 above that, and above 20 s or 400 MB for a part.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from spinesteps.knowledge.limits import HERE

DAY = date(2026, 11, 21)
YEARS_DAYS = 2900
LIMIT_RATIO, LIMIT_SECONDS, LIMIT_MB = 2.2, 20.0, 400.0
TYPES = {"conditions": "Condition", "medicines": "MedicationRequest", "procedures": "Procedure",
         "observations": "Observation"}  # fmt: skip
PARTS = ("read", "standards", "packet")


def codes() -> list[tuple[str, str, str]]:
    """(resource type, system, code) of every verified row, the types in turn."""
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for file in sorted((HERE / "codes").glob("*.csv")):
        kind = TYPES.get(file.stem.split("_")[0])
        for row in csv.DictReader(file.read_text("utf-8").splitlines()) if kind else ():
            if row["status"] == "verified" and row["system"].startswith(("http", "urn:")):
                rows.setdefault(str(kind), []).append((str(kind), row["system"], row["code"]))
    most = max(map(len, rows.values()))
    return [row for place in range(most) for of_kind in rows.values() for row in [of_kind[place % len(of_kind)]]]


def resources(many: int) -> Iterator[dict[str, Any]]:
    """The person and so many records."""
    yield {"resourceType": "Patient", "id": "p", "birthDate": "1952-03-04", "gender": "female"}
    known = codes()
    for number in range(many):
        kind, system, code = known[number % len(known)]
        day = (DAY - timedelta(days=number * 7 % YEARS_DAYS)).isoformat()
        concept = {"coding": [{"system": system, "code": code}]}
        one: dict[str, Any] = {"resourceType": kind, "id": f"r{number}", "subject": {"reference": "Patient/p"}}
        if kind == "Condition":
            one |= {"code": concept, "onsetDateTime": day, "clinicalStatus": {"coding": [{"code": "active"}]}}
        elif kind == "MedicationRequest":
            one |= {"medicationCodeableConcept": concept, "authoredOn": day, "status": "completed", "intent": "order"}
            one["dispenseRequest"] = {"expectedSupplyDuration": {"value": 14, "code": "d", "unit": "d"}}
        elif kind == "Procedure":
            one |= {"code": concept, "performedDateTime": day, "status": "completed"}
        else:
            one |= {"code": concept, "effectiveDateTime": day, "status": "final"}
            one["valueQuantity"] = {"value": 5 + number % 4, "unit": "1"}
        yield one


def make(file: Path, many: int) -> None:
    """Write the Bundle."""
    entries = [{"resource": one} for one in resources(many)]
    file.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), "utf-8")


def run(part: str, file: Path) -> int:
    """One part in this process; prints its seconds of work and its peak memory."""
    from spinesteps.cli.app import app

    start = time.process_time()
    more = {"read": ["assess", "--json"], "standards": ["standards", "--json"],
            "packet": ["packet", "--procedure", "epidural", "--out", str(file.parent / "out")]}[part]  # fmt: skip
    app([*more, "--fhir", str(file), "--on", DAY.isoformat()], standalone_mode=False)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "mb": peak}), file=sys.stderr)
    return 0


def measured(part: str, file: Path) -> dict[str, float]:
    """What a part took in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--part", part, "--file", str(file)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, text=True)  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stderr.splitlines()[-1]))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=60_000)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.part:
        return run(given.part, given.file)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        half, whole = Path(folder) / "half.json", Path(folder) / "whole.json"
        make(half, given.events // 2)
        make(whole, given.events)
        for part in PARTS:
            some, all_of = measured(part, half), measured(part, whole)
            ratio = all_of["seconds"] / some["seconds"]
            over = ratio > LIMIT_RATIO or (part != "read" and all_of["seconds"] > LIMIT_SECONDS)
            over = over or all_of["mb"] > LIMIT_MB
            wrong += over
            print(f"{part:<10} {given.events} events: {all_of['seconds']:.1f} s of work, {all_of['mb']:.0f} MB; half "
                  f"of them {some['seconds']:.1f} s, ratio {ratio:.2f}{', FAULT' if over else ''}")  # fmt: skip
    return int(given.check and wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
