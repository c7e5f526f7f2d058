"""Summaries over events where there is little to sum up: nothing found is not asked, and undated is unreadable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from spinesteps.logic.facts import Silence
from spinesteps.logic.history.courses import PercentFall
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import Where, meaning
from spinesteps.logic.history.summaries import (
    AgeOn,
    BestSince,
    ChangeSince,
    Exists,
    First,
    LongestRun,
    MostWithin,
    NoneBefore,
    Sum,
    Summary,
)

DAY = date(2026, 11, 21)
SCORE, VISIT = Where("observation", ("score",)), Where("procedure", ("visit",))


def event(kind: str, concept: str, day: date | None = None, value: Any = None, record: str = "1", **more: Any) -> Event:
    return Event("p", kind, concepts=frozenset((concept,)), start=day, start_last=day, value=value, source="s",
                 record=record, **more)  # fmt: skip


OLD, NEW = date(2026, 1, 1), date(2026, 6, 1)
THREE = event("observation", "score", NEW, 3, "2")
UNDATED_VISIT = [event("procedure", "visit")]
SUMMARIES: list[Summary] = [
    First(SCORE), Sum(VISIT), MostWithin(VISIT, 7), LongestRun(VISIT), AgeOn(Where("person", ("birth_date",))),
    ChangeSince(SCORE), BestSince(SCORE), BestSince(SCORE, since=VISIT), NoneBefore(SCORE, VISIT), PercentFall(SCORE),
]  # fmt: skip


@pytest.mark.parametrize("summary", SUMMARIES, ids=lambda one: type(one).__name__)
def test_nothing_found_is_not_asked(summary: Summary) -> None:
    assert summary.judge([], DAY).answer is Silence.NOT_ASKED


@pytest.mark.parametrize(
    ("summary", "events"),
    [
        (Sum(VISIT), UNDATED_VISIT),
        (MostWithin(VISIT, 7), UNDATED_VISIT),
        (LongestRun(VISIT), UNDATED_VISIT),
        (AgeOn(Where("person", ("birth_date",))), [event("person", "birth_date")]),
        (ChangeSince(SCORE), [event("observation", "score", OLD, "much", "1"), THREE]),
        (PercentFall(SCORE), [event("observation", "score", OLD, 0, "1"), THREE]),
        (NoneBefore(SCORE, VISIT), [event("observation", "score", OLD, 1), *UNDATED_VISIT]),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_there_and_says_too_little_is_unreadable(summary: Summary, events: list[Event]) -> None:
    assert summary.judge(events, DAY).answer is Silence.UNREADABLE


def test_an_old_run_is_no_current_one() -> None:
    taken = [event("medicine", "pill", OLD, end=date(2026, 1, 10))]
    assert LongestRun(Where("medicine", ("pill",)), current=True).judge(taken, DAY).answer is Silence.NOT_ASKED


def test_best_and_change_since_an_event() -> None:
    scores = [event("observation", "score", OLD, 40, "1"), event("observation", "score", NEW, 30, "2"),
              event("observation", "score", date(2026, 11, 1), 35, "3")]  # fmt: skip
    visit = [event("procedure", "visit", date(2026, 5, 1), record="4")]
    assert BestSince(SCORE, since=VISIT).judge([*scores, *visit], DAY).answer == 5
    assert BestSince(SCORE, since=VISIT).judge(scores, DAY).answer is Silence.NOT_ASKED
    assert BestSince(SCORE, since=VISIT).judge([*scores[:1], *visit], DAY).answer is Silence.NOT_ASKED
    assert ChangeSince(SCORE, since=VISIT).judge([*scores, *visit], DAY).answer == -5
    assert PercentFall(SCORE).judge(scores, DAY).answer == 12.5


def test_an_answer_about_when_something_was_noted() -> None:
    noted = [event("condition", "ill", OLD, recorded=NEW)]
    where = Where("condition", ("ill",))
    assert Exists(where, about="noted").judge(noted, DAY).day == NEW
    assert Exists(where).judge(noted, DAY).day == OLD


def test_a_coded_value_may_mean_that_somebody_did_not_say() -> None:
    means = (("LA1", True), ("LA2", Silence.DECLINED))
    coded = [event("observation", "smoking", OLD, value, value) for value in ("LA1", "LA2", "LA3")]
    unsaid = event("observation", "smoking", OLD, None, "4", absent="not_sure")
    assert [(one.value, one.absent) for one in meaning([*coded, unsaid], means)] == [
        (True, ""), (None, "declined"), (None, "not_sure"),
    ]  # fmt: skip
