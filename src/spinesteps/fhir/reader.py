"""What both doors, Bundle and folder, do with one resource of the right person."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spinesteps.errors import plain
from spinesteps.fhir.shape import Codes, PatientResource, Shaper
from spinesteps.logic.facts import Fact
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.from_record import FromRecord
from spinesteps.person.from_events import Settler, units_wanted
from spinesteps.person.tally import Tally

MODIFIER = "modifierExtension"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a reader is told: the facts, the codes, how facts are read from a record, the day."""

    facts: Mapping[str, Fact]
    codes: Codes
    from_record: Sequence[FromRecord]
    day: date


class Reader:
    """Resources -> events -> Record, prepared once."""

    def __init__(self, known: Knowledge) -> None:
        self.shaper = Shaper(known.facts, known.codes, units_wanted(known.from_record))
        self.settler = Settler(known.facts, known.from_record, known.day)

    @property
    def types(self) -> set[str]:
        """The resource types that are read."""
        return set(self.shaper.views)

    def events(
        self, resource: Mapping[str, Any], place: str, person: str, medicines: Mapping[str, Mapping[str, Any]],
        tally: Tally, modified: bool,
    ) -> list[Event]:  # fmt: skip
        """The events of a resource of the person. modified: it may hold a modifierExtension somewhere."""
        if modified and has_modifier(resource):
            tally.leave_out(MODIFIER, str(resource.get("resourceType")))
            tally.fault(place, "A modifier extension changes the meaning; this resource is not used.",
                        "a resource without modifierExtension", "Ask the source what it means.")  # fmt: skip
            return []
        kind = resource.get("resourceType")
        own = resource.get("id")
        own = plain(own) if isinstance(own, str) else ""
        record = f"{kind}/{own}" if own else f"{kind} without id"
        return self.shaper.events(PatientResource(resource, place, person, record), medicines, tally)


def has_modifier(resource: Mapping[str, Any]) -> bool:
    """Whether a modifierExtension stands anywhere in the resource."""
    left: list[Any] = [resource]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            if node.get(MODIFIER):
                return True
            left.extend(node.values())
        elif isinstance(node, list):
            left.extend(node)
    return False


def newest(versions: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[str, Mapping[str, Any]]:
    """The newest of several versions of one resource (place, resource), whatever order they came in."""
    return versions[0] if len(versions) == 1 else max(versions, key=lambda held: _version(held[1]))


def _version(resource: Mapping[str, Any]) -> tuple[str, int, str]:
    meta = resource.get("meta")
    held = meta if isinstance(meta, dict) else {}
    number = str(held.get("versionId", ""))
    counted = int(number) if number.isdecimal() and len(number) < 18 else 0
    return (str(held.get("lastUpdated", "")), counted, json.dumps(resource, sort_keys=True))
