"""Diagnoses, results, answers and allergies as real systems write them: a table for each kind, through both doors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.facts import Silence
from spinesteps.person.assess import assess
from spinesteps.person.record import Record
from tests.faces.fhir_samples import (
    DAY,
    FACTS,
    ICD,
    LOINC,
    OWN,
    PATIENT,
    SNOMED,
    bundle,
    concept,
    condition,
    from_folder,
    observation,
    read,
)

HL7 = "http://terminology.hl7.org/CodeSystem/"
V2, NULL = HL7 + "v2-0136", HL7 + "v3-NullFlavor"
UNCLEAR = (Silence.UNREADABLE, Silence.NOT_SURE)
NOT_KNOWN = "not known"


def recent(code: str, system: str = ICD, **more: Any) -> dict[str, Any]:
    return condition(code, system, **{"onsetDateTime": "2026-11-20", **more})


def without(resource: dict[str, Any], *names: str, **more: Any) -> dict[str, Any]:
    return {name: value for name, value in resource.items() if name not in names} | more


def both_doors(tmp_path: Path, *resources: dict[str, Any]) -> list[Record]:
    for number, resource in enumerate((PATIENT, *resources)):
        (tmp_path / f"{resource['resourceType']}.{number}.ndjson").write_text(json.dumps(resource) + "\n", "utf-8")
    return [read(bundle(*resources)), from_folder(tmp_path, None)]


def known(record: Record, fact: str) -> Any:
    answer = record.given_on(DAY, FACTS).get(fact, Silence.NOT_ASKED)
    return NOT_KNOWN if answer in (Silence.NOT_ASKED, Silence.OUT_OF_DATE) else answer


# --- how an answer yes or no is written: fever, a danger -----------------------------------------------------------

CODED = [
    (concept(SNOMED, "373066001"), True),
    (concept(SNOMED, "373067005"), False),
    (concept(SNOMED, "373067005 |No (qualifier value)|"), False),
    (concept(SNOMED + "|20260101", "373067005"), False),
    (concept(LOINC, "LA33-6"), True),
    (concept(LOINC, "LA32-8"), False),
    (concept("urn:oid:2.16.840.1.113883.6.1", "la32-8"), False),
    (concept(V2, "Y"), True),
    (concept(V2, "N"), False),
    (concept("https" + V2[4:], "N"), False),
    (concept(HL7 + "v2-0532", "Y"), True),
    (concept(HL7 + "v2-0532", "N"), False),
    (concept(HL7 + "v2-0532", "ASKU"), UNCLEAR),
    (concept(HL7 + "v2-0532", "NASK"), NOT_KNOWN),
    (concept(NULL, "UNK"), UNCLEAR),
    (concept(NULL, "ASKU"), UNCLEAR),
    (concept(HL7 + "data-absent-reason", "asked-unknown"), UNCLEAR),
    (concept(HL7 + "data-absent-reason", "asked-declined"), Silence.DECLINED),
    (concept(LOINC, "LA12688-0"), UNCLEAR),
    (concept(OWN, "yes"), True),
    (concept(OWN, "no"), False),
    ({"text": "Yes"}, True),
    ({"text": " yes "}, True),
    ({"text": "Ja"}, True),
    ({"text": "don't know"}, UNCLEAR),
    ({"text": "No"}, UNCLEAR),
    ({"text": "No fever since Monday"}, UNCLEAR),
    ({}, UNCLEAR),
    ({"coding": [{}]}, UNCLEAR),
    (concept("urn:local", "1", display="Yes"), True),
    (concept("urn:local", "2", display="No"), UNCLEAR),
    (concept("urn:local", "X"), UNCLEAR),
    (concept(SNOMED, "2667000"), UNCLEAR),
    ({"coding": [{"system": "urn:local", "code": "N1"}, {"system": SNOMED, "code": "373067005"}]}, False),
    ({"coding": [{"system": "urn:local", "code": "J1"}, {"system": LOINC, "code": "LA33-6"}]}, True),
    ({"coding": [{"system": SNOMED, "code": "373067005"}, {"system": LOINC, "code": "LA33-6"}]}, True),
]


def fits(answer: Any, wanted: Any) -> bool:
    return answer in wanted if isinstance(wanted, tuple) else answer is wanted or answer == wanted


@pytest.mark.parametrize(("value", "wanted"), CODED, ids=lambda value: json.dumps(value, default=str)[:70])
def test_a_coded_answer_as_an_observation_a_component_and_in_a_form(value: dict, wanted: Any, tmp_path: Path) -> None:
    one = observation("fever", valueCodeableConcept=value)
    part = {"code": concept(OWN, "fever"), "valueCodeableConcept": value}
    inside = observation("group", id_="g", component=[part])
    for resource in (one, inside):
        for record in both_doors(tmp_path, resource) if resource is one else [read(bundle(resource))]:
            assert fits(known(record, "fever"), wanted)
    for coding in value.get("coding", [])[: 1 if len(value.get("coding", [])) == 1 else 0]:
        form = {
            "resourceType": "QuestionnaireResponse",
            "id": "q",
            "status": "completed",
            "authored": "2026-11-20",
            "subject": {"reference": "Patient/p"},
            "item": [{"linkId": "fever", "answer": [{"valueCoding": coding}]}],
        }
        assert fits(known(read(bundle(form)), "fever"), wanted)


OTHER_VALUES = [
    {"valueString": "Yes"},
    {"valueInteger": 1},
    {"valueQuantity": {"value": 1}},
    {"valueRange": {"low": {"value": 1}}},
    {"valueRatio": {"numerator": {"value": 1}}},
    {"valueTime": "12:00:00"},
    {"valuePeriod": {"start": "2026-11-20"}},
    {"valueSampledData": {"period": 1}},
    {"valueDateTime": "2026-11-20"},
    {"valueString": "no"},
    {"valueBoolean": "true"},
    {"dataAbsentReason": concept(HL7 + "data-absent-reason", "error")},
    {"dataAbsentReason": {"text": "machine broken"}},
    {"dataAbsentReason": concept(HL7 + "data-absent-reason", "masked")},
]


@pytest.mark.parametrize("value", OTHER_VALUES, ids=lambda value: next(iter(value)))
def test_a_value_that_cannot_be_read_is_never_nothing(value: dict[str, Any]) -> None:
    record = read(bundle(observation("fever", **value)))
    assert known(record, "fever") not in (NOT_KNOWN, False)
    assert assess(record, PATHWAY, DAY).decision.urgency in ("today", "emergency")


# --- results -------------------------------------------------------------------------------------------------------

EGFR = {"value": 24, "unit": "mL/min/{1.73_m2}", "system": "http://unitsofmeasure.org", "code": "mL/min/{1.73_m2}"}
RESULTS = [
    ({"valueQuantity": EGFR}, 24),
    ({"valueQuantity": {**EGFR, "comparator": "<"}}, None),
    ({"valueQuantity": {**EGFR, "comparator": ">="}}, None),
    ({"valueRange": {"low": EGFR}}, None),
    ({"valueRatio": {"numerator": EGFR, "denominator": {"value": 1}}}, None),
    ({"valueString": "24"}, None),
    ({"valueCodeableConcept": {"text": "low"}}, None),
    ({"valueCodeableConcept": concept(SNOMED, "62482003")}, None),
    ({"valueQuantity": {**EGFR, "code": "%", "unit": "%"}}, None),
]


@pytest.mark.parametrize(("value", "wanted"), RESULTS)
def test_a_result_is_exact_or_not_known_and_said(value: dict[str, Any], wanted: Any) -> None:
    record = read(bundle(observation("33914-3", LOINC, **value)))
    assert known(record, "egfr") == (wanted if wanted is not None else Silence.UNREADABLE)
    assert wanted is not None or any("egfr" in str(fault) or "value[x]" in fault.place for fault in record.faults)


def test_a_result_with_only_an_issued_time_is_about_that_day() -> None:
    old = observation("33914-3", LOINC, at="2026-06-02", id_="a", valueQuantity={**EGFR, "value": 82})
    new = without(observation("33914-3", LOINC, id_="b", valueQuantity=EGFR), "effectiveDateTime")
    assert known(read(bundle(old, {**new, "issued": "2026-11-10T08:00:00Z"})), "egfr") == 24
    assert known(read(bundle(old, {**new, "issued": "2026-01-10T08:00:00Z"})), "egfr") == 82


# --- codes ---------------------------------------------------------------------------------------------------------

WRITINGS = [
    (ICD, "I71.40", True),
    (ICD, "I7140", True),
    (ICD, "i71.40", True),
    (ICD, " i7140 ", True),
    (ICD + "|2026", "I71.40", True),
    (ICD + "/", "I71.40", True),
    ("https" + ICD[4:], "I7140", True),
    ("urn:oid:2.16.840.1.113883.6.90", "I71.40", True),
    ("2.16.840.1.113883.6.90", "I7140", True),
    ("ICD-10-CM", "I71.40", True),
    ("icd10cm", "I7140", True),
    ("http://hl7.org/fhir/sid/icd-10", "I71.40", None),
    ("", "I71.40", None),
    ("urn:local", "I71.40", False),
    (SNOMED, "91302008", True),
    (SNOMED + "/731000124108", "91302008", True),
    ("SNOMED CT", "91302008", True),
    (SNOMED, "91302008 |Sepsis|", True),
    (SNOMED, "91302008 | Sepsis |", True),
    (SNOMED, "91302008:363698007=7832008", None),
    (SNOMED, "91302008 + 64572001", None),
]


@pytest.mark.parametrize(("system", "code", "sure"), WRITINGS)
def test_a_code_in_another_usual_writing(system: str, code: str, sure: bool | None, tmp_path: Path) -> None:
    """True: it is that; None: only a question; False: a local code, which is told."""
    for record in both_doors(tmp_path, {**condition("x"), "code": concept(system, code)}):
        fact, name = ("known_aortic_aneurysm", "aortic") if "7" in code[:4] else ("bacteraemia", "sepsis")
        assert known(record, fact) == (True if sure else NOT_KNOWN)
        if sure is None:
            assert name in record.faults[0].wrong
        if sure is False:
            assert record.notes["unmapped"] and any("does not know" in fault.wrong for fault in record.faults)


def test_several_codings_of_which_the_first_is_local() -> None:
    coding = [{"system": "urn:local", "code": "AAA"}, {"code": "77"}, {"system": ICD, "code": "I7140"}]
    assert known(read(bundle({**condition("x"), "code": {"coding": coding}})), "known_aortic_aneurysm") is True


# --- forms known by LOINC ------------------------------------------------------------------------------------------


def form(link: str, answer: dict[str, Any]) -> dict[str, Any]:
    item = {"linkId": "/44249-1", "item": [{"linkId": link, "answer": [answer]}]}
    return {
        "resourceType": "QuestionnaireResponse",
        "id": "q",
        "status": "completed",
        "authored": "2026-11-20",
        "subject": {"reference": "Patient/p"},
        "item": [item],
    }


def loinc(code: str) -> dict[str, Any]:
    return {"valueCoding": {"system": LOINC, "code": code}}


@pytest.mark.parametrize(
    "link", ["/44260-8", "44260-8", "/44249-1/44260-8", "http://loinc.org/44260-8", "LOINC|44260-8"]
)
@pytest.mark.parametrize(
    ("answer", "wanted"),
    [(loinc("LA6571-9"), True), (loinc("LA6570-1"), True), (loinc("LA6569-3"), True), (loinc("LA6568-5"), NOT_KNOWN),
     ({"valueInteger": 3}, True), ({"valueInteger": 0}, NOT_KNOWN), ({"valueDecimal": 1.0}, True),
     ({"valueInteger": 7}, UNCLEAR),
     ({"valueString": "Nearly every day"}, True), ({"valueCoding": {"code": "x", "display": "Several days"}}, True),
     ({"valueCoding": {"code": "x"}}, UNCLEAR)],
    ids=str,
)  # fmt: skip
def test_question_nine_of_the_phq(link: str, answer: dict[str, Any], wanted: Any) -> None:
    record = read(bundle(form(link, answer)))
    assert fits(known(record, "self_harm_thoughts"), wanted)
    if wanted is True:
        assert "RF-13" in str(assess(record, PATHWAY, DAY).decision.urgency_reasons)


def test_question_nine_as_an_observation() -> None:
    held = observation("44260-8", LOINC, valueCodeableConcept=concept(LOINC, "LA6571-9"))
    assert known(read(bundle(held)), "self_harm_thoughts") is True
    whole = observation("44249-1", LOINC, component=[{"code": concept(LOINC, "44260-8"), "valueInteger": 2}])
    assert known(read(bundle(whole)), "self_harm_thoughts") is True
