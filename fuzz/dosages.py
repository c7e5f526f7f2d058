"""Medicines with dosages of every shape: an amount a day or none, never a failure.

    python fuzz/dosages.py [-max_total_time=60] [corpus folder]

Flags are libFuzzer's. Stops at the first finding and writes the input beside.
"""

from __future__ import annotations

from typing import Any

import atheris
from door import PATIENT, SECRET, hold_resources, one_of, run

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NUMBERS = (0, 1, 2, 3, 0.5, 1.5, -1, 1e-9, 1e9, 1e308, 10**25, 1000, "2", None, True, [], {"value": 1})
UNITS = ("mg", "g", "ug", "mcg", "\u00b5g", "\u03bcg", "mL", "{tbl}", "TAB", "1", "", "h", "d", "wk", "mo", "min", "a",
         SECRET)  # fmt: skip
NAMES = (
    "paracetamol {n} MG Oral Tablet", "Acetaminophen 325 MG / Hydrocodone Bitartrate {n} MG", "co-codamol 30/{n}",
    "Oxycontin {n} mg", "fentanyl {n} MCG/HR transdermal patch", "naproxen {n} MG", "prednisolone {n}", "warfarin",
    "\u03bc-opioid {n} \u00b5g", "Ibuprofen {n},000 MG", "morphine .{n} MG/ML", "tramadol {n}/{n}/{n} mg/0 ml",
    SECRET + " {n} mg",
)  # fmt: skip
STATUSES = ("active", "completed", "stopped", "on-hold", "draft", "unknown", "entered-in-error", "intended", None)


def quantity(given: atheris.FuzzedDataProvider) -> Any:
    """A quantity, mostly sound."""
    found = {"value": one_of(given, NUMBERS), "unit": one_of(given, UNITS)}
    if given.ConsumeBool():
        found |= {"system": "http://unitsofmeasure.org", "code": one_of(given, UNITS)}
    if given.ConsumeIntInRange(0, 9) == 0:
        found["comparator"] = one_of(given, ("<", ">=", "odd"))
    return found


def ratio(given: atheris.FuzzedDataProvider) -> Any:
    """A ratio or range."""
    names = one_of(given, (("numerator", "denominator"), ("low", "high")))
    return {name: quantity(given) for name in names if given.ConsumeIntInRange(0, 9)}


def dosage(given: atheris.FuzzedDataProvider) -> Any:
    """One dosage instruction."""
    if given.ConsumeIntInRange(0, 19) == 0:
        return one_of(given, (None, [], {}, "three times a day", 5))
    repeat: dict[str, Any] = {}
    for name in ("frequency", "frequencyMax", "period", "periodMax", "count", "countMax", "duration", "offset"):
        if given.ConsumeIntInRange(0, 2) == 0:
            repeat[name] = one_of(given, NUMBERS)
    repeat |= {"frequency": given.ConsumeIntInRange(1, 4), "period": 1} if given.ConsumeBool() else {}
    repeat["periodUnit"] = one_of(given, ("d", "h", "wk", "mo", "a", "s", "x", None))
    for name, choices in (
        ("dayOfWeek", (["mon"], ["mon", "mon"], "mon", [None])), ("when", (["ACM"], [], ["HS", "odd"])),
        ("boundsDuration", (quantity(given),)), ("boundsRange", (ratio(given),)), ("timeOfDay", (["08:00:00"], ["25"])),
        ("boundsPeriod", ({"start": "2026-11-01"}, {"end": "2026-12-01"}, {"start": "2027", "end": "1999"}, {})),
    ):  # fmt: skip
        if given.ConsumeIntInRange(0, 5) == 0:
            repeat[name] = one_of(given, choices)
    found: dict[str, Any] = {"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": quantity(given)}]}
    for name, choices in (
        ("asNeededBoolean", (True, False, "true")), ("asNeededCodeableConcept", ({"text": SECRET}, {}, [])),
        ("sequence", NUMBERS), ("text", (SECRET, "1-0-1", "")), ("maxDosePerPeriod", (ratio(given), [ratio(given)])),
        ("doseAndRate", ([{"doseRange": ratio(given)}], [{"rateRatio": ratio(given)}, {}], [], {}, [None])),
        ("site", ({"text": "left knee"}, [])), ("route", ({"text": "oral"}, {"coding": [{"code": "26643006"}]}, [])),
    ):  # fmt: skip
        if given.ConsumeIntInRange(0, 5) == 0:
            found[name] = one_of(given, choices)
    return found


def medicine(given: atheris.FuzzedDataProvider, number: int) -> dict[str, Any]:
    """One medicine of one of four types."""
    kind = one_of(given, ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration"))
    name = one_of(given, NAMES).format(n=one_of(given, (0, 1, 5, 8, 500, "1.000", "0,5", "1e9")))
    found: dict[str, Any] = {
        "resourceType": kind, "id": f"m{number % 5}", "subject": {"reference": "Patient/p"},
        "status": one_of(given, STATUSES), "authoredOn": "2026-11-01", "effectiveDateTime": "2026-11-01",
        "medicationCodeableConcept": {"text": name, "coding": [{"system": RXNORM, "code": "1", "display": name}]},
    }  # fmt: skip
    field = "dosageInstruction" if kind in ("MedicationRequest", "MedicationDispense") else "dosage"
    found[field] = [dosage(given) for _ in range(given.ConsumeIntInRange(0, 3))]
    for field, choices in (
        ("basedOn", ([{"reference": "MedicationRequest/m1"}], {}, [None])), ("intent", ("plan", "order", "odd")),
        ("priorPrescription", ({"reference": f"MedicationRequest/m{number}"},)), ("reportedBoolean", (True, "x")),
        ("derivedFrom", ([{"reference": "MedicationRequest/m0"}], [{}])), ("taken", ("n", "y", "unk")),
        ("quantity", (quantity(given),)), ("daysSupply", (quantity(given),)), ("whenHandedOver", ("2026-11-02", 5)),
        ("dispenseRequest", ({"quantity": quantity(given), "numberOfRepeatsAllowed": one_of(given, NUMBERS)}, [])),
        ("dosage", ({"dose": quantity(given), "rateRatio": ratio(given)},)), ("statusReason", ([{"text": SECRET}],)),
        ("medicationReference", ({"reference": "#a"}, {"reference": "Medication/x"}, {"display": name}, [])),
        ("contained", ([{"resourceType": "Medication", "id": "a", "ingredient": [{"strength": ratio(given)}]}], {})),
    ):  # fmt: skip
        if given.ConsumeIntInRange(0, 5) == 0:
            found[field] = one_of(given, choices)
    return found


def one(data: bytes) -> None:
    """One input."""
    given = atheris.FuzzedDataProvider(data)
    hold_resources([PATIENT, *(medicine(given, number) for number in range(given.ConsumeIntInRange(1, 6)))])


if __name__ == "__main__":
    run(one)
