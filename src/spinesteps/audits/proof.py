"""The records that prove something, as a reader can find them again: type, id, day and a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spinesteps.logic.history.event import Event

SAID = ("answer", "observation")


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
    found = {
        (event.record, event.code): proof_of(event)
        for event in sorted(events, key=lambda e: (e.record, e.code))
        if event.record in wanted
    }
    return tuple(sorted(set(found.values()), key=lambda proof: (proof.day, proof.kind, proof.id, proof.gloss)))


def proof_of(event: Event) -> Proof:
    """One event as proof."""
    kind, _, id_ = event.record.rpartition("/")
    code = f"{event.system.rsplit('/', 1)[-1]} {event.code}".strip() if event.code else ""
    return Proof(kind or event.source, id_ or event.record, _day(event), gloss(event), code)


def gloss(event: Event) -> str:
    """What the event stands for, in a few words; with its value when it says one."""
    names = sorted(name for name in event.concepts or event.suggests if _fits(name, event.kind))
    plain = [name.replace("_", " ") for name in names if ":" not in name]
    exact = sorted({name.partition(":")[2] for name in names if ":" in name} - set(plain))
    text = ", ".join(plain) or "not recognised"
    if exact and event.kind in ("medicine", "allergy"):
        text += f" ({', '.join(exact)})"
    if not event.concepts and event.suggests:
        text += ", by a code nobody verified"
    return text + _value(event)


def _fits(concept: str, kind: str) -> bool:
    """A medicine's name stands in the allergy tables too: each kind shows its own."""
    return ("_allergy" in concept.partition(":")[0]) == (kind == "allergy") if kind in ("medicine", "allergy") else True


def _value(event: Event) -> str:
    if event.kind not in SAID or event.value is None:
        return ""
    if isinstance(event.value, bool):
        return ": yes" if event.value else ": no"
    return f": {event.value:g} {event.unit}".rstrip() if isinstance(event.value, int | float) else f": {event.value}"


def _day(event: Event) -> str:
    first, last = event.start, event.last
    if last is None:
        return "no date"
    text = last.isoformat() if first in (last, None) else f"{_plain(first)} … {last.isoformat()}"
    return f"{text} to {event.end.isoformat()}" if event.end is not None and event.end != last else text


def _plain(day: date | None) -> str:
    return "" if day is None else day.isoformat()
