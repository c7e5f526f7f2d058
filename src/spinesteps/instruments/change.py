"""Change between two times: improved or worse only beyond the smallest important change AND the measurement error.

A published number that nobody verified is shown and never counts. Where a number is not known, that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from spinesteps.errors import Fault, InputError, ScopeError
from spinesteps.instruments.model import SETTINGS, Instrument, Scale, ScoreBand, Yardstick, exact
from spinesteps.instruments.scoring import Scored, Scoring, points_of, score

NOT_SURE = "no_sure_change"
NAMES = {"important": "smallest important change", "error": "measurement error"}


@dataclass(frozen=True, slots=True)
class YardstickResult:
    """A yardstick laid on a change: the size it asks for (in points), and whether it is reached (None: undefined)."""

    yardstick: Yardstick
    size: Fraction | float | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A scale at two times. verdict: improved, worse, no_sure_change; None when the scale has no better and worse.

    points: after minus before. percent: of the score before, None when that is 0. decided_by: the yardsticks the
    verdict stands on. recovery: percent of what could be regained, None when the scale has none or it is undefined.
    """

    scale: Scale
    before: Fraction
    after: Fraction
    points: Fraction
    percent: Fraction | None
    verdict: str | None
    why: str
    measured: tuple[YardstickResult, ...]
    decided_by: tuple[Yardstick, ...]
    recovery: Fraction | None = None
    recovery_band: ScoreBand | None = None

    @property
    def improvement(self) -> Fraction:
        """The change with its sign turned so that more is better."""
        return -self.points if self.scale.direction == "higher is worse" else self.points


def change(
    instrument: Instrument, before: Mapping[str, object], after: Mapping[str, object], setting: str | None = None,
    months: float | None = None,
) -> tuple[ScoreChange, ...]:  # fmt: skip
    """Every scale that is scored both times. before, after: item -> answer, as for `score`.

    setting: conservative or surgery; None: the numbers of both must be reached. months: the time between, to choose
    among numbers found at several follow-ups; None: all of them. Raises InputError with every fault of both times.
    """
    if setting is not None and setting not in SETTINGS:
        raise ScopeError(f"A setting is one of {', '.join(SETTINGS[1:])}.")
    first, second = _scored(instrument, before, after)
    changes = []
    for scale in instrument.scales:
        one, two = first.scale(scale.id), second.scale(scale.id)
        if one.value is not None and two.value is not None:
            changes.append(compare(one, two, setting, months))
    return tuple(changes)


def compare(before: Scored, after: Scored, setting: str | None = None, months: float | None = None) -> ScoreChange:
    """The change of one scale that is scored both times. See `change`. Raises ScopeError when a score is lacking."""
    scale, one, two = after.scale, before.value, after.value
    if one is None or two is None:
        raise ScopeError(f'"{scale.id}" is not scored both times.')
    points = two - one
    percent = abs(points) / abs(one) * 100 if one else None
    fitting = [y for y in _of_setting(scale.changes, setting, months) if _fits(y, scale, before, after)]
    measured = tuple(_measure(y, before, after, percent) for y in fitting)
    verdict, why = _verdict(measured, before, after)
    decided = tuple(m.yardstick for m in measured if m.yardstick.counts)
    recovery = _recovery(scale, one, two)
    return ScoreChange(scale, one, two, points, percent, verdict, why, measured, decided, *recovery)


def way_of(scale: Scale, points: Fraction) -> str:
    """better, worse or same, for a change of the score by so many points."""
    if not points or scale.direction == "neither":
        return "same"
    return "better" if (points > 0) == (scale.direction == "higher is better") else "worse"


def _scored(
    instrument: Instrument, before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[Scoring, Scoring]:
    faults: list[Fault] = []
    for when, items in (("before", before), ("after", after)):
        try:
            points_of(instrument, items)
        except InputError as error:
            faults += [Fault(f"{when}: {f.place}", f.wrong, f.expected, f.todo) for f in error.faults]
    if faults:
        raise InputError(faults)
    if instrument.pairwise:
        both = points_of(instrument, before).keys() & points_of(instrument, after).keys()
        before, after = ({name: row[name] for name in row if name in both} for row in (before, after))
    return score(instrument, before), score(instrument, after)


def _of_setting(yardsticks: Sequence[Yardstick], setting: str | None, months: float | None) -> list[Yardstick]:
    """Those of the setting; among deciding ones found at several times, those nearest to `months`."""
    fitting = [y for y in yardsticks if setting is None or y.setting in ("any", setting)]
    if months is None:
        return fitting
    nearest: dict[tuple[str, str], float] = {}
    for y in fitting:
        if y.months is not None and y.decides:
            key = (y.kind, y.setting)
            nearest[key] = min(nearest.get(key, abs(y.months - months)), abs(y.months - months))
    return [
        y for y in fitting
        if y.months is None or not y.decides or abs(y.months - months) == nearest[y.kind, y.setting]
    ]  # fmt: skip


def _fits(y: Yardstick, scale: Scale, before: Scored, after: Scored) -> bool:
    assert before.value is not None and after.value is not None
    way = way_of(scale, after.value - before.value)
    rated = min(before.rated, after.rated)
    return (
        (y.way == "both" or way in (y.way, "same"))
        and (y.baseline_from is None or before.value >= exact(y.baseline_from))
        and (y.baseline_to is None or before.value <= exact(y.baseline_to))
        and (y.rated_from is None or rated >= y.rated_from)
        and (y.rated_to is None or rated <= y.rated_to)
    )


def _measure(y: Yardstick, before: Scored, after: Scored, percent: Fraction | None) -> YardstickResult:
    assert before.value is not None and after.value is not None
    moved = abs(after.value - before.value)
    if y.z is not None:
        if before.error is None or after.error is None:
            return YardstickResult(y, None, None)
        size = y.z * float(before.error**2 + after.error**2) ** 0.5
        return YardstickResult(y, size, float(moved) >= size)
    if y.percent is not None:
        if percent is None:
            return YardstickResult(y, None, None)
        return YardstickResult(y, abs(before.value) * exact(y.percent) / 100, percent >= exact(y.percent))
    met = moved >= exact(y.points or 0)
    if y.band_change:
        met = met and before.band != after.band
    return YardstickResult(y, exact(y.points or 0), met)


def _verdict(measured: Sequence[YardstickResult], before: Scored, after: Scored) -> tuple[str | None, str]:
    scale = after.scale
    assert before.value is not None and after.value is not None
    if scale.direction == "neither":
        return None, "this scale has no better and worse"
    way = way_of(scale, after.value - before.value)
    if way == "same":
        return NOT_SURE, "the score is the same"
    if _clocked(scale, before, after, way):
        return NOT_SURE, "a test that ended by the clock is a lower bound: this change cannot be measured"
    reached, lacking = [], []
    for kind, name in NAMES.items():
        met = _met([m for m in measured if m.yardstick.kind == kind and m.yardstick.counts])
        if met is None:
            lacking.append(f"the {name} is not known from a verified source")
        elif met:
            reached.append(f"beyond the {name}")
        else:
            lacking.append(f"not beyond the {name}")
    if lacking:
        return NOT_SURE, "; ".join([*reached, *lacking])
    return ("improved" if way == "better" else "worse"), " and ".join(reached)


def _met(deciding: Sequence[YardstickResult]) -> bool | None:
    """Whether every deciding number is reached; one of those that are alternatives is enough. None: there is none."""
    groups: dict[str, list[bool | None]] = {}
    for one in deciding:
        groups.setdefault(one.yardstick.either or one.yardstick.id, []).append(one.met)
    settled = [None if set(group) == {None} else any(group) for group in groups.values()]
    if False in settled:
        return False
    return None if not settled or None in settled else True


def _clocked(scale: Scale, before: Scored, after: Scored, way: str) -> bool:
    """Whether a lower bound hides the change. A bound that is not told may be one."""
    if not scale.ceiling:
        return False
    up = way == ("better" if scale.direction == "higher is better" else "worse")
    return (before.at_least is not False) if up else (after.at_least is not False)


def _recovery(scale: Scale, before: Fraction, after: Fraction) -> tuple[Fraction | None, ScoreBand | None]:
    rate = scale.recovery
    if rate is None or before == exact(rate.full):
        return None, None
    value = (after - before) / (exact(rate.full) - before) * 100
    bands = () if rate.bands_status == "unverified" else rate.bands
    return value, next((band for band in bands if band.holds(value)), None)
