"""Named numbers with dated values, a source for each date and a day to look again."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from spinesteps.content import Some, key, read_tables
from spinesteps.errors import DeclarationError, NoValueError


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a threshold: valid from this day on, on the word of this source."""

    start: date = field(metadata=key("from"))
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A number at which a comparison turns, with the name of the threshold it came from ("" when bare)."""

    value: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named number. `values` are in order of their start; `status` is verified or unverified."""

    name: str = field(metadata=key("id"))
    unit: str
    gloss: str
    values: Some[Dated]
    review_by: date
    basis: Literal["sourced", "design choice"] = field(default="design choice", metadata=key(written=True))
    status: Literal["verified", "unverified"] = field(default="verified", metadata=key(written=True))
    alternatives: tuple[Mapping[str, Any], ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        """Values out of order."""
        days = [dated.start for dated in self.values]
        if days != sorted(set(days)):
            yield "Its values are out of order.", "values in order of their start"

    def on(self, day: date) -> Bound:
        """The value valid on a day. Raises NoValueError before the first one: never a fallback."""
        return Bound(self.dated(day).value, self.name)

    def dated(self, day: date) -> Dated:
        """The value valid on a day, with its source. Raises NoValueError."""
        valid = [dated for dated in self.values if dated.start <= day]
        if not valid:
            raise NoValueError(
                f'Threshold "{self.name}" has no value on {day}. Its first value starts on {self.values[0].start}. '
                "Either 1) judge on a later day, or 2) add an earlier value, with its source, to thresholds.toml."
            )
        return valid[-1]


Limit = Threshold | Bound | float | int


@dataclass(frozen=True)
class Thresholds:
    """All thresholds of a pathway, by attribute: `limits.short_walk_m`."""

    by_name: Mapping[str, Threshold]

    def __getattr__(self, name: str) -> Threshold:
        if name.startswith("__") or name == "by_name":
            raise AttributeError(name)
        try:
            return self.by_name[name]
        except KeyError:
            near = difflib.get_close_matches(name, self.by_name, 1)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            raise DeclarationError(f'thresholds.toml has no threshold "{name}".{hint}') from None

    def __iter__(self) -> Iterator[Threshold]:
        return iter(self.by_name.values())


def read_thresholds(path: Path) -> Thresholds:
    """Read thresholds.toml. Raises ContentError with every fault of the file."""
    return Thresholds(read_tables([path], Threshold))
