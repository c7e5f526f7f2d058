"""How a language writes numbers: marks, words, nouns with plural forms. Data: wording/<language>/numerals.toml.

A number in a text is written as its placeholder says, by any of these:

    {short_walk_m}                     100
    {nsaid_course_days:weeks}          2 weeks     with a noun; a time is turned into that unit when it comes out whole,
                                       10 days     and else stays in its own
    {review_soon_weeks:weeks:spelled}  two weeks   as a word, where the language has one; `Spelled`: Two weeks
    {postop_core_days:weeks:alone}     2           without the noun, rounded to a whole number of that unit
    {aneurysm_cm:.1}                   3.0         so many decimals
    {aneurysm_large_cm:.1:below}       5.4         the last number before it; `above`: the first one after it
    {walk_worse_m:size}                50          without its sign
    {paracetamol_low_mg:plain}         2000        without marks between thousands
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spinesteps.content import read_file
from spinesteps.errors import DeclarationError

TIMES = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 365.25 / 12, "years": 365.25}  # in days
MOST_OFF = {"weeks": 0.0, "months": 1.5, "years": 1.5}  # days that a whole number of them may be off
HOWS = ("spelled", "Spelled", "alone", "below", "above", "size", "plain")
DECIMALS = re.compile(r"\.\d")
RELATION = re.compile(r"([ni])(?: % (\d+))? (!?=) (\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)")
OTHER = "other"


@dataclass(frozen=True)
class Numerals:
    """Numbers in one language.

    decimal, group: the marks. joins: words between the two numbers of a range. spelled: words for 0, 1, 2 …
    plural: category to its CLDR rule ("i % 10 = 2..4 and i % 100 != 12..14"); `other` needs none.
    nouns: by id (days, weeks, metres …) the form for each category.
    """

    decimal: str
    group: str
    joins: tuple[str, ...]
    spelled: tuple[str, ...]
    plural: Mapping[str, str]
    nouns: Mapping[str, Mapping[str, str]]

    def faults(self) -> Iterator[tuple[str, str]]:
        """Plural rules that cannot be read, nouns without a form for each category, times without a noun."""
        for name, rule in self.plural.items():
            try:
                _holds(rule, 1)
            except DeclarationError as error:
                yield f"plural {name}: {error}", "a rule in CLDR's form"
        categories = {*self.plural, OTHER}
        for id_, forms in self.nouns.items():
            if set(forms) != categories:
                yield f"nouns {id_}: it has the forms {sorted(forms)}.", ", ".join(sorted(categories))
        for id_ in TIMES.keys() - self.nouns.keys():
            yield f"There is no noun for {id_}.", ", ".join(TIMES)

    def write(self, value: float, unit: str, how: tuple[str, ...] = ()) -> str:
        """A number of a unit as its placeholder says. Raises DeclarationError for a way that there is not."""
        noun = next((one for one in how if one in self.nouns), None)
        decimals = next((int(one[1:]) for one in how if DECIMALS.fullmatch(one)), None)
        odd = [one for one in how if one not in HOWS and one not in self.nouns and not DECIMALS.fullmatch(one)]
        if odd:
            raise DeclarationError(f"Numbers are not written as {', '.join(odd)}.")
        value = abs(float(value)) if "size" in how else float(value)
        if "below" in how or "above" in how:
            value = beside(value, decimals or 0, "above" in how)
        if noun is not None and "alone" in how:
            value, noun = float(round(value * TIMES[unit] / TIMES[noun])), None
        elif noun is not None:
            value, noun = turned(value, unit, noun)
        text = self._digits(value, decimals, "plain" in how)
        if ("spelled" in how or "Spelled" in how) and value in range(len(self.spelled)):
            text = self.spelled[int(value)]
        if "Spelled" in how:
            text = text[0].upper() + text[1:]
        return text if noun is None else f"{text} {self.noun(noun, value)}"

    def noun(self, id_: str, count: float) -> str:
        """The form of a noun for so many."""
        forms = self.nouns[id_]
        return forms.get(self.category(count), forms[OTHER])

    def category(self, count: float) -> str:
        """The plural category of a number: the first whose rule holds."""
        return next((name for name, rule in self.plural.items() if _holds(rule, abs(count))), OTHER)

    def _digits(self, value: float, decimals: int | None, plain: bool) -> str:
        exact = decimals is None and not value.is_integer()
        text = f"{value:g}" if exact else f"{value:,.{decimals or 0}f}"
        return text.translate({ord(","): "" if plain else self.group, ord("."): self.decimal})


def turned(value: float, unit: str, noun: str) -> tuple[float, str]:
    """A time in another unit when it comes out whole, else in its own; what is no time as it is, with that noun."""
    if unit not in TIMES or noun not in TIMES or unit == noun:
        return value, noun
    days = value * TIMES[unit]
    whole = round(days / TIMES[noun])
    if whole > 0 and abs(whole * TIMES[noun] - days) <= MOST_OFF.get(noun, 0.0):
        return float(whole), noun
    return value, unit


def beside(value: float, decimals: int = 0, above: bool = False) -> float:
    """The last number of so many decimals before a value, or the first one after it."""
    steps = round(value * float(10**decimals), 6)
    return float(math.floor(steps) + 1 if above else math.ceil(steps) - 1) / float(10**decimals)


def _holds(rule: str, count: float) -> bool:
    """Whether a CLDR plural rule holds. n: the number; i: its whole part."""
    return any(all(_relation(part, count) for part in either.split(" and ")) for either in rule.split(" or "))


def _relation(text: str, count: float) -> bool:
    relation = RELATION.fullmatch(text.strip())
    if relation is None:
        raise DeclarationError(f'"{text}" is no plural rule such as "i % 10 = 2..4 and i % 100 != 12..14".')
    value = math.floor(count) if relation[1] == "i" else count
    value = value % int(relation[2]) if relation[2] else value
    return any(value in span for span in _spans(relation[4])) is (relation[3] == "=")


def _spans(text: str) -> Iterator[range]:
    for part in text.split(","):
        low, _, high = part.partition("..")
        yield range(int(low), int(high or low) + 1)


@cache
def read_numerals(folder: Path) -> Numerals:
    """Read numerals.toml of a language's folder. Raises ContentError with every fault."""
    return read_file(folder / "numerals.toml", Numerals)
