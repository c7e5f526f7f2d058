"""Summaries of a course of care, for one person's papers: weeks with activity, time since it began, how far pain fell.

They belong to no fact of a pathway, so they have no form as columns (docs/decisions/018).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spinesteps.logic.facts import Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import NOTHING, ProvenAnswer, Where, days_of, records_of, span_of
from spinesteps.logic.history.spans import Span, clipped
from spinesteps.logic.history.summaries import First, Latest

WEEK = 7


@dataclass(frozen=True, slots=True)
class ActiveWeeks:
    """ISO weeks (Monday to Sunday) with at least one of them; run: only the longest row of weeks without a gap.

    A supply of days counts every week it covers, a medicine without one only the week it began. The last `within_days`
    of the selection cut the weeks counted, not the events.
    """

    where: Where
    run: bool = False

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        """How many weeks, with the records that count."""
        chosen = replace(self.where, within_days=None).select(events, day)
        first = date.min if self.where.within_days is None else day - timedelta(days=self.where.within_days)
        parts = [(event, clipped(_spans(event, day), first, day)) for event in chosen]
        weeks = {week for _, spans in parts for week in _weeks(spans)}
        if not weeks:
            undated = [event for event in chosen if event.last is None]
            return ProvenAnswer(Silence.UNREADABLE, None, records_of(undated)) if undated else NOTHING
        proof = records_of(event for event, spans in parts if spans)
        return ProvenAnswer(_longest(weeks) if self.run else len(weeks), day, proof)


def _spans(event: Event, day: date) -> list[Span]:
    if event.last is not None and event.end is None and event.quantity is None:
        return [(event.last, event.last)]
    span = span_of(event, day)
    return [] if span is None else [span]


def _weeks(spans: Iterable[Span]) -> set[int]:
    return {number for first, last in spans for number in range(_week(first), _week(last) + 1)}


def _week(day: date) -> int:
    return (day.toordinal() - 1) // WEEK  # day 1 of the calendar is a Monday


def _longest(weeks: set[int]) -> int:
    best = run = 0
    for number in sorted(weeks):
        run = run + 1 if number - 1 in weeks else 1
        best = max(best, run)
    return best


@dataclass(frozen=True, slots=True)
class DaysSinceFirst:
    """Time since the oldest one (its last possible day), in units of `per` days."""

    where: Where
    per: int = 1

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        """The time, or unreadable when none has a date."""
        chosen = self.where.select(events, day)
        days = days_of(chosen, day)
        if not days:
            return ProvenAnswer(Silence.UNREADABLE, None, records_of(chosen)) if chosen else NOTHING
        oldest = [event for event in chosen if event.last is not None and min(event.last, day) == min(days)]
        return ProvenAnswer((day - min(days)).days / self.per, day, records_of(oldest))


@dataclass(frozen=True, slots=True)
class PercentFall:
    """How far the newest number lies below the oldest, in percent of the oldest; negative when it rose."""

    where: Where

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        """The fall, nothing while there is one number only."""
        now, base = Latest(self.where).judge(events, day), First(self.where).judge(events, day)
        if isinstance(now.answer, Silence) or isinstance(base.answer, Silence) or now.records == base.records:
            return NOTHING
        if not isinstance(now.answer, int | float) or not isinstance(base.answer, int | float) or base.answer <= 0:
            return ProvenAnswer(Silence.UNREADABLE, now.day, now.records)
        fall = round(100 * (float(base.answer) - float(now.answer)) / float(base.answer), 6)
        return ProvenAnswer(fall, now.day, tuple(sorted({*now.records, *base.records})))
