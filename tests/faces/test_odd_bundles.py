"""What a Bundle says beside its resources: deletions, keys twice, doubts of the whole, patients that share an id."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spinesteps.errors import InputError
from spinesteps.logic.facts import Silence
from tests.faces.conftest import Outcome
from tests.faces.fhir_samples import PATIENT, bundle, from_folder, medicine, observation, read

SADDLE = observation("saddle_numbness", valueBoolean=True, id_="o1")
NO = SADDLE | {"valueBoolean": False}
UNCLEAR = Silence.UNREADABLE
ON = ("--on", "2026-11-21")


def history(*entries: Any) -> dict[str, Any]:
    """A history, newest first."""
    return {"resourceType": "Bundle", "type": "history", "entry": list(entries)}


def call(method: str, url: str, **more: Any) -> dict[str, Any]:
    return {"request": {"method": method, "url": url}, **more}


def held(resource: Any, **more: Any) -> dict[str, Any]:
    return {"resource": resource, **more}


def fault(record: Any, text: str) -> bool:
    return any(text in one.wrong for one in record.faults)


GONE = [
    ("by its type and id", history(call("DELETE", "Observation/o1"), held(SADDLE), held(PATIENT)), False),
    ("in small letters", history(call("delete", "Observation/o1"), held(SADDLE), held(PATIENT)), False),
    ("by its address", history(call("DELETE", "http://a/Observation/o1"), held(SADDLE), held(PATIENT)), False),
    ("made again since", history(held(SADDLE), call("DELETE", "Observation/o1"), held(PATIENT)), True),
    ("another", history(call("DELETE", "Observation/o2"), held(SADDLE), held(PATIENT)), True),
]


@pytest.mark.parametrize(("data", "counts"), [row[1:] for row in GONE], ids=[row[0] for row in GONE])
def test_what_was_deleted_is_gone(data: dict[str, Any], counts: bool) -> None:
    assert ("saddle_numbness" in read(data).entries) == counts


@pytest.mark.parametrize("url", ["Observation?code=x", "", "urn:uuid:1", 5, None])
def test_a_deletion_of_nothing_that_can_be_named_is_said(url: Any) -> None:
    record = read(history(call("DELETE", url), held(SADDLE), held(PATIENT)))
    assert "saddle_numbness" in record.entries and fault(record, "A deletion names no resource")


def test_a_patient_who_was_deleted_is_gone(tmp_path: Path) -> None:
    gone = call("DELETE", "Patient/p", response={"lastModified": "2026-11-20T10:00:00Z"})
    with pytest.raises(InputError, match="There is no Patient"):
        read(history(gone, held(SADDLE), held(PATIENT)))
    assert read(history(held(PATIENT), gone, held(SADDLE))).entries["saddle_numbness"].answer is True
    newer = PATIENT | {"meta": {"lastUpdated": "2026-11-20T11:00:00Z"}}
    assert read(bundle(SADDLE, patient=newer) | {"entry": [held(newer), held(SADDLE), gone]}).entries["age"]
    lines = [PATIENT, PATIENT | {"id": "q"}, {"resourceType": "Bundle", "type": "transaction", "entry": [gone]}]
    (tmp_path / "all.ndjson").write_text("".join(json.dumps(one) + "\n" for one in lines))
    assert from_folder(tmp_path).person == "q"


# Where a key stands twice in the answer "no", what stands second, and what is made of it.
TWICE = [
    ("the value", '"valueBoolean": false', '"valueBoolean": true', UNCLEAR),
    ("the value, the same", '"valueBoolean": false', '"valueBoolean": false', UNCLEAR),
    ("the value, its name escaped", '"valueBoolean": false', '"value\\u0042oolean": true', UNCLEAR),
    ("the status", '"status": "final"', '"status": "entered-in-error"', UNCLEAR),
    ("the date", '"effectiveDateTime": "2026-11-20T09:00:00Z"', '"effectiveDateTime": "2020-01-01"', UNCLEAR),
    ("the id", '"id": "o1"', '"id": "o2"', False),
]


@pytest.mark.parametrize("folder", [False, True], ids=["Bundle", "folder"])
@pytest.mark.parametrize(("once", "again", "is_"), [row[1:] for row in TWICE], ids=[row[0] for row in TWICE])
def test_a_key_twice_decides_nothing(tmp_path: Path, once: str, again: str, is_: Any, folder: bool) -> None:
    line = json.dumps(NO).replace(once, f"{once}, {again}")
    assert line.count(once.partition(":")[0]) + line.count("\\u0042") == 2
    if folder:
        (tmp_path / "a.ndjson").write_text(f"{json.dumps(PATIENT)}\n{line}\n")
        record = from_folder(tmp_path)
    else:
        record = read(json.dumps(bundle(NO)).replace(json.dumps(NO), line).encode())
    assert record.entries["saddle_numbness"].answer is is_
    assert fault(record, "more than once")


def test_a_resource_twice_in_an_entry_is_two() -> None:
    data = json.dumps(bundle(NO)).replace(json.dumps(NO), f'{json.dumps(NO)}, "resource": {json.dumps(SADDLE)}')
    record = read(data.encode())
    assert record.entries["saddle_numbness"].answer is True and fault(record, "more than once")


DOUBTS = [
    ("rules of its own", {"implicitRules": "http://example.org/rules"}, {}),
    ("a modifier of the whole", {"modifierExtension": [{"url": "http://example.org/m"}]}, {}),
    ("a modifier of the entry", {}, {"modifierExtension": [{"url": "http://example.org/m"}]}),
]


@pytest.mark.parametrize(("whole", "entry"), [row[1:] for row in DOUBTS], ids=[row[0] for row in DOUBTS])
@pytest.mark.parametrize("inner", [False, True], ids=["alone", "inside another"])
def test_a_doubt_of_the_whole_is_a_doubt_of_each(whole: dict[str, Any], entry: dict[str, Any], inner: bool) -> None:
    doubtful = {"resourceType": "Bundle", "type": "collection", "entry": [held(NO, **entry)], **whole}
    record = read(bundle(doubtful) if inner else doubtful | {"entry": [held(PATIENT), *doubtful["entry"]]})
    assert record.entries["saddle_numbness"].answer is UNCLEAR and fault(record, "what it says is unclear")


@pytest.mark.parametrize("code", ["SUBSETTED", "REDACTED", "MASKED"])
@pytest.mark.parametrize("place", ["tag", "security"])
def test_a_whole_that_was_cut_is_said(code: str, place: str) -> None:
    record = read(bundle(NO) | {"meta": {place: [{"code": code}]}})
    assert record.entries["saddle_numbness"].answer is False and fault(record, "the record is incomplete")


TWO = [PATIENT, PATIENT | {"birthDate": "1990-01-01"}, PATIENT | {"id": "q"}, SADDLE]


def test_two_patients_of_one_id_are_a_line_among_everybody(spinesteps: Callable[..., Outcome], tmp_path: Path) -> None:
    (tmp_path / "all.ndjson").write_text("".join(json.dumps(one) + "\n" for one in TWO))
    done = spinesteps("assess", "--fhir", str(tmp_path), "--everyone", *ON)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 2 and [row["patient"] for row in rows] == ["p", "q"]
    assert "urgency" not in rows[0] and "same id" in rows[0]["faults"][0]["wrong"] and rows[1]["urgency"]


def test_everybody_of_nothing_is_told(spinesteps: Callable[..., Outcome]) -> None:
    done = spinesteps("assess", "--everyone", *ON)
    assert done.code == 2 and done.err == "--everyone needs a folder: give --fhir.\n"


def test_a_medicine_and_a_code_in_doubt_are_hints_only() -> None:
    beside = medicine("Warfarin 5 MG"), observation("fever", valueBoolean=True)
    record = read(bundle(*beside) | {"implicitRules": "http://example.org/rules"})
    assert record.entries["fever"].answer is UNCLEAR and "anticoagulant" not in record.entries
