"""Which events a summary looks at, and what they say: selection, order in time, days covered, values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.history.event import Event, as_of
from spinesteps.logic.history.spans import Span

ONGOING = ("", "active", "recurrence", "relapse", "in-progress")
MEDICINE_TAKEN = ("active",)
STATUS_UNKNOWN = ("unknown", "")


@dataclass(frozen=True, slots=True)
class ProvenAnswer:
    """An answer, the day it is about, and the records that prove it."""

    answer: Answer
    day: date | None = None
    records: tuple[str, ...] = ()


NOTHING = ProvenAnswer(Silence.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Where:
    """Which events a summary looks at.

    kind, concepts: of this kind (or one of several) and standing for one of these concepts. without: events that
    stand for one of these too are left out. within_days: begun at most so many days before the day. active: still
    going on that day. suggested: also those that only may stand for one of them.
    """

    kind: str | tuple[str, ...]
    concepts: tuple[str, ...]
    without: tuple[str, ...] = ()
    within_days: int | None = None
    active: bool = False
    region: str = ""
    side: str = ""
    suggested: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of event."""
        return (self.kind,) if isinstance(self.kind, str) else self.kind

    def select(self, events: Iterable[Event], day: date) -> list[Event]:
        """The events it means, known on the day, in order of time and record."""
        kinds = self.kinds
        wanted, unwanted = set(self.concepts), set(self.without)
        since = date.min
        if self.within_days is not None:
            since = date.fromordinal(max(day.toordinal() - self.within_days, 1))
        found = [
            event
            for event in as_of([e for e in events if e.kind in kinds and self._means(e, wanted)], day)
            if unwanted.isdisjoint(event.concepts)
            and self.region in ("", event.region)
            and self.side in ("", event.side)
            and (event.start_last or event.start or date.max) >= since
            and (not self.active or is_active(event, day))
        ]
        return sorted(found, key=_order)

    def _means(self, event: Event, wanted: set[str]) -> bool:
        return not wanted.isdisjoint(event.concepts) or (self.suggested and not wanted.isdisjoint(event.suggests))


def _order(event: Event) -> tuple[date, date, float, str, str]:
    begun = event.start or date.min
    return (event.start_last or begun, begun, event.moment or 0.0, event.record, str(event.value))


def is_active(event: Event, day: date) -> bool:
    """Whether it is going on that day: its end says so, else its status, else a supply that covers the day."""
    if event.end is not None:
        return event.end >= day and (event.kind != "medicine" or event.status not in ("on-hold", "stopped"))
    if event.kind == "medicine":
        return event.status in MEDICINE_TAKEN or (event.status in STATUS_UNKNOWN and _covers(event, day))
    return event.status in ONGOING


def _covers(event: Event, day: date) -> bool:
    span = span_of(event, day)
    return span is not None and span[0] <= day <= span[1] and event.quantity is not None


def span_of(event: Event, day: date) -> Span | None:
    """The days it surely covers, up to the day: to its end, through its supply, to today while active, else one day."""
    first = event.last
    if first is None:
        return None
    if event.end is not None:
        return (first, min(event.end, day))
    if event.quantity is not None and event.kind == "medicine":
        return (first, min(first + timedelta(days=max(int(event.quantity), 1) - 1), day))
    active = event.status in (MEDICINE_TAKEN if event.kind == "medicine" else ONGOING[1:])
    return (first, day if active else first)


def spans_of(events: Iterable[Event], day: date) -> list[Span]:
    """The stretches of time that events cover up to a day; undated ones are left out."""
    return [span for event in events if (span := span_of(event, day)) is not None]


def records_of(events: Iterable[Event]) -> tuple[str, ...]:
    """The ids of the records that prove something, each once."""
    return tuple(sorted({event.record for event in events if event.record}))


def days_of(events: Iterable[Event], day: date) -> list[date]:
    """The last possible day of each dated event up to a day."""
    return [min(event.last, day) for event in events if event.last is not None]


def valued(events: Iterable[Event]) -> list[Event]:
    """The events that carry a value."""
    return [e for e in events if e.value is not None or e.absent not in ("", Silence.NOT_ASKED.value)]


def newest(events: list[Event]) -> list[Event]:
    """The events that can be the newest one: several when their dates cannot be told apart. Undated ones are older."""
    dated = [event for event in events if event.last is not None]
    timed = [event for event in dated if event.moment is not None]
    last_moment = max((event.moment for event in timed if event.moment is not None), default=0.0)
    left = [event for event in dated if event.moment is None or event.moment == last_moment]
    if not left:
        return events
    floor = max(event.start for event in left if event.start is not None) if any(e.start for e in left) else date.min
    return [event for event in left if event.last is not None and event.last >= floor]


def answer_of(event: Event) -> Answer:
    """The answer that an event's value gives."""
    return Silence(event.absent) if event.value is None else event.value


def one_answer(events: list[Event], day: date, yes_wins: bool) -> ProvenAnswer:
    """One answer of events that cannot be told apart in time: yes wins where asked, else disagreement is a conflict."""
    answers = {_key(answer): answer for answer in map(answer_of, events)}
    about = max(days_of(events, day), default=None)
    if len(answers) == 1:
        return ProvenAnswer(answer_of(events[0]), about, records_of(events))
    if yes_wins and any(answer is True for answer in answers.values()):
        return ProvenAnswer(True, about, records_of(event for event in events if event.value is True))
    return ProvenAnswer(Silence.IN_CONFLICT, about, records_of(events))


def _key(answer: Answer) -> tuple[str, str]:
    if isinstance(answer, Silence):
        return ("silence", answer.value)
    if isinstance(answer, bool):
        return ("yes_no", str(answer))
    return ("number", str(float(answer))) if isinstance(answer, int | float) else ("text", str(answer))


def meaning(events: list[Event], means: tuple[tuple[str, Answer], ...]) -> list[Event]:
    """The events with each coded value replaced by what it means."""
    if not means:
        return events
    table = dict(means)
    found = []
    for event in events:
        answer = table.get(event.value) if isinstance(event.value, str) else None
        if isinstance(answer, Silence):
            found.append(event._replace(value=None, absent=answer.value))
        elif answer is not None and not isinstance(answer, date):
            found.append(event._replace(value=answer))
        elif event.absent:
            found.append(event)
    return found
