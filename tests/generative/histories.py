"""Random histories of events for people, and every summary over them: what tables are held to.

Days lie close together, so that dates tie, windows end on a day and spans touch. Dates may be partial or missing,
events recorded later than the day, values numbers, yes or no, texts, or missing for a reason.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa

from spinesteps.logic.engines import columns
from spinesteps.logic.facts import Choice, Number, Silence, YesNo
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.sources import FromRecord, Sources
from spinesteps.logic.history.summaries import (
    AgeOn,
    BestSince,
    ChangeSince,
    Count,
    CoveredDays,
    DaysSince,
    Elapsed,
    Exists,
    First,
    Latest,
    LongestRun,
    MostWithin,
    NoneBefore,
    OverlapDays,
    Sum,
    Summary,
)
from spinesteps.logic.history.weighing import recorded, standing

DAY = date(2026, 11, 21)
KINDS = ("observation", "medicine", "procedure", "condition", "person")
NAMES = ("a", "b", "a:x", "a:y", "a:z", "b:x")
STATUSES = ("", "active", "completed", "stopped", "on-hold", "unknown", "resolved", "recurrence")
VALUES = (None, True, False, 0, 1, 2.5, 40, -3, "yes", "no", "odd")
ABSENT = ("", "", "", "not_asked", "declined", "not_sure", "unreadable")

NUMBER, FLAG, WORD = Number("n", low=-1e6, high=1e6), YesNo("f"), Choice("c")
SMALL = Number("small", low=0, high=30, whole=True)
A, B = Where("observation", ("a",)), Where("observation", ("b",))
EITHER = Where(("observation", "procedure"), ("a", "b"))
ONLY_A = Where("observation", ("a",), without=("b",))
NEAR_A = Where("observation", ("a",), within_days=5)
TABLET, OTHER = Where("medicine", ("a",)), Where("medicine", ("b",))
TAKEN = Where("medicine", ("a",), active=True)
TAKEN_LATELY = Where("medicine", ("a",), active=True, within_days=6)
ILL = Where("condition", ("a",), active=True)
MAYBE = Where(("condition", "observation", "procedure"), ("a", "b"), suggested=True)
LEFT = Where("procedure", ("a", "b"), side="left", region="lumbar")
SURGERY = Where("procedure", ("b",))
MEANS = (("yes", True), ("no", False), ("odd", Silence.NOT_SURE))


def declared() -> dict[str, FromRecord]:
    """Every summary in its forms, under a name."""
    of_number = (
        Latest(A), Latest(NEAR_A), Latest(ONLY_A), First(A), First(EITHER), Sum(A), Sum(TABLET, quantity=True),
        Sum(A, whole=True), Sum(TAKEN, whole=True), LongestRun(TAKEN, per=7, current=True),
        Count(A),
        Count(EITHER), Count(NEAR_A), Count(A, each="day"), Count(TAKEN_LATELY, each="day"), Count(TABLET, each="kind"),
        Count(TAKEN_LATELY, each="kind"), MostWithin(A, 4), MostWithin(EITHER, 1), LongestRun(TABLET),
        LongestRun(TABLET, gap_days=2), LongestRun(TABLET, gap_days=1, current=True),
        LongestRun(EITHER, per=7), CoveredDays(TABLET), CoveredDays(TAKEN_LATELY),
        CoveredDays(ILL), OverlapDays(TABLET, OTHER), OverlapDays(TAKEN_LATELY, OTHER), DaysSince(SURGERY),
        DaysSince(EITHER, per=7), Elapsed(A), Elapsed(A, per=7), Elapsed(A, per=-1),
        AgeOn(Where("person", ("a",))), ChangeSince(A),
        ChangeSince(A, since=SURGERY), ChangeSince(NEAR_A, since=SURGERY), BestSince(A), BestSince(A, since=SURGERY),
        BestSince(A, low_is_best=False),
    )  # fmt: skip
    of_yes = (
        Latest(A), Latest(A, yes_wins=True), Latest(A, means=MEANS), Latest(A, means=MEANS, yes_wins=True), First(A),
        Exists(A), Exists(TAKEN), Exists(TAKEN_LATELY), Exists(ILL), Exists(LEFT), Exists(A, also=SURGERY),
        Exists(TAKEN, also=OTHER), Exists(ILL, about="began"), Exists(ILL, about="noted"), Exists(MAYBE, about="noted"),
        Exists(Where("condition", ("a",), active=True, suggested=True)),
        Exists(A, gives=Silence.NOT_SURE), Count(A, at_least=2),
        Count(TABLET, each="kind", at_least=2), CoveredDays(TABLET, at_least=5), OverlapDays(TABLET, OTHER, at_least=2),
        NoneBefore(SURGERY, A), NoneBefore(SURGERY, EITHER, whole=True),
    )  # fmt: skip
    of_words = (Latest(A), Exists(A, gives="there"), Latest(A, means=(("yes", "oui"),)))
    found = [FromRecord(fact, s) for fact, all_ in ((NUMBER, of_number), (FLAG, of_yes), (WORD, of_words))
             for s in all_]  # fmt: skip
    found += [FromRecord(SMALL, Latest(A)), FromRecord(FLAG, Exists(B), absent=False, why="a whole record")]
    return {f"s{place}": one for place, one in enumerate(found)}


@dataclass(frozen=True)
class History:
    """A person's events and the day they are judged on."""

    events: tuple[Event, ...]
    day: date = DAY


def grow(random: Random, person: str) -> History:
    """A random history. Most are of one or two kinds and values of one sort, so that their events meet."""
    kinds = random.choice(
        (("observation",), ("observation", "procedure"), ("medicine",), ("condition", "person"), KINDS)
    )
    names = random.choice((("a",), ("a", "b"), ("a", "b"), ("a", "a:x", "a:y"), NAMES))
    values = random.choice(
        (VALUES, (1, 2.5, 40, -3), (0, 2.5, 40, -3), (1, 40), (True, False, None), ("yes", "no", "odd", None))
    )
    many = random.choice((0, 1, 2, 3, 3, 4, 5, 7, 9))
    events = (_event(random, person, kinds, names, values) for _ in range(many))
    return History(tuple(events), DAY - timedelta(days=random.choice((0, 0, 0, 1, 3))))


def _day(random: Random, spread: int = 12) -> date:
    return DAY - timedelta(days=random.randint(-3, spread))


def _event(
    random: Random, person: str, kinds: Sequence[str], names: Sequence[str], values: Sequence[bool | float | str | None]
) -> Event:
    start = _day(random) if random.random() < 0.85 else None
    last = start + timedelta(days=random.choice((0, 0, 1, 4))) if start else None
    value = random.choice(values)
    found = frozenset(random.sample(names, min(len(names), random.choice((1, 1, 2, 3)))))
    unsure = random.random() < 0.15 and "answer" not in kinds
    return Event(
        person=person,
        kind=random.choice(kinds),
        concepts=frozenset() if unsure else found,
        suggests=found if unsure else frozenset(random.sample(names, 1)) if random.random() < 0.1 else frozenset(),
        start=start,
        start_last=last if random.random() < 0.9 else None,
        end=_day(random) if random.random() < 0.3 else None,
        recorded=_day(random) if random.random() < 0.3 else None,
        value=value,
        status=random.choice(STATUSES),
        region=random.choice(("lumbar", "lumbar", "cervical", "")),
        side=random.choice(("left", "left", "right", "")),
        quantity=random.choice((None, None, 0, 1, 3, 5.5)),
        record=random.choice(("", "r1", "r2", "r3", "r4")),
        absent=random.choice(ABSENT) if value is None or random.random() < 0.05 else "",
        moment=random.choice((None, None, 10.0, 20.0)),
    )


def events_table(histories: Sequence[History]) -> pa.Table:
    """All events as a table."""
    return columns.events_table([event for history in histories for event in history.events])


def people_table(histories: Mapping[str, History]) -> pa.Table:
    """Everybody with the day they are judged on."""
    return pa.table({
        "place": pa.array(range(len(histories)), pa.int64()),
        "person": pa.array(list(histories), pa.string()),
        "day": pa.array([history.day for history in histories.values()], pa.date32()),
    })  # fmt: skip


def wanted(one: FromRecord, history: History) -> tuple[Any, int | None]:
    """What the judge says: the answer, and the day it is about in days since 1970."""
    found = one.judge(list(history.events), history.day)
    return found.answer, None if found.day is None else (found.day - date(1970, 1, 1)).days


def real(random: Random, person: str, declared: Sequence[FromRecord]) -> History:
    """A random history of the concepts that declared facts look for."""
    events = []
    for _ in range(random.choice((0, 3, 6, 12))):
        one = random.choice(declared).summary
        where = getattr(one, random.choice([n for n in ("where", "also") if getattr(one, n, None)]))
        kind = where.kind if isinstance(where.kind, str) else random.choice(where.kind)
        concept = random.choice(where.concepts)
        means = [text for text, _ in getattr(one, "means", ())]
        event = _event(random, person, (kind,), (concept,), tuple(means) or (1, 40, 2.5, None))
        concepts = random.choice(((), (f"{concept}:one",), (f"{concept}:two",), ("local_form",)))
        events.append(event._replace(concepts=event.concepts | frozenset(concepts)))
    return History(tuple(events))


# Several sources for one fact

KEPT = 5  # days that an answer keeps


def weighed() -> tuple[Sources, ...]:
    """Facts of every kind, answered by name, by codes, or both, in several ways."""
    ways: dict[str, tuple[Summary, ...]] = {
        "alone": (), "latest": (Latest(A),), "there": (Exists(A),), "ill": (Exists(ILL),),
        "several": (Latest(NEAR_A), Exists(B), Exists(SURGERY)), "counted": (Count(A, at_least=2), Exists(ILL)),
        "asked": (Exists(ILL, about="began"), Exists(MAYBE, gives=Silence.OUT_OF_DATE, about="noted")),
    }  # fmt: skip
    found = []
    for (way, summaries), danger, days in itertools.product(ways.items(), (False, True), (None, KEPT)):
        name = f"f_{way}_{'danger' if danger else 'calm'}_{days or 'life'}"
        fact = YesNo(name, valid_days=days, danger=danger)
        found.append(Sources.of(fact, [FromRecord(fact, one) for one in summaries]))
    for danger, days, moving in itertools.product((False, True), (None, KEPT), (False, True)):
        name = f"n_{'danger' if danger else 'calm'}_{days or 'life'}{'_moving' if moving else ''}"
        number = Number(name, valid_days=days, danger=danger, low=0, high=30, whole=danger)
        own = [FromRecord(number, Elapsed(Where("answer", (name,)), per=7 if danger else 1))] if moving else []
        coded = DaysSince(SURGERY) if moving else Latest(A)
        found.append(Sources.of(number, [*own, FromRecord(number, coded), FromRecord(number, Count(B))]))
    word = Choice("w_kept", valid_days=KEPT, options=("yes", "odd", "there"))
    silent = YesNo("f_silent", valid_days=KEPT)
    found.append(Sources.of(word, [FromRecord(word, Exists(SURGERY, gives="there")), FromRecord(word, Latest(A))]))
    found.append(Sources.of(silent, [FromRecord(silent, Exists(B), absent=False, why="a whole record")]))
    return tuple(found)


def answered(random: Random, person: str, sources: Sequence[Sources]) -> History:
    """A random history with answers by name beside it: on the day, on both sides of what keeps, later, corrected."""
    history = grow(random, person)
    events = []
    for source in random.sample(sources, random.choice((1, 3, 8))):
        values = {"yes_no": (True, False, True, 3), "number": (0, 1, 2.5, 4, 40, True), "choice": ("yes", "odd", "no")}
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            event = _event(random, person, ("answer",), (source.fact.name,), (*values[source.fact.kind], None))
            far = random.choice((0, 0, 1, 3, 4, 5, 6, 7, -1))
            day = history.day - timedelta(days=far)
            sure = event._replace(start=day, start_last=day, recorded=None, end=None)
            events.append(random.choice((event, sure, sure, sure._replace(start=None, start_last=None))))
    return History((*history.events, *events), history.day)


def standing_answer(source: Sources, history: History) -> Any:
    """What the judge says of a fact on the day."""
    found, _ = recorded(source, list(history.events), history.day)
    return standing(source.fact, found.answer, found.day, history.day)
