"""Measures find their events by bisect: the answer is the same as when every event is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from spinesteps.audits import measured
from spinesteps.audits.measured import MOST_RECORDS, History, measure
from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.shelf import COVERING, Shelf
from spinesteps.logic.facts import Number, Silence, YesNo
from spinesteps.logic.history.courses import ActiveWeeks
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.summaries import (
    BestSince,
    Count,
    CoveredDays,
    DaysSince,
    Exists,
    Latest,
    LongestRun,
    NoneBefore,
    OverlapDays,
)
from tests.generative import histories as h

WINDOWS = (Window(before=3), Window(before=6, after=2), Window(before=None, complete_days=30), Window(before=9,
           without_index=True), Window(from_after=1, after=4))  # fmt: skip
SUMMARIES = (
    Exists(h.A), Exists(h.TAKEN), Exists(h.NEAR_A), Exists(h.A, also=h.SURGERY), Latest(h.A), Count(h.EITHER),
    Count(h.A, each="day", at_least=2), CoveredDays(h.TABLET), CoveredDays(h.ILL, at_least=3), DaysSince(h.EITHER),
    OverlapDays(h.TABLET, h.OTHER), LongestRun(h.TABLET, gap_days=1), ActiveWeeks(h.TABLET), BestSince(h.A, h.SURGERY),
    NoneBefore(h.SURGERY, h.A),
)  # fmt: skip


def measures() -> Iterator[Measure]:
    """Every summary in every window, of facts that take whatever is found."""
    for place, summary in enumerate(SUMMARIES):
        for number, window in enumerate(WINDOWS):
            fact = (YesNo if isinstance(summary, Exists) else Number)(f"m_{place}_{number}")
            yield Measure(fact=fact, summary=summary, window=window)
            if isinstance(summary, COVERING):
                yield Measure(fact=fact, summary=summary, window=window, at_least=2)


def perhaps(random: Random, event: Event) -> Event:
    """Some events only may stand for what they stand for."""
    return event._replace(concepts=frozenset(), suggests=event.concepts) if random.random() < 0.1 else event


def test_the_same_answers_as_from_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    random, wanted = Random(7), list(measures())
    cases = []
    for number in range(150):
        grown = h.grow(random, f"p{number}")
        events = tuple(perhaps(random, event) for event in grown.events)
        index = h.DAY - timedelta(days=random.randint(-1, 9))
        cases.append((events, index, [measure(one, History.of(events, h.DAY), index) for one in wanted]))
    whole = Shelf.between
    monkeypatch.setattr(Shelf, "between", lambda shelf, first, last: whole(shelf, None, date.max))
    monkeypatch.setattr(Shelf, "newest", lambda shelf, first, last, many: [])
    for events, index, found in cases:
        slow = [measure(one, History.of(events, h.DAY), index) for one in wanted]
        for one, quick, slowly in zip(wanted, found, slow, strict=True):
            same = (quick.answer, quick.why) == (slowly.answer, slowly.why)
            same = same and (isinstance(quick.answer, Silence) or quick.day == slowly.day)
            assert same, f"{one.summary} {one.window} {index}: {quick} not {slowly}\n{events}"


def test_the_newest_records_are_named_and_that_there_are_more() -> None:
    days = [h.DAY - timedelta(days=n) for n in range(MOST_RECORDS + 20)]
    one = Event("p", "observation", concepts=frozenset("a"), value=1.0)
    events = [one._replace(start=day, start_last=day, record=f"r{n:03}") for n, day in enumerate(days)]
    history = History.of(events, h.DAY)
    window = Window(before=None, complete_days=1)
    for summary, fact in ((Exists(h.A), YesNo("there")), (Count(h.A), Number("many", high=1e6))):
        found = measure(Measure(fact=fact, summary=summary, window=window), history, h.DAY)
        assert found.records == tuple(f"r{n:03}" for n in range(MOST_RECORDS)) and found.more
    few = measured.measure(Measure(fact=YesNo("few"), summary=Exists(h.A), window=Window(before=9)), history, h.DAY)
    assert len(few.records) == 10 and not few.more
