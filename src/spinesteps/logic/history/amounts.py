"""Amounts of a medicine that are taken in a day: how a record says them, and what a product makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

IN_MG = {"mcg": 0.001, "ug": 0.001, "mg": 1.0, "g": 1000.0}


@dataclass(frozen=True, slots=True)
class Daily:
    """What is taken: an amount a day on average and its unit as recorded ("" when it only counts tablets).

    fullest: on a day it is taken. dose: at a time. hours: from one time to the next.
    """

    amount: float
    unit: str
    fullest: float = 0.0
    dose: float = 0.0
    hours: float = 24.0

    def patches(self, rate: float) -> float | None:
        """Micrograms an hour of so many patches of this rate, or of the rate that the dose names itself."""
        kind = measure(self.unit)
        return self.dose if kind == "ug/h" else self.dose * rate if kind == "" else None


_MEASURES = {
    "ug": re.compile(r"ug|[µμ]g|mcg|microg(ram)?s?|micrograms?|mikrogramm", re.IGNORECASE),
    "mg": re.compile(r"mg|milligrams?|milligramm", re.IGNORECASE),
    "g": re.compile(r"g|grams?|gramm", re.IGNORECASE),
    "ml": re.compile(r"mls?|milliliters?|millilitres?|cc", re.IGNORECASE),
    "ug/h": re.compile(r"(ug|[µμ]g|mcg|micrograms?)\s*(/|per)\s*(h|hr|hour)", re.IGNORECASE),
    "": re.compile(
        r"\{?((oral|film.?coated|chewable|dispersible|effervescent) )?"
        r"(1|tab(let)?s?|tbl|tablette[ns]?|cap(sule)?s?|kapseln?|patch(es)?|caplets?|units?|each|doses?|pills?)?"
        r"(\(s\))?\}?", re.IGNORECASE,
    ),
}  # fmt: skip


@lru_cache(maxsize=4_096)
def measure(unit: str) -> str | None:
    """What a unit measures: ug, mg, g, ml, ug/h, or "" for whole tablets and patches; None for any other."""
    unit = unit.strip()
    return next((name for name, form in _MEASURES.items() if form.fullmatch(unit)), None)


@dataclass(frozen=True, slots=True)
class Dose:
    """What a product adds to an amount a day (`concept`); None when the record does not say how much.

    course: which medicine it is: two of one course are the same product; a "?" where its strength is not known.
    left_out: it has no factor, so it is in no sum, and that is said.
    """

    concept: str
    value: float | None
    course: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """How a product is taken: an amount a day, and whether by mouth.

    said: the record has a dosage; without one a patch is one patch.
    """

    daily: Daily | None = None
    said: bool = False
    by_mouth: bool = True
