"""Names of products taken apart: which ingredient stands with which strength. Knows the forms of names, no medicine.

    Acetaminophen 325 MG / Hydrocodone Bitartrate 7.5 MG Oral Tablet
    Hydrocodone-Acetaminophen 7.5-325 MG per tablet
    72 HR Fentanyl 0.025 MG/HR Transdermal System
    Paracetamol 500mg/Codeine 30mg tablets
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spinesteps.logic.history.amounts import IN_MG, Daily, measure

WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_NEGATED = frozenset(("non", "free", "without"))
# Words of forms: no ingredient.
_FORM = re.compile(
    r"extended|prolonged|modified|sustained|controlled|delayed|immediate|release|film|coated|enteric|gastro|resistant|"
    r"sugar|free|low|dose|high|strength|forte|retard|oral|tab(?:let)?s?|cap(?:sule)?s?|soluble|effervescent|dispersible|"
    r"chewable|orally|disintegrating|solution|suspension|liquid|drops|day|night|plus|in|per|hr|hour|mg|ml|mcg|g|pack|"
    r"unit|multi|use|one|two|er|xr|sr|mr|cr|la|xl|ir|dr|sodium|potassium|hydrochloride|\d+"
)
NUMBER = r"(?:\d{1,3}(?:[\u00a0\u2009\u202f'’]\d{3})+|\d[\d.,]*\d|\d|[.,]\d+)"
UNIT = (r"(?:mcg|[uµμ]g|microg(?:ram)?s?|micrograms?|mikrogramm|mg|milligrams?|milligramm|grams?|gramm|g|iu|units?|unt|"
        r"meq|mmol|%)(?![a-z])")  # fmt: skip
_STRENGTHS = re.compile(
    rf"(?<![\w.,])(?P<numbers>{NUMBER}\s*(?:{UNIT})?(?:\s*[-/+]\s*{NUMBER}\s*(?:{UNIT})?(?!\s*(?:ml|h|hr|hours?)\b))*)"
    r"(?P<per>\s*(?:/|\bper\b|\bin\b)\s*(?P<volume>" + NUMBER + r")?\s*"
    r"(?P<of>ml|millilit(?:er|re)s?|h|hr|hours?|actuat(?:ion)?s?|doses?|sprays?|puffs?|drops?|tab(?:let)?s?|cap(?:sule)?s?"
    r"|caplets?|each|patch|sachets?|g|kg|l|day|d|m2|vials?|ampoules?|syringes?)(?![a-z]))?",
    re.IGNORECASE,
)
_ONE = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>{UNIT})?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[/+&,;-]|\b(?:and|with|plus|und|mit|et)\b)\s*", re.IGNORECASE)
_UNIT_OF_PRODUCT = re.compile(r"tab(let)?s?|cap(sule)?s?|caplets?|each|ea|one", re.IGNORECASE)
_SPACED = re.compile(r"\d \d{3}(?!\d)")  # one number or two: cannot be told
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient of a product: its words, and mg in one unit (`""`), one ml (`"ml"`) or one hour (`"h"`).

    mg: None when the name holds no strength, or none that can be read.
    """

    words: str
    mg: float | None
    per: str


@lru_cache(maxsize=4_096)
def amount(text: str) -> float | None:
    """The number that is written: 1,000 is a thousand, 0,5 a half; None where that cannot be told (1.000)."""
    text = re.sub(r"(?<=\d)[\u00a0\u2009\u202f'’](?=\d{3})", "", text)
    signs = re.findall(r"[.,]", text)
    if len(set(signs)) == 2 and signs.count(signs[-1]) == 1 and text.rfind(signs[-1]) > text.rfind(signs[0]):
        whole, part = text.rsplit(signs[-1], 1)
        return _thousands(whole, signs[0], part)
    if len(signs) > 1:
        return _thousands(text, signs[0], "") if len(set(signs)) == 1 else None
    if not signs:
        return float(text)
    whole, part = text.split(signs[0])
    if whole.strip("0") and len(whole) <= 3 and len(part) == 3:
        return float(whole + part) if signs[0] == "," else None
    return float(f"{whole or 0}.{part or 0}")


def _thousands(whole: str, sign: str, part: str) -> float | None:
    first, *groups = whole.split(sign)
    fits = 0 < len(first) <= 3 and all(len(group) == 3 for group in groups)
    return float(f"{first}{''.join(groups)}.{part or 0}") if fits else None


@lru_cache(maxsize=16_384)
def tokens(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, once with hyphens kept and once split there."""
    whole = tuple(WORD.findall(text.lower()[:1000]))
    if not any("-" in word for word in whole):
        return (whole,)
    return whole, tuple(piece for word in whole for piece in _pieces(word))


def _pieces(word: str) -> list[str]:
    pieces = word.split("-")
    return [] if len(pieces) > 1 and not _NEGATED.isdisjoint(pieces) else pieces


def content(text: str) -> set[str]:
    """The words of a text that are no numbers and no forms."""
    return {word for some in tokens(text) for word in some if not _FORM.fullmatch(word)}


@lru_cache(maxsize=4_096)
def between(name: str) -> tuple[str, ...]:
    """What stands between the signs that part the ingredients of a name, strengths and forms left out."""
    strength = _STRENGTHS.search(name[:LONGEST])
    several = strength and len(list(_STRENGTHS.finditer(name))) == 1
    alone = strength and several and strength.start()
    text = name[: strength.start()] if strength and alone else _STRENGTHS.sub(" ", name[:LONGEST])
    return _several(text)


def _several(text: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in _BETWEEN.split(text) if content(one))


@lru_cache(maxsize=4_096)
def parts(name: str) -> tuple[Ingredient, ...]:
    """The ingredients of a product with their strengths; () where it cannot be told which strength is whose."""
    name = " ".join(re.sub(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3})", "'", name[:LONGEST]).split())
    if _SPACED.search(name):
        return ()
    strengths = [one for one in _STRENGTHS.finditer(name) if _ONE_UNIT.search(one["numbers"]) or len(_numbers(one)) > 1]
    if not strengths:
        return (Ingredient(name.lower(), None, ""),)
    if len(strengths) == 1:
        return _listed(name, strengths[0])
    return _each(name, strengths)


_ONE_UNIT = re.compile(UNIT, re.IGNORECASE)


def _numbers(strength: re.Match[str]) -> list[re.Match[str]]:
    return list(_ONE.finditer(strength["numbers"]))


def _listed(name: str, strength: re.Match[str]) -> tuple[Ingredient, ...]:
    """A product whose strengths stand together: one ingredient, or several in the same order."""
    numbers, before, after = _numbers(strength), name[: strength.start()].strip(), name[strength.end() :].strip()
    if len(numbers) == 1:
        if len(_several(before or after)) > 1:
            return ()  # one strength, and nobody says whose
        return (_ingredient(f"{before} {after}", numbers[0], "", strength),)
    names = _several(before or after)
    if len(names) != len(numbers):
        return ()
    last = numbers[-1]["unit"] or ""
    more = f" {after}" if before else ""
    return tuple(_ingredient(one + more, number, last, strength) for one, number in zip(names, numbers, strict=True))


def _each(name: str, strengths: list[re.Match[str]]) -> tuple[Ingredient, ...]:
    """A product in which each ingredient has its strength behind it, or each before it."""
    if any(len(_numbers(one)) > 1 for one in strengths):
        return ()
    edges = [0, *(one.end() for one in strengths)]
    named = [_trimmed(name[edge : one.start()]) for edge, one in zip(edges, strengths, strict=False)]
    last = name[strengths[-1].end() :]
    if not named[0]:
        starts = [*(one.start() for one in strengths[1:]), len(name)]
        named = [_trimmed(name[one.end() : start]) for one, start in zip(strengths, starts, strict=True)]
        last = ""
    if not all(named) or any(len(_several(one)) > 1 for one in named):
        return ()
    return tuple(_ingredient(f"{one} {last}", _numbers(held)[0], "", held)
                 for one, held in zip(named, strengths, strict=True))  # fmt: skip


def _trimmed(text: str) -> str:
    text = re.sub(r"^\s*(?:[/+&,;-]|\b(?:and|with|plus|und|mit|et)\b)+|[/+&,;-]+\s*$", "", text, flags=re.IGNORECASE)
    return re.sub(r"^\W+|\W+$", "", text) and text.strip()


def _ingredient(words: str, number: re.Match[str], unit: str, strength: re.Match[str]) -> Ingredient:
    mg, per = amount(number["number"]), ""
    scale = IN_MG.get(measure(number["unit"] or unit) or "")
    mg = mg * scale if mg is not None and scale is not None else None
    of = (strength["of"] or "").lower()
    rest = strength.string[strength.end() :].lstrip()
    if not of and rest.startswith("/") and not _ONE_UNIT.search(rest):
        mg = None  # so much in something that is not understood
    if of.startswith(("h", "ml", "millil")):
        volume = amount(strength["volume"]) if strength["volume"] else 1.0
        mg = mg / volume if mg is not None and volume else None
        per = "ml" if of.startswith("m") else "h"
    elif of and not (_UNIT_OF_PRODUCT.fullmatch(of) and not strength["volume"]):
        mg = None
    return Ingredient(" ".join(words.lower().split()), mg or None, per)


def mg_day(part: Ingredient, daily: Daily, alone: bool, fullest: bool = False) -> float | None:
    """How many mg a day of an ingredient; None when the dose does not say it. alone: the product holds nothing else.

    fullest: on a day it is taken, instead of on average.
    """
    taken, unit = daily.fullest if fullest and daily.fullest else daily.amount, measure(daily.unit)
    if unit in ("mg", "g", "ug"):
        return taken * IN_MG[unit] if alone and part.per != "h" else None
    if part.mg is None or unit is None:
        return None
    return taken * part.mg if part.per == unit else None
