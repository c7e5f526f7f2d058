"""Small FHIR records for the tests: builders, and the door to read them with the real facts and codes."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import spinesteps
from spinesteps.fhir.read import read_bundle, read_folder
from spinesteps.knowledge import facts
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.library.code_tables import read_codes

DAY = date(2026, 11, 21)
DATA = Path(__file__).parents[1] / "data"
FACTS = {fact.name: fact for fact in facts.ALL}
SNOMED, LOINC, ICD = "http://snomed.info/sct", "http://loinc.org", "http://hl7.org/fhir/sid/icd-10-cm"
OWN = "urn:spinesteps:fact"
PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1952-03-04", "gender": "female"}
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


@cache
def codes():
    return read_codes(Path(spinesteps.__file__).parent / "knowledge" / "codes")


def bundle(*resources, patient=PATIENT):
    held = ([patient] if patient else []) + list(resources)
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in held]}


def read(data, patient=None, day=DAY):
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_bundle(text, FACTS, codes(), FROM_RECORD, day, patient)


def answers(*resources, **more):
    """What is known after reading these resources of one patient, age and sex left out."""
    record = read(bundle(*resources), **more)
    return {name: entry.answer for name, entry in record.entries.items() if name not in ("age", "sex")}


def concept(system, code, **more):
    return {"coding": [{"system": system, "code": code, **more}]}


def condition(code, system=ICD, clinical="active", verification="confirmed", **more):
    return {
        "resourceType": "Condition", "id": f"c-{code}", "subject": {"reference": "Patient/p"},
        "clinicalStatus": concept("http://terminology.hl7.org/CodeSystem/condition-clinical", clinical),
        "verificationStatus": concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", verification),
        "code": concept(system, code), "onsetDateTime": "2026-10-01", **more,
    }  # fmt: skip


def observation(code, system=OWN, at="2026-11-20T09:00:00Z", id_="", **more):
    return {
        "resourceType": "Observation", "id": id_ or f"o-{code}", "status": "final",
         "subject": {"reference": "Patient/p"},
        "code": concept(system, code), "effectiveDateTime": at, **more,
    }  # fmt: skip


def amount(value, unit, **more):
    return {"valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org",
     "code": unit, **more}}


def medicine(name, status="active", kind="MedicationRequest", **more):
    date_name = "authoredOn" if kind == "MedicationRequest" else "effectiveDateTime"
    intent = {"intent": "order"} if kind == "MedicationRequest" else {}
    code = concept("http://www.nlm.nih.gov/research/umls/rxnorm", "0", display=name)
    return {
        "resourceType": kind, "id": f"m-{name}", "status": status, **intent, "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": code, date_name: "2026-05-01", **more,
    }  # fmt: skip


def procedure(code, system=SNOMED, status="completed", **more):
    return {
        "resourceType": "Procedure", "id": f"x-{code}", "status": status, "subject": {"reference": "Patient/p"},
        "code": concept(system, code), "performedDateTime": "2026-10-22", **more,
    }  # fmt: skip


def form(**given):
    items = [{"linkId": name, "answer": [value]} for name, value in given.items()]
    return {
        "resourceType": "QuestionnaireResponse", "id": "q", "status": "completed",
         "authored": "2026-11-20T10:00:00+01:00",
        "subject": {"reference": "Patient/p"}, "item": items,
    }  # fmt: skip


def from_folder(path, patient=None, day=DAY):
    return read_folder(path, FACTS, codes(), FROM_RECORD, day, patient)
