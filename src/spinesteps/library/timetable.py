"""The timetable after an operation: phases, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from spinesteps.content import Some, key, read_file
from spinesteps.pathway.pathway import Pathway


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time around an operation.

    start, end: names of thresholds in days since the operation; start "" for the operation itself and None before it,
    end None for the end of recovery. basis: trial, design or one hospital. advice: ids of rules.
    """

    id: str
    name: str
    one_hospital: str
    evidence: str
    default: str
    basis: Literal["trial", "design", "one hospital"]
    sources: Some[str]
    advice: Some[str]
    start: str | None = field(default=None, metadata=key("from"))
    end: str | None = field(default=None, metadata=key("until"))

    def days(self, pathway: Pathway, day: date) -> tuple[float, float] | None:
        """From which day on and up to which (not counting it) it runs, as of a day; None before the operation."""
        if self.start is None:
            return None
        last = pathway.limits.recovery_days.on(day).value + 1
        start = getattr(pathway.limits, self.start).on(day).value if self.start else 0.0
        return start, getattr(pathway.limits, self.end).on(day).value if self.end else last


@dataclass(frozen=True, slots=True)
class Timetable:
    """The phases in order. about: what goes before all of them."""

    about: str
    phases: Some[Phase] = field(metadata=key("phase"))

    def at(self, days_since: float, pathway: Pathway, day: date) -> tuple[Phase, ...]:
        """The phases that run so many days after the operation, by the numbers of a day; () once recovery is over."""
        spans = [(phase, phase.days(pathway, day)) for phase in self.phases]
        return tuple(phase for phase, span in spans if span is not None and span[0] <= days_since < span[1])

    def faults(self) -> Iterator[tuple[str, str]]:
        """A phase twice."""
        ids = [phase.id for phase in self.phases]
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            yield f'The phase "{id_}" stands twice.', "each phase once"


@cache
def read_timetable(path: Path) -> Timetable:
    """Read timetable.toml. Raises ContentError with every fault of the file."""
    return read_file(path, Timetable)
