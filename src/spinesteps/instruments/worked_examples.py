"""The worked examples that stand beside each instrument: what they say against what the scorer says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from spinesteps.errors import InputError
from spinesteps.instruments.change import ScoreChange, change
from spinesteps.instruments.model import Instrument
from spinesteps.instruments.scoring import Scored, Scoring, score, shown

NEAR = Fraction(1, 190)  # examples are printed with two decimals
COARSE = Fraction(1, 19)  # percentages with one
KEYS = {"story", "items", "before", "after", "setting", "months", "expect", "change", "facts", "alerts", "unasked",
        "faults"}  # fmt: skip
EXPECTS = {"value", "low", "high", "error", "band", "text", "shown", "missing", "cannot"}
CHANGES = {"points", "percent", "verdict", "met", "decided_by", "recovery", "recovery_band", "undefined",
           "undefined_recovery"}  # fmt: skip


def differences(instrument: Instrument, example: Mapping[str, Any]) -> list[str]:
    """Where the scorer departs from an example. [] when they agree."""
    odd = sorted(example.keys() - KEYS)
    if odd:
        return [f"does not know {odd}"]
    try:
        return list(_changed(instrument, example) if "before" in example else _scored(instrument, example))
    except InputError as error:
        faulted = sorted(fault.place.rpartition(" ")[2] for fault in error.faults)
        wanted = sorted(example.get("faults", ()))
        return [] if faulted == wanted else [f"faults in {faulted}, not {wanted}"]
    except KeyError as error:
        return [f"names no scale {error}"]


def _scored(instrument: Instrument, example: Mapping[str, Any]) -> Iterator[str]:
    result = score(instrument, example["items"])
    if example.get("faults"):
        yield f"no fault in {example['faults']}"
    for name, wanted in example.get("expect", {}).items():
        yield from (f"{name}: {what}" for what in _scale(result.scale(name), wanted))
    yield from _facts(result, example.get("facts", {}))
    for key, alerts in (("alerts", result.alerts), ("unasked", result.unasked)):
        ids = [alert.id for alert in alerts]
        if key in example and ids != example[key]:
            yield f"{key} {ids}, not {example[key]}"


def _scale(one: Scored, wanted: Mapping[str, Any]) -> Iterator[str]:
    if odd := wanted.keys() - EXPECTS:
        yield f"does not know {sorted(odd)}"
    if one.scored == bool(wanted.get("cannot")):
        yield f"scored is {one.scored}"
    for key in ("value", "low", "high", "error"):
        if key in wanted and not _near(getattr(one, key), wanted[key], NEAR):
            yield f"{key} is {getattr(one, key)}, not {wanted[key]}"
    told = {"band": one.band.name if one.band else "", "text": one.text, "shown": shown(one),
             "missing": list(one.missing)}  # fmt: skip
    for key, value in told.items():
        if key in wanted and value != wanted[key]:
            yield f"{key} is {value!r}, not {wanted[key]!r}"


def _facts(result: Scoring, wanted: Mapping[str, Any]) -> Iterator[str]:
    for name, value in wanted.items():
        given = result.facts.get(name)
        same = given == value if isinstance(value, str) or given is None or isinstance(given, str) else _near(
            Fraction(str(given)), value, NEAR)  # fmt: skip
        if not same:
            yield f"fact {name} is {given}, not {value}"


def _changed(instrument: Instrument, example: Mapping[str, Any]) -> Iterator[str]:
    changes = change(instrument, example["before"], example["after"], example.get("setting"), example.get("months"))
    by_scale = {one.scale.id: one for one in changes}
    for name, wanted in example["change"].items():
        yield from (f"{name}: {what}" for what in _change(by_scale[name], wanted))


def _change(one: ScoreChange, wanted: Mapping[str, Any]) -> Iterator[str]:
    if odd := wanted.keys() - CHANGES:
        yield f"does not know {sorted(odd)}"
    numbers = {"points": (one.points, NEAR), "percent": (one.percent, COARSE), "recovery": (one.recovery, COARSE)}
    for key, (number, near) in numbers.items():
        if key in wanted and not _near(number, wanted[key], near):
            yield f"{key} is {number}, not {wanted[key]}"
    met = [m.yardstick.id for m in one.measured if m.met]
    told: dict[str, object] = {
        "verdict": one.verdict, "met": met, "decided_by": [y.id for y in one.decided_by],
        "recovery_band": one.recovery_band.name if one.recovery_band else "",
        "undefined": one.percent is None, "undefined_recovery": one.recovery is None,
    }  # fmt: skip
    for key, value in told.items():
        if key in wanted and value != wanted[key]:
            yield f"{key} is {value!r}, not {wanted[key]!r}"


def _near(value: Fraction | None, wanted: float, near: Fraction) -> bool:
    return value is not None and abs(value - Fraction(str(wanted))) <= near
