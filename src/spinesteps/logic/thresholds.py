"""Named numbers with dated values, a source for each date and a day to look again."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError, NoValueError


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a threshold: valid from this day on, on the word of this source."""

    start: date
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

    name: str
    unit: str
    gloss: str
    values: tuple[Dated, ...]
    review_by: date
    basis: str = "design choice"
    status: str = "verified"
    alternatives: tuple[Mapping[str, Any], ...] = ()

    def on(self, day: date) -> Bound:
        """The value valid on a day. Raises NoValueError before the first one: never a fallback."""
        valid = [dated for dated in self.values if dated.start <= day]
        if not valid:
            raise NoValueError(
                f'Threshold "{self.name}" has no value on {day}. Its first value starts on {self.values[0].start}. '
                "Either 1) judge on a later day, or 2) add an earlier value, with its source, to thresholds.toml."
            )
        return Bound(valid[-1].value, self.name)


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
    """Read thresholds.toml. Raises DeclarationError with every fault of the file."""
    faults: list[str] = []
    found: dict[str, Threshold] = {}
    for name, row in tomllib.loads(path.read_text("utf-8")).items():
        try:
            values = tuple(Dated(v["from"], float(v["value"]), v["source"]) for v in row["values"])
            found[name] = Threshold(
                name, row["unit"], row["gloss"], values, row["review_by"], row["basis"], row["status"],
                tuple(row.get("alternatives", ())),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            faults.append(f"[{name}] lacks or misstates {error}")
            continue
        if list(values) != sorted(values, key=lambda dated: dated.start) or not values:
            faults.append(f"[{name}] needs values in order of their start")
    if faults:
        raise DeclarationError(f"{path.name}: " + "; ".join(faults))
    return Thresholds(found)
