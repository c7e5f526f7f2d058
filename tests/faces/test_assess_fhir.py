"""`spinesteps assess --fhir` through the command line: a Bundle, a folder of NDJSON, one of several patients."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

DAY = "2026-11-21"
DATA = Path(__file__).parents[1] / "data" / "fhir_bundle.json"
REAL = Path(__file__).parents[3] / "shared" / "data" / "bulk-10-patients"
FACT = "urn:spinesteps:fact"


def observation(fact, value, day="2026-11-20", patient="a", **more):
    return {
        "resourceType": "Observation", "id": f"{patient}-{fact}", "status": "final",
        "subject": {"reference": f"Patient/{patient}"},
        "code": {"coding": [{"system": FACT, "code": fact}]}, "effectiveDateTime": day, "valueBoolean": value, **more,
    }  # fmt: skip


def patient(id_="a", born="1950-03-01"):
    return {"resourceType": "Patient", "id": id_, "birthDate": born, "gender": "female"}


def bundle(*resources):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}


@pytest.fixture
def assess(spinesteps, tmp_path):
    def run(*resources, code=0, more=()):
        path = tmp_path / "bundle.json"
        path.write_text(json.dumps(bundle(*resources)))
        done = spinesteps("assess", "--fhir", str(path), "--on", DAY, "--json", *more)
        assert done.code == code, done.err
        return done.json() if code == 0 else done

    return run


def test_the_sample_bundle(spinesteps):
    done = spinesteps("assess", "--fhir", str(DATA), "--on", DAY, "--json")
    assert done.code == 0
    data = done.json()
    assert data["record"]["used"]["Patient"] == 1
    assert data["record"]["not_found"] and "unmapped" in data["record"]


def test_a_danger_answer_counts_and_an_old_one_is_asked_again(assess):
    assert assess(patient(), observation("saddle_numbness", True))["urgency"] == "emergency"
    old = assess(patient(), observation("saddle_numbness", True, day="2026-11-01"))
    assert old["urgency"] == "self_care" and "saddle_numbness" in old["emergency_open"]
    old_no = assess(patient(), observation("saddle_numbness", False, day="2026-11-01"))
    assert "saddle_numbness" in old_no["emergency_open"], "an old no is no answer either"


def test_another_patient_never_counts(assess):
    both = (patient(), patient("b"), observation("saddle_numbness", True, patient="b"))
    assert assess(*both, more=("--patient", "a"))["urgency"] == "self_care"
    assert assess(*both, more=("--patient", "b"))["urgency"] == "emergency"
    assert "--patient" in assess(*both, code=2).err


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled"])
def test_what_was_withdrawn_never_counts(assess, status):
    assert assess(patient(), observation("fever", True) | {"status": status})["urgency"] == "self_care"


def test_a_folder_and_a_bundle_say_the_same(assess, spinesteps, tmp_path):
    rows = [observation("fever", True), observation("osteoporosis", True)]
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Patient.ndjson").write_text("\ufeff" + json.dumps(patient()) + "\n\n")
    with gzip.open(folder / "Observation.000.ndjson.gz", "wt") as file:
        file.write(json.dumps(rows[0]) + "\n")
    (folder / "Observation.001.ndjson").write_text(json.dumps(rows[1]) + "\n{broken\n")
    done = spinesteps("assess", "--fhir", str(folder), "--on", DAY, "--json").json()
    alone = assess(patient(), *rows)
    for key in ("urgency", "urgency_reasons", "emergency_open", "step", "condition"):
        assert done[key] == alone[key]
    assert any("Observation.001.ndjson" in fault["place"] for fault in done["faults"])


def test_everyone_is_one_a_line(spinesteps, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Patient.ndjson").write_text(json.dumps(patient()) + "\n" + json.dumps(patient("b")) + "\n")
    (folder / "Observation.ndjson").write_text(json.dumps(observation("fever", True, patient="b")) + "\n")
    done = spinesteps("assess", "--fhir", str(folder), "--everyone", "--on", DAY, "--json")
    rows = {row["patient"]: row["urgency"] for row in map(json.loads, done.out.splitlines())}
    assert rows == {"a": "self_care", "b": "today"}


@pytest.mark.skipif(not REAL.exists(), reason="the shared sample export is not beside this clone")
def test_a_real_export_cries_no_emergency(spinesteps):
    done = spinesteps("assess", "--fhir", str(REAL), "--everyone", "--on", DAY, "--json")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0 and len(rows) == 13
    assert {row["urgency"] for row in rows} <= {"self_care", "routine", "two_weeks"}
    assert all(row["emergency_open"] for row in rows), "what was not found is said"
