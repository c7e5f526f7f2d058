"""FHIR's Timing -> how often in a day. A closed world: what is not listed here makes it not known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DAYS = {"s": 1 / 86_400, "min": 1 / 1_440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.0, "a": 365.0}
MOST = 1e6
LONGEST = 36_500  # days
# Says nothing of how often: how long each time takes, how long before or after a meal.
IDLE = frozenset(("id", "extension", "duration", "durationMax", "durationUnit", "durationUnits", "offset"))
BOUNDS = frozenset(("boundsPeriod", "boundsDuration", "boundsRange", "boundsQuantity"))
READ = frozenset(
    ("count", "countMax", "frequency", "frequencyMax", "period", "periodMax", "periodUnit", "periodUnits", "dayOfWeek",
     "timeOfDay", "when")
)  # fmt: skip
WEEKDAYS = frozenset(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
MEALS = frozenset(("C", "AC", "PC"))  # at meals: how many meals is not said
# The codes of FHIR's timing abbreviations: times in so many days.
CODES: Mapping[str, tuple[float, float]] = {
    "QD": (1, 1), "BID": (2, 1), "TID": (3, 1), "QID": (4, 1), "AM": (1, 1), "PM": (1, 1), "BED": (1, 1),
    "QOD": (1, 2), "WK": (1, 7), "MO": (1, 30), "Q1H": (24, 1), "Q2H": (12, 1), "Q3H": (8, 1), "Q4H": (6, 1),
    "Q6H": (4, 1), "Q8H": (3, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Often:
    """times: in a day, on average. fullest: on a day it is taken. hours: from one time to the next.

    ranged: the highest of a range. when: the times of day it names. count: days after which it has been taken as often
    as it says, None without a count.
    """

    times: float
    fullest: float
    hours: float
    ranged: bool
    when: frozenset[str]
    count: int | None


def number(value: Any) -> float | None:
    """A positive number that is not too large; None for anything else."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < MOST
    return float(value) if fits else None


def length_in_days(held: Any) -> int | None:
    """The days of a Duration, at least one; None for none that can be read."""
    if not isinstance(held, dict) or held.get("comparator") is not None:
        return None
    value = number(held.get("value"))
    units = [DAYS.get(str(held.get(name))) or WORDS.get(str(held.get(name)).lower().rstrip("s")) for name in
             ("code", "unit")]  # fmt: skip
    unit = next((one for one in units if one is not None), None)
    if value is None or unit is None or value * unit > LONGEST:
        return None
    return max(math.ceil(round(value * unit, 6)), 1)


WORDS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0, "hour": 1 / 24, "hr": 1 / 24}


def often(timing: Any) -> Often | None:
    """How often a Timing says; None where it says nothing that is understood."""
    if not isinstance(timing, dict) or {n for n in timing if n[:1] != "_"} - {"id", "extension", "repeat", "code"}:
        return None
    repeat = timing.get("repeat")
    repeat = {} if repeat is None else repeat
    if not isinstance(repeat, dict) or {n for n in repeat if n[:1] != "_"} - IDLE - BOUNDS - READ:
        return None
    coded = _coded(timing.get("code"))
    if not repeat.keys() & (READ - {"count", "countMax"}):
        return _counted(_made(*coded, False, frozenset()), repeat) if coded else None
    found = _repeated(repeat)
    if found is None or (coded and not math.isclose(coded[0] / coded[1], found.times, rel_tol=0.01)):
        return None
    return _counted(found, repeat)


def _coded(concept: Any) -> tuple[float, float] | None:
    """Times in days of a timing's code; None for no code, for one that is not known, for two that differ."""
    held = concept.get("coding") if isinstance(concept, dict) else None
    codes = [one.get("code") for one in held if isinstance(one, dict)] if isinstance(held, list) else []
    named = codes or ([concept.get("text")] if isinstance(concept, dict) else [])
    found = {CODES.get(str(code).strip().upper()) for code in named} - {None}
    return found.pop() if len(found) == 1 else None


def _made(times: float, days: float, ranged: bool, when: frozenset[str]) -> Often:
    """Often, from so many times in so many days."""
    return Often(times / days, max(times / days, math.ceil(times / days)), 24 * days / times, ranged, when, None)


def _counted(found: Often, repeat: Mapping[str, Any]) -> Often | None:
    given = [repeat[name] for name in ("countMax", "count") if repeat.get(name) is not None]
    if not given:
        return found
    count = number(given[0])
    if count is None or count / found.times > LONGEST:
        return None
    return Often(found.times, found.fullest, found.hours, found.ranged, found.when,
                 max(math.ceil(round(count / found.times, 6)), 1))  # fmt: skip


def _repeated(repeat: Mapping[str, Any]) -> Often | None:
    days = _list(repeat.get("dayOfWeek"))
    clock, events = _list(repeat.get("timeOfDay")), _list(repeat.get("when"))
    if days is None or clock is None or events is None or (days and not set(days) <= WEEKDAYS) or (clock and events):
        return None
    when = frozenset(clock or events)
    span = _span(repeat)
    often = _frequency(repeat, len(when) if not when & MEALS else None)
    if span is None or often is None:
        return None
    times, ranged = often
    length, ranged = span[0], ranged or span[1]
    if when and repeat.get("frequency") is not None and not _agree(times, len(when), length, bool(when & MEALS)):
        return None
    if days:
        return _on_days(times, length, len(set(days)), ranged, when)
    return _made(times, length, ranged, when)


def _agree(times: float, named: int, days: float, meals: bool) -> bool:
    """Whether a frequency beside times of day says the same as they do."""
    return meals or (days >= 1 and times == named)


def _on_days(times: float, length: float, days: int, ranged: bool, when: frozenset[str]) -> Often | None:
    """On so many days of the week: so often on each, or so often in a week."""
    if length == 1 or days == 7:
        return Often(times / length * days / 7, times / min(length, 1), 24 * min(length, 1) / times, ranged, when, None)
    if length == 7 and times == days:
        return Often(days / 7, 1, 24, ranged, when, None)
    return None


def _list(held: Any) -> list[str] | None:
    found = [] if held is None else held if isinstance(held, list) else [held]
    return found if all(isinstance(one, str) for one in found) else None


def _span(repeat: Mapping[str, Any]) -> tuple[float, bool] | None:
    """The shortest period in days, whether it is one of a range; a day where only times of day are named."""
    period, longest = repeat.get("period"), repeat.get("periodMax")
    unit = DAYS.get(str(repeat.get("periodUnit", repeat.get("periodUnits"))))
    if period is None and longest is None:
        named = any(repeat.get(name) for name in ("when", "timeOfDay", "dayOfWeek"))
        return (1.0, False) if named and repeat.get("periodUnit") in (None, "d") else None
    value, most = number(period), number(longest)
    if value is None or unit is None or (longest is not None and (most is None or most < value)):
        return None
    return value * unit, most is not None and most > value


def _frequency(repeat: Mapping[str, Any], named: int | None) -> tuple[float, bool] | None:
    """The most times in a period, whether it is one of a range. FHIR: no frequency means once, or each named time."""
    given, most = repeat.get("frequency"), repeat.get("frequencyMax")
    if given is None and most is None:
        return None if named is None else (float(max(named, 1)), False)
    low, high = number(given), number(most)
    if (given is not None and low is None) or (most is not None and high is None) or (low and high and high < low):
        return None
    top = high if high is not None else low
    return None if top is None else (top, high is not None and high != low)
