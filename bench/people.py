"""Every fact of everybody in a folder of records, read as columns, beside the same facts read one person at a time.

    python bench/people.py FOLDER [--on 2026-11-21] [--engine duckdb|sqlite] [--most 615] [--sample FILE --people 12]

The folder's events are read once by the FHIR door. Then one lazy table gives every fact of every person as it stands
on the day; each is compared with what the one-person path says, and the number that differ is printed (0, else it
exits 1). Seconds are of the processor, so that other work on the machine does not decide them.

--sample: besides, writes the events of the people who have the most facts, for the tests.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from spinesteps.fhir.folder import read_everyone
from spinesteps.knowledge.code_tables import codes
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.engines import columns
from spinesteps.logic.facts import Silence
from spinesteps.logic.history.sources import sources_of
from spinesteps.person.record import Record

READ = ("kind", "start", "start_last", "end", "recorded", "value", "status", "quantity", "record", "absent", "moment")


def read(folder: Path, day: date, most: int) -> list[Record]:
    """The records of the folder, the first so many in the order of their ids."""
    return list(islice(read_everyone(folder, PATHWAY.by_name, codes(), FROM_RECORD, day), most))


def as_columns(engine: str, records: Sequence[Record], day: date) -> tuple[dict[str, dict[str, Any]], dict[str, float]]:
    """Every fact of everybody by person, and the seconds that each part took."""
    con = ibis.duckdb.connect(threads=2) if engine == "duckdb" else ibis.sqlite.connect()
    marks = [time.process_time()]
    events = con.create_table("events", columns.events_table([event for one in records for event in one.events]))
    people = {"person": [one.person for one in records], "day": pa.array([day] * len(records), pa.date32())}
    days = con.create_table("people", pa.table(people))
    marks.append(time.process_time())
    lazy = columns.recorded(events, days, sources_of(PATHWAY.facts, FROM_RECORD))
    marks.append(time.process_time())
    query = con.compile(lazy)
    marks.append(time.process_time())
    con.raw_sql(f"create table answers as {query}")
    marks.append(time.process_time())
    found = con.table("answers").to_pyarrow().to_pylist()
    names = ("loaded", "expression", "query written", "answered")
    took = {name: marks[n + 1] - marks[n] for n, name in enumerate(names)}
    return {row["person"]: row for row in found}, took


def differing(records: Sequence[Record], rows: dict[str, dict[str, Any]], day: date) -> Counter[str]:
    """How many people differ in which fact."""
    odd: Counter[str] = Counter()
    for one in records:
        given, row = one.given_on(day, PATHWAY.by_name), rows[one.person]
        for fact in PATHWAY.facts:
            answer = given.get(fact.name, Silence.NOT_ASKED)
            status, value = row[columns.status_of(fact.name)], row[fact.name]
            if isinstance(answer, Silence):
                odd[fact.name] += (status, value) != (answer.value, None)
            elif isinstance(answer, int | float) and value is not None:
                odd[fact.name] += status != "known" or abs(answer - value) > 1e-9
            else:
                odd[fact.name] += (status, value) != ("known", answer)
    return +odd


def write_sample(file: Path, records: Sequence[Record], people: int) -> None:
    """The events that can answer a fact of those with the most facts, one a line; what no summary reads is left out."""
    wanted = frozenset[str]().union(*(one.concepts for one in sources_of(PATHWAY.facts, FROM_RECORD)))
    chosen = sorted(records, key=lambda one: (-len(one.entries), len(one.events), one.person))[:people]
    lines = []
    for number, one in enumerate(chosen):
        for event in one.events:
            if event.concepts & wanted:
                row = {name: getattr(event, name) for name in READ}
                row |= {"person": f"p{number}", "concepts": sorted(event.concepts)}
                lines.append(json.dumps({k: v for k, v in row.items() if v not in (None, "")}, default=str))
    file.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2026, 11, 21))
    parser.add_argument("--engine", default="duckdb", choices=("duckdb", "sqlite"))
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--people", type=int, default=12)
    given = parser.parse_args()
    start = time.process_time()
    records = read(given.folder, given.on, given.most)
    print(f"{len(records)} people, {sum(len(one.events) for one in records)} events, "
          f"read in {time.process_time() - start:.1f} s")  # fmt: skip
    if given.sample:
        write_sample(given.sample, records, given.people)
    rows, took = as_columns(given.engine, records, given.on)
    print(f"{given.engine}: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items()))
    odd = differing(records, rows, given.on)
    known = sum(len(one.entries) for one in records)
    print(f"{len(records) * len(PATHWAY.facts)} facts compared, {known} of them with an entry, {odd.total()} differ")
    for name, times in odd.most_common(20):
        print(f"  {name}: {times}")
    return int(odd.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
