"""Who a record is about: as the record has it, cleaned of signs that could forge or hide what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spinesteps.errors import plain
from spinesteps.logic.history.event import Event

MOST_OF_A_NAME = 100
FIRST_USED = ("official", "usual", "")  # of several names


@dataclass(frozen=True, slots=True)
class About:
    """id, name, birth_date: "" when the record has none; a birth date may be a part of one. newest: the last day of it
    on which something was found or written down, up to the day of judging.
    """

    id: str = ""
    name: str = ""
    birth_date: str = ""
    newest: date | None = None


def about_of(person: str, resource: Mapping[str, Any], events: Iterable[Event], day: date) -> About:
    """Who it is about. resource: the FHIR Patient that stands for the person."""
    born = resource.get("birthDate")
    return About(
        id=plain(person),
        name=_name(resource.get("name")),
        birth_date=plain(born, 10) if isinstance(born, str) else "",
        newest=max((when for event in events if (when := _newest(event, day))), default=None),
    )


def _newest(event: Event, day: date) -> date | None:
    """The last day, up to the day of judging, that an event of the record is about or was written on."""
    if event.kind == "person":
        return None
    return max((when for when in (event.start, event.end, event.recorded) if when and when <= day), default=None)


def _name(names: Any) -> str:
    held = [name for name in names if isinstance(name, dict)] if isinstance(names, list) else []
    uses = {use: place for place, use in enumerate(FIRST_USED)}
    for name in sorted(held, key=lambda one: uses.get(str(one.get("use") or ""), len(uses))):
        given = name.get("given")
        parts = [*(given if isinstance(given, list) else [given]), name.get("family")]
        whole = " ".join(part for part in parts if isinstance(part, str) and part.strip())
        text = name.get("text")
        found = whole or (text if isinstance(text, str) else "")
        if found.strip():
            return plain(" ".join(found.split()), MOST_OF_A_NAME)
    return ""
