"""What an event of a record stands for, in a few words."""

from __future__ import annotations

from spinesteps.logic.history.event import Event

SAID = ("answer", "observation")


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
