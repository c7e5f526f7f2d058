"""Damaged Bundles through the FHIR door: an assessment or InputError, never anything else, and no secret in a fault.

    python fuzz/fhir.py [-max_total_time=60] [corpus folder]

A third of the inputs are bytes as they come, the others the example Bundle of the tests with a few of its places
changed, or bytes of its text overwritten. Flags are libFuzzer's. Stops at the first finding and writes the input
beside; hand that file in as the only argument to see it again.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import atheris
from seeds import with_seeds

with atheris.instrument_imports(include=["spinesteps"]):
    from spinesteps.errors import InputError
    from spinesteps.fhir.read import read_bundle
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD
    from spinesteps.knowledge.spine import PATHWAY
    from spinesteps.person.assess import assess
    from spinesteps.person.output import to_text
    from spinesteps.person.tally import MOST_FAULTS

Place = tuple[str | int, ...]

DAY = date(2026, 11, 21)
SECRET = "Zq7Secret"
CODES = codes()
GOOD = (Path(__file__).parents[1] / "tests" / "data" / "fhir_bundle.json").read_bytes()
BASE = json.loads(GOOD)
PLAIN = (
    None, True, False, 0, -1, 1.5, 1e308, 10**400, "", "\ud800", "2020-13-40", "2026-11", "0001-01-01", "9999-12-31",
    "2026-11-20T09:00:00+14:00", "entered-in-error", "not_sure", "Patient/p", "Patient/q", "Bundle", "Observation",
    "MedicationRequest", "Procedure", "Questionnaire", "QuestionnaireResponse", "mg", "[in_i]", "%", "10*3/uL",
    "http://loinc.org", "http://snomed.info/sct", "urn:spinesteps:fact", [], {}, [[]], [None],
)  # fmt: skip


class Finding(Exception):
    """The door broke its word."""


def places(node: Any, path: Place = ()) -> Iterator[Place]:
    """Every place in a JSON value but the whole."""
    if path:
        yield path
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in pairs:
        yield from places(inner, (*path, key))


PLACES = tuple(places(BASE))
PARTS = tuple(path for path in PLACES if isinstance(path[-1], str))


def at(node: Any, path: Place) -> Any:
    """What stands at a place, None when it is no longer there."""
    for key in path:
        try:
            node = node[key]
        except (KeyError, IndexError, TypeError):
            return None
    return node


def junk(given: atheris.FuzzedDataProvider) -> Any:
    """Something that does not belong there."""
    kind = given.ConsumeIntInRange(0, 7)
    if kind < 3:
        return copy.deepcopy(PLAIN[given.ConsumeIntInRange(0, len(PLAIN) - 1)])
    if kind == 3:
        return SECRET
    if kind == 4:
        return given.ConsumeUnicode(16)
    if kind == 5:
        return given.ConsumeRegularFloat()
    if kind == 6:
        return {given.ConsumeUnicode(6): SECRET, "value": SECRET}
    return copy.deepcopy(at(BASE, PLACES[given.ConsumeIntInRange(0, len(PLACES) - 1)]))


def change(held: Any, given: atheris.FuzzedDataProvider) -> None:
    """One place put, dropped, renamed, doubled, or given a part of another place."""
    path = PLACES[given.ConsumeIntInRange(0, len(PLACES) - 1)]
    node, key, how = at(held, path[:-1]), path[-1], given.ConsumeIntInRange(0, 4)
    if isinstance(node, dict):
        if how == 0:
            node.pop(key, None)
        elif how == 1:
            node[SECRET] = node.pop(key, None)
        elif how == 2:
            other = PARTS[given.ConsumeIntInRange(0, len(PARTS) - 1)]
            node[other[-1]] = junk(given)
        else:
            node[key] = [junk(given), junk(given)] if how == 3 else junk(given)
    elif isinstance(node, list) and isinstance(key, int) and key < len(node):
        node[key] = junk(given)


def damaged(given: atheris.FuzzedDataProvider) -> bytes:
    """The example Bundle with a few places changed."""
    held = copy.deepcopy(BASE)
    for _ in range(given.ConsumeIntInRange(1, 6)):
        change(held, given)
    return json.dumps(held).encode()


def overwritten(given: atheris.FuzzedDataProvider) -> bytes:
    """The text of the example Bundle with bytes of it replaced."""
    place = given.ConsumeIntInRange(0, len(GOOD) - 1)
    gone = given.ConsumeIntInRange(0, 40)
    return GOOD[:place] + given.ConsumeBytes(40) + GOOD[place + gone :]


def one(data: bytes) -> None:
    """One input. Anything but a Record or InputError is a finding; so is a fault that holds the secret."""
    given = atheris.FuzzedDataProvider(data)
    how = given.ConsumeIntInRange(0, 5)
    made = given.ConsumeBytes(sys.maxsize) if how < 2 else overwritten(given) if how == 2 else damaged(given)
    try:
        record = read_bundle(made, PATHWAY.by_name, CODES, FROM_RECORD, DAY)
        found = record.faults
        written = [record.notes, record.person, [entry.records for entry in record.entries.values()]]
        json.dumps(written, ensure_ascii=False).encode()  # what goes out must be text
        to_text(assess(record, PATHWAY, DAY), full=False).encode()
    except InputError as error:
        found = error.faults
        if not found:
            raise Finding("InputError without a fault") from None
    if len(found) > MOST_FAULTS:
        raise Finding("more faults than promised")
    if any(SECRET in str(fault) or SECRET in json.dumps(fault.to_json()) for fault in found):
        raise Finding("the secret stands in a fault")


if __name__ == "__main__":
    atheris.Setup(with_seeds(sys.argv), one)
    atheris.Fuzz()
