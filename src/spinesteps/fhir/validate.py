"""FHIR R4 form, checked by fhirkit-rs behind this one module. Faults say the place and the kind, never a value."""

from __future__ import annotations

import re

from spinesteps.errors import Fault

_PLACE = re.compile(r"[A-Za-z]+(?:\.[A-Za-z]+(?:\[(?:\d+|x)\])?)*")
_TYPES = re.compile(r"expected (an? \w+), found (an? \w+)")
_KIND = re.compile(r"is not a valid (\w+)$")
_KINDS = (
    ("unknown element", "There is an element that FHIR R4 does not know.", "elements of FHIR R4"),
    ("required element missing", "A required element is missing.", "this element"),
    ("the key appears more than once", "A key appears more than once.", "every key once"),
    ("only one type may be given", "There is more than one value.", "one value"),
    ("is not a FHIR R4 resource type", "This is no resource type of FHIR R4.", "a resource type of FHIR R4"),
    ("a resource needs a resourceType", "There is no resourceType.", "a resource"),
    ("empty", "There is an empty element.", "something, or no element"),
)
_INSIDE = ("unknown element", "the key appears more than once")
TODO = "Correct it at the source. Everything else was read."
TWICE = _KINDS[2][1]
# The library takes up to 400 times of what it is given, and a thousand bytes for each thing it finds wrong.
MOST_BYTES, MOST_PARTS = 2_000_000, 40_000


def check(data: bytes) -> list[Fault]:
    """Every fault in the form of one resource. One too large for the library is not checked, and that is said."""
    if len(data) > MOST_PARTS and (
        len(data) > MOST_BYTES or sum(data.count(sign) for sign in (b"{", b"[", b",")) > MOST_PARTS
    ):
        return [Fault("resource", "It is too large for its form to be checked.", "at most 2 MB a resource", TODO)]
    import fhirkit

    try:
        issues = fhirkit.validate(data)
    except ValueError:
        return [Fault("resource", "The form could not be checked.", "FHIR R4 as JSON", TODO)]
    return [_fault(issue.path, issue.message) for issue in issues if issue.severity == "error"] if issues else []


def _fault(path: str, message: str) -> Fault:
    if message.endswith(_INSIDE):
        path = path.rpartition(".")[0]  # the last part is a name from the input
    place = path if _PLACE.fullmatch(path) else "resource"
    types = _TYPES.fullmatch(message)
    if types:
        return Fault(place, f"Found {types[2]}.", types[1], TODO)
    kind = _KIND.search(message)
    if kind:
        return Fault(place, "The form is wrong.", f"a valid {kind[1]}", TODO)
    for part, wrong, expected in _KINDS:
        if part in message:
            return Fault(place, wrong, expected, TODO)
    return Fault(place, "The form is wrong.", "FHIR R4", TODO)
