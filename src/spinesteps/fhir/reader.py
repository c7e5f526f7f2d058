"""What both doors, Bundle and folder, make of one resource, and of the events of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spinesteps.errors import plain
from spinesteps.fhir.meant import Codes
from spinesteps.fhir.shape import PatientResource, Shaper
from spinesteps.logic.facts import Fact
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.sources import FromRecord
from spinesteps.person.from_events import Settler, units_wanted
from spinesteps.person.tally import Tally


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
        tally: Tally,
    ) -> list[Event]:  # fmt: skip
        """The events of a resource of the person."""
        kind = resource.get("resourceType")
        own = resource.get("id")
        own = plain(own) if isinstance(own, str) else ""
        record = f"{kind}/{own}" if own else f"{kind} without id"
        try:
            return self.shaper.events(PatientResource(resource, place, person, record), medicines, tally)
        except (ArithmeticError, LookupError, TypeError, ValueError):  # our own fault, and never another record's
            tally.leave_out("could_not_be_read", str(kind))
            tally.fault(place, "It could not be read; not used.", "a resource of FHIR R4", "Look at it by hand.")
            return []
