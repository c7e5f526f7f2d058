"""Amounts a day of one medicine that stands in several records, counted once: a keyed step over the events of a person.

Records are of one medicine when one is based on the other, or when both are of the same product. Where two of them
hold at the same time the higher amount stands; where a product cannot be told from another, none is known.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spinesteps.logic.facts import Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import STATUS_UNKNOWN
from spinesteps.logic.history.spans import Span, joined, overlap

UNREADABLE = Silence.UNREADABLE.value
FIRST, LAST = date(2, 1, 1), date(9998, 12, 31)  # no beginning, no end
DAY = timedelta(days=1)
UNTOLD = "?"  # of a course: the strength of the product is not known
WHEN = "@"  # of a course: the times of day stand behind it


@dataclass(frozen=True, slots=True)
class Twice:
    """Records that hold one medicine on the day, and whether their amounts differ, or cannot be told apart."""

    concept: str
    records: tuple[str, ...]
    differ: bool
    untold: bool = False


def counted_once(events: Sequence[Event], day: date) -> tuple[list[Event], list[Twice]]:
    """The events with every amount a day cut so that one medicine counts once at a time; what that meant on the day."""
    groups: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.course and len(event.concepts) == 1:
            groups[next(iter(event.concepts)), event.course.split("|")[0]].append(event)
    several = {key: group for key, group in groups.items() if len(group) > 1}
    if not several:
        return list(events), []
    gone = {id(event) for group in several.values() for event in group}
    found, said = [event for event in events if id(event) not in gone], []
    for (concept, _), group in sorted(several.items()):
        kept, twice = _one_substance(concept, group, day)
        found += kept
        said += twice
    return found, said


def _one_substance(concept: str, group: list[Event], day: date) -> tuple[list[Event], list[Twice]]:
    """The products of one substance, each cut so that it counts once; those of unknown strength beside others: none."""
    spans = {id(event): span for event in group if (span := _taken(event)) is not None}
    kept = [event for event in group if id(event) not in spans]
    said: list[Twice] = []
    products = _products([event for event in group if id(event) in spans])
    days = [joined(spans[id(event)] for event in product) for product in products]
    for place, product in enumerate(products):
        others = [span for other, held in enumerate(days) if other != place for span in held]
        if all(UNTOLD in event.course for event in product) and (both := overlap(days[place], others)):
            kept += [event._replace(value=None, absent=UNREADABLE) for event in product]
            if any(first <= day <= last for first, last in both):
                said.append(Twice(concept, tuple(sorted({event.record for event in product})), True, untold=True))
            continue
        kept += _cut(product, spans)
        said += _twice(concept, product, spans, day)
    return kept, said


def _taken(event: Event) -> Span | None:
    """The days on which `is_active` holds of a medicine's event; None for none."""
    begins = max(filter(None, (event.start, event.recorded)), default=FIRST)
    if event.status in ("on-hold", "stopped"):
        return None
    if event.end is not None:
        return (begins, event.end) if event.end >= begins else None
    if event.status == "active":
        return (begins, LAST)
    if event.status in STATUS_UNKNOWN and event.quantity is not None and event.last is not None:
        return (max(begins, event.last), event.last + timedelta(days=max(int(event.quantity), 1) - 1))
    return None


def _products(group: list[Event]) -> list[list[Event]]:
    """The events by product: those of one course, and those of which one is based on the other.

    Times of day part two only where all of them name some.
    """
    timed = all(WHEN in event.course for event in group)
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while name in above:
            name = above[name]
        return name

    def join(one: str, other: str) -> None:
        if (first := top(one)) != (second := top(other)):
            above[first] = second

    places = [event.record if "/" in event.record else f"{event.record} {n}" for n, event in enumerate(group)]
    tails = {place.rsplit("/", 1)[-1].lower(): place for place in reversed(places)}
    for place, event in zip(places, group, strict=True):
        join(place, "course " + (event.course if timed else event.course.split(WHEN)[0]))
        for other in event.based_on:
            join(tails.get(other, other), place)
    found: dict[str, list[Event]] = defaultdict(list)
    for place, event in zip(places, group, strict=True):
        found[top(place)].append(event)
    return list(found.values())


def _cut(product: list[Event], spans: dict[int, Span]) -> Iterator[Event]:
    """Stretch after stretch the event with the highest amount; one whose amount is not understood comes before all."""
    ordered = sorted(product, key=lambda event: (spans[id(event)], event.record))
    edges = sorted({edge for event in ordered for edge in _edges(spans[id(event)])})
    heap: list[tuple[float, str, int]] = []
    place, now, since = 0, -1, FIRST
    for edge in edges:
        while place < len(ordered) and spans[id(ordered[place])][0] <= edge:
            heapq.heappush(heap, (-_weight(ordered[place]), ordered[place].record, place))
            place += 1
        while heap and spans[id(ordered[heap[0][2]])][1] < edge:
            heapq.heappop(heap)
        best = heap[0][2] if heap else -1
        if best != now:
            if now >= 0:
                yield _within(ordered[now], spans[id(ordered[now])], since, edge - DAY)
            now, since = best, edge
    if now >= 0:
        yield _within(ordered[now], spans[id(ordered[now])], since, LAST)


def _edges(span: Span) -> Iterator[date]:
    yield span[0]
    if span[1] < LAST:
        yield span[1] + DAY


def _weight(event: Event) -> float:
    if isinstance(event.value, int | float) and not isinstance(event.value, bool):
        return float(event.value)
    return math.inf if event.absent else -1.0


def _within(event: Event, span: Span, first: date, last: date) -> Event:
    """The event, cut to these days where it holds on more."""
    if (first, last) == span or (first <= span[0] and last >= span[1]):
        return event
    return event._replace(start=None if first == FIRST else first, start_last=None if first == FIRST else first,
                   end=None if last == LAST else last)  # fmt: skip


def _twice(concept: str, product: Iterable[Event], spans: dict[int, Span], day: date) -> list[Twice]:
    now = [event for event in product if spans[id(event)][0] <= day <= spans[id(event)][1]]
    records = tuple(sorted({event.record for event in now}))
    if len(records) < 2:
        return []
    values = {event.value if event.value is not None else event.absent for event in now} - {""}
    return [Twice(concept, records, len(values) > 1)]
