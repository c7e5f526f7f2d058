"""The timetable after an operation: phases, each with what it rests on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from spinesteps.errors import DeclarationError
from spinesteps.pathway.pathway import Pathway

BASES = ("trial", "design", "one hospital")
TEXTS = ("id", "name", "one_hospital", "evidence", "default", "basis")
ALLOWED = {*TEXTS, "sources", "advice", "from", "until"}


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time around an operation.

    start, end: names of thresholds in days since the operation, "" for the operation itself and for the end of
    recovery; both None before the operation. basis: trial, design or one hospital. advice: ids of rules.
    """

    id: str
    name: str
    one_hospital: str
    evidence: str
    default: str
    basis: str
    sources: tuple[str, ...]
    advice: tuple[str, ...]
    start: str | None
    end: str | None

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
    phases: tuple[Phase, ...]


@cache
def read_timetable(path: Path) -> Timetable:
    """Read timetable.toml. Raises DeclarationError with every fault of the file."""
    faults: list[str] = []
    found: list[Phase] = []
    data = tomllib.loads(path.read_text("utf-8"))
    for place, row in enumerate(data.get("phase", ()), 1):
        missing = [name for name in (*TEXTS, "sources", "advice") if name not in row]
        odd = sorted(row.keys() - ALLOWED)
        if missing or odd or row["basis"] not in BASES:
            faults.append(f"phase {place} lacks {missing}, does not know {odd}; basis is one of {BASES}")
            continue
        if not row["sources"] or not row["advice"] or row["id"] in {phase.id for phase in found}:
            faults.append(f"phase {place} has no source or advice, or its id stands twice")
            continue
        texts = {name: row[name] for name in TEXTS}
        begun = "from" in row
        found.append(
            Phase(
                **texts,
                sources=tuple(row["sources"]),
                advice=tuple(row["advice"]),
                start=row["from"] if begun else None,
                end=row.get("until", "") if begun else None,
            )
        )
    if faults or not found:
        raise DeclarationError(f"{path.name}: " + "; ".join(faults or ["no phase"]))
    return Timetable(data["about"], tuple(found))
