"""Every summary over events, as tables: what stands in the record, the day, the answer."""

from datetime import date

import pytest

from spinesteps.logic.facts import Number, Silence, YesNo
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
)
from spinesteps.logic.history.weighing import recorded

DAY = date(2026, 11, 21)
NOT_ASKED, UNREADABLE, CONFLICT = Silence.NOT_ASKED, Silence.UNREADABLE, Silence.IN_CONFLICT
SCORE = Where("observation", ("score",))
TABLET = Where("medicine", ("tablet",))
OTHER = Where("medicine", ("other",))
ILLNESS = Where("condition", ("illness",))
ACTIVE_ILLNESS = Where("condition", ("illness",), active=True)
ACTIVE_TABLET = Where("medicine", ("tablet",), active=True)
VISIT = Where("procedure", ("visit",))
VISIT_YEAR = Where("procedure", ("visit",), within_days=365)
SURGERY = Where("procedure", ("surgery",))


def day(text):
    return date.fromisoformat(text) if text else None


def event(where, start="", value=None, last="", end="", recorded="", status="", record="r", quantity=None, **more):
    kind = where.kind if isinstance(where.kind, str) else where.kind[0]
    return Event(
        person="p", kind=kind, concepts=frozenset(where.concepts), start=day(start), start_last=day(last or start),
        end=day(end), recorded=day(recorded), value=value, status=status, record=record, quantity=quantity, **more,
    )  # fmt: skip


TABLE = [
    # Latest: the newest value that was known on the day
    ("newest of two", Latest(SCORE), [event(SCORE, "2026-01-01", 1.0), event(SCORE, "2026-02-01", 2.0)], 2.0),
    ("nothing", Latest(SCORE), [], NOT_ASKED),
    ("zero is a value", Latest(SCORE), [event(SCORE, "2026-01-01", 0)], 0),
    ("begins later", Latest(SCORE), [event(SCORE, "2026-12-01", 9.0)], NOT_ASKED),
    ("recorded later", Latest(SCORE), [event(SCORE, "2026-01-01", 9.0, recorded="2026-12-01")], NOT_ASKED),
    ("on the day itself", Latest(SCORE), [event(SCORE, "2026-11-21", 9.0)], 9.0),
    ("another concept", Latest(SCORE), [event(Where("observation", ("x",)), "2026-01-01", 9.0)], NOT_ASKED),
    ("another kind", Latest(SCORE), [event(Where("answer", ("score",)), "2026-01-01", 9.0)], NOT_ASKED),
    ("one day, two values", Latest(SCORE), [event(SCORE, "2026-01-01", 1.0), event(SCORE, "2026-01-01", 2.0)],
     CONFLICT),
    ("one day, one value twice", Latest(SCORE), [event(SCORE, "2026-01-01", 1.0), event(SCORE, "2026-01-01", 1)], 1.0),
    ("later the same day", Latest(SCORE),
     [event(SCORE, "2026-01-01", 1.0, moment=5.0), event(SCORE, "2026-01-01", 2.0, moment=6.0)], 2.0),
    ("a month may be later than a day in it", Latest(SCORE),
     [event(SCORE, "2026-05-01", 1.0, last="2026-05-31"), event(SCORE, "2026-05-10", 2.0)], CONFLICT),
    ("a month before it is older", Latest(SCORE),
     [event(SCORE, "2026-04-01", 1.0, last="2026-04-30"), event(SCORE, "2026-05-10", 2.0)], 2.0),
    ("an undated one is older", Latest(SCORE), [event(SCORE, "", 1.0), event(SCORE, "2020-01-01", 2.0)], 2.0),
    ("a reason for no value", Latest(SCORE),
     [event(SCORE, "2026-01-01", 1.0), event(SCORE, "2026-02-01", absent="declined")], Silence.DECLINED),
    ("not asked again is no answer", Latest(SCORE),
     [event(SCORE, "2026-01-01", 1.0), event(SCORE, "2026-02-01", absent="not_asked")], 1.0),
    ("yes wins a tie", Latest(SCORE, yes_wins=True),
     [event(SCORE, "2026-01-01", False), event(SCORE, "2026-01-01", True)], True),
    ("yes does not win over a later no", Latest(SCORE, yes_wins=True),
     [event(SCORE, "2026-01-01", True), event(SCORE, "2026-01-02", False)], False),
    ("an undated yes wins", Latest(SCORE, yes_wins=True), [event(SCORE, "", True), event(SCORE, "2026-01-02", False)],
     True),
    ("a coded value", Latest(SCORE, means=(("never", False),)), [event(SCORE, "2026-01-01", "never")], False),
    ("a coded value nobody named", Latest(SCORE, means=(("never", False),)), [event(SCORE, "2026-01-01", "x")],
     NOT_ASKED),
    # First
    ("oldest", First(SCORE), [event(SCORE, "2026-02-01", 2.0), event(SCORE, "2026-01-01", 1.0)], 1.0),
    # Exists
    ("once is enough", Exists(ILLNESS), [event(ILLNESS, "1990-01-01", status="resolved")], True),
    ("undated counts for a history", Exists(ILLNESS), [event(ILLNESS)], True),
    ("silence is never no", Exists(ILLNESS), [], NOT_ASKED),
    ("active", Exists(ACTIVE_ILLNESS), [event(ILLNESS, "1990-01-01", status="active")], True),
    ("resolved", Exists(ACTIVE_ILLNESS), [event(ILLNESS, "1990-01-01", status="resolved")], NOT_ASKED),
    ("ended before", Exists(ACTIVE_ILLNESS), [event(ILLNESS, "1990-01-01", end="1991-01-01", status="active")],
     NOT_ASKED),
    ("ends later", Exists(ACTIVE_ILLNESS), [event(ILLNESS, "1990-01-01", end="2027-01-01", status="resolved")], True),
    ("taken", Exists(ACTIVE_TABLET), [event(TABLET, "2026-01-01", status="active")], True),
    ("stopped", Exists(ACTIVE_TABLET), [event(TABLET, "2026-01-01", status="stopped")], NOT_ASKED),
    ("completed", Exists(ACTIVE_TABLET), [event(TABLET, "2026-01-01", status="completed")], NOT_ASKED),
    ("undated medicine", Exists(ACTIVE_TABLET), [event(TABLET, status="active")], UNREADABLE),
    ("a supply that covers the day", Exists(ACTIVE_TABLET),
     [event(TABLET, "2026-11-01", status="unknown", quantity=28)], True),
    ("a supply that is used up", Exists(ACTIVE_TABLET),
     [event(TABLET, "2026-09-01", status="unknown", quantity=28)], NOT_ASKED),
    ("both", Exists(VISIT, also=SURGERY, gives="both"),
     [event(VISIT, "2026-01-01"), event(SURGERY, "2020-01-01")], "both"),
    ("only one of both", Exists(VISIT, also=SURGERY), [event(VISIT, "2026-01-01")], NOT_ASKED),
    # Count
    ("records", Count(VISIT), [event(VISIT, "2026-01-01", record="a"), event(VISIT, "2026-01-01", record="b")], 2),
    ("one record twice", Count(VISIT), [event(VISIT, "2026-01-01"), event(VISIT, "2026-01-01")], 1),
    ("days", Count(VISIT, each="day"), [event(VISIT, "2026-01-01", record="a"), event(VISIT, "2026-01-01",
     record="b")], 1),
    ("within a year", Count(VISIT_YEAR), [event(VISIT, "2025-11-21"), event(VISIT, "2025-11-20", record="b")], 1),
    ("a partial date may be within", Count(VISIT_YEAR), [event(VISIT, "2025-01-01", last="2025-12-31")], 1),
    ("only undated", Count(VISIT_YEAR), [event(VISIT)], UNREADABLE),
    ("two kinds", Count(TABLET, each="kind", at_least=2),
     [event(Where("medicine", ("tablet", "tablet:a")), "2026-01-01"),
      event(Where("medicine", ("tablet", "tablet:b")), "2026-01-01")], True),
    ("one kind twice", Count(TABLET, each="kind", at_least=2),
     [event(Where("medicine", ("tablet", "tablet:a")), "2026-01-01", record="a"),
      event(Where("medicine", ("tablet", "tablet:a")), "2026-01-01", record="b")], NOT_ASKED),
    ("one product with two names", Count(TABLET, each="kind", at_least=2),
     [event(Where("medicine", ("tablet", "tablet:a", "tablet:a sodium")), "2026-01-01")], NOT_ASKED),
    # Sum
    ("sum", Sum(SCORE), [event(SCORE, "2026-01-01", 1.5), event(SCORE, "2026-01-02", 2)], 3.5),
    ("sum without numbers", Sum(SCORE), [event(SCORE, "2026-01-01", "x")], UNREADABLE),
    ("sum of quantities", Sum(TABLET, quantity=True), [event(TABLET, "2026-01-01", quantity=28)], 28),
    # MostWithin
    ("most in 365 days", MostWithin(VISIT, 365),
     [event(VISIT, d) for d in ("2020-01-01", "2022-01-01", "2022-06-01", "2022-12-31", "2023-01-01")], 3),
    # LongestRun
    ("longest", LongestRun(TABLET), [event(TABLET, "2026-01-01", end="2026-01-10"), event(TABLET, "2026-03-01",
     end="2026-03-02")], 10),
    ("bridged", LongestRun(TABLET, gap_days=7),
     [event(TABLET, "2026-01-01", end="2026-01-10"), event(TABLET, "2026-01-18", end="2026-01-20")], 20),
    ("not bridged", LongestRun(TABLET, gap_days=6),
     [event(TABLET, "2026-01-01", end="2026-01-10"), event(TABLET, "2026-01-18", end="2026-01-20")], 10),
    ("in weeks", LongestRun(TABLET, per=7), [event(TABLET, "2026-01-01", end="2026-02-11")], 6),
    # CoveredDays
    ("overlaps count once", CoveredDays(TABLET),
     [event(TABLET, "2026-01-01", end="2026-01-10"), event(TABLET, "2026-01-05", end="2026-01-12")], 12),
    ("active until the day", CoveredDays(TABLET), [event(TABLET, "2026-11-12", status="active")], 10),
    ("enough", CoveredDays(TABLET, at_least=90), [event(TABLET, "2026-08-24", status="active")], True),
    ("one day short is not known", CoveredDays(TABLET, at_least=90),
     [event(TABLET, "2026-08-25", status="active")], NOT_ASKED),
    ("began before the window", CoveredDays(Where("medicine", ("tablet",), within_days=9)),
     [event(TABLET, "2020-01-01", status="active")], 10),
    ("supply", CoveredDays(TABLET), [event(TABLET, "2026-01-01", quantity=30, status="completed")], 30),
    ("no date", CoveredDays(TABLET), [event(TABLET, status="active")], UNREADABLE),
    # OverlapDays
    ("both at once", OverlapDays(TABLET, OTHER),
     [event(TABLET, "2026-01-01", end="2026-01-10"), event(OTHER, "2026-01-08", end="2026-01-20")], 3),
    ("never at once", OverlapDays(TABLET, OTHER),
     [event(TABLET, "2026-01-01", end="2026-01-10"), event(OTHER, "2026-02-08", end="2026-02-20")], 0),
    ("only one", OverlapDays(TABLET, OTHER), [event(TABLET, "2026-01-01", end="2026-01-10")], NOT_ASKED),
    # DaysSince
    ("since", DaysSince(VISIT), [event(VISIT, "2026-11-01"), event(VISIT, "2026-10-01")], 20),
    ("since a month: its last day", DaysSince(VISIT), [event(VISIT, "2026-10-01", last="2026-10-31")], 21),
    ("since this month: today", DaysSince(VISIT), [event(VISIT, "2026-11-01", last="2026-11-30")], 0),
    ("since in weeks", DaysSince(VISIT, per=7), [event(VISIT, "2026-11-07")], 2),
    ("since an unknown day", DaysSince(VISIT), [event(VISIT)], UNREADABLE),
    # Elapsed
    ("said ten days ago", Elapsed(SCORE), [event(SCORE, "2026-11-11", 3)], 13),
    ("said who knows when", Elapsed(SCORE), [event(SCORE, "", 3)], UNREADABLE),
    ("said in weeks", Elapsed(SCORE, per=7), [event(SCORE, "2026-11-14", 3)], 4),
    # AgeOn
    ("birthday is tomorrow", AgeOn(SCORE), [event(SCORE, "1950-11-22")], 75),
    ("birthday is today", AgeOn(SCORE), [event(SCORE, "1950-11-21")], 76),
    ("only the year", AgeOn(SCORE), [event(SCORE, "1950-01-01", last="1950-12-31")], 76),
    ("not yet born", AgeOn(SCORE), [event(SCORE, "2030-01-01")], UNREADABLE),
    ("two birthdays", AgeOn(SCORE), [event(SCORE, "1950-01-01"), event(SCORE, "1960-01-01")], UNREADABLE),
    # ChangeSince, BestSince
    ("since the first", ChangeSince(SCORE),
     [event(SCORE, "2026-01-01", 40, record="a"), event(SCORE, "2026-06-01", 25, record="b")], -15),
    ("one value is no change", ChangeSince(SCORE), [event(SCORE, "2026-01-01", 40)], NOT_ASKED),
    ("since the operation", ChangeSince(SCORE, since=SURGERY),
     [event(SCORE, "2026-01-01", 60, record="a"), event(SCORE, "2026-02-01", 50, record="b"),
      event(SURGERY, "2026-03-01"), event(SCORE, "2026-06-01", 25, record="c")], -25),
    ("best since the operation", BestSince(SCORE, since=SURGERY),
     [event(SCORE, "2026-01-01", 10, record="a"), event(SURGERY, "2026-03-01"),
      event(SCORE, "2026-04-01", 20, record="b"), event(SCORE, "2026-06-01", 35, record="c")], 15),
    ("best is high", BestSince(SCORE, low_is_best=False),
     [event(SCORE, "2026-04-01", 900, record="b"), event(SCORE, "2026-06-01", 400, record="c")], -500),
    # NoneBefore
    ("one before", NoneBefore(SURGERY, VISIT), [event(VISIT, "2026-01-01"), event(SURGERY, "2026-02-01")], False),
    ("none before, record not whole", NoneBefore(SURGERY, VISIT), [event(SURGERY, "2026-02-01")], NOT_ASKED),
    ("none before, record whole", NoneBefore(SURGERY, VISIT, whole=True), [event(SURGERY, "2026-02-01")], True),
    ("perhaps before", NoneBefore(SURGERY, VISIT, whole=True),
     [event(VISIT, "2026-01-01", last="2026-12-31"), event(SURGERY, "2026-02-01")], UNREADABLE),
]  # fmt: skip


@pytest.mark.parametrize(("summary", "events", "answer"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_summary(summary, events, answer):
    assert summary.judge(events, DAY).answer == answer
    assert summary.judge(events[::-1], DAY).answer == answer


def test_proof_and_day_are_given():
    found = DaysSince(VISIT).judge([event(VISIT, "2026-11-01", record="a"), event(VISIT, "2026-10-01",
     record="b")], DAY)
    assert found.records == ("a",)


DANGER, LIFELONG = YesNo("danger", valid_days=14, danger=True), YesNo("lifelong")
SAID_DANGER, SAID_LIFELONG = Where("answer", ("danger",)), Where("answer", ("lifelong",))
SINCE = Number("since", low=0, high=9999)
SAID_SINCE = Where("answer", ("since",))
SETTLED = [
    ("a coded yes of a danger fact wins over a later no", DANGER, (FromRecord(DANGER, Exists(ILLNESS)),),
     [event(ILLNESS, "2026-11-15"), event(SAID_DANGER, "2026-11-20", False)], True),
    ("an old coded yes does not", DANGER, (FromRecord(DANGER, Exists(ILLNESS)),),
     [event(ILLNESS, "2020-11-15"), event(SAID_DANGER, "2026-11-20", False)], False),
    ("an undated no is out of date", DANGER, (), [event(SAID_DANGER, "", False)], Silence.OUT_OF_DATE),
    ("an undated yes stands", DANGER, (), [event(SAID_DANGER, "", True)], True),
    ("a coded history is not undone", LIFELONG, (FromRecord(LIFELONG, Exists(ILLNESS)),),
     [event(ILLNESS, "2010-01-01"), event(SAID_LIFELONG, "2026-11-20", False)], True),
    ("of two times since, the shorter", SINCE,
     (FromRecord(SINCE, Elapsed(SAID_SINCE)), FromRecord(SINCE, DaysSince(VISIT))),
     [event(VISIT, "2010-01-01"), event(SAID_SINCE, "2026-11-20", 3)], 4),
    ("an impossible number is unreadable", SINCE, (FromRecord(SINCE, Latest(SCORE)),),
     [event(SCORE, "2026-01-01", 1e9)], UNREADABLE),
    ("declared absence", LIFELONG, (FromRecord(LIFELONG, Exists(ILLNESS), absent=False,
     why="a whole record"),), [], False),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "declared", "events", "answer"), [r[1:] for r in SETTLED],
 ids=[r[0] for r in SETTLED])
def test_several_sources(fact, declared, events, answer):
    assert recorded(Sources.of(fact, declared), events, DAY)[0].answer == answer
