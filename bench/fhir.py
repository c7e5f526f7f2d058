"""How long a 5 MB Bundle takes to read, as a multiple of decoding it with json.loads.

    python bench/fhir.py

Prints the size, the seconds of both and the ratio. The Bundle is made here: one person, mostly laboratory values.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import spinesteps
from spinesteps.fhir.read import read_bundle
from spinesteps.knowledge import facts
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.library.code_tables import read_codes

DAY = date(2026, 11, 21)
BYTES = 5_000_000
LOINC = "http://loinc.org"


def laboratory(number: int) -> dict[str, object]:
    """One laboratory value, written as records write them."""
    code, unit, value = [("4548-4", "%", 6.1), ("718-7", "g/dL", 13.4), ("2093-3", "mg/dL", 180.25)][number % 3]
    day = (DAY - timedelta(days=number % 3000)).isoformat()
    return {
        "resourceType": "Observation", "id": f"o{number}", "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                                  "code": "laboratory", "display": "Laboratory"}]}],
        "code": {"coding": [{"system": LOINC, "code": code, "display": "A laboratory value"}], "text": "A value"},
        "subject": {"reference": "Patient/p"}, "encounter": {"reference": f"Encounter/e{number % 90}"},
        "effectiveDateTime": f"{day}T09:30:00+01:00", "issued": f"{day}T10:30:00+01:00",
        "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
    }  # fmt: skip


def bundle() -> bytes:
    """A Bundle of about five megabytes."""
    one = len(json.dumps(laboratory(1))) + 60
    person = {"resourceType": "Patient", "id": "p", "birthDate": "1952-03-04", "gender": "female"}
    resources = [person, *(laboratory(number) for number in range(BYTES // one))]
    entries = [{"fullUrl": f"https://example.org/fhir/x/{n}", "resource": r} for n, r in enumerate(resources)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def fastest(run: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest of several runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Measure and print."""
    data = bundle()
    named = {fact.name: fact for fact in facts.ALL}
    codes = read_codes(Path(spinesteps.__file__).parent / "knowledge" / "codes")
    plain = fastest(lambda: json.loads(data))
    read = fastest(lambda: read_bundle(data, named, codes, FROM_RECORD, DAY))
    print(f"{len(data) / 1e6:.1f} MB, json.loads {plain:.3f} s, read_bundle {read:.3f} s, ratio {read / plain:.1f}")


if __name__ == "__main__":
    main()
