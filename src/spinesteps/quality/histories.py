"""Example histories: hand-written events of one person with what a standard must say of them.

An event is one line:  kind concept[+concept] day [for DAYS] [to DAY] [is VALUE]

    condition low_back_pain 2026-01-10          imaging lumbar_mri 2026-03        a month only
    medicine opioid 2026-01-01 for 30           procedure? epidural_injection …   by a code nobody verified
    answer fever 2026-01-02 is yes              condition cancer undated
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from spinesteps.content import Where, key, read_tables
from spinesteps.logic.history.event import Event

WORDS = {"yes": True, "no": False}


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


Lines = tuple[str, ...]
DAY_OR_NONE = Where('a day, or "" for none', lambda value: value == "" or isinstance(value, date))
BOOL_OR_DAY = Where("true, false or a day", lambda value: isinstance(value, bool | date))


@dataclass(frozen=True)
class HistoryCase:
    """A case as it is written. events: in place of the base; add: beside it. on, index: in place of the table's."""

    story: str
    expect: Mapping[str, str]
    events: Lines | None = None
    add: Lines = ()
    complete: Annotated[Any, BOOL_OR_DAY] = True
    complete_scores: bool = False
    on: date | None = None
    index: Annotated[Any, DAY_OR_NONE] | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        """Events that cannot be read."""
        return _odd(*(self.events or ()), *self.add)


@dataclass(frozen=True)
class HistoryTable:
    """The cases of a standard, and what holds for all of them that say nothing else."""

    id: str
    on: date
    complete_since: date
    index: Annotated[Any, DAY_OR_NONE]
    base: Lines
    cases: tuple[HistoryCase, ...] = field(metadata=key("case"))
    file: str

    def faults(self) -> Iterator[tuple[str, str]]:
        """Events of the base that cannot be read."""
        return _odd(*self.base)

    def history(self, case: HistoryCase) -> ExampleHistory:
        """A case as it is judged."""
        lines = (*self.base, *case.add) if case.events is None else case.events
        index = self.index if case.index is None else case.index
        return ExampleHistory(
            self.id, case.story, case.on or self.on, index or None,
            self.complete_since if case.complete is True else (case.complete or None),
            tuple(read_event(line, number) for number, line in enumerate(lines)), case.expect, self.file,
            case.complete_scores,
        )  # fmt: skip


@cache
def read_histories(folder: Path) -> tuple[ExampleHistory, ...]:
    """Every case of a folder's *.toml. Raises ContentError with every fault."""
    files = [read_tables([path], HistoryTable) for path in sorted(folder.glob("*.toml"))]
    return tuple(table.history(case) for tables in files for table in tables.values() for case in table.cases)


def _odd(*lines: str) -> Iterator[tuple[str, str]]:
    for line in lines:
        try:
            read_event(line, 0)
        except (ValueError, IndexError) as error:
            yield f'"{line}" is no event: {error}.', "kind concept day [for DAYS] [to DAY] [is VALUE]"


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
