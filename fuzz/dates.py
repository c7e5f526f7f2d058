"""Dates of every shape and age, at every place of a record that holds one: nothing ends the reading or the judging.

    python fuzz/dates.py [-max_total_time=60] [corpus folder]

Flags are libFuzzer's. Stops at the first finding and writes the input beside.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import atheris
from door import SECRET, hold_resources, one_of, run

BASE = json.loads((Path(__file__).parents[1] / "tests" / "data" / "fhir_bundle.json").read_bytes())
RESOURCES = [entry["resource"] for entry in BASE["entry"]]
NAMES = {
    "Patient": ("birthDate", "deceasedDateTime", "_birthDate"),
    "Condition": ("onsetDateTime", "onsetPeriod", "onsetAge", "onsetRange", "onsetString", "abatementDateTime",
                  "abatementPeriod", "abatementAge", "abatementBoolean", "recordedDate", "assertedDate"),
    "Observation": ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "effectiveTiming", "issued",
                    "valueDateTime", "valuePeriod", "valueTime"),
    "MedicationRequest": ("authoredOn", "dosageInstruction", "dispenseRequest"),
    "MedicationStatement": ("effectiveDateTime", "effectivePeriod", "dateAsserted", "dosage"),
    "QuestionnaireResponse": ("authored",),
    "DiagnosticReport": ("effectiveDateTime", "effectivePeriod", "issued"),
}  # fmt: skip
YEARS = (0, 1, 99, 999, 1582, 1849, 1850, 1900, 1949, 1970, 2000, 2024, 2026, 2027, 2100, 2199, 2200, 9999, 10_000)
ENDS = ("", "Z", "z", "+00:00", "-00:00", "+14:00", "-12:00", "+14:01", "+99:99", "+1", " UTC", "[Europe/Berlin]",
        SECRET)  # fmt: skip
FORMS = (
    "{y:04}", "{y:04}-{m:02}", "{y:04}-{m:02}-{d:02}", "{y:04}-{m:02}-{d:02}T{h:02}:{i:02}:{s:02}{z}",
    "{y:04}-{m:02}-{d:02}T{h:02}:{i:02}{z}", "{y:04}-{m:02}-{d:02}T{h:02}:{i:02}:{s:02}.{f}{z}", "{y}-{m}-{d}",
    "{d:02}.{m:02}.{y}", "{m}/{d}/{y}", "{y:04}{m:02}{d:02}", "{y:04}-W{m:02}-{d}", "-{y:04}-{m:02}-{d:02}",
    "{y:04}-{m:02}-{d:02} {h:02}:{i:02}", "{h:02}:{i:02}:{s:02}", "P{y}Y",
)  # fmt: skip


def written(given: atheris.FuzzedDataProvider) -> Any:
    """A date as somebody might write it, or something else."""
    kind = given.ConsumeIntInRange(0, 11)
    if kind == 0:
        return given.ConsumeUnicode(14)
    if kind == 1:
        return one_of(given, (None, True, 0, -1, 1e308, 10**30, [], {}, "", "\ud800", "tomorrow", "0000-00-00"))
    number = given.ConsumeIntInRange
    parts = {"m": number(0, 13), "d": number(0, 32), "h": number(0, 25), "i": number(0, 60), "s": number(0, 61)}
    year = one_of(given, YEARS) if kind < 7 else number(1940, 2030)
    return one_of(given, FORMS).format(y=year, f=number(0, 10**12), z=one_of(given, ENDS), **parts)


def dated(given: atheris.FuzzedDataProvider, name: str) -> Any:
    """What fits an element of this name, with odd dates in it."""
    if name.startswith("_"):
        return {"extension": [{"url": "http://x", "valueDateTime": written(given)}]}
    if name.endswith("Period"):
        return {key: written(given) for key in ("start", "end") if given.ConsumeBool()}
    if name.endswith(("Age", "Range")):
        age = {"value": one_of(given, (0, 70, -5, 1e9, 10**25, "70")), "unit": one_of(given, ("a", "mo", "", SECRET))}
        return {"low": age, "high": age} if name.endswith("Range") else age
    if name.endswith("Boolean"):
        return given.ConsumeBool()
    if name in ("dosageInstruction", "dosage"):
        repeat = {"boundsPeriod": dated(given, "Period"), "frequency": 3, "period": 1, "periodUnit": "d"}
        return [{"timing": {"event": [written(given)], "repeat": repeat}}]
    if name == "dispenseRequest":
        return {"validityPeriod": dated(given, "Period"), "expectedSupplyDuration": dated(given, "Age")}
    return written(given)


def one(data: bytes) -> None:
    """One input."""
    given = atheris.FuzzedDataProvider(data)
    held = copy.deepcopy(RESOURCES)
    for _ in range(given.ConsumeIntInRange(1, 8)):
        resource = one_of(given, held)
        name = one_of(given, NAMES[resource["resourceType"]])
        resource[name] = dated(given, name)
        if given.ConsumeIntInRange(0, 5) == 0:
            resource["meta"] = {"lastUpdated": written(given), "versionId": one_of(given, ("1", "2", "x", "٣", 4))}
        if given.ConsumeIntInRange(0, 9) == 0:
            held.append({**resource, "meta": {"lastUpdated": written(given)}})
    hold_resources(held)


if __name__ == "__main__":
    run(one)
