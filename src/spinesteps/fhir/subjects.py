"""Whom a resource is about, as it says itself; who that is, `people` tells once every Patient is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from spinesteps.fhir.addresses import condition_in, parts, unversioned

Identifiers = frozenset[tuple[str, str]]
NAMED, NONE, ODD = "named", "none", "odd"
NOBODY: Identifiers = frozenset()


class SubjectKey(NamedTuple):
    """Whom a resource names. how: named, none (no subject at all) or odd (something that names no patient).

    reference: as written, without its version. server: where the resource stands, when its address says so.
    identifiers: business identifiers in the reference, or of the contained Patient it points to.
    """

    how: str
    reference: str = ""
    server: str = ""
    identifiers: Identifiers = NOBODY


UNNAMED, UNCLEAR = SubjectKey(NONE), SubjectKey(ODD)


def subject_key(resource: Mapping[str, Any], server: str = "") -> SubjectKey:
    """The subject of a resource, as it says itself. server: of the address it was sent under."""
    held = resource.get("subject")
    if held is None:
        held = resource.get("patient")
        if held is None:
            return UNNAMED
    if not isinstance(held, dict):
        return UNCLEAR
    text, named = held.get("reference"), held.get("identifier")
    if named is None and isinstance(text, str) and text and text[0] != "#" and "?" not in text:
        return _named(text, server)
    found = identifiers({"identifier": [named]}) if named is not None else NOBODY
    if not isinstance(text, str) or not text.strip():
        return SubjectKey(NAMED, identifiers=found) if found else UNCLEAR
    if text.startswith("#"):
        found |= _contained(resource, text)
        return SubjectKey(NAMED, identifiers=found) if found else UNCLEAR
    asked = condition_in(text) if "?" in text else None
    if asked is not None:
        return SubjectKey(NAMED, identifiers=found | {asked})
    return SubjectKey(NAMED, unversioned(text), server, found)


@lru_cache(maxsize=4_096)
def _named(text: str, server: str) -> SubjectKey:
    return SubjectKey(NAMED, unversioned(text), server) if text.strip() else UNCLEAR


def _contained(resource: Mapping[str, Any], text: str) -> Identifiers:
    held = resource.get("contained")
    for part in held if isinstance(held, list) else []:
        if isinstance(part, dict) and "#" + str(part.get("id")) == text:
            return identifiers(part)
    return NOBODY


def identifiers(patient: Mapping[str, Any]) -> Identifiers:
    """Business identifiers; the system is "" when none is named."""
    held = patient.get("identifier")
    every: Iterable[Any] = held if isinstance(held, list) else [held]
    pairs = ((part.get("system") or "", part.get("value")) for part in every if isinstance(part, dict))
    texts = ((s.strip(), v.strip()) for s, v in pairs if isinstance(s, str) and isinstance(v, str))
    return frozenset(pair for pair in texts if pair[1])


def patient_id(patient: Mapping[str, Any], url: str) -> str:
    """The id of a Patient: its own, else the end of its address."""
    own = patient.get("id")
    return own if isinstance(own, str) and own else parts(url)[2]
