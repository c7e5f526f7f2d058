"""How much of a product is taken in a day, as far as the record's dosage says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DAYS = {"h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.0}
MOST = 1e6


def daily(row: Mapping[str, Any]) -> tuple[float, str] | None:
    """Amount a day and its unit; None without one dosage that is regular (not "as needed"), exact and complete."""
    amount, often, period = row.get("dose"), row.get("frequency"), row.get("period")
    days = DAYS.get(str(row.get("period_unit")))
    if row.get("as_needed") not in (None, False) or days is None:
        return None
    numbers = [one for one in (amount, often, period) if isinstance(one, int | float) and not isinstance(one, bool)]
    if len(numbers) < 3 or any(not 0 < one < MOST for one in numbers):
        return None
    unit = row.get("dose_unit") if row.get("dose_unit") is not None else row.get("dose_word")
    if unit is not None and not isinstance(unit, str):
        return None
    return float(numbers[0]) * float(numbers[1]) / (float(numbers[2]) * days), unit or ""
