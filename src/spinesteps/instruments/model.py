"""Instruments as data: questionnaires, walking tests and grades, read from instruments/*.toml.

An item is a number on the printed form; its words stand here only where its owner allows that (`licence.wording`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, get_args

from spinesteps.content import key

Status = Literal["verified", "second-hand", "derived", "unverified"]
Formula = Literal["sum", "mean", "percent", "lookup", "value", "highest", "share", "weights", "profile", "groups"]
Setting = Literal["any", "conservative", "surgery"]
SETTINGS: tuple[str, ...] = get_args(Setting)
MISSING = (None, "not_sure", "declined")


def exact(value: float) -> Fraction:
    """A number as it was written: 2.2 is 22/10, so that a change of 7.1 to 4.9 is exactly 2.2."""
    return Fraction(str(value))


def ids(text: Any) -> Any:
    """ "1-3" as 1, 2, 3; a list as it stands."""
    if not isinstance(text, str):
        return text
    first, dash, last = text.partition("-")
    if dash and first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [text]


def one_each(rows: Any) -> Any:
    """An entry for each of its `ids`; words belong to one item, so what has more keeps its `ids` and is refused."""
    return [
        entry
        for row in rows
        for entry in (
            [row] if row.get("about") and len(ids(row["ids"])) > 1
            else [{"id": id_, **{name: row[name] for name in row if name != "ids"}} for id_ in ids(row["ids"])]
        )
    ]  # fmt: skip


def all_needed(rows: Any) -> Any:
    """Scales that need all of their items where they do not say how many."""
    return [{"least": len(ids(row["items"])), **row} for row in rows]


@dataclass(frozen=True, slots=True)
class PointsUpTo:
    """Answers up to and including `to` (None: any higher one) give these points."""

    gives: float
    to: float | None = None


@dataclass(frozen=True, slots=True)
class InstrumentItem:
    """One item. Accepts yes/no, one of `options`, or a number from `low` to `high` (None: no numbers).

    whole: refuses fractions. values: the only numbers allowed. recode: points by range. reverse: low + high - points.
    """

    id: str
    about: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    whole: bool = True
    yes_no: bool = False
    values: tuple[float, ...] = ()
    options: Mapping[str, float] = field(default_factory=dict)
    recode: tuple[PointsUpTo, ...] = ()
    reverse: bool = False

    def expected(self) -> str:
        """What an answer must look like, for error messages."""
        ways = ["true or false"] if self.yes_no else []
        ways += [", ".join(self.options)] if self.options else []
        if self.values:
            ways.append("one of " + ", ".join(f"{value:g}" for value in self.values))
        elif self.low is not None and self.high is not None:
            noun = "a whole number" if self.whole else "a number"
            ways.append(f"{noun} from {self.low:g} to {self.high:g}" + (f" {self.unit}" if self.unit else ""))
        return " or ".join(ways) + '; null, "not_sure" or "declined" when it is missing'

    def points(self, value: object) -> Fraction | None:
        """The points of an answer; None when it is no answer to this item."""
        if isinstance(value, str):
            return exact(self.options[value]) if value in self.options else None
        if isinstance(value, bool):
            return self._turned(Fraction(value)) if self.yes_no else None
        if not isinstance(value, int | float) or self.low is None or self.high is None:
            return None
        if not self.low <= value <= self.high or (self.values and value not in self.values):
            return None  # NaN fails the first comparison
        if self.whole and not float(value).is_integer():
            return None
        return self._turned(self._recoded(exact(value)))

    def span(self) -> tuple[Fraction, Fraction]:
        """The fewest and the most points an answer can give."""
        sums = [exact(points) for points in self.options.values()]
        ends = [float(value) for value in self.values] or [end for end in (self.low, self.high) if end is not None]
        numbers = [exact(step.gives) for step in self.recode] or [exact(end) for end in ends]
        numbers += [Fraction(0), Fraction(1)] if self.yes_no else []
        sums += [self._turned(number) for number in numbers]
        return min(sums), max(sums)

    def _recoded(self, number: Fraction) -> Fraction:
        for step in self.recode:
            if step.to is None or number <= exact(step.to):
                return exact(step.gives)
        return number

    def _turned(self, points: Fraction) -> Fraction:
        if not self.reverse:
            return points
        low, high = (0.0, 1.0) if self.yes_no else (self.low or 0.0, self.high or 0.0)
        return exact(low) + exact(high) - points


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """A range of a score with its name: up to and including `to`, or up to but without `below`; the last is open."""

    name: str
    to: float | None = None
    below: float | None = None
    gives: str = ""

    def holds(self, value: Fraction) -> bool:
        """Whether a value that no earlier band holds lies in this one."""
        return (self.to is None or value <= exact(self.to)) and (self.below is None or value < exact(self.below))


@dataclass(frozen=True, slots=True)
class Group:
    """A name given by other scales of the instrument: the first group whose scale lies between the ends."""

    name: str
    scale: str
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: Fraction) -> bool:
        """Whether the value of its scale lies between the ends."""
        return (self.at_least is None or value >= exact(self.at_least)) and (
            self.at_most is None or value <= exact(self.at_most)
        )


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One published size of change. kind: important (MCID) or error (MDC, measurement error).

    points, percent (of the score before) or z (times the root of both squared standard errors). `decides`: it is one
    of the numbers a verdict needs; an unverified one never counts, whatever it says. either: rows of one name are
    alternatives. months: the follow-up it was found at. way: better, worse or both.
    """

    id: str
    kind: Literal["important", "error"]
    source: str
    status: Status
    population: str
    points: float | None = None
    percent: float | None = None
    z: float | None = None
    anchor: str = ""
    setting: Setting = "any"
    months: float | None = None
    baseline_from: float | None = None
    baseline_to: float | None = None
    rated_from: int | None = None
    rated_to: int | None = None
    band_change: bool = False
    way: Literal["both", "better", "worse"] = "both"
    decides: bool = False
    either: str = ""
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether a verdict may stand on it."""
        return self.decides and self.status != "unverified"

    @property
    def size(self) -> str:
        """How much change it asks for, in words."""
        if self.z is not None:
            return f"{self.z:g} x both standard errors"
        return f"{self.percent:g} % of the score before" if self.percent is not None else f"{self.points:g} points"

    @property
    def use(self) -> str:
        """What it is used for, in words."""
        if self.status == "unverified":
            return "unverified: shown, never counts"
        return "decides" if self.decides else "shown"


@dataclass(frozen=True, slots=True)
class Recovery:
    """Recovery rate (after - before) / (full - before) x 100, undefined when before is already full."""

    full: float
    source: str
    bands: tuple[ScoreBand, ...] = ()
    bands_status: Status = "unverified"
    bands_source: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A score or subscale. least: how many items must be answered. fact: the contract fact it feeds.

    table: raw sum -> (score, standard error). weights: per item, by level, taken from `start`. ceiling: a yes/no item
    that says the test ended by the clock, so that the value is a lower bound. open: items that are left out were not
    offered, so none is missing. groups: names by other scales.
    """

    id: str
    title: str
    items: tuple[str, ...] = field(metadata=key(before=ids))
    formula: Formula
    direction: Literal["higher is worse", "higher is better", "neither"]
    source: str
    status: Status
    unit: str = "points"
    least: int = 0
    decimals: int = 0
    fact: str = ""
    change_fact: str = ""
    bands: tuple[ScoreBand, ...] = ()
    bands_status: Status = "verified"
    bands_source: str = ""
    table: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    weights: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    start: float = 0
    ceiling: str = ""
    open: bool = False
    groups: tuple[Group, ...] = ()
    changes: tuple[Yardstick, ...] = ()
    recovery: Recovery | None = None
    note: str = ""

    @property
    def categories(self) -> tuple[ScoreBand, ...]:
        """The bands that are shown; none while they are unverified."""
        return () if self.bands_status == "unverified" else self.bands

    def band(self, value: Fraction) -> ScoreBand | None:
        """The band of an unrounded value, or None."""
        return next((band for band in self.categories if band.holds(value)), None)


@dataclass(frozen=True, slots=True)
class Alert:
    """An answer that asks for something whatever the total: more than `above`, or less than `below`, points."""

    id: str
    item: str
    say: str
    source: str
    above: float | None = None
    below: float | None = None

    def rings(self, points: Fraction) -> bool:
        """Whether these points ring it."""
        high = self.above is not None and points > exact(self.above)
        return high or (self.below is not None and points < exact(self.below))


@dataclass(frozen=True, slots=True)
class Licence:
    """What may be shipped. wording: whether item words may stand here at all."""

    scoring: bool
    wording: bool
    terms: str
    status: Status


@dataclass(frozen=True, slots=True)
class Loinc:
    """A LOINC code, what it names, and whether a page or file was seen that says so."""

    code: str
    what: str
    status: Status


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire, test or grade. `section` is the part of the evidence it was written from.

    imported: only finished totals are taken, the formula is not ours to compute. pairwise: change is judged on the
    items rated both times. completed: a yes/no item which says that what is not ticked means no.
    """

    id: str
    name: str
    section: str
    about: str
    who: str
    recall: str
    missing: str
    source: str
    status: Status
    licence: Licence
    items: tuple[InstrumentItem, ...] = field(metadata=key(before=one_each))
    scales: tuple[Scale, ...] = field(metadata=key(before=all_needed))
    version: str = ""
    imported: bool = False
    pairwise: bool = False
    completed: str = ""
    alerts: tuple[Alert, ...] = ()
    loinc: tuple[Loinc, ...] = ()
    note: str = ""
    examples: tuple[Mapping[str, Any], ...] = ()

    def item(self, id_: str) -> InstrumentItem:
        """An item by id. Raises KeyError when there is none."""
        for item in self.items:
            if item.id == id_:
                return item
        raise KeyError(id_)

    def scale(self, id_: str) -> Scale:
        """A scale by id. Raises KeyError when there is none."""
        for scale in self.scales:
            if scale.id == id_:
                return scale
        raise KeyError(id_)
