"""What a record in FHIR answers, through the doors for a Bundle and for a folder."""

import csv
import gzip
import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import spinesteps
from spinesteps.errors import InputError
from spinesteps.fhir.read import read_everyone, read_folder
from spinesteps.knowledge.danger_codes import QUESTIONS, SIGNS
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.logic.facts import Silence
from tests.faces.fhir_samples import (
    ABSENT,
    DATA,
    DAY,
    FACTS,
    ICD,
    LOINC,
    OWN,
    PATIENT,
    SNOMED,
    amount,
    answers,
    bundle,
    codes,
    concept,
    condition,
    form,
    medicine,
    observation,
    procedure,
    read,
)

NOT_SURE, DECLINED, UNREADABLE = Silence.NOT_SURE, Silence.DECLINED, Silence.UNREADABLE
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"


def absent(code):
    return {"dataAbsentReason": concept("http://terminology.hl7.org/CodeSystem/data-absent-reason", code)}


KNOWN = [
    # Diagnoses
    ("stenosis with claudication", [condition("M48.062")], {"stenosis_diagnosed": True, "claudication_coded": True}),
    ("stenosis without", [condition("M48.061")], {"stenosis_diagnosed": True}),
    ("neck stenosis is not lumbar", [condition("M48.02")], {}),
    ("right code, wrong system", [condition("M48.062", system=SNOMED)], {}),
    ("system by its OID", [condition("M48.062", system="urn:oid:2.16.840.1.113883.6.90")],
     {"stenosis_diagnosed": True, "claudication_coded": True}),
    ("code by its start", [condition("C50.911")], {"cancer_history": True}),
    ("a history that is over", [condition("64859006", SNOMED, clinical="resolved")], {"osteoporosis": True}),
    ("back pain that is over", [condition("278860009", SNOMED, clinical="resolved")], {}),
    ("back pain now", [condition("278860009", SNOMED)], {"back_pain": True}),
    ("text alone", [condition("x") | {"code": {"text": "cancer, incontinence, osteoporosis"}}], {}),
    ("a coded sign is no danger answer", [condition("165232002", SNOMED)], {}),
    ("a coded cauda equina syndrome is its sign, about the day it began", [condition("G83.4")],
     {"saddle_numbness": True, "cauda_equina_onset_days": 51}),
    ("entered in error", [condition("M48.062", verification="entered-in-error")], {}),
    ("refuted", [condition("M48.062", verification="refuted")], {}),
    ("not confirmed", [condition("M48.062", verification="provisional")], {}),
    # Answers by name
    ("a yes", [observation("saddle_numbness", valueBoolean=True)], {"saddle_numbness": True}),
    ("a no", [observation("saddle_numbness", valueBoolean=False)], {"saddle_numbness": False}),
    ("a yes as text", [observation("saddle_numbness", valueString="yes")], {"saddle_numbness": True}),
    ("a no as text", [observation("saddle_numbness", valueString="no")], {"saddle_numbness": UNREADABLE}),
    ("a denial as text", [observation("saddle_numbness", valueString="denies numbness")],
     {"saddle_numbness": UNREADABLE}),
    ("not sure", [observation("saddle_numbness", valueString="not_sure")], {"saddle_numbness": NOT_SURE}),
    ("declined", [observation("saddle_numbness", **absent("asked-declined"))], {"saddle_numbness": DECLINED}),
    ("unknown", [observation("saddle_numbness", **absent("asked-unknown"))], {"saddle_numbness": NOT_SURE}),
    ("error", [observation("saddle_numbness", **absent("error"))], {"saddle_numbness": UNREADABLE}),
    ("not asked", [observation("saddle_numbness", **absent("not-asked"))], {}),
    ("a choice", [observation("leg_pain_side", valueCodeableConcept=concept(OWN, "left"))], {"leg_pain_side": "left"}),
    ("not one of the choices", [observation("leg_pain_side", valueCodeableConcept=concept(OWN, "up"))],
     {"leg_pain_side": UNREADABLE}),
    ("a cancelled one", [observation("saddle_numbness", valueBoolean=True) | {"status": "cancelled"}], {}),
    ("yes and no at one instant", [observation("fever", id_="a", valueBoolean=True),
                                   observation("fever", id_="b", valueBoolean=False)], {"fever": True}),
    ("two distances at one instant", [observation("walking_distance_m", id_="a", **amount(50, "m")),
                                      observation("walking_distance_m", id_="b", **amount(90, "m"))],
     {"walking_distance_m": Silence.IN_CONFLICT}),
    ("the newer of two, by its zone", [
        observation("fever", at="2026-11-20T10:00:00+05:00", id_="a", valueBoolean=True),
        observation("fever", at="2026-11-20T08:00:00+01:00", id_="b", valueBoolean=False)], {"fever": False}),
    # Forms
    ("a form", [form(leg_pain={"valueBoolean": True}, walking_distance_m={"valueDecimal": 80})],
     {"leg_pain": True, "walking_distance_m": 80}),
    ("a form, not sure", [form(incontinence={"valueCoding": {"code": "not_sure"}})], {"incontinence": NOT_SURE}),
    ("a form, declined", [form(incontinence={"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]})],
     {"incontinence": DECLINED}),
    ("a form, declined beside the value",
     [form(incontinence={"_valueBoolean": {"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}})],
     {"incontinence": DECLINED}),
    ("a form, inner item", [form() | {"item": [{"linkId": "group", "item": [
        {"linkId": "leg_pain", "answer": [{"valueBoolean": True}]}]}]}], {"leg_pain": True}),
    ("a form nobody finished", [form(fever={"valueBoolean": True}) | {"status": "in-progress"}], {"fever": True}),
    ("a form, no answer", [form() | {"item": [{"linkId": "leg_pain"}]}], {}),
    # Measurements
    ("a laboratory value", [observation("718-7", LOINC, **amount(13.4, "g/dL"))], {"haemoglobin_g_l": 134}),
    ("per cent", [observation("4548-4", LOINC, **amount(6.5, "%"))], {"hba1c": 6.5}),
    ("mmol/mol is another scale", [observation("4548-4", LOINC, **amount(48, "mmol/mol"))], {"hba1c": UNREADABLE}),
    ("no unit", [observation("718-7", LOINC, valueQuantity={"value": 134})], {"haemoglobin_g_l": UNREADABLE}),
    ("more than", [observation("33914-3", LOINC, **amount(60, "mL/min/{1.73_m2}", comparator=">"))],
     {"egfr": UNREADABLE}),
    ("a number as text", [observation("718-7", LOINC, **amount("13.4", "g/dL"))], {"haemoglobin_g_l": UNREADABLE}),
    ("feet", [observation("walking_distance_m", **amount(300, "[ft_i]"))], {"walking_distance_m": 91.44}),
    ("yards", [observation("walking_distance_m", **amount(100, "[yd_i]"))], {"walking_distance_m": 91.44}),
    ("minutes are no metres", [observation("walking_distance_m", **amount(5, "min"))],
     {"walking_distance_m": UNREADABLE}),
    ("out of range", [observation("walking_distance_m", **amount(-1, "m"))], {"walking_distance_m": UNREADABLE}),
    ("pain without a place", [observation("72514-3", LOINC, **amount(7, "{score}"))], {}),
    ("decimals", [observation("abi", **amount(0.905, "1"))], {"abi": 0.905}),
    ("zero is a value", [observation("odi", **amount(0, "%"))], {"odi": 0}),
    ("smokes", [observation("72166-2", LOINC, valueCodeableConcept=concept(SNOMED, "449868002"))],
     {"smoker": True, "ex_smoker": False}),
    ("smokes, by a code not verified",
     [observation("72166-2", LOINC, valueCodeableConcept=concept(SNOMED, "77176002"))], {}),
    # Medicines
    ("taken", [medicine("Naproxen sodium 220 MG Oral Tablet")], {"nsaid": True, "nsaid_days": 205}),
    ("stopped", [medicine("Naproxen sodium 220 MG Oral Tablet", "stopped")], {}),
    ("a plan only", [medicine("Naproxen 500 MG") | {"intent": "proposal"}], {}),
    ("not to be given", [medicine("Naproxen 500 MG") | {"doNotPerform": True}], {}),
    ("said by the person", [medicine("Ibuprofen 200 MG", kind="MedicationStatement")],
     {"nsaid": True, "nsaid_days": 205}),
    ("not taken", [medicine("Ibuprofen 200 MG", "not-taken", "MedicationStatement")], {}),
    ("two of a class", [medicine("Naproxen 500 MG"), medicine("Ibuprofen 200 MG")],
     {"nsaid": True, "two_nsaids": True, "nsaid_days": 205}),
    ("on the skin", [medicine("Hydrocortisone 10 MG/ML Topical Cream"), medicine("Diclofenac 1 % Topical Gel")], {}),
    ("part of a word", [medicine("Esnaproxenol 5 MG")], {}),
    ("steroid tablets for half a year", [medicine("predniSONE 5 MG Oral Tablet")],
     {"systemic_steroid": True, "steroids_3_months": True}),
    ("a blood thinner", [medicine("Warfarin Sodium 5 MG Oral Tablet")], {"anticoagulant": True}),
    # Care
    ("decompression", [procedure("01NB0ZZ", PCS)], {"spine_surgery": "decompression", "surgery_days_ago": 30,
                                                    "spine_procedure_days": 30}),
    ("decompression and fusion", [procedure("01NB0ZZ", PCS), procedure("0SG00A0", PCS)],
     {"spine_surgery": "decompression_fusion", "surgery_days_ago": 30, "spine_procedure_days": 30}),
    ("fusion alone", [procedure("0SG00A0", PCS)],
     {"spine_surgery": "other", "surgery_days_ago": 30, "spine_procedure_days": 30}),
    ("not done", [procedure("01NB0ZZ", PCS, "not-done")], {}),
    ("in a month, its last day", [procedure("01NB0ZZ", PCS, performedDateTime="2026-10")],
     {"spine_surgery": "decompression", "surgery_days_ago": 21, "spine_procedure_days": 21}),
    ("a scan", [{"resourceType": "DiagnosticReport", "id": "d", "status": "final",
     "subject": {"reference": "Patient/p"},
                 "code": concept(LOINC, "24968-0"), "effectiveDateTime": "2026-11-07"}],
     {"mri_done": True, "mri_weeks_ago": 2}),
    ("said some days ago", [observation("surgery_days_ago", at="2026-11-11", **amount(5, "d"))],
     {"surgery_days_ago": 15}),
]  # fmt: skip


@pytest.mark.parametrize(("resources", "expected"), [row[1:] for row in KNOWN], ids=[row[0] for row in KNOWN])
def test_what_a_record_answers(resources, expected):
    assert answers(*resources) == expected


def test_person():
    record = read(bundle())
    assert (record.person, record.entries["age"].answer, record.entries["sex"].answer) == ("p", 74, "female")
    assert record.faults == ()


def test_old_danger_answers_keep_their_day():
    record = read(bundle(observation("fever", at="2026-10-01", valueBoolean=True)))
    assert record.entries["fever"].day == date(2026, 10, 1)
    assert record.answers_on(DAY, FACTS, ())["fever"] is Silence.OUT_OF_DATE


def test_known_on_the_day_only():
    later = observation("fever", at="2026-11-20", valueBoolean=True, issued="2026-11-25T00:00:00Z")
    assert answers(later) == {}
    assert answers(later, day=date(2026, 11, 30)) == {"fever": True}


def test_suggestions_and_unmapped_codes_are_said():
    record = read(bundle(
        procedure("62323", "http://www.ama-assn.org/go/cpt"), condition("Z99.999"), condition("M48.062",
         verification="provisional")
    ))  # fmt: skip
    assert {"esi_days_ago", "stenosis_diagnosed", "claudication_coded"} <= set(record.notes["suggested"])
    assert record.notes["unmapped"] == {f"{ICD}|Z99.999": 1}
    assert "nsaid" in record.notes["not_found"]
    assert "esi_days_ago" not in record.entries


def test_proof_names_the_record():
    record = read(bundle(condition("M48.062")))
    assert record.entries["claudication_coded"].records == ("Condition/c-M48.062",)
    assert record.entries["claudication_coded"].origin == "record"


REFERENCES = [
    "Patient/p", "Patient/p/_history/1", "https://example.org/fhir/Patient/p", "urn:uuid:p",
]  # fmt: skip


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_way_to_name_the_patient(reference):
    assert answers(condition("M48.061", subject={"reference": reference})) == {"stenosis_diagnosed": True}


def test_full_urls():
    held = bundle(condition("M48.061", subject={"reference": "urn:uuid:aaa"}))
    held["entry"][0]["fullUrl"] = "urn:uuid:aaa"
    assert "stenosis_diagnosed" in read(held).entries
    held["entry"][1]["resource"]["subject"]["reference"] = "urn:uuid:bbb"
    assert "stenosis_diagnosed" not in read(held).entries


def test_another_server_is_another_patient():
    held = bundle(condition("M48.061", subject={"reference": "https://b.example/fhir/Patient/p"}))
    held["entry"][0]["fullUrl"] = "https://a.example/fhir/Patient/p"
    record = read(held)
    assert "stenosis_diagnosed" not in record.entries
    assert record.notes["excluded"] == {"other_patient": 1}


def test_medicines_by_reference():
    product = {"resourceType": "Medication", "id": "w", "code": {"text": "Warfarin 5 MG"}}
    asked = {k: v for k, v in medicine("x").items() if k != "medicationCodeableConcept"}
    assert answers(asked | {"medicationReference": {"reference": "#w"},
     "contained": [product]}) == {"anticoagulant": True}
    assert answers(asked | {"medicationReference": {"reference": "Medication/w"}}, product) == {"anticoagulant": True}
    held = bundle(asked | {"medicationReference": {"reference": "urn:uuid:w2"}}, product)
    held["entry"][2]["fullUrl"] = "urn:uuid:w2"
    assert read(held).entries["anticoagulant"].answer is True
    lost = read(bundle(asked | {"medicationReference": {"reference": "Medication/none"}}))
    assert "anticoagulant" not in lost.entries
    assert lost.faults


def test_the_newest_version_counts():
    old = observation("fever", valueBoolean=True) | {"meta": {"lastUpdated": "2026-11-20T09:00:00Z"}}
    new = observation("fever", valueBoolean=False) | {"meta": {"lastUpdated": "2026-11-20T10:00:00Z"}}
    assert answers(old, new) == answers(new, old) == {"fever": False}


def good():
    return json.loads((DATA / "fhir_bundle.json").read_text("utf-8"))


def test_a_whole_record():
    record = read(good())
    assert record.faults == ()
    known = {name: entry.answer for name, entry in record.entries.items()}
    assert known == {
        "age": 74, "sex": "female", "stenosis_diagnosed": True, "claudication_coded": True, "cancer_history": True,
        "anticoagulant": True, "nsaid": True, "nsaid_days": 205, "haemoglobin_g_l": 118, "egfr": 48, "fever": False,
        "leg_pain": True, "saddle_numbness": NOT_SURE, "walking_distance_m": 80, "mri_done": True, "mri_weeks_ago": 2,
    }  # fmt: skip


def test_the_order_of_entries_does_not_matter():
    held = good()
    expected = read(held)
    for seed in range(10):
        random.Random(seed).shuffle(held["entry"])
        assert read(held) == expected


def folder(path, resources, zipped=False):
    by_type = {}
    for resource in resources:
        by_type.setdefault(resource["resourceType"], []).append(resource)
    for kind, held in by_type.items():
        text = "\ufeff" + "".join(json.dumps(r) + "\n" for r in held) + "\n"
        if zipped:
            (path / f"{kind}.000.ndjson.gz").write_bytes(gzip.compress(text.encode()))
        else:
            (path / f"{kind}.ndjson").write_text(text, "utf-8")
    return path


def from_folder(path, patient=None):
    return read_folder(path, FACTS, codes(), FROM_RECORD, DAY, patient)


@pytest.mark.parametrize("zipped", [False, True])
def test_a_folder_says_what_its_bundle_says(tmp_path, zipped):
    resources = [entry["resource"] for entry in good()["entry"]]
    record = from_folder(folder(tmp_path, resources, zipped))
    assert record.entries == read(good()).entries
    assert record.faults == ()


def test_a_folder_of_many(tmp_path):
    other = PATIENT | {"id": "q"}
    folder(tmp_path, [PATIENT, other, condition("M48.061"), {"resourceType": "Claim", "id": "1"},
                      condition("C50.911", subject={"reference": "Patient/q"})])  # fmt: skip
    with (tmp_path / "Condition.ndjson").open("a", encoding="utf-8") as file:
        file.write('{"resourceType": "Condition", "id": "cut\n')
    with pytest.raises(InputError):
        from_folder(tmp_path)
    with pytest.raises(InputError):
        from_folder(tmp_path, "nobody")
    record = from_folder(tmp_path, "p")
    assert set(record.entries) == {"age", "sex", "stenosis_diagnosed"}
    assert [fault.place for fault in record.faults if fault.level == "lost"] == ["Condition.ndjson line 4"]
    assert record.notes["seen"]["Claim"] == 1
    everyone = list(read_everyone(tmp_path, FACTS, codes(), FROM_RECORD, DAY))
    assert [record.person for record in everyone] == ["p", "q"]
    assert everyone[0].entries == record.entries
    assert everyone[1].entries["cancer_history"].answer is True
    assert everyone[0].notes["folder"]["excluded"] == {"bad_line": 1}


def test_no_folder(tmp_path):
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError):
            from_folder(path)


def test_a_broken_archive(tmp_path):
    folder(tmp_path, [PATIENT], zipped=True)
    whole = gzip.compress((json.dumps(condition("M48.061")) + "\n").encode() * 3000)
    (tmp_path / "Condition.000.ndjson.gz").write_bytes(whole[: len(whole) // 2])
    assert any("breaks off" in fault.wrong for fault in from_folder(tmp_path).faults)


def test_danger_is_read_from_codes_as_a_history_or_as_danger_codes_say():
    apart = {id(one) for one in (*SIGNS, *QUESTIONS)}
    coded = {one.fact.name for one in FROM_RECORD
             if one.fact.danger and id(one) not in apart and "answer" not in one.wheres[0].kinds}  # fmt: skip
    assert coded == {
        "osteoporosis", "steroids_3_months", "cancer_history", "immunosuppressed", "dialysis", "bacteraemia",
        "anticoagulant", "known_aortic_aneurysm",
    }  # fmt: skip


def test_every_concept_that_is_looked_for_is_in_the_code_tables():
    known = {"birth_date", "gender", *FACTS}
    for path in (Path(spinesteps.__file__).parent / "knowledge" / "codes").glob("*.csv"):
        with path.open(encoding="utf-8") as lines:
            known |= {row["concept"] for row in csv.DictReader(lines)}
    assert {concept for one in FROM_RECORD for concept in one.concepts} <= known


def test_importing_the_door_loads_no_library():
    code = "import sys, spinesteps.fhir.read; print([m for m in ('fhirkit', 'orjson') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
