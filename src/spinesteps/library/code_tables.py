"""Code tables: which codes and medicine names in a record stand for which of our concepts.

A code nobody verified never gives an answer: what matches only by such codes is a suggestion, worth a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Literal

from spinesteps.content import key, read_rows, read_together
from spinesteps.library.products import Daily, Ingredient, mg_day, parts

NAME = "name"
_OIDS = {
    "2.16.840.1.113883.6.96": "http://snomed.info/sct",
    "2.16.840.1.113883.6.1": "http://loinc.org",
    "2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm",
    "2.16.840.1.113883.6.3": "http://hl7.org/fhir/sid/icd-10",
    "2.16.840.1.113883.6.4": "http://www.cms.gov/Medicare/Coding/ICD10",
    "2.16.840.1.113883.6.88": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "2.16.840.1.113883.6.73": "http://www.whocc.no/atc",
    "2.16.840.1.113883.6.12": "http://www.ama-assn.org/go/cpt",
}
_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Match:
    """Concepts a code stands for, and those it is only believed to stand for."""

    concepts: frozenset[str] = frozenset()
    suggests: frozenset[str] = frozenset()

    def __or__(self, other: Match) -> Match:
        concepts = self.concepts | other.concepts
        return Match(concepts, (self.suggests | other.suggests) - concepts)


NO_MATCH = Match()


@dataclass(frozen=True, slots=True)
class Dose:
    """What a product adds to an amount a day (`concept`); None when the record does not say how much.

    left_out: it has no factor, so it is in no sum, and that is said.
    """

    concept: str
    value: float | None
    left_out: bool = False


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
class AnswerRow(CodeRow):
    """A line of answers.csv: what a coded value means for the concept."""

    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow(CodeRow):
    """An ingredient of doses.csv: what one mg a day adds (factor), or one microgram an hour by patch (patch)."""

    of: str
    factor: float | None = field(default=None, metadata=key(before=float))
    patch: float | None = field(default=None, metadata=key(before=float))


@dataclass
class CodeTable:
    """Everything the code files say. `rows` are the lines of the files, `answers` and `counted` those of answers.csv
    and doses.csv.

    Beside a concept stands `concept:kind`, so that two different medicines of a class can be told apart. The kind is
    the ingredient's name, the gloss of its code, or the code itself where only its start is listed.
    """

    rows: Iterable[CodeRow] = ()
    answers: Iterable[AnswerRow] = ()
    counted: Iterable[DoseRow] = ()
    _counted: dict[str, list[DoseRow]] = field(default_factory=dict, init=False)
    _exact: dict[tuple[str, str], Match] = field(default_factory=dict, init=False)
    _starts: dict[tuple[str, str], Match] = field(default_factory=dict, init=False)
    _names: dict[str, Match] = field(default_factory=dict, init=False)
    _means: dict[tuple[str, str, str], tuple[str, bool]] = field(default_factory=dict, init=False)
    _lengths: dict[str, list[int]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for code in self.rows:
            self._add(code)
        for row in self.answers:
            self._means[row.concept, system_of(row.system), row.code] = (row.means, row.status == "verified")
        for dose in self.counted:
            self._counted.setdefault(dose.code, []).append(dose)
        for system, start in self._starts:
            self._lengths[system] = sorted({*self._lengths.get(system, ()), len(start)})
        self._longest = max((len(name.split()) for name in self._names), default=0)

    def _add(self, row: CodeRow) -> None:
        concept, system, code = row.concept, row.system, row.code
        kind = code if system == NAME else row.gloss.lower()
        names = frozenset((concept,) if code.endswith("*") else (concept, f"{concept}:{kind}"))
        match = Match(names) if row.status == "verified" else Match(frozenset(), names)
        if system == NAME:
            self._names[code] = self._names.get(code, NO_MATCH) | match
            return
        table = self._starts if code.endswith("*") else self._exact
        start = (system_of(system), code.removesuffix("*"))
        table[start] = table.get(start, NO_MATCH) | match

    def match(self, system: str, code: str) -> Match:
        """What a code of a system stands for."""
        system = system_of(system)
        found = self._exact.get((system, code), NO_MATCH)
        for length in self._lengths.get(system, ()):
            if length <= len(code) and (more := self._starts.get((system, code[:length]))) is not None:
                found |= Match(_kinds(more.concepts, code), _kinds(more.suggests, code))
        return found

    def named(self, text: str) -> Match:
        """What the whole words of a product's name stand for."""
        words = _WORD.findall(text.lower()[:1000])
        found = NO_MATCH
        for size in range(1, self._longest + 1):
            for place in range(len(words) - size + 1):
                found |= self._names.get(" ".join(words[place : place + size]), NO_MATCH)
        return found

    def doses(self, concepts: frozenset[str], names: Iterable[str], daily: tuple[float, str] | None) -> list[Dose]:
        """What a product that stands for these concepts adds to each amount a day. names: how it is called."""
        wanted = {one.concept: one.of for some in self._counted.values() for one in some if one.of in concepts}
        told = [parts(name) for name in names]
        return [self._dose(concept, told, [*names], Daily(*daily) if daily else None) for concept in sorted(wanted)]

    def _dose(self, concept: str, told: list[tuple[Ingredient, ...]], names: list[str], daily: Daily | None) -> Dose:
        met = [one for name in names for one in self._ingredients(concept, name)]
        if met and all(one.factor is None and one.patch is None for one in met):
            return Dose(concept, None, left_out=True)
        amounts = {_amount(self._ingredients(concept, part.words), part, len(some) == 1, daily)
                   for some in told for part in some if self._ingredients(concept, part.words)}  # fmt: skip
        return Dose(concept, amounts.pop() if len(amounts) == 1 else None)

    def _ingredients(self, concept: str, words: str) -> list[DoseRow]:
        return [one for word in _WORD.findall(words.lower()) for one in self._counted.get(word, ())
                if one.concept == concept]  # fmt: skip

    def meaning(self, concept: str, system: str, code: str) -> tuple[str, bool] | None:
        """What a coded value means for a concept, and whether that is verified."""
        return self._means.get((concept, system_of(system), code))


def _amount(ingredients: list[DoseRow], part: Ingredient, alone: bool, daily: Daily | None) -> float | None:
    """What one ingredient of a product adds in a day."""
    one = ingredients[0]
    if len({(other.factor, other.patch) for other in ingredients}) > 1:
        return None
    if one.patch is not None:
        return round(part.mg * 1000 * one.patch, 6) if part.per == "h" and part.mg is not None else None
    mg = None if daily is None or one.factor is None else mg_day(part, daily, alone)
    return None if mg is None or one.factor is None else round(mg * one.factor, 6)


def _kinds(concepts: frozenset[str], code: str) -> frozenset[str]:
    """Concepts matched by the start of a code, each with the code as its kind."""
    return concepts | {f"{concept}:{code.lower()}" for concept in concepts}


@lru_cache(maxsize=256)
def system_of(system: str) -> str:
    """A code system's own address for its other spellings (an OID, a slash at the end, https)."""
    plain = system.strip().removesuffix("/")
    plain = _OIDS.get(plain.removeprefix("urn:oid:"), plain)
    return "http://" + plain.removeprefix("https://") if plain.startswith("https://") else plain


@cache
def read_codes(folder: Path) -> CodeTable:
    """Every CSV file of a folder. Raises ContentError with every fault of every file."""
    special: Mapping[str, type[CodeRow]] = {"answers": AnswerRow, "doses": DoseRow}
    paths = sorted(folder.glob("*.csv"))
    files = read_together(*(partial(read_rows, path, special.get(path.stem, CodeRow)) for path in paths))
    rows = [row for file in files for row in file]
    return CodeTable(
        [row for row in rows if type(row) is CodeRow],
        [row for row in rows if isinstance(row, AnswerRow)],
        [row for row in rows if isinstance(row, DoseRow)],
    )
