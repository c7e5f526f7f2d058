"""Records as real systems send them, one for each kind of fault that was met: what is right about each.

`tests/data/cases/records.jsonl`: people and numbers are made up. `want`: fact to value (null: not known as a value);
`bad`: values that are wrong whatever is said; `urgency` allowed; `said`: where a wanted value is not known, a fault
that says so makes it honest. A record with `files` is a folder.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.facts import Silence
from spinesteps.person.assess import assess
from spinesteps.person.record import Record
from tests.faces.fhir_samples import DATA, DAY, FACTS, from_folder, read

CASES = DATA / "cases"
RECORDS = [json.loads(line) for line in (CASES / "records.jsonl").read_text("utf-8").splitlines()]
# Kinds that are not mended yet.
OPEN: set[str] = set()


def record_of(case: dict[str, Any], folder: Path) -> Record:
    held, patient = case["record"], case["args"][1] if case["args"] else None
    if "files" not in held:
        return read(held, patient)
    for name, resources in held["files"].items():
        (folder / name).write_text("".join(json.dumps(one) + "\n" for one in resources), "utf-8")
    return from_folder(folder, patient)


def wrong(case: dict[str, Any], record: Record) -> list[str]:
    """Everything that is not right about the answer to a case."""
    known = {n: a for n, a in record.given_on(DAY, FACTS).items() if not isinstance(a, Silence)}
    urgency = assess(record, PATHWAY, DAY).decision.urgency
    told = case["said"] and any(re.search(case["said"], str(fault), re.IGNORECASE) for fault in record.faults)
    found = [f"{fact} is {known[fact]}" for fact, values in case["bad"].items() if known.get(fact) in values]
    for fact, value in case["want"].items():
        allowed = value.get("one_of", ()) if isinstance(value, dict) else (value,)
        if known.get(fact) not in allowed and not (fact not in known and (told or "not_asked" in allowed)):
            found.append(f"{fact} is {known.get(fact)}")
    if case["urgency"] and urgency not in case["urgency"]:
        found.append(f"urgency is {urgency}")
    return found


def marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason="not mended yet", strict=False)] if case["id"] in OPEN else []
    return pytest.param(case, id=f"{case['id']} {case['kind']}", marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in RECORDS])
def test_a_record(case: dict[str, Any], tmp_path: Path) -> None:
    assert wrong(case, record_of(case, tmp_path)) == []
