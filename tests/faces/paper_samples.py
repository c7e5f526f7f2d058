"""A person with stenosis and a year of care, as a FHIR Bundle, for the tests of the papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.faces.fhir_samples import OWN, SNOMED, bundle, condition, medicine, observation, procedure

CPT = "http://www.ama-assn.org/go/cpt"
DAY = date(2026, 11, 21)
VISIT = "91251008"
MRI = "24968-0"
LOINC = "http://loinc.org"


def ago(days: int) -> str:
    return (DAY - timedelta(days=days)).isoformat()


def visit(days: int, code: str = VISIT, system: str = SNOMED, **more: Any) -> dict[str, Any]:
    """A visit so many days ago."""
    return procedure(code, system, **{"id": f"visit-{code}-{days}", "performedDateTime": ago(days), **more})


def visits(weeks: int, last: int = 7) -> list[dict[str, Any]]:
    """One visit a week for so many weeks, the last one so many days ago."""
    return [visit(last + 7 * number) for number in range(weeks)]


def said(name: str, value: Any, days: int = 5) -> dict[str, Any]:
    """An answer given by a fact's or a local code's own name."""
    if isinstance(value, bool):
        held = {"valueBoolean": value}
    elif isinstance(value, str):
        held = {"valueCodeableConcept": {"coding": [{"code": value}]}}
    else:
        held = {"valueQuantity": {"value": value}} if isinstance(value, float) else {"valueInteger": value}
    return observation(name, OWN, at=ago(days), id_=f"said-{name}-{days}", **held)


def calm() -> list[dict[str, Any]]:
    """Every emergency question answered no, so that the request is surely not urgent."""
    names = [
        "urinary_difficulty", "incontinence", "saddle_numbness", "sexual_function_change", "both_legs_weak",
        "pain_one_to_both_sides", "fever", "sudden_severe_abdominal_or_back_pain", "leg_cold_pale", "calf_swollen",
        "breathless_or_chest_pain", "sudden_new_deficit",
    ]  # fmt: skip
    return [said(name, False, days=1) for name in names]


def stenosis(**more: Any) -> dict[str, Any]:
    return condition("M48.062", **{"id": "stenosis", "onsetDateTime": ago(300), **more})


def scan(days: int = 60) -> dict[str, Any]:
    return procedure(MRI, LOINC, id="mri", performedDateTime=ago(days))


def tablets(name: str = "ibuprofen 400 MG Oral Tablet", days: int = 60, supply: int = 56) -> dict[str, Any]:
    duration = {"value": supply, "unit": "d", "system": "http://unitsofmeasure.org", "code": "d"}
    return medicine(
        name, status="completed", id="tablets", authoredOn=ago(days),
        dispenseRequest={"expectedSupplyDuration": duration},
    )  # fmt: skip


def ready() -> dict[str, Any]:
    """Ten weeks of visits, eight of tablets, a scan, and every danger question answered no."""
    return bundle(stenosis(), scan(), tablets(), *visits(10), *calm())
