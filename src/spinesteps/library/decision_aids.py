"""A decision aid as data: the ways one can go, what is good and bad about each, and how many people it went how for.

Figures count people out of 100. Where no study counts people there is a gap that says so; averages stand apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from spinesteps.content import key, read_file, read_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the aid is for, who made it, from what, and when somebody looks again (IPDASi items).

    gained: the heading over who gained more, with the scale and the time of its numbers.
    """

    condition: str
    decision: str
    for_whom: str
    produced: date
    review_by: date
    updates: str
    paid_by: str
    authors: str
    selection: str
    reading: str
    people: str
    gained: str
    steps: tuple[str, ...]
    worksheet: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Something that can come of a choice. matters: the question that lets a person weigh it."""

    id: str
    label: str
    matters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to go. living: what life with it is like. advice: the rules that belong to it."""

    id: str
    title: str
    what: str
    living: str
    advice: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """Of 100 people who went this way, `count` (to `count_to`) had the outcome within so many months.

    compared: the same count among others, named in compared_with. difference and interval: percentage points with
    their 95 % interval, where the source gives one. n: people studied. basis: what kind of comparison it rests on.
    """

    option: str
    outcome: str
    count: float
    count_to: float | None = None
    compared: float | None = None
    compared_with: str = ""
    difference: float | None = None
    interval: tuple[float, float] | None = None
    months: float
    n: int | None = None
    people: str
    basis: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """No share is known for this option and outcome, and why."""

    option: str
    outcome: str
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """A mean difference on a scale between two ways, with its 95 % interval. Never turned into people."""

    between: tuple[str, str]
    scale: str
    value: float
    interval: tuple[float, float]
    months: float
    basis: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroup:
    """Who gained more, and who less: the effect of surgery among some people and among the others."""

    who: str
    value: float
    others: str
    others_value: float
    source: str


@dataclass(frozen=True, slots=True)
class Aid:
    """A decision aid whole."""

    about: About = field(metadata=key("aid"))
    outcomes: tuple[Outcome, ...] = field(metadata=key("outcome"))
    options: tuple[Option, ...] = field(metadata=key("option"))
    figures: tuple[Frequency, ...] = field(default=(), metadata=key("figure"))
    gaps: tuple[Gap, ...] = field(default=(), metadata=key("gap"))
    averages: tuple[Average, ...] = field(default=(), metadata=key("average"))
    subgroups: tuple[Subgroup, ...] = field(default=(), metadata=key("subgroup"))

    def shown(self, option: str, outcome: str) -> tuple[Frequency | Gap, ...]:
        """What stands in one field of the table: its figures, the shortest time first, or its gap."""
        figures = [figure for figure in self.figures if (figure.option, figure.outcome) == (option, outcome)]
        gaps = [gap for gap in self.gaps if (gap.option, gap.outcome) == (option, outcome)]
        return (*sorted(figures, key=lambda figure: figure.months), *gaps)

    def concerns(self, states: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
        """By option, the state of each advice that belongs to it, for a person's states by rule id (`advised` …)."""
        return {
            option.id: {id_: states[id_] for id_ in option.advice if id_ in states} for option in self.options
        }  # fmt: skip

    def patient_texts(self) -> Iterator[tuple[str, str]]:
        """Every text for people, with its place."""
        about = self.about
        for name in ("condition", "decision", "for_whom", "people"):
            yield name, getattr(about, name)
        yield from ((f"step {place}", text) for place, text in enumerate((*about.steps, *about.worksheet), 1))
        yield from ((outcome.id, outcome.matters) for outcome in self.outcomes)
        for option in self.options:
            parts = (option.what, option.living, *option.good, *option.bad)
            yield from ((option.id, text) for text in parts)
        yield from ((f"{gap.option} {gap.outcome}", gap.because) for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class IpdasItem:
    """An item of the IPDASi list, and whether the aid meets it. where: the table and entry that does, or why not."""

    kind: Literal["qualifying", "certification", "quality"]
    item: str
    met: Literal["yes", "no", "not_applicable"]
    where: str


def read_aid(path: Path) -> Aid:
    """Read one decision aid. Raises ContentError with every fault of its shape."""
    return read_file(path, Aid)


@cache
def read_aids(folder: Path) -> Mapping[str, Aid]:
    """The decision aids of a language's folder, by the name of their file. Raises ContentError as `read_aid` does."""
    return {path.stem: read_aid(path) for path in sorted(folder.glob("*.toml"))}


@cache
def read_ipdas(path: Path) -> Mapping[str, IpdasItem]:
    """The IPDASi list by id. Raises ContentError with every fault."""
    return read_tables([path], IpdasItem)
