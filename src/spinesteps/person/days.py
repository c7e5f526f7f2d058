"""The day of judging: what it may be, what day it is here, which events of a record belong to it by their clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from spinesteps.errors import ScopeError
from spinesteps.logic.history.event import Event

FIRST, LAST = date(1950, 1, 1), date(2199, 12, 31)
WEST = timedelta(hours=12)  # a day ends last where clocks are twelve hours behind UTC


def today(time_zone: str = "") -> date:
    """The day it is in a time zone; on this machine without one."""
    return datetime.now(UTC).astimezone(ZoneInfo(time_zone) if time_zone else None).date()


def day_from(text: str) -> date:
    """A day of judging as it is written. Raises ScopeError when it is none, or one that nobody can be judged on."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ScopeError("The day of judging is a day such as 2026-11-21.") from None
    return within(day)


def within(day: date) -> date:
    """The day itself. Raises ScopeError when it lies too far away to judge anybody."""
    if not FIRST <= day <= LAST:
        raise ScopeError(f"The day of judging lies between {FIRST} and {LAST}.")
    return day


def by_the_clock(events: Iterable[Event], day: date) -> Iterator[Event]:
    """The events as they stand on a day of judging.

    What was said or written down on that day anywhere counts, whatever day a clock elsewhere showed: such an event is
    put on the day. Everything later stays later.
    """
    end = (datetime.combine(day, time(), UTC) + timedelta(days=1) + WEST).timestamp()
    for event in events:
        late = event.start is not None and event.start > day
        written = event.recorded is not None and event.recorded > day
        if (late and (event.moment is None or event.moment >= end)) or (
            written and (event.recorded_moment is None or event.recorded_moment >= end)
        ):
            yield event
        elif late or written:
            days = (None if one is None else min(one, day) for one in (event.start, event.start_last, event.recorded))
            first, last, on = days
            yield event._replace(start=first, start_last=last, recorded=on)
        else:
            yield event


def later(event: Event, day: date) -> bool:
    """Whether an event is not yet known on a day."""
    return bool((event.recorded and event.recorded > day) or (event.start and event.start > day))
