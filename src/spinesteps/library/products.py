"""Names of products taken apart: which ingredient stands with which strength. Knows the forms of names, no medicine.

    Acetaminophen 325 MG / Hydrocodone Bitartrate 7.5 MG Oral Tablet
    72 HR Fentanyl 0.025 MG/HR Transdermal System
    Paracetamol 500mg tablets
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STRENGTH = re.compile(
    r"(?P<amount>\d+(?:[.,]\d+)?)\s*(?P<unit>mcg|ug|µg|micrograms?|mg|milligrams?|g|grams?)"
    r"(?:\s*/\s*(?P<per>hr|h|hour|ml|(?P<volume>\d+(?:\.\d+)?)\s*ml))?(?![a-z])",
    re.IGNORECASE,
)
_IN_MG = {"m": 1.0, "u": 0.001, "µ": 0.001, "g": 1000.0}
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient of a product: its words, and mg in one unit (`""`), one ml (`"ml"`) or one hour (`"h"`).

    mg: None when the name holds no strength.
    """

    words: str
    mg: float | None
    per: str


def parts(name: str) -> tuple[Ingredient, ...]:
    """The ingredients of a product with their strengths; () when one part of several holds none, or one holds two."""
    found = []
    segments = name[:LONGEST].split(" / ")
    if len(segments) == 1 and not _STRENGTH.search(segments[0]):
        return (Ingredient(" ".join(segments[0].lower().split()), None, ""),)
    for segment in segments:
        strengths = list(_STRENGTH.finditer(segment))
        if len(strengths) != 1:
            return ()
        found.append(_part(segment, strengths[0]))
    return tuple(found)


def _part(segment: str, found: re.Match[str]) -> Ingredient:
    unit = found["unit"].lower()
    scale = 0.001 if unit.startswith(("mc", "mic")) else _IN_MG[unit[0]]
    amount = float(found["amount"].replace(",", ".")) * scale
    per = (found["per"] or "").lower()
    if per.endswith("ml"):
        amount, per = amount / float(found["volume"] or 1), "ml"
    words = f"{segment[: found.start()]} {segment[found.end() :]}"
    return Ingredient(" ".join(words.lower().split()), amount, "h" if per.startswith("h") else per)


@dataclass(frozen=True, slots=True)
class Daily:
    """What is taken in a day: an amount and its unit as recorded ("" when it only counts tablets)."""

    amount: float
    unit: str


_UNITS = re.compile(r"\{?(1|tab(let)?s?|tbl|cap(sule)?s?|patch(es)?|caplets?|units?|each|doses?|pills?)?\}?", re.I)


def mg_day(part: Ingredient, daily: Daily, alone: bool) -> float | None:
    """How many mg a day of an ingredient; None when the dose does not say it. alone: the product holds nothing else."""
    unit = daily.unit.strip().lower()
    if unit in ("mg", "g", "ug", "mcg"):
        scale = {"mg": 1.0, "g": 1000.0}.get(unit, 0.001)
        return daily.amount * scale if alone and part.per != "h" else None
    if part.mg is None:
        return None
    if unit == "ml":
        return daily.amount * part.mg if part.per == "ml" else None
    return daily.amount * part.mg if part.per == "" and _UNITS.fullmatch(unit) else None
