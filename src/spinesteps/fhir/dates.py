"""Dates as records write them: partial ones are intervals, impossible ones are unknown."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1850, 2199  # nobody alive was born before, and nothing is planned after
NEVER_ENDS = "9999-"  # how many systems write an end that is not known
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?")


@lru_cache(maxsize=8_192)
def interval(text: str) -> tuple[date, date] | None:
    """First and last possible day of a date, partial date or time; the calendar day is the one written there.

    None for what is no date: a month 13, a 30 February; and for years that only stand for "not known", as 0001 or 9999.
    """
    found = DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if not found[2]:
            return date(year, 1, 1), date(year, 12, 31)
        if not found[3]:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=8_192)
def moment(text: str) -> float | None:
    """Seconds since 1970 of a time of day; a time without zone is taken as written (as if UTC). None without one."""
    if len(text) < 16:
        return None
    try:
        found = datetime.fromisoformat(text)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
