"""Every resource type of FHIR is read, or told with its number and the reason; through both doors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spinesteps.person.record import Record
from tests.faces.fhir_samples import DATA, ICD, LOINC, OWN, SNOMED, bundle, concept, condition, observation, read
from tests.faces.test_as_written import HL7, NOT_KNOWN, both_doors, known

TYPES = (DATA / "cases" / "resource_types.txt").read_text("utf-8").split()  # FHIR R4 4.0.1
# Types that only hold others, that are read by reference, or that no resource is of.
APART = {"Bundle", "Parameters", "Medication", "Resource", "DomainResource", "Patient"}
READ = {
    "Condition": {"code": concept(ICD, "G83.4")},
    "Observation": {"code": concept(OWN, "fever"), "valueBoolean": True},
    "Procedure": {"code": concept(SNOMED, "265764009")},
    "Encounter": {"class": {"system": HL7 + "v3-ActCode", "code": "IMP"}},
    "AllergyIntolerance": {"code": {"text": "ibuprofen"}},
    "MedicationRequest": {"medicationCodeableConcept": {"text": "ibuprofen"}},
    "MedicationStatement": {"medicationCodeableConcept": {"text": "ibuprofen"}},
    "MedicationDispense": {"medicationCodeableConcept": {"text": "ibuprofen"}},
    "MedicationAdministration": {"medicationCodeableConcept": {"text": "ibuprofen"}},
    "QuestionnaireResponse": {"item": [{"linkId": "fever", "answer": [{"valueBoolean": True}]}]},
    "DiagnosticReport": {"code": concept(LOINC, "24968-0")},
    "ImagingStudy": {},
}
UNKNOWN = {
    "code": concept("urn:local", "zzz"),
    "medicationCodeableConcept": concept("urn:local", "zzz"),
    "item": [{"linkId": "zzz", "answer": [{"valueBoolean": True}]}],
    "class": {"system": "urn:local", "code": "zzz"},
}


def made(kind: str, **more: Any) -> dict[str, Any]:
    whose = {"reference": "Patient/p"}
    return {"resourceType": kind, "id": f"made-{kind.lower()}", "subject": whose, "patient": whose, **more}


def is_told(record: Record, kind: str) -> bool:
    return any(f"1 {kind}" in fault.wrong for fault in record.faults)


@pytest.mark.parametrize("more", [{}, UNKNOWN], ids=["empty", "unknown codes"])
def test_every_resource_type_is_read_or_told(more: dict[str, Any], tmp_path: Path) -> None:
    kinds = [kind for kind in TYPES if kind not in APART]
    for record in both_doors(tmp_path, *(made(kind, **more) for kind in kinds)):
        assert [kind for kind in kinds if not is_told(record, kind) and not is_event(record, kind)] == []


def is_event(record: Record, kind: str) -> bool:
    return any(event.source == kind for event in record.events)


@pytest.mark.parametrize("kind", sorted(READ))
def test_a_type_that_is_read_makes_an_event(kind: str) -> None:
    record = read(bundle(made(kind, status="completed", **READ[kind])))
    assert is_event(record, kind) or is_told(record, kind)


@pytest.mark.parametrize("kind", ["Condition", "Observation", "MedicationRequest", "AllergyIntolerance"])
def test_a_resource_inside_another_is_told(kind: str) -> None:
    outer = {**condition("G83.4"), "contained": [made(kind, **READ[kind])]}
    assert any(f"1 {kind}" in fault.wrong and "inside" in fault.wrong for fault in read(bundle(outer)).faults)


CES = concept(ICD, "G83.4")
MENTIONED = [
    made("Encounter", status="finished", reasonCode=[CES], period={"start": "2026-11-20"}, **READ["Encounter"]),
    made("Encounter", status="finished", reason=[CES], period={"start": "2026-11-20"}, **READ["Encounter"]),
    made("Procedure", status="completed", reasonCode=[CES], performedDateTime="2026-11-20", **READ["Procedure"]),
    made("Procedure", status="completed", complication=[CES], performedDateTime="2026-11-20", **READ["Procedure"]),
    made(
        "DiagnosticReport",
        status="final",
        conclusionCode=[CES],
        effectiveDateTime="2026-11-20",
        code=concept("urn:x", "y"),
    ),
    made("ImagingStudy", status="available", reasonCode=[CES], started="2026-11-20"),
    made(
        "Observation",
        status="final",
        effectiveDateTime="2026-11-20",
        code=concept("urn:x", "dx"),
        valueCodeableConcept=CES,
    ),
    made("Observation", status="final", effectiveDateTime="2026-11-20", code=CES),
]


@pytest.mark.parametrize("held", MENTIONED, ids=lambda held: held["resourceType"])
def test_a_danger_that_is_only_mentioned_is_asked_first(held: dict[str, Any], tmp_path: Path) -> None:
    denied = observation("saddle_numbness", valueBoolean=False, at="2026-11-18T09:00:00Z")
    for record in both_doors(tmp_path, held, denied):
        assert "cauda equina syndrome" in record.faults[0].wrong
        assert known(record, "saddle_numbness") == NOT_KNOWN
