"""Units of measurement: the same, convertible or not. The unit library is loaded only when a unit differs."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

# How our facts name a unit -> its UCUM code. Units that only count something have none.
UCUM = {
    "years": "a", "months": "mo", "weeks": "wk", "days": "d", "min": "min", "kg/m2": "kg/m2", "kg": "kg", "m": "m",
    "cm": "cm", "mm2": "mm2", "ml": "mL", "g/L": "g/L", "mg/day": "mg/d", "%": "%",
    "mL/min/1.73m2": "mL/min/{1.73_m2}",
}  # fmt: skip
# Other spellings of a unit, all in common use; the code of the measurement tells what the last two leave out.
SPELLINGS = {
    "ml": "mL", "percent": "%", "mL/min/1.73m2": "mL/min/{1.73_m2}", "mL/min/1.73.m2": "mL/min/{1.73_m2}",
    "mL/min/1.73 m2": "mL/min/{1.73_m2}", "mL/min/{1.73m2}": "mL/min/{1.73_m2}", "mL/min": "mL/min/{1.73_m2}",
    "ml/min": "mL/min/{1.73_m2}", "kg/m^2": "kg/m2",
}  # fmt: skip
COUNTING = re.compile(r"|1|\{[^}]*\}|\(score\)|score|points?|/10|%")


def convert(value: float, unit: str, wanted: str) -> float | None:
    """The value in the wanted unit of a fact, or None when the units do not fit.

    A share (%) is never made from a ratio such as mmol/mol: for some tests they are different scales.
    """
    target = UCUM.get(wanted)
    if target is None:
        fits = bool(COUNTING.fullmatch(unit)) and (unit != "%" or wanted == "")
        return value if (fits and unit != "%") or unit == wanted else None
    source = SPELLINGS.get(unit, unit)
    if source == target:
        return value
    if not source or "%" in (source, target) or target.startswith("mL/min/"):
        return None
    factor = _factor(source, target)
    if factor is None:
        return None
    converted = float(Decimal(repr(value)) * factor) if math.isfinite(value) else math.inf
    return int(converted) if isinstance(value, int) and converted.is_integer() else converted


@lru_cache(maxsize=256)
def _factor(source: str, target: str) -> Decimal | None:
    registry = _registry()
    try:
        one = registry.from_ucum(source).to(registry.from_ucum(target)).magnitude
        zero = (0 * registry.from_ucum(source)).to(registry.from_ucum(target)).magnitude
    except Exception:  # the library raises many kinds for text that is no unit, and for units that do not fit
        return None
    return Decimal(f"{one:.12g}") if zero == 0 and math.isfinite(one) and one > 0 else None


@lru_cache(maxsize=1)
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()
