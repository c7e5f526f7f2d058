"""What every recipe over records holds the door to: a record that is judged, or InputError; no secret in a fault."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import atheris
from seeds import with_seeds

with atheris.instrument_imports(include=["spinesteps.fhir"]):
    from spinesteps.audits.judged import judge_standards
    from spinesteps.audits.measured import History
    from spinesteps.errors import InputError
    from spinesteps.fhir.read import read_bundle
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD
    from spinesteps.knowledge.spine import PATHWAY
    from spinesteps.knowledge.standards import STANDARDS
    from spinesteps.person.assess import assess
    from spinesteps.person.output import to_text
    from spinesteps.person.record import Record
    from spinesteps.person.tally import MOST_FAULTS

DAY = date(2026, 11, 21)
SECRET = "Zq7Secret"
OWN_FAULT = "It could not be read; not used."  # a failure inside that the reader caught
CODES = codes()
PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1952-03-04", "gender": "female"}


class Finding(Exception):
    """The door broke its word."""


def hold(read: Callable[[], Record]) -> None:
    """Read and judge once. Anything but a Record or InputError is a finding, and so is what a fault may not hold."""
    try:
        record = read()
        found = record.faults
        written = [record.notes, record.person, [entry.records for entry in record.entries.values()]]
        json.dumps(written, ensure_ascii=False).encode()  # what goes out must be text
        to_text(assess(record, PATHWAY, DAY), full=False).encode()
        if len(record.events) % 8 == 0:  # it takes as long as the rest
            judge_standards(STANDARDS, History.of(record.events, DAY))
    except InputError as error:
        found = error.faults
        if not found:
            raise Finding("InputError without a fault") from None
    if any(fault.wrong == OWN_FAULT for fault in found):
        raise Finding("a resource failed inside")
    if len(found) > MOST_FAULTS:
        raise Finding("more faults than promised")
    if any(SECRET in str(fault) or SECRET in json.dumps(fault.to_json()) for fault in found):
        raise Finding("the secret stands in a fault")


def hold_resources(resources: list[Any], **bundle: Any) -> None:
    """Hold the Bundle of these resources, or of entries as they are."""
    entries = [one if "resource" in one else {"resource": one} for one in resources]
    data = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries, **bundle}).encode()
    hold(lambda: bundle_of(data))


def bundle_of(data: bytes) -> Record:
    """The record of a Bundle."""
    return read_bundle(data, PATHWAY.by_name, CODES, FROM_RECORD, DAY)


def one_of(given: atheris.FuzzedDataProvider, choices: Any) -> Any:
    """One of several."""
    return choices[given.ConsumeIntInRange(0, len(choices) - 1)]


def run(one: Callable[[bytes], None]) -> None:
    """Fuzz until told to stop."""
    atheris.Setup(with_seeds(sys.argv), one)
    atheris.Fuzz()
