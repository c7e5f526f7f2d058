"""Ids, addresses, versions, links and deletions in every writing: the record of one person or a refusal.

    python fuzz/references.py [-max_total_time=60] [corpus folder]

Two patients and what is about them. What is told of one may never hold the birth of the other.
Flags are libFuzzer's. Stops at the first finding and writes the input beside.
"""

from __future__ import annotations

import json
from typing import Any

import atheris
from door import CODES, DAY, SECRET, Finding, hold, one_of, run

with atheris.instrument_imports(include=["spinesteps.fhir"]):
    from spinesteps.errors import InputError
    from spinesteps.fhir.read import read_bundle
    from spinesteps.knowledge.fact_sources import FROM_RECORD
    from spinesteps.knowledge.spine import PATHWAY

UUID = "6f1a2b3c-0000-4aaa-8bbb-00000000000"
IDS = ("p", "q", "P", "p1", UUID + "1", UUID + "2", (UUID + "1").upper(), "", SECRET, "a/b", "%70", "\u0440", None, 5)
BASES = ("", "http://a/fhir/", "https://a/fhir/", "http://b/", "HTTP://A/fhir/", "urn:uuid:", "urn:oid:", "#", "/")
TAILS = ("", "/_history/1", "/_history/", "?x=1", "#frag", "/", " ", "|1")
TIMES = ("2026-11-20T10:00:00Z", "2026-11-20T11:00:00+01:00", "2026-11-20", "9999-12-31T23:59:59Z", "odd", 5, None)
LINKS = ("replaces", "replaced-by", "refer", "seealso", "odd")


def identifier(given: atheris.FuzzedDataProvider) -> Any:
    """A business identifier, mostly sound."""
    kind = given.ConsumeIntInRange(0, 5)
    if kind == 0:
        return one_of(given, (None, [], "x", {"value": 5}, {"system": "urn:x"}, {}))
    return {"system": one_of(given, ("urn:x", "urn:y", "")), "value": one_of(given, ("77", "78", " 77 "))}


def address(given: atheris.FuzzedDataProvider, kind: str) -> str:
    """An address of a resource."""
    base, own = one_of(given, BASES), str(one_of(given, IDS))
    named = own if base.startswith(("urn", "#")) else f"{kind}/{own}"
    return f"{base}{named}{one_of(given, TAILS) if given.ConsumeIntInRange(0, 3) == 0 else ''}"


def reference(given: atheris.FuzzedDataProvider, kind: str = "Patient") -> Any:
    """A reference, mostly sound."""
    how = given.ConsumeIntInRange(0, 9)
    if how == 0:
        return one_of(given, (None, [], {}, "Patient/p", {"display": SECRET}, {"reference": None}, {"reference": 5}))
    if how == 1:
        return {"identifier": identifier(given)}
    if how == 2:
        return {"reference": f"Patient?identifier={one_of(given, ('urn:x|77', '|77', '77', 'urn:x|'))}"}
    found: dict[str, Any] = {"reference": f"{kind}/{one_of(given, ('p', 'q'))}" if how < 6 else address(given, kind)}
    if how > 8:
        found["identifier"] = identifier(given)
    return found


def patient(given: atheris.FuzzedDataProvider, own: str, born: str) -> dict[str, Any]:
    """One of the two patients."""
    found: dict[str, Any] = {"resourceType": "Patient", "id": own, "birthDate": born, "gender": "female"}
    if given.ConsumeIntInRange(0, 3) == 0:
        found["id"] = one_of(given, IDS)
    if given.ConsumeBool():
        found["identifier"] = one_of(given, ([identifier(given)], identifier(given), None))
    if given.ConsumeIntInRange(0, 2) == 0:
        found["link"] = [{"other": reference(given), "type": one_of(given, LINKS)}]
    return found


def about(given: atheris.FuzzedDataProvider) -> dict[str, Any]:
    """A resource about somebody."""
    kind = one_of(given, ("Observation", "Condition", "MedicationRequest", "Procedure", "AllergyIntolerance"))
    found: dict[str, Any] = {
        "resourceType": kind, "id": one_of(given, (*IDS, "o1", "o2")), "status": "active",
        "code": {"coding": [{"system": "urn:spinesteps:fact", "code": "fever"}]}, "valueBoolean": given.ConsumeBool(),
        "effectiveDateTime": "2026-11-20", "medicationCodeableConcept": {"text": "warfarin"},
        one_of(given, ("subject", "subject", "patient")): reference(given),
    }  # fmt: skip
    if given.ConsumeIntInRange(0, 4) == 0:
        found["contained"] = [patient(given, "p", "1952-03-04"), {"resourceType": "Medication", "id": "m"}]
        found["medicationReference"] = reference(given, "Medication")
    return found


def entry(given: atheris.FuzzedDataProvider, resource: dict[str, Any]) -> Any:
    """An entry of a Bundle with this resource."""
    if given.ConsumeIntInRange(0, 2) == 0:
        resource["meta"] = {"lastUpdated": one_of(given, TIMES), "versionId": one_of(given, ("1", "2", "x", 3, None))}
    found: dict[str, Any] = {"resource": resource}
    kind = str(resource["resourceType"])
    if given.ConsumeIntInRange(0, 2) == 0:
        found["fullUrl"] = one_of(given, (address(given, kind), None, 5))
    if given.ConsumeIntInRange(0, 9) == 0:
        found["request"] = {"method": one_of(given, ("DELETE", "PUT", 5)), "url": address(given, kind)}
        found["response"] = {"lastModified": one_of(given, TIMES)}
    return found


def one(data: bytes) -> None:
    """One input."""
    given = atheris.FuzzedDataProvider(data)
    held = [patient(given, "p", "1952-03-04")] + ([patient(given, "q", "1990-01-02")] if given.ConsumeBool() else [])
    held += [about(given) for _ in range(given.ConsumeIntInRange(0, 6))]
    bundle = {"resourceType": "Bundle", "type": one_of(given, ("collection", "history", "searchset", None))}
    text = json.dumps({**bundle, "entry": [entry(given, resource) for resource in held]}).encode()
    asked = one_of(given, (None, "p", "q", "Patient/p", "http://a/fhir/Patient/p", "urn:uuid:" + UUID + "1", "77"))
    hold(lambda: read_bundle(text, PATHWAY.by_name, CODES, FROM_RECORD, DAY, asked))
    if asked in ("p", "q"):
        never_two(text, asked)


def never_two(text: bytes, asked: str) -> None:
    """The age that is told is the age of the one asked for, where both are there and nobody was merged."""
    bundle = json.loads(text)
    patients = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Patient"]
    plain = {"resourceType", "id", "birthDate", "gender", "identifier"}
    if any(p.keys() - plain for p in patients) or sorted(str(p["id"]) for p in patients) != ["p", "q"]:
        return
    ages = {p["id"]: DAY.year - int(p["birthDate"][:4]) for p in patients}
    try:
        record = read_bundle(text, PATHWAY.by_name, CODES, FROM_RECORD, DAY, asked)
    except InputError:
        return
    if "age" in record.entries and record.entries["age"].answer != ages[asked]:
        raise Finding("the age of another person")


if __name__ == "__main__":
    run(one)
