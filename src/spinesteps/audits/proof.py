"""The records that prove something, as a reader can find them again: type, id, day and a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spinesteps.logic.history.event import Event
from spinesteps.person.gloss import gloss


@dataclass(frozen=True, slots=True)
class Proof:
    """One record. kind: resource type. id: its id. day: ISO text, a part of a date with "…". gloss: what it is."""

    kind: str
    id: str
    day: str
    gloss: str
    code: str = ""


def proofs(records: Iterable[str], events: Iterable[Event]) -> tuple[Proof, ...]:
    """The records with these ids, in order of day."""
    wanted = set(records)
    proved = {
        (event.record, event.code): proof_of(event)
        for event in sorted(events, key=lambda e: (e.record, e.code))
        if event.record in wanted
    }
    return tuple(sorted(set(proved.values()), key=lambda proof: (proof.day, proof.kind, proof.id, proof.gloss)))


def proof_of(event: Event) -> Proof:
    """One event as proof."""
    kind, _, id_ = event.record.rpartition("/")
    code = f"{event.system.rsplit('/', 1)[-1]} {event.code}".strip() if event.code else ""
    return Proof(kind or event.source, id_ or event.record, _day(event), gloss(event), code)


def _day(event: Event) -> str:
    first, last = event.start, event.last
    if last is None:
        return "no date"
    text = last.isoformat() if first in (last, None) else f"{_plain(first)} … {last.isoformat()}"
    return f"{text} to {event.end.isoformat()}" if event.end is not None and event.end != last else text


def _plain(day: date | None) -> str:
    return "" if day is None else day.isoformat()
