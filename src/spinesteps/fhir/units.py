"""Units of measurement: the same, convertible or not, by a table of those that our facts can be written in.

A table, as the libraries that read all of UCUM disagree among themselves from Python 3.12 on, and load for a second.
Sizes: UCUM 2.2, tables 3 to 12 (a month is a year / 12, a year 365.25 days).
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

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
    "ml/min": "mL/min/{1.73_m2}", "kg/m^2": "kg/m2", "mcg": "ug", "g%": "g/dL", "gm/dL": "g/dL", "g/dl": "g/dL",
}  # fmt: skip
LONGEST = 40
Measure = tuple[Fraction, tuple[int, int, int]]
_GRAM, _METRE, _SECOND = (1, 0, 0), (0, 1, 0), (0, 0, 1)
_DAY = 86_400
UNITS: dict[str, Measure] = {
    name: (Fraction(str(size)), powers)
    for powers, sizes in (
        (_GRAM, {"g": 1, "t": 1_000_000, "[lb_av]": "453.59237", "[oz_av]": "28.349523125", "[stone_av]": "6350.29318",
                 "[gr]": "0.06479891"}),
        (_METRE, {"m": 1, "[in_i]": "0.0254", "[ft_i]": "0.3048", "[yd_i]": "0.9144", "[mi_i]": "1609.344",
                  "[ft_us]": "1200/3937", "[in_us]": "100/3937"}),
        ((0, 3, 0), {"L": "1/1000", "l": "1/1000", "[foz_us]": "29.5735295625e-6", "[pt_us]": "473.176473e-6"}),
        (_SECOND, {"s": 1, "min": 60, "h": 3_600, "d": _DAY, "wk": 7 * _DAY, "mo": 2_629_800, "a": 31_557_600,
                   "mo_j": 2_629_800, "a_j": 31_557_600}),
    )
    for name, size in sizes.items()
}  # fmt: skip
METRIC = frozenset("gmLls")
PREFIXES = {
    sign: Fraction(10) ** power
    for sign, power in {"G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9,
                        "p": -12}.items()
}  # fmt: skip
_ANNOTATION = re.compile(r"(?<=[^./(])\{[^{}]*\}")
_PART = re.compile(r"(^|[./])(\([^()]*\)|(?:[^./()\[\]]|\[[^\[\]]*\])+)")
_POWER = re.compile(r"((?:\[\w+\]|[A-Za-z]\w*?))([+-]?\d)?")
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


@lru_cache(maxsize=1_024)
def _factor(source: str, target: str) -> Decimal | None:
    one, other = measure(source), measure(target)
    if one is None or other is None or one[1] != other[1]:
        return None
    factor = one[0] / other[0]
    return Decimal(factor.numerator) / Decimal(factor.denominator)


def measure(unit: str) -> Measure | None:
    """How much a UCUM unit is of gram, metre and second, and their powers; None for what is no such unit."""
    text = _ANNOTATION.sub("", unit)
    parts = _PART.findall(text)
    if len(unit) > LONGEST or "".join(sign + rest for sign, rest in parts) != text or not parts:
        return None
    amount, powers = Fraction(1), (0, 0, 0)
    for sign, part in parts:
        found = measure(part[1:-1]) if part.startswith("(") else _atom(part)
        if found is None:
            return None
        way = -1 if sign == "/" else 1
        amount *= found[0] ** way
        powers = (powers[0] + way * found[1][0], powers[1] + way * found[1][1], powers[2] + way * found[1][2])
    return amount, powers


def _atom(part: str) -> Measure | None:
    """One unit with its prefix and power, or a whole number."""
    if part.isdecimal() and part.isascii():
        return (Fraction(int(part)), (0, 0, 0)) if int(part) else None
    found = _POWER.fullmatch(part)
    if found is None:
        return None
    name, power = found[1], int(found[2] or 1)
    held = UNITS.get(name)
    if held is None and name[-1:] in METRIC:
        scale = PREFIXES.get(name[:-1])
        base = UNITS[name[-1]]
        held = None if scale is None else (scale * base[0], base[1])
    if held is None or not -3 <= power <= 3:
        return None
    return held[0] ** power, (held[1][0] * power, held[1][1] * power, held[1][2] * power)
