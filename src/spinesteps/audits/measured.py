"""Measures judged on one person's events: each an answer or why it is not known, with the records that prove it.

Every measure is judged twice: on the events that surely count, and with those that may count (a date known in part, a
code nobody verified). Where the two disagree the answer is not known. Events are those known on the day of judging,
whenever they were written down: an audit asks what happened, not what was on file on the index day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from spinesteps.audits.measures import WINDOWED, Measure
from spinesteps.audits.shelf import COVERING, Shelf, looks_back_to
from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.history.event import Event, as_of
from spinesteps.logic.history.event_filter import ProvenAnswer, Where
from spinesteps.logic.history.summaries import Exists, Summary

KINDS_OF_CLAIMS = frozenset(("procedure", "imaging", "medicine", "condition", "encounter"))
SAYING = ("answer", "observation")
MOST_RECORDS = 50  # named for one answer: hundreds prove no more, and an index event each would name them all again


@dataclass(frozen=True, slots=True)
class Complete:
    """Somebody's word that a record holds every event of these kinds from one day to another. Default: no kind."""

    since: date = date.max
    until: date = date.min
    kinds: frozenset[str] = KINDS_OF_CLAIMS

    def covers(self, kinds: Iterable[str], first: date, last: date) -> bool:
        """Whether nothing of these kinds can be missing between two days."""
        return self.since <= first and last <= self.until and self.kinds.issuperset(kinds)


@dataclass(frozen=True, slots=True)
class MeasureAnswer:
    """A measure's answer. day: what the answer is about. records: the proof. perhaps: records that may count.

    Of both at most the newest MOST_RECORDS; more: there are others beside them.
    why: for an answer not known or drawn from silence: not_found, not_over, perhaps, unreadable, complete, declared.
    """

    answer: Answer
    day: date | None = None
    records: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    why: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The events of one person known on a day, and for what the record is complete."""

    events: tuple[Event, ...]
    on: date
    complete: Complete = Complete()
    _by_concept: dict[str, list[Event]] = field(default_factory=dict, compare=False, repr=False)
    _shelves: dict[Measure, Shelf] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, events: Iterable[Event], on: date, complete: Complete | None = None) -> History:
        """What is known on the day; when it was written down plays no part from here on."""
        known = tuple(event._replace(recorded=None) for event in as_of(list(events), on))
        made = cls(known, on, complete or Complete())
        for event in known:
            for concept in event.concepts | event.suggests:
                made._by_concept.setdefault(concept, []).append(event)
        return made

    def about(self, one: Measure) -> Shelf:
        """The events that stand for one of its concepts, or may; sorted once."""
        if one not in self._shelves:
            events = {id(e): e for concept in one.concepts for e in self._by_concept.get(concept, ())}
            kept = [e for e in events.values() if not one.said_yes or e.kind not in SAYING or e.value is True]
            self._shelves[one] = Shelf.of(kept, one.summary, self.on)
        return self._shelves[one]

    def naming(self, where: Where) -> list[Event]:
        """The events of a selection's kinds that stand for one of its concepts, or may."""
        kinds = (where.kind,) if isinstance(where.kind, str) else where.kind
        events = {id(e): e for concept in where.concepts for e in self._by_concept.get(concept, ()) if e.kind in kinds}
        return [e for e in events.values() if not set(where.without) & e.concepts]


def measure_all(measures: Iterable[Measure], history: History, index: date) -> dict[str, MeasureAnswer]:
    """Every measure around an index day, by the name of its fact."""
    return {one.fact.name: measure(one, history, index) for one in measures}


def answers_of(measured: Mapping[str, MeasureAnswer]) -> dict[str, Answer]:
    """The answers for `judge`."""
    return {name: one.answer for name, one in measured.items()}


def measure(one: Measure, history: History, index: date) -> MeasureAnswer:
    """One measure around an index day."""
    first, last = one.window.days(index, history.on)
    summary = _windowed(one.summary, first, last)
    enough, shelf = one.enough(history.on), history.about(one)
    until, low = min(last, history.on), looks_back_to(summary, last)
    if enough is None and isinstance(summary, COVERING):
        low = None  # none of the days covered is an answer when there were some before
    if isinstance(summary, Exists) and summary.also is None and enough is None:
        newest = shelf.newest(low, until, MOST_RECORDS + 1)  # one is enough: no other can undo it
        there = summary.judge(_sorted(newest, first, until)[0], last)
        if not isinstance(there.answer, Silence):
            return _named(there, newest)
    near = shelf.between(low, until)
    sure, wide, perhaps = _sorted(near, first, until)
    surely = _judged(summary, sure, last, enough)
    if perhaps and _judged(summary, wide, last, enough).answer != surely.answer:
        named = tuple(record for record in perhaps if record)
        may = _newest(named, near)
        unsure = _named(replace(surely, answer=Silence.UNREADABLE), near, more=len(may) < len(named))
        return replace(unsure, perhaps=may, why="perhaps")
    if surely.answer is not Silence.NOT_ASKED:
        return _named(surely, near)
    return _silent(one, history, index, last)


def _named(proven: ProvenAnswer, events: Iterable[Event], more: bool = False) -> MeasureAnswer:
    """An answer with the newest of its records."""
    records, why = _newest(proven.records, events), "unreadable" if isinstance(proven.answer, Silence) else ""
    more = more or len(records) < len(proven.records)
    return MeasureAnswer(proven.answer, proven.day, records, why=why, more=more)


def _newest(records: tuple[str, ...], events: Iterable[Event]) -> tuple[str, ...]:
    """The records, or where there are very many the newest of them, in order of their ids."""
    if len(records) <= MOST_RECORDS:
        return records
    days = {event.record: event.last or date.min for event in sorted(events, key=lambda e: e.last or date.min)}
    return tuple(sorted(sorted(records, key=lambda record: (days.get(record, date.min), record))[-MOST_RECORDS:]))


def _silent(one: Measure, history: History, index: date, last: date) -> MeasureAnswer:
    if one.absent is not Silence.NOT_ASKED:
        return MeasureAnswer(one.absent, why="declared")
    if last > history.on:
        return MeasureAnswer(Silence.NOT_ASKED, why="not_over")
    # Where only a yes counts, what nobody said is no yes; the kinds beside it must be complete.
    kinds = one.kinds.difference(SAYING) if one.said_yes else one.kinds
    if one.silence is not None and history.complete.covers(
        kinds, one.window.must_be_whole_from(index, history.on), last
    ):
        return MeasureAnswer(one.silence, last, why="complete")
    return MeasureAnswer(Silence.NOT_ASKED, why="not_found")


def _windowed(summary: Summary, first: date | None, last: date) -> Summary:
    if first is None:
        return summary
    changed = {}
    for name in WINDOWED:
        part = getattr(summary, name, None)
        if isinstance(part, Where) and part.within_days is None:
            changed[name] = replace(part, within_days=(last - first).days)
    return replace(summary, **changed)  # type: ignore[type-var]


def _judged(summary: Summary, events: Sequence[Event], day: date, enough: float | None) -> ProvenAnswer:
    proven = summary.judge(events, day)
    if enough is None or isinstance(proven.answer, Silence):
        return proven
    if isinstance(proven.answer, bool) or not isinstance(proven.answer, int | float):
        return replace(proven, answer=Silence.UNREADABLE)
    return replace(proven, answer=True if proven.answer >= enough else Silence.NOT_ASKED)


def _sorted(
    events: Iterable[Event], first: date | None, last: date
) -> tuple[list[Event], list[Event], tuple[str, ...]]:
    """The events that surely count where they stand in time; all with those that may; the records of the latter.

    An event without an id counts too: its record is "".
    """
    sure: list[Event] = []
    wide: list[Event] = []
    perhaps: set[str] = set()
    for event in events:
        ends = event.start_last or event.start
        begins = event.start or ends
        if begins is not None and begins > last:
            continue
        dated = event.kind == "person" or _certain(begins, ends, first, last)
        if dated:
            sure.append(event)
        if not dated or event.suggests:
            perhaps.add(event.record)
            event = event._replace(concepts=event.concepts | event.suggests, suggests=frozenset())
        wide.append(event if dated else _moved(event, first, last))
    return sure, wide, tuple(sorted(perhaps))


def _certain(begins: date | None, ends: date | None, first: date | None, last: date) -> bool:
    """Whether it surely lies inside the window or surely outside."""
    if begins is None or ends is None or ends > last:
        return False
    return begins == ends or first is None or begins >= first or ends < first


def _moved(event: Event, first: date | None, last: date) -> Event:
    """A date known in part or not at all, read as lying inside the window if it can."""
    end = last if event.last is None else min(event.last, last)
    if first is not None and end < first and event.end is None and event.quantity is None:
        return event
    return event._replace(start=end, start_last=end)
