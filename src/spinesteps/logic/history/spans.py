"""Spans of days: joined, measured, laid over each other. A span is its first and last day, both counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Span = tuple[date, date]


def joined(spans: Iterable[Span], gap_days: int = 0) -> list[Span]:
    """The spans in order, those that touch or lie at most `gap_days` apart made one."""
    found: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if found and first <= found[-1][1] + timedelta(days=gap_days + 1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def length(spans: Iterable[Span]) -> int:
    """Days in spans that do not overlap."""
    return sum((last - first).days + 1 for first, last in spans)


def clipped(spans: Iterable[Span], first: date, last: date) -> list[Span]:
    """The parts of the spans from `first` to `last`."""
    cut = ((max(start, first), min(end, last)) for start, end in spans)
    return [span for span in cut if span[0] <= span[1]]


def overlap(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The days that lie in both."""
    return joined(span for first, last in joined(others) for span in clipped(joined(some), first, last))


def most_within(days: Iterable[date], window_days: int) -> int:
    """The largest number of days that fall into any window of so many days."""
    ordered = sorted(days)
    most = start = 0
    for place, day in enumerate(ordered):
        while (day - ordered[start]).days >= window_days:
            start += 1
        most = max(most, place - start + 1)
    return most
