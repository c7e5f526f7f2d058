"""Medicines of a record of which something is not known on the day: whether they are taken, or how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from spinesteps.errors import LOST, NOT_USED, Fault
from spinesteps.logic.history.event import NOT_TAKEN, UNRECOGNISED, Event
from spinesteps.logic.history.event_filter import STATUS_UNKNOWN, is_active
from spinesteps.logic.history.once import Twice

# Medicines handed over or given so lately may still be taken: as long as an answer about a medicine stays in date.
LATELY_DAYS = 90
HANDED_OVER = ("MedicationDispense", "MedicationAdministration")
MOST_NAMED = 5
Unsure = Mapping[str, list[Event]]


def perhaps_taken(medicines: Sequence[Event], day: date) -> Unsure:
    """The medicines that may be taken on the day by the reason why it is not known; not those taken by another record.

    Reasons: on-hold, status (none that tells), lately (handed over or given).
    """
    held = [event for event in medicines if not event.course]
    taken = {concept for event in held if is_active(event, day) for concept in event.concepts}
    found: dict[str, list[Event]] = {}
    for event in held:
        why = _why(event, day)
        if why and (UNRECOGNISED in event.concepts or not event.concepts <= taken):
            found.setdefault(why, []).append(event)
    return dict(sorted(found.items()))


def _why(event: Event, day: date) -> str:
    if is_active(event, day) or event.status == "stopped":
        return ""
    if event.status == "on-hold":
        return "on-hold" if event.end is None or event.end >= day else ""
    if event.status in STATUS_UNKNOWN and event.end is None and event.quantity is None:
        return "status"
    ended = event.end if event.end is not None else event.last
    lately = ended is not None and ended >= day - timedelta(days=LATELY_DAYS)
    return "lately" if lately and event.source in HANDED_OVER else ""


def said_of_unsure(unsure: Unsure) -> Iterator[Fault]:
    """What is to be said of them: how many, and why."""
    for why, found in unsure.items():
        yield Fault(
            "record (medicines)",
            f"Whether {len(found)} medicines are taken cannot be told: "
            + {"on-hold": "they are on hold.", "status": "their status does not say.",
               "lately": "they were handed over or given lately, and no order says more."}[why],
            "medicines that are active, stopped or completed", "Ask what is taken now.",
        )  # fmt: skip


def said_of_amounts(medicines: Sequence[Event], twice: Sequence[Twice], day: date) -> Iterator[Fault]:
    """What is to be said of amounts a day: dosages that give none, and medicines that stand in several records."""
    for event in medicines:
        if event.course and event.absent and is_active(event, day):
            yield Fault(f"{event.record} (dosage)",
                        f"It gives no exact amount a day; {min(event.concepts | event.suggests)} is not known.",
                        "a dose, how often, and a strength, all of them exact", "Work it out by hand.")  # fmt: skip
    for one in twice:
        yield Fault(", ".join(one.records[:MOST_NAMED]), (
            f"It may be the same medicine as another, of unknown strength; {one.concept} is not known." if one.untold
            else f"One medicine stands in several records; the higher amount counts for {one.concept}." if one.differ
            else f"One medicine stands in several records; it counts once for {one.concept}."
        ), "each medicine once", "Look which one holds.", LOST if one.differ else NOT_USED)  # fmt: skip


def said_of_contradictions(events: Sequence[Event], day: date) -> Iterator[Fault]:
    """Medicines that one record has as taken on the day and another, about it or of the same substance, as not."""
    taken = [event for event in events if event.kind == "medicine" and not event.course and is_active(event, day)]
    kinds = {name for event in taken for name in event.concepts if ":" in name}
    records = {event.record for event in taken}
    denied = [event.record for event in events if event.kind == NOT_TAKEN and not kinds.isdisjoint(
        event.course.split(";"))]  # fmt: skip
    denied += [event.record for event in events if event.kind == "medicine" and not event.course
               and event.status in ("on-hold", "stopped") and not records.isdisjoint(event.based_on)]  # fmt: skip
    if denied:
        yield Fault(", ".join(sorted(set(denied))[:MOST_NAMED]),
                    "It says that a medicine is not taken which another record has as taken; it counts as taken.",
                    "records that agree", "Ask whether it is taken.")  # fmt: skip
