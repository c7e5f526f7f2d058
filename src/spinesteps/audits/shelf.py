"""Events of one measure in order of time: a window finds its own without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spinesteps.logic.history.courses import ActiveWeeks
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import Where, span_of
from spinesteps.logic.history.summaries import CoveredDays, OverlapDays, Summary

COVERING = (CoveredDays, OverlapDays, ActiveWeeks)  # what began before their window may reach into it
SELECTIONS = ("where", "also", "other", "since")
FOREVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Events by how long they last (in powers of two), each row in order of the first day an event can have begun.

    undated: events that stand at no place in time, and those about the person.
    """

    undated: tuple[Event, ...]
    rows: tuple[tuple[int, list[int], list[Event]], ...]  # longest days in the row, first days, events

    @classmethod
    def of(cls, events: Iterable[Event], summary: Summary, on: date) -> Shelf:
        """The events, for a summary that looks at them at most until `on`."""
        undated: list[Event] = []
        rows: dict[int, list[tuple[int, int, Event]]] = defaultdict(list)
        for place, event in enumerate(events):
            begins = event.start or event.last
            if begins is None or event.last is None or event.kind == "person":
                undated.append(event)
                continue
            days = max(_reach(event, isinstance(summary, COVERING), on) - begins.toordinal(), 0)
            rows[days.bit_length()].append((begins.toordinal(), place, event))
        ordered = [(2**size - 1, sorted(row)) for size, row in sorted(rows.items())]
        return cls(tuple(undated), tuple((days, [r[0] for r in row], [r[2] for r in row]) for days, row in ordered))

    def between(self, first: date | None, last: date) -> list[Event]:
        """Every event that can reach into these days, or stands at no place in time; None: from ever on."""
        within = list(self.undated)
        for days, begins, events in self.rows:
            start = 0 if first is None else bisect_left(begins, first.toordinal() - days)
            within += events[start : bisect_right(begins, last.toordinal())]
        return within

    def newest(self, first: date | None, last: date, many: int) -> list[Event]:
        """Of those between these days that have a place in time at least the newest so many, none of them left out."""
        within: list[Event] = []
        for days, begins, events in self.rows:
            end = bisect_right(begins, last.toordinal())
            start = 0 if first is None else bisect_left(begins, first.toordinal() - days)
            if end - start > many:  # one that began earlier may have begun later, where its date is known in part
                start = max(start, bisect_left(begins, begins[end - many] - days))
            within += events[start:end]
        return within


def looks_back_to(summary: Summary, last: date) -> date | None:
    """The first day on which the summary's selections begin, as of a day; None: from ever on."""
    parts = [part for name in SELECTIONS if isinstance(part := getattr(summary, name, None), Where)]
    days = [part.within_days for part in parts if part.within_days is not None]
    if len(days) < len(parts) or not parts:
        return None
    return date.fromordinal(max(last.toordinal() - max(days), 1))


def _reach(event: Event, covering: bool, on: date) -> int:
    """The last day the event can matter for."""
    assert event.last is not None
    span = span_of(event, on) if covering else None
    if span is None:
        return event.last.toordinal()
    return FOREVER if span[1] >= on else max(span[1], event.last).toordinal()
