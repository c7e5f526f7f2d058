"""One scorer for every instrument. A missing item is never 0; what cannot be scored says which items it lacks."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from spinesteps.errors import Fault, InputError
from spinesteps.instruments.model import MISSING, Alert, Instrument, Scale, ScoreBand, exact

Points = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Scored:
    """A scale of one person. value is unrounded, None when it cannot be scored; text is set for a profile.

    low, high: where the score lies whatever the missing items are, or None where that makes no sense.
    at_least: the test ended by the clock, so the value is a lower bound (None: not told). error: standard error.
    """

    scale: Scale
    value: Fraction | None
    text: str
    low: Fraction | None
    high: Fraction | None
    band: ScoreBand | None
    missing: tuple[str, ...]
    rated: int
    at_least: bool | None
    error: Fraction | None
    reason: str

    @property
    def scored(self) -> bool:
        """Whether there is a score."""
        return self.value is not None or bool(self.text)


@dataclass(frozen=True, slots=True)
class Scoring:
    """What an instrument says of one person. unasked: alerts whose item has no answer, which is never "no"."""

    instrument: Instrument
    scales: tuple[Scored, ...]
    alerts: tuple[Alert, ...]
    unasked: tuple[Alert, ...]

    def scale(self, id_: str) -> Scored:
        """A scale by id. Raises KeyError when there is none."""
        for one in self.scales:
            if one.scale.id == id_:
                return one
        raise KeyError(id_)

    @property
    def facts(self) -> dict[str, int | float | str]:
        """The contract facts the finished scores feed."""
        facts: dict[str, int | float | str] = {}
        for one in self.scales:
            if one.scale.fact and one.value is not None:
                facts[one.scale.fact] = one.band.gives if one.band and one.band.gives else plain(one.value)
        return facts


def plain(value: Fraction) -> int | float:
    """A number as JSON shows it."""
    return int(value) if value.denominator == 1 else float(value)


def rounded(value: Fraction, decimals: int) -> str:
    """A number for display, halves away from zero. Nothing is ever decided on it."""
    steps = abs(value) * 10**decimals
    whole = int(steps + Fraction(1, 2))
    text = f"{whole / 10**decimals:.{decimals}f}"
    return f"-{text}" if value < 0 and whole else text


def shown(one: Scored) -> str:
    """A score as it is shown, with its unit; "" when there is none."""
    if one.value is None:
        return one.text
    return f"{rounded(one.value, one.scale.decimals)} {one.scale.unit}".strip()


def score(instrument: Instrument, items: Mapping[str, object]) -> Scoring:
    """Score item -> answer. An item left out, null, "not_sure" or "declined" is missing.

    Raises InputError with every fault: an item the instrument lacks, an answer it does not take.
    """
    points = points_of(instrument, items)
    rung = [alert for alert in instrument.alerts if alert.item in points and alert.rings(points[alert.item])]
    unasked = [alert for alert in instrument.alerts if alert.item not in points]
    scales = tuple(_scored(instrument, scale, points) for scale in instrument.scales)
    return Scoring(instrument, scales, tuple(rung), tuple(unasked))


def points_of(instrument: Instrument, items: Mapping[str, object]) -> dict[str, Fraction]:
    """The points of every answered item, in the order of the form. Raises InputError as `score` does."""
    known = {item.id: item for item in instrument.items}
    faults = [_unknown(instrument, name) for name in items if name not in known]
    points_of: dict[str, Fraction] = {}
    for item in instrument.items:
        value = items.get(item.id)
        if value is None or (isinstance(value, str) and value in MISSING):
            continue
        points = item.points(value)
        if points is None:
            place = f"{instrument.id} item {item.id}"
            faults.append(Fault(place, "This is no answer to it.", item.expected(), "Correct it, or leave it out."))
        else:
            points_of[item.id] = points
    if faults:
        raise InputError(faults)
    if instrument.completed and points_of.get(instrument.completed) == 1:
        for item in instrument.items:
            points_of.setdefault(item.id, Fraction(0))
    return points_of


def _unknown(instrument: Instrument, name: str) -> Fault:
    shown = "".join(c if c.isprintable() else "?" for c in str(name)[:60])
    names = [item.id for item in instrument.items]
    near = difflib.get_close_matches(shown, names, 1, 0.6)
    todo = f'Did you mean "{near[0]}"?' if near else f"Its items are {', '.join(names)}."
    return Fault(f"{instrument.id} item {shown}", "There is no such item.", "an item of the instrument", todo)


def _scored(instrument: Instrument, scale: Scale, points: Points) -> Scored:
    answered = [name for name in scale.items if name in points]
    missing = () if scale.open else tuple(name for name in scale.items if name not in points)
    low, high = _interval(instrument, scale, points)
    ends = None if not scale.ceiling or scale.ceiling not in points else points[scale.ceiling] == 1
    at_least = ends if scale.ceiling else False
    if len(answered) < scale.least or not answered:
        reason = f"{len(answered)} of {len(scale.items)} items answered; at least {max(scale.least, 1)} are needed"
        return Scored(scale, None, "", low, high, None, missing, len(answered), at_least, None, reason)
    if scale.formula in WORDS:
        text = WORDS[scale.formula](instrument, scale, points)
        return Scored(scale, None, text, None, None, None, missing, len(answered), at_least, None, "")
    value = _value(instrument, scale, {name: points[name] for name in answered})
    if value is None:
        reason = "it cannot be worked out from these answers"
        return Scored(scale, None, "", None, None, None, missing, len(answered), at_least, None, reason)
    error = exact(scale.table[int(_sum(points, answered))][1]) if scale.table else None
    band = scale.band(value)
    return Scored(scale, value, "", low, high, band, missing, len(answered), at_least, error, "")


def _interval(instrument: Instrument, scale: Scale, points: Points) -> tuple[Fraction | None, Fraction | None]:
    """Where the score would lie with every item answered, the missing ones at either end."""
    if scale.formula == "share" or scale.formula in WORDS or scale.open:
        return None, None
    ends = []
    for side in (0, 1):
        whole = {name: points.get(name, instrument.item(name).span()[side]) for name in scale.items}
        ends.append(_value(instrument, scale, whole))
    known = [end for end in ends if end is not None]
    return (min(known), max(known)) if len(known) == 2 else (None, None)


def extent(instrument: Instrument, scale: Scale) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and the highest score there can be; None where that makes no sense."""
    return _interval(instrument, replace(scale, open=False), {})


def _sum(points: Points, names: Sequence[str]) -> Fraction:
    return sum((points[name] for name in names), Fraction(0))


def _percent(instrument: Instrument, _: Scale, points: Points) -> Fraction:
    most = sum((instrument.item(name).span()[1] for name in points), Fraction(0))
    return _sum(points, list(points)) / most * 100


def _share(_: Instrument, scale: Scale, points: Points) -> Fraction | None:
    part, whole = (points[name] for name in scale.items)
    return part / whole * 100 if whole else None


def _weights(_: Instrument, scale: Scale, points: Points) -> Fraction:
    taken = (exact(scale.weights[name][int(level) - 1]) for name, level in points.items())
    return exact(scale.start) - sum(taken, Fraction(0))


def _profile(_: Instrument, scale: Scale, points: Points) -> str:
    return "".join(f"{plain(points[name])}" for name in scale.items)


def _group(instrument: Instrument, scale: Scale, points: Points) -> str:
    for group in scale.groups:
        other = instrument.scale(group.scale)
        value = _value(instrument, other, {name: points[name] for name in other.items})
        if value is not None and group.holds(value):
            return group.name
    return ""


FORMULAS: Mapping[str, Callable[[Instrument, Scale, Points], Fraction | None]] = {
    "sum": lambda _, __, points: _sum(points, list(points)),
    "mean": lambda _, __, points: _sum(points, list(points)) / len(points),
    "percent": _percent,
    "lookup": lambda _, scale, points: exact(scale.table[int(_sum(points, list(points)))][0]),
    "value": lambda _, __, points: next(iter(points.values())),
    "highest": lambda _, __, points: max(points.values()),
    "share": _share,
    "weights": _weights,
}
WORDS: Mapping[str, Callable[[Instrument, Scale, Points], str]] = {"profile": _profile, "groups": _group}


def _value(instrument: Instrument, scale: Scale, points: Points) -> Fraction | None:
    return FORMULAS[scale.formula](instrument, scale, points)
