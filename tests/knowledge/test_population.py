"""Every fact of many people from a table of events is what the one-person path says of each, on each of two days.

`data/events.jsonl` holds the events that five persons' FHIR records gave (made by Synthea, no real patient;
smart-on-fhir/generated-sample-data, Apache-2.0), one a line; `bench/people.py` compares whole folders.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.logic.engines import columns
from spinesteps.logic.facts import Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.sources import sources_of
from spinesteps.person.from_events import Settler
from spinesteps.person.tally import Tally
from tests import columns as tables
from tests.generative import histories
from tests.generative.test_columns import NOT_OURS, alike
from tests.knowledge.judged import SPINE

FILE = Path(__file__).parents[1] / "data" / "events.jsonl"
DAYS = (histories.DAY, date(2019, 6, 30))
SOURCES = sources_of(SPINE.facts, FROM_RECORD)
pytestmark = [pytest.mark.filterwarnings(f"ignore:{text}") for text in NOT_OURS]
ENGINES = ["duckdb", *(pytest.param(name, marks=pytest.mark.nightly) for name in ("sqlite", *tables.NIGHTLY))]


def read(row: Mapping[str, Any]) -> Event:
    """One line as an event."""
    days = {name: date.fromisoformat(row[name]) for name in ("start", "start_last", "end", "recorded") if name in row}
    return Event(**{**row, **days, "concepts": frozenset(row["concepts"])})


def sample() -> dict[str, list[Event]]:
    """The events of each person."""
    found: dict[str, list[Event]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        event = read(json.loads(line))
        found.setdefault(event.person, []).append(event)
    return found


def everybody() -> dict[str, list[Event]]:
    """The sample, and random people of whom much is said by name and by code."""
    random, found = Random(11), sample()
    for number in range(120):
        person = f"r{number}"
        said = histories.answered(random, person, SOURCES), histories.real(random, person, FROM_RECORD)
        found[person] = [event for history in said for event in history.events]
    return found


def one_by_one(people: Mapping[str, Sequence[Event]], day: date) -> dict[str, dict[str, Any]]:
    """What the one-person path says on a day."""
    settler = Settler(SPINE.by_name, FROM_RECORD, day)
    records = {person: settler.record(person, events, Tally(), {}) for person, events in people.items()}
    return {person: record.given_on(day, SPINE.by_name) for person, record in records.items()}


@pytest.mark.parametrize("name", ENGINES)
def test_every_fact_of_everybody(name: str) -> None:
    people = everybody()
    events = tables.load(name, columns.events_table([event for one in people.values() for event in one]))
    rows = [(person, day) for day in DAYS for person in people]
    days = {"person": [person for person, _ in rows], "day": pa.array([day for _, day in rows], pa.date32())}
    found = columns.recorded(events, tables.load(name, pa.table(days)), SOURCES).to_pyarrow().to_pylist()
    assert len(found) == len(rows)
    wanted = {day: one_by_one(people, day) for day in DAYS}
    differ = [
        f"{row['person']} {row['day']} {fact.name}: {answer} not {tables.answer_in(row, fact.name)}"
        for row in found
        for fact in SPINE.facts
        if not alike(answer := wanted[row["day"]][row["person"]].get(fact.name, Silence.NOT_ASKED),
                     tables.answer_in(row, fact.name))
    ]  # fmt: skip
    assert differ == []
    assert sum(len(said) for on_day in wanted.values() for said in on_day.values()) > 1000
