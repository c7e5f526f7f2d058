"""Products: what combined ones hold, what one adds to an amount a day, which of two are the same medicine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from spinesteps.content import key
from spinesteps.library.products import WORD, Ingredient, between, content, mg_day, parts, tokens
from spinesteps.logic.history.amounts import Dose, Taken

BY_MOUTH, NOT_BY_MOUTH = "by_mouth", "not_by_mouth"
_BRAND = re.compile(r"\[[^\]]*\]")
# Products of one strength are two medicines where one is slow, or not swallowed.
_SLOW = re.compile(
    r"\b(extended|prolonged|modified|sustained|controlled|slow|retard|er|xr|sr|mr|cr|la|pr|12 ?hr?|24 ?hr?)\b"
)
_OTHER_WAY = re.compile(r"\b(inject\w*|infusion|supposit\w*|rectal|patch\w*|transdermal|sublingual|buccal|drops)\b")
@dataclass(frozen=True, slots=True)
class CodeRow:
    """A line of a code table: a code of a system (or a `name`, or the start of a code with *) and its concept."""

    concept: str
    system: str
    code: str
    gloss: str
    status: Literal["verified", "unverified"]
    source: str
    checked_on: date = field(metadata=key(before=date.fromisoformat))


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow(CodeRow):
    """An ingredient of doses.csv: what one mg a day adds (factor), or one microgram an hour by patch (patch).

    only: the factor holds only by mouth. of_day: "fullest" where a day it is taken counts, else the average day.
    """

    of: str
    factor: float | None = field(default=None, metadata=key(before=float))
    patch: float | None = field(default=None, metadata=key(before=float))
    only: Literal["", "by_mouth"] = ""
    of_day: Literal["", "fullest"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow(CodeRow):
    """A line of products.csv: a product's name and the ingredients it `holds`, as "codeine / paracetamol".

    The order is that of the strengths in its name.
    """

    holds: str


@dataclass(frozen=True, slots=True)
class RouteRow(CodeRow):
    """A line of routes.csv: a word or code for a way that is, or is not, by mouth."""


class ProductTable:
    """What doses.csv, products.csv and routes.csv say."""

    def __init__(self, counted: Iterable[DoseRow], held: Iterable[ProductRow], routes: Iterable[RouteRow]) -> None:
        self._counted: dict[str, list[DoseRow]] = {}
        self._adds_to: dict[str, set[str]] = {}
        for dose in counted:
            self._counted.setdefault(dose.code, []).append(dose)
            self._adds_to.setdefault(dose.of, set()).add(dose.concept)
        self._holds: Mapping[str, str] = {row.code: row.holds for row in held if row.status == "verified"}
        self._ways = {(row.system, row.code): row.concept for row in routes if row.status == "verified"}

    def opened(self, name: str) -> str:
        """The name with its brand put as what it holds: "Co-codamol 8mg/500mg" as "codeine/paracetamol …"."""
        plain = _BRAND.sub(" ", name)
        plain = plain if plain.strip() else name
        words = {word for some in tokens(plain) for word in some}
        for brand in sorted(words & self._holds.keys()):
            held = self._holds[brand]
            if words.isdisjoint(WORD.findall(held)):
                plain = re.sub(rf"\b{re.escape(brand)}\b", held.replace(" / ", "/"), plain, flags=re.IGNORECASE)
        return plain

    def by_mouth(self, names: Iterable[str], route: Iterable[str], codes: Iterable[tuple[str, str]]) -> bool:
        """Whether it is surely taken by mouth, as far as name and route (its words, its codes) say."""
        said = [*route]
        coded = [*codes]
        ways = {self._ways.get(code) for code in coded} | self._way(said) | self._way(code for _, code in coded)
        if NOT_BY_MOUTH in ways or NOT_BY_MOUTH in self._way(names):
            return False
        return BY_MOUTH in ways or not (said or coded)

    def _way(self, texts: Iterable[str]) -> set[str | None]:
        words = {word for text in texts for some in tokens(text) for word in some}
        return {self._ways.get(("name", word)) for word in words} - {None}

    def loose(self, name: str, known: frozenset[str]) -> list[str]:
        """The parts of a combined product that hold no word of `known`."""
        some = between(self.opened(name))
        return [part for part in some if known.isdisjoint(content(part))] if len(some) > 1 else []

    def adds_to(self, concepts: frozenset[str]) -> set[str]:
        """The amounts a day that a product with these concepts adds to."""
        return {amount for of, amounts in self._adds_to.items() if of in concepts for amount in amounts}

    def doses(self, concepts: frozenset[str], names: Iterable[str], taken: Taken) -> list[Dose]:
        """What a product that stands for these concepts adds to each amount a day. names: how it is called."""
        wanted = self.adds_to(concepts)
        opened = [self.opened(name) for name in names]
        told = [parts(name) for name in opened]
        return [self._dose(concept, told, opened, taken) for concept in sorted(wanted)]

    def _dose(self, concept: str, told: list[tuple[Ingredient, ...]], names: list[str], taken: Taken) -> Dose:
        met = [one for name in names for one in self._ingredients(concept, name)]
        found = [(part, some) for some in told for part in some if self._ingredients(concept, part.words)]
        found = [one for one in found if one[0].mg is not None] or found  # a name without a strength beside one with it
        courses = {self._course(concept, part, some) for part, some in found}
        names = sorted({self._substance(one) for one in met}) or [concept]
        course = courses.pop() if len(courses) == 1 else f"{'+'.join(names)}|?"
        if met and all(one.factor is None and one.patch is None for one in met):
            return Dose(concept, None, course, left_out=True)
        amounts = {_amount(self._ingredients(concept, part.words), part, len(some) == 1, taken) for part, some in found}
        return Dose(concept, amounts.pop() if len(amounts) == 1 else None, course)

    def _ingredients(self, concept: str, words: str) -> list[DoseRow]:
        every = {word for some in tokens(words) for word in some}
        return [one for word in sorted(every) for one in self._counted.get(word, ()) if one.concept == concept]

    def _substance(self, row: DoseRow) -> str:
        """One name for an ingredient that has two: paracetamol for acetaminophen."""
        own = any(one.concept == row.concept for one in self._counted.get(row.of, ()))
        return row.of if own else row.code

    def _course(self, concept: str, part: Ingredient, product: tuple[Ingredient, ...]) -> str:
        substance = "+".join(sorted({self._substance(one) for one in self._ingredients(concept, part.words)}))
        if part.mg is None:
            return f"{substance}|?"
        beside = ",".join(sorted(f"{one.mg:g}" if one.mg else "?" for one in product if one is not part))
        words = " ".join(one.words for one in product)
        slow, way = _SLOW.search(words), _OTHER_WAY.search(words)
        return f"{substance}|{part.mg:g} {part.per}|{beside}|{'slow' if slow else ''}|{way[0][:6] if way else ''}"


def _amount(ingredients: list[DoseRow], part: Ingredient, alone: bool, taken: Taken) -> float | None:
    """What one ingredient of a product adds in a day."""
    one = ingredients[0]
    if len({(other.factor, other.patch) for other in ingredients}) > 1:
        return None
    if one.patch is not None:
        rate = _rate(part, taken)
        return None if rate is None else round(rate * one.patch, 6)
    if taken.daily is None or one.factor is None or (one.only and not taken.by_mouth):
        return None
    mg = mg_day(part, taken.daily, alone, one.of_day == "fullest")
    return None if mg is None else round(mg * one.factor, 6)


_WORN = re.compile(r"\b(\d{2,3}) ?hr?\b")


def _rate(part: Ingredient, taken: Taken) -> float | None:
    """Micrograms an hour of the patches worn at once; one patch where no dosage is given."""
    if part.per != "h" or part.mg is None:
        return None
    if not taken.said:
        return part.mg * 1000
    daily, worn = taken.daily, _WORN.search(part.words)
    if daily is None or daily.hours < 24 or (worn and not float(worn[1]) / 2 < daily.hours <= float(worn[1]) * 1.5):
        return None
    return daily.patches(part.mg * 1000)
