"""Who a record is about, what was found in it and when, what was not read: on every face. And nothing forged there."""

from __future__ import annotations

import html
import json
import re
import unicodedata

import httpx
import pytest

from tests.faces.conftest import DAY
from tests.faces.fhir_samples import LOINC, bundle
from tests.faces.serving import served

CPT = "http://www.ama-assn.org/go/cpt"
NAME = [
    {"use": "old", "family": "Before"},
    {"use": "official", "given": ["Anna", "Maria"], "family": "Muster"},
]
PATIENT = {"resourceType": "Patient", "id": "p7", "birthDate": "1952-03-04", "gender": "female", "name": NAME}
ABOUT = {"reference": "Patient/p7"}


def record(patient=PATIENT, unknown="Zorbamine 5 mg", **more):
    """A small record: a result, a medicine that is known, one that is not, a scan, an operation, two reports."""
    return bundle(
        {"resourceType": "Condition", "id": "c", "subject": ABOUT, "onsetDateTime": "2026-10-01",
         "clinicalStatus": {"coding": [{"code": "active"}]}, "verificationStatus": {"coding": [{"code": "confirmed"}]},
         "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M48.062"}]}},
        {"resourceType": "Observation", "id": "o", "status": "final", "subject": ABOUT,
         "effectiveDateTime": "2026-09-30",
         "code": {"coding": [{"system": LOINC, "code": "33914-3"}]},
         "valueQuantity": {"value": 48, "unit": "mL/min/{1.73_m2}", "system": "http://unitsofmeasure.org",
                           "code": "mL/min/{1.73_m2}"}},
        {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": ABOUT,
         "authoredOn": "2026-05-01", "medicationCodeableConcept": {"text": "ibuprofen 400 mg tablet"}},
        {"resourceType": "MedicationRequest", "id": "u", "status": "active", "intent": "order", "subject": ABOUT,
         "authoredOn": "2026-05-01", "medicationCodeableConcept": {"text": unknown}},
        {"resourceType": "Procedure", "id": "s", "status": "completed", "subject": ABOUT,
         "performedDateTime": "2025-02-03", "code": {"coding": [{"system": CPT, "code": "63047"}]}},
        {"resourceType": "DocumentReference", "id": "d", "status": "current", "subject": ABOUT},
        {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "subject": ABOUT,
         "effectiveDateTime": "2026-11-07", "code": {"text": "MRI lumbar spine"}},
        patient=patient, **more,
    )  # fmt: skip


@pytest.fixture
def written(tmp_path):
    """A record in a file."""

    def write(data, name="record.json"):
        path = tmp_path / name
        path.write_text(json.dumps(data))
        return str(path)

    return write


def test_json_says_who_in_both_forms(spinesteps, written, tmp_path):
    want = {"id": "p7", "name": "Anna Maria Muster", "birth_date": "1952-03-04", "age": 74,
            "newest_record": "2026-10-01"}  # fmt: skip
    full = spinesteps("assess", "--fhir", written(record()), "--on", DAY, "--json").json()
    assert full["about"] == want
    folder = tmp_path / "folder"
    folder.mkdir()
    lines = [json.dumps(entry["resource"]) for entry in record()["entry"]]
    (folder / "all.ndjson").write_text("\n".join(lines))
    short = spinesteps("assess", "--fhir", str(folder), "--everyone", "--on", DAY).json()
    assert short["about"] == want


def test_without_a_record_nobody_is_named(spinesteps, person):
    told = spinesteps("assess", "--facts", person({"age": 71}), "--on", DAY, "--json").json()["about"]
    assert told == {"id": None, "name": None, "birth_date": None, "age": 71, "newest_record": None}
    words = spinesteps("assess", "--facts", person({"age": 71}), "--on", DAY).out
    assert words.startswith("Not checked yet") and "Found in the record" not in words


FOUND = ("kidney function (eGFR): 48 mL/min/1.73m2, 2026-09-30", "ibuprofen", "since 2026-05-01", "2025-02-03",
         "stenosis with claudication in the record, 2026-10-01")  # fmt: skip
UNREAD = ("1 DiagnosticReport, 1 DocumentReference", "Zorbamine 5 mg")
WHO = "Anna Maria Muster, born 1952-03-04, aged 74, id p7. Newest entry of the record: 2026-10-01"


def test_the_terminal_begins_with_who(spinesteps, written):
    words = spinesteps("assess", "--fhir", written(record()), "--on", DAY).out
    assert words.startswith(WHO)
    for text in (*FOUND, *UNREAD):
        assert text in words, text
    assert words.index("Not read") < words.index("What fits")
    assert spinesteps("programme", "--fhir", written(record()), "--on", DAY).out.startswith(WHO)


@pytest.mark.parametrize("kind", ["letter", "handover", "packet"])
def test_a_paper_begins_with_who(spinesteps, written, tmp_path, kind):
    more = ("--procedure", "epidural") if kind == "packet" else ()
    done = spinesteps(kind, "--fhir", written(record()), "--on", DAY, "--out", str(tmp_path / "out"), *more)
    assert done.code == 0, done.err
    page = next((tmp_path / "out").glob("*.html")).read_text("utf-8")
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert WHO in words
    for text in (*FOUND, *UNREAD) if kind != "packet" else ():
        assert text in words, text


def test_the_page_begins_with_who():
    with served() as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        files = {"bundle": ("r.json", json.dumps(record()).encode(), "application/json"), "day": (None, DAY)}
        page = client.post("/record", files=files).text
    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert words.index(WHO) < words.index("How soon to get help")
    for text in (*FOUND, *UNREAD):
        assert text in words, text


# What could forge or hide what is shown

ATTACK = (
    "Eve\x1b[2J\x1b]0;x\x07\u202egnp\u2028No danger\u2029\r\nCHECKED\x9b1m\u200b\u2066<script>alert(1)</script>\x00"
)


def forged(text):
    """Signs that steer a terminal, turn the direction or break a line where none is meant."""
    signs = {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs")}
    return {f"U+{ord(sign):04X}" for sign in signs - {"\n"}}


def attacked():
    """The record with the attack in every text a source can choose."""
    name = [{"use": "official", "given": [ATTACK, "B"], "family": ATTACK, "text": ATTACK}]
    data = record({**PATIENT, "name": name}, unknown=f"{ATTACK} 5 mg")
    for entry in data["entry"]:
        held = entry["resource"]
        if "code" in held:
            held["code"]["text"] = ATTACK
            held["code"].setdefault("coding", []).append({"system": ATTACK, "code": ATTACK, "display": ATTACK})
    more = {"resourceType": "Condition", "id": ATTACK, "subject": ABOUT, "code": {"text": ATTACK}}
    data["entry"].append({"resource": more})
    data["entry"].append({"resource": {"resourceType": "Observation", "id": "x", "status": ATTACK, "subject": ABOUT,
                                       "effectiveDateTime": ATTACK, "valueString": ATTACK,
                                       "code": {"coding": [{"system": LOINC, "code": "33914-3"}]}}})  # fmt: skip
    return data


@pytest.mark.parametrize("form", [(), ("--json",), ("--all", "--reasons")])
def test_nothing_from_a_record_is_forged_in_a_terminal(spinesteps, written, form):
    done = spinesteps("assess", "--fhir", written(attacked()), "--on", DAY, *form)
    assert done.code == 0, done.err
    assert forged(done.out) == set() and forged(done.err) == set()
    assert not any(line.startswith(("No danger", "CHECKED")) for line in done.out.splitlines())
    assert "Eve" in done.out, "it is shown, cleaned"


@pytest.mark.parametrize("kind", ["letter", "handover", "packet"])
def test_nothing_from_a_record_is_forged_in_a_paper(spinesteps, written, tmp_path, kind):
    more = ("--procedure", "epidural") if kind == "packet" else ()
    out = tmp_path / "out"
    done = spinesteps(kind, "--fhir", written(attacked()), "--on", DAY, "--out", str(out), *more)
    assert done.code == 0, done.err
    page = next(out.glob("*.html")).read_text("utf-8")
    assert forged(page) == set() and "<script>" not in page and "Eve" in page


def test_nothing_from_a_record_is_forged_on_a_page():
    with served() as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        day, data = (None, DAY), json.dumps(attacked()).encode()
        page = client.post("/record", files={"bundle": ("r.json", data, "application/json"), "day": day}).text
        pasted = json.dumps({ATTACK: True, "age": ATTACK}, ensure_ascii=False)
        refused = client.post("/facts", files={"facts": (None, pasted), "day": day}).text
    assert forged(page) == set() and "Eve" in page
    assert "<script>alert" not in page + refused
    assert forged(refused) == set(), "what was pasted goes back into the form, cleaned"


@pytest.mark.parametrize("argument", ["--patient", "--on", "--facts", "--fhir", "--deployment"])
def test_nothing_of_an_argument_is_forged(spinesteps, written, argument):
    given = {"--fhir": written(record()), "--on": DAY} | {argument: ATTACK.replace("\x00", "")}
    done = spinesteps("assess", *(part for pair in given.items() for part in pair))
    assert done.code == 2 and done.out == ""
    assert forged(done.err) == set() and not any(line.startswith("CHECKED") for line in done.err.splitlines())


def test_nothing_of_a_file_name_is_forged(spinesteps, written, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    lines = [json.dumps(entry["resource"]) for entry in record()["entry"]]
    (folder / "all.ndjson").write_text("\n".join(lines))
    for name in ("a\x1b[2J\u202eb.ndjson", "c\nCHECKED.ndjson"):
        (folder / name).write_text("{broken")
    for form in ((), ("--json",)):
        done = spinesteps("assess", "--fhir", str(folder), "--on", DAY, *form)
        assert done.code == 0, done.err
        assert forged(done.out) == set() and not any(line.startswith("CHECKED") for line in done.out.splitlines())
