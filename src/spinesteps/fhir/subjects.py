"""Whom a resource is about: every way FHIR refers to a patient, resolved against one patient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SUBJECT = {"AllergyIntolerance": "patient"}
OURS, OTHER, UNNAMED, UNRESOLVED = "ours", "other_patient", "no_subject", "subject_not_found"


@dataclass
class Subject:
    """One patient: the id, the addresses it was sent under, its business identifiers."""

    id: str
    urls: set[str] = field(default_factory=set)
    identifiers: set[tuple[str, str]] = field(default_factory=set)

    def add(self, patient: Mapping[str, Any], url: str) -> None:
        """Take in one version of the Patient resource."""
        if url:
            self.urls.add(unversioned(url))
        self.identifiers |= identifiers(patient)

    def whose(self, resource: Mapping[str, Any]) -> str:
        """Whether the resource is about this patient: ours, other_patient, no_subject or subject_not_found."""
        reference = resource.get(SUBJECT.get(str(resource.get("resourceType")), "subject"))
        if reference is None:
            return UNNAMED
        if not isinstance(reference, dict):
            return UNRESOLVED
        text = reference.get("reference")
        if isinstance(text, str) and text:
            return self._contained(resource, text) if text.startswith("#") else self._refers(unversioned(text))
        named = identifiers({"identifier": [reference.get("identifier")]})
        return (OURS if named & self.identifiers else OTHER) if named else UNRESOLVED

    def _contained(self, resource: Mapping[str, Any], text: str) -> str:
        parts = resource.get("contained")
        for part in parts if isinstance(parts, list) else []:
            if isinstance(part, dict) and "#" + str(part.get("id")) == text:
                return OURS if identifiers(part) & self.identifiers else UNRESOLVED
        return UNRESOLVED

    def _refers(self, text: str) -> str:
        if text in self.urls:
            return OURS
        if text.startswith("urn:"):
            return OURS if text.rpartition(":")[2] == self.id and not self._elsewhere("urn:") else OTHER
        parts = text.split("/")
        if "?" in text or len(parts) < 2 or parts[-2] != "Patient":
            return UNRESOLVED
        absolute = "://" in text
        return OURS if parts[-1] == self.id and not (absolute and self._elsewhere("http")) else OTHER

    def _elsewhere(self, start: str) -> bool:
        """Whether we know its address of this sort, so that another address is another patient."""
        return any(url.startswith(start) for url in self.urls)


def unversioned(reference: str) -> str:
    """A reference without the version it points to."""
    return reference.split("/_history/")[0]


def identifiers(patient: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Business identifiers with a system."""
    held = patient.get("identifier")
    parts: Iterable[Any] = held if isinstance(held, list) else []
    pairs = ((part.get("system"), part.get("value")) for part in parts if isinstance(part, dict))
    return {(system, value) for system, value in pairs if isinstance(system, str) and isinstance(value, str)}


def patient_id(patient: Mapping[str, Any], url: str) -> str:
    """The id of a Patient: its own, else the end of its address."""
    own = patient.get("id")
    return own if isinstance(own, str) and own else unversioned(url).replace(":", "/").rpartition("/")[2]
