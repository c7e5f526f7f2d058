"""Example histories: hand-written events of one person with what a standard must say of them.

An event is one line:  kind concept[+concept] day [for DAYS] [to DAY] [is VALUE]

    condition low_back_pain 2026-01-10          imaging lumbar_mri 2026-03        a month only
    medicine opioid 2026-01-01 for 30           procedure? epidural_injection …   by a code nobody verified
    answer fever 2026-01-02 is yes              condition cancer undated
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError
from spinesteps.logic.history.event import Event

WORDS = {"yes": True, "no": False}
FIELDS = {"story", "events", "add", "expect", "complete", "complete_scores", "on", "index"}


@dataclass(frozen=True)
class ExampleHistory:
    """One case: a sentence, the events, since when the record is complete (None: it is not), results by reading.

    complete_scores: it is complete for answers and observations too. A result "absent": the day is no index event.
    """

    standard: str
    story: str
    on: date
    index: date | None
    complete: date | None
    events: tuple[Event, ...]
    expect: Mapping[str, str]
    file: str
    complete_scores: bool = False


@cache
def read_histories(folder: Path) -> tuple[ExampleHistory, ...]:
    """Every case of a folder's *.toml. Raises DeclarationError with every fault."""
    faults: list[str] = []
    found: list[ExampleHistory] = []
    for path in sorted(folder.glob("*.toml")):
        for id_, table in tomllib.loads(path.read_text("utf-8")).items():
            for row in table["case"]:
                place = f"{path.name} [{id_}] {row.get('story', '')}"
                odd = row.keys() - FIELDS
                if odd or not row.keys() >= {"story", "expect"}:
                    faults.append(f"{place}: needs a story and what is expected, does not know {sorted(odd)}")
                    continue
                try:
                    found.append(_case(id_, table, row, path.name))
                except (ValueError, IndexError, KeyError) as error:
                    faults.append(f"{place}: {error}")
    if faults:
        raise DeclarationError("\n".join(faults))
    return tuple(found)


def _case(id_: str, table: Mapping[str, Any], row: Mapping[str, Any], file: str) -> ExampleHistory:
    lines = row["events"] if "events" in row else [*table.get("base", ()), *row.get("add", ())]
    complete = row.get("complete", table.get("complete", True))
    index = row.get("index", table.get("index"))
    return ExampleHistory(
        id_, row["story"], row.get("on", table["on"]), index or None,
        table["complete_since"] if complete is True else (complete or None),
        tuple(read_event(line, number) for number, line in enumerate(lines)), row["expect"], file,
        row.get("complete_scores", False),
    )  # fmt: skip


def read_event(line: str, number: int) -> Event:
    """One line as an event. Raises ValueError or IndexError when it cannot be read."""
    kind, concepts, when, *rest = line.split()
    more = dict(zip(rest[::2], rest[1::2], strict=True))
    if odd := more.keys() - {"for", "to", "is"}:
        raise ValueError(f"{line}: {sorted(odd)} is no word of an event")
    first, last = _days(when)
    names, sure = frozenset(concepts.split("+")), not kind.endswith("?")
    return Event(
        person="example", kind=kind.removesuffix("?"), concepts=names if sure else frozenset(),
        suggests=frozenset() if sure else names, start=first, start_last=last,
        end=date.fromisoformat(more["to"]) if "to" in more else None,
        quantity=float(more["for"]) if "for" in more else None, value=_value(more.get("is")),
        source="example", record=f"{number + 1}",
    )  # fmt: skip


def _days(text: str) -> tuple[date | None, date | None]:
    if text == "undated":
        return None, None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    year, months = parts[0], parts[1:] or [1, 12]
    return date(year, months[0], 1), date(year, months[-1], calendar.monthrange(year, months[-1])[1])


def _value(text: str | None) -> bool | float | None:
    if text is None:
        return None
    return WORDS[text] if text in WORDS else float(text)
