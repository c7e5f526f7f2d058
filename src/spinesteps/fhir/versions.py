"""Which of several versions of one resource is the newest: by instants, whatever clock wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from spinesteps.fhir.dates import moment


class Version(NamedTuple):
    """What tells a version: seconds since 1970 of its last update, its number, its place in a history."""

    moment: float | None = None
    number: int | None = None
    place: int | None = None

    def after(self, other: Version) -> bool | None:
        """Whether this is newer than another; None when that cannot be told."""
        for mine, theirs in zip(self, other, strict=True):
            if mine is not None and theirs is not None and mine != theirs:
                return mine > theirs
        return None


UNKNOWN = Version()


def version_of(resource: Mapping[str, Any], place: int | None = None) -> Version:
    """The version of a resource. place: how far from the end it stands in a Bundle that is a history."""
    meta = resource.get("meta")
    if not isinstance(meta, dict) or not ("lastUpdated" in meta or "versionId" in meta):
        return UNKNOWN if place is None else Version(place=place)
    updated, number = meta.get("lastUpdated"), meta.get("versionId")
    counted = int(number) if isinstance(number, str) and number.isdecimal() and len(number) < 18 else None
    return Version(moment(updated) if isinstance(updated, str) else None, counted, place)
