"""The closed set of summaries: how a list of events becomes one answer, as of a day.

    Latest, First     a value               DaysSince                time since the last one
    Exists            at least one          AgeOn, Elapsed           numbers that grow with the day
    Count, Sum        how many, how much    ChangeSince, BestSince   now against before
    MostWithin        the most in a window  CoveredDays, OverlapDays days covered, days covered twice
    LongestRun        the longest stretch   NoneBefore               nothing of one kind before the other

Every summary hides what was recorded later or begins later than the day. A partial date is an interval; for
recency its last possible day counts. Nothing found is never "no": it is what the summary's `absent` declares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import (
    NOTHING,
    ProvenAnswer,
    Where,
    days_of,
    meaning,
    newest,
    one_answer,
    records_of,
    spans_of,
    valued,
)
from spinesteps.logic.history.spans import clipped, joined, length, most_within, overlap


class Summary(Protocol):
    """What every summary does."""

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        """Its answer as of the day."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest value. `means` turns coded values into answers; a value it does not name is skipped.

    yes_wins: an undated or simultaneous yes beats anything else (danger facts).
    """

    where: Where
    means: tuple[tuple[str, Answer], ...] = ()
    yes_wins: bool = False

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = valued(meaning(self.where.select(events, day), self.means))
        if not chosen:
            return NOTHING
        undated_yes = [event for event in chosen if event.last is None and event.value is True]
        if self.yes_wins and undated_yes:
            return ProvenAnswer(True, None, records_of(undated_yes))
        return one_answer(newest(chosen), day, self.yes_wins)


@dataclass(frozen=True, slots=True)
class First:
    """The oldest value."""

    where: Where

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        dated = [event for event in valued(self.where.select(events, day)) if event.last is not None]
        if not dated:
            return NOTHING
        oldest = min(dated, key=lambda event: (event.last or date.max, event.moment or 0.0))
        same = [event for event in dated if (event.last, event.moment) == (oldest.last, oldest.moment)]
        return one_answer(same, day, False)


@dataclass(frozen=True, slots=True)
class Exists:
    """At least one. `also`: at least one of each. gives: the answer then.

    about: the day the answer is about. "": when it was, the day itself while it goes on; "began": when it began;
    "noted": when it began or was written down, whichever is later.
    Where a date decides and only undated events are there, the answer is unreadable.
    """

    where: Where
    also: Where | None = None
    gives: Answer = True
    about: str = ""

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = self.where.select(events, day)
        other = self.also.select(events, day) if self.also else chosen
        if not chosen or not other:
            return NOTHING
        dated = [event for event in chosen if event.last is not None]
        timely = self.where.within_days is not None or (self.where.active and self.where.kind == "medicine")
        if timely and not dated:
            return ProvenAnswer(Silence.UNREADABLE, None, records_of(chosen))
        proof = (dated if timely else chosen) + (other if self.also else [])
        if not self.about and self.where.active:
            return ProvenAnswer(self.gives, day, records_of(proof))
        days = days_of(proof, day)
        if self.about == "noted":
            days += [event.recorded for event in proof if event.recorded is not None]
        return ProvenAnswer(self.gives, max(days, default=None), records_of(proof))


@dataclass(frozen=True, slots=True)
class Count:
    """How many records (`each="record"`), days with one (`"day"`), or different kinds (`"kind"`, by concept:name).

    at_least: answer yes from so many on, and nothing below. Undated events alone are unreadable where a date decides.
    """

    where: Where
    each: str = "record"
    at_least: int | None = None

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = self.where.select(events, day)
        if not chosen:
            return NOTHING
        dated = [event for event in chosen if event.last is not None]
        if not dated and (self.where.within_days is not None or self.each == "day"):
            return ProvenAnswer(Silence.UNREADABLE, None, records_of(chosen))
        counted = dated if self.where.within_days is not None else chosen
        number = self._number(counted)
        if self.at_least is not None:
            return ProvenAnswer(True, day, records_of(counted)) if number >= self.at_least else NOTHING
        return ProvenAnswer(number, day, records_of(counted))

    def _number(self, events: list[Event]) -> int:
        if self.each == "day":
            return len({event.last for event in events if event.last is not None})
        if self.each == "kind":
            starts = tuple(f"{concept}:" for concept in self.where.concepts)
            return _unlike([{name for name in event.concepts if name.startswith(starts)} for event in events])
        return len({event.record or place for place, event in enumerate(events)})


def _unlike(sets: list[set[str]]) -> int:
    """How many groups of sets are left when those that share a member are put together."""
    groups: list[set[str]] = []
    for one in sets:
        near = [group for group in groups if group & one]
        groups = [group for group in groups if not group & one] + [one.union(*near)]
    return len(groups)


@dataclass(frozen=True, slots=True)
class Sum:
    """The values (or, with `quantity`, the quantities) added up.

    whole: one without a number leaves the sum unknown, instead of too small.
    """

    where: Where
    quantity: bool = False
    whole: bool = False

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = self.where.select(events, day)
        amounts = [(e.quantity if self.quantity else e.value, e) for e in chosen]
        known = [(a, e) for a, e in amounts if isinstance(a, int | float) and not isinstance(a, bool)]
        if not chosen or (self.whole and len(known) < len(chosen)):
            return NOTHING
        if not known:
            return ProvenAnswer(Silence.UNREADABLE, None, records_of(chosen))
        return ProvenAnswer(sum(sorted(float(a) for a, _ in known)), day, records_of(e for _, e in known))


@dataclass(frozen=True, slots=True)
class MostWithin:
    """The most of them in any window of so many days (dated ones only)."""

    where: Where
    days: int

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = self.where.select(events, day)
        dated = [event for event in chosen if event.last is not None]
        if not dated:
            return NOTHING if not chosen else ProvenAnswer(Silence.UNREADABLE, None, records_of(chosen))
        return ProvenAnswer(most_within(days_of(dated, day), self.days), day, records_of(dated))


@dataclass(frozen=True, slots=True)
class LongestRun:
    """The longest stretch covered, gaps of at most `gap_days` bridged, in units of `per` days.

    current: only the stretch that reaches the day; nothing when the last one has ended.
    """

    where: Where
    gap_days: int = 0
    per: int = 1
    current: bool = False

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = self.where.select(events, day)
        runs = joined(spans_of(chosen, day), self.gap_days)
        if not runs:
            return NOTHING if not chosen else ProvenAnswer(Silence.UNREADABLE, None, records_of(chosen))
        if self.current:
            runs = [run for run in runs if run[1] + timedelta(days=self.gap_days) >= day]
            if not runs:
                return NOTHING
        return ProvenAnswer(_per(max(length([run]) for run in runs), self.per), day, records_of(chosen))


@dataclass(frozen=True, slots=True)
class CoveredDays:
    """Days covered, or yes from `at_least` on (and nothing below: a record may hold only a part).

    within_days here cuts the days counted, not the events: what began earlier may cover them.
    """

    where: Where
    at_least: int | None = None

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = replace(self.where, within_days=None).select(events, day)
        return _covered(joined(spans_of(chosen, day)), self.where, self.at_least, chosen, day)


@dataclass(frozen=True, slots=True)
class OverlapDays:
    """Days covered by both kinds at once, or yes from `at_least` on."""

    where: Where
    other: Where
    at_least: int | None = None

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        some = replace(self.where, within_days=None).select(events, day)
        others = replace(self.other, within_days=None).select(events, day)
        if not some or not others:
            return NOTHING
        both = overlap(spans_of(some, day), spans_of(others, day))
        return _covered(both, self.where, self.at_least, [*some, *others], day)


def _covered(
    spans: list[tuple[date, date]], where: Where, enough: int | None, proof: list[Event], day: date
) -> ProvenAnswer:
    if not proof:
        return NOTHING
    if all(event.last is None for event in proof):
        return ProvenAnswer(Silence.UNREADABLE, None, records_of(proof))
    first = date.min if where.within_days is None else day - timedelta(days=where.within_days)
    number = length(clipped(spans, first, day))
    if enough is None:
        return ProvenAnswer(number, day, records_of(proof))
    return ProvenAnswer(True, day, records_of(proof)) if number >= enough else NOTHING


@dataclass(frozen=True, slots=True)
class DaysSince:
    """Time since the newest one (its last possible day), in units of `per` days. Only undated ones: unreadable."""

    where: Where
    per: int = 1

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        chosen = self.where.select(events, day)
        if not chosen:
            return NOTHING
        days = days_of(chosen, day)
        if not days:
            return ProvenAnswer(Silence.UNREADABLE, None, records_of(chosen))
        proof = [event for event in chosen if event.last is not None and min(event.last, day) == max(days)]
        return ProvenAnswer(_per((day - max(days)).days, self.per), day, records_of(proof))


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The newest number given as "so many days (or `per` days) ago", moved on to the day of judging.

    per=-1: given as "so many days left", which are fewer each day.
    """

    where: Where
    per: int = 1

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        found = Latest(self.where).judge(events, day)
        if isinstance(found.answer, Silence):
            return found
        if found.day is None or isinstance(found.answer, bool) or not isinstance(found.answer, int | float):
            return replace(found, answer=Silence.UNREADABLE)
        return replace(found, answer=_whole(found.answer + (day - found.day).days / self.per))


@dataclass(frozen=True, slots=True)
class AgeOn:
    """Whole years since the first possible day of birth. Born after the day: unreadable."""

    where: Where

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        births = [e for e in events if e.kind == self.where.kind and not e.concepts.isdisjoint(self.where.concepts)]
        days = {event.start for event in births if event.start is not None}
        if not days:
            return NOTHING if not births else ProvenAnswer(Silence.UNREADABLE, None, records_of(births))
        born = min(days)
        if len(days) > 1 or born > day:
            return ProvenAnswer(Silence.UNREADABLE, None, records_of(births))
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        return ProvenAnswer(age, day, records_of(births))


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """The newest number minus the baseline: the oldest, or with `since` the last one up to its newest event."""

    where: Where
    since: Where | None = None

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        now = Latest(self.where).judge(events, day)
        base = self._baseline(events, day)
        return _difference(now, base)

    def _baseline(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        if self.since is None:
            return First(self.where).judge(events, day)
        start = max(days_of(self.since.select(events, day), day), default=None)
        return NOTHING if start is None else Latest(self.where).judge(events, start)


@dataclass(frozen=True, slots=True)
class BestSince:
    """The newest number minus the best one since an event (or ever). low_is_best: as for a disability score."""

    where: Where
    since: Where | None = None
    low_is_best: bool = True

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        start = date.min
        if self.since is not None:
            days = days_of(self.since.select(events, day), day)
            if not days:
                return NOTHING
            start = max(days)
        known = [e for e in self.where.select(events, day) if _is_number(e.value) and e.start and e.start >= start]
        if not known:
            return NOTHING
        numbers = [float(e.value) for e in known if isinstance(e.value, int | float)]
        best = min(numbers) if self.low_is_best else max(numbers)
        return _difference(Latest(self.where).judge(events, day), ProvenAnswer(best, None, records_of(known)))


@dataclass(frozen=True, slots=True)
class NoneBefore:
    """Whether nothing of `other` came before the first of `where`. Yes only where the record is said to be whole."""

    where: Where
    other: Where
    whole: bool = False

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        starts = days_of(self.where.select(events, day), day)
        if not starts:
            return NOTHING
        first = min(starts)
        earlier = [e for e in self.other.select(events, day) if e.last is not None and e.last < first]
        if earlier:
            return ProvenAnswer(False, first, records_of(earlier))
        unsure = [e for e in self.other.select(events, day) if e.start is None or e.start < first]
        if unsure:
            return ProvenAnswer(Silence.UNREADABLE, first, records_of(unsure))
        return ProvenAnswer(True, first) if self.whole else NOTHING


def _difference(now: ProvenAnswer, base: ProvenAnswer) -> ProvenAnswer:
    if not _is_number(now.answer) or not _is_number(base.answer):
        return NOTHING if Silence.NOT_ASKED in (now.answer, base.answer) else ProvenAnswer(Silence.UNREADABLE, now.day)
    if now.records == base.records:
        return NOTHING
    change = round(float(now.answer) - float(base.answer), 9)  # type: ignore[arg-type]
    return ProvenAnswer(_whole(change), now.day, tuple(sorted({*now.records, *base.records})))


def _is_number(answer: object) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _per(days: int, per: int) -> int | float:
    return _whole(days / per)


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number
