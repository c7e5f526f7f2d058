"""Code tables: which codes and medicine names in a record stand for which of our concepts.

A code nobody verified never gives an answer: what matches only by such codes is a suggestion, worth a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path

from spinesteps.content import read_rows, read_together
from spinesteps.library.code_writing import ICD_FAMILY, code_of, system_of, without_system
from spinesteps.library.product_table import CodeRow, DoseRow, ProductRow, ProductTable, RouteRow
from spinesteps.library.products import tokens

NAME = "name"


@dataclass(frozen=True, slots=True)
class Match:
    """Concepts a code stands for, and those it is only believed to stand for."""

    concepts: frozenset[str] = frozenset()
    suggests: frozenset[str] = frozenset()

    def __or__(self, other: Match) -> Match:
        concepts = self.concepts | other.concepts
        return Match(concepts, (self.suggests | other.suggests) - concepts)


NO_MATCH = Match()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow(CodeRow):
    """A line of answers.csv: what a coded value means for the concept."""

    means: str


@dataclass
class CodeTable:
    """Everything the code files say. `rows` are the lines of the files, `answers`, `counted`, `held` and `routes` those
    of answers.csv, doses.csv, products.csv and routes.csv.

    Beside a concept stands `concept:kind`, so that two different medicines of a class can be told apart. The kind is
    the ingredient's name, the gloss of its code, or the code itself where only its start is listed.
    """

    rows: Iterable[CodeRow] = ()
    answers: Iterable[AnswerRow] = ()
    counted: Iterable[DoseRow] = ()
    held: Iterable[ProductRow] = ()
    routes: Iterable[RouteRow] = ()
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
        self._answered = frozenset(concept for concept, _, _ in self._means)
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
        """What a code of a system stands for; a code that is not written quite so only may stand for it."""
        system = system_of(system)
        plain, whole = code_of(system, code)
        match = self._listed(system, plain)
        if match == NO_MATCH and (not system or system in ICD_FAMILY):
            whole = False
            for other in ICD_FAMILY if system else without_system(plain):
                match |= self._listed(other, code_of(other, plain)[0])
        return match if whole else Match(frozenset(), match.concepts | match.suggests)

    def _listed(self, system: str, code: str) -> Match:
        match = self._exact.get((system, code), NO_MATCH)
        for length in self._lengths.get(system, ()):
            if length <= len(code) and (more := self._starts.get((system, code[:length]))) is not None:
                match |= Match(_kinds(more.concepts, code), _kinds(more.suggests, code))
        return match

    def named(self, text: str) -> Match:
        """What the whole words of a product's name stand for."""
        match = NO_MATCH
        for words in tokens(self.products.opened(text)):
            for size in range(1, self._longest + 1):
                for place in range(len(words) - size + 1):
                    match |= self._names.get(" ".join(words[place : place + size]), NO_MATCH)
        return match

    @cached_property
    def products(self) -> ProductTable:
        """Combined products, doses and ways of taking."""
        return ProductTable(self.counted, self.held, self.routes)

    def loose(self, name: str) -> list[str]:
        """The parts of a combined product that no table knows; [] of a product that none knows at all."""
        doubtful = self.products.loose(name, self._known)
        return doubtful if self.named(name) != NO_MATCH else []

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(word for name in self._names for word in name.split())

    def has_answers(self, concept: str) -> bool:
        """Whether answers.csv says how the values of a concept are to be understood."""
        return concept in self._answered

    def meaning(self, concept: str, system: str, code: str) -> tuple[str, bool] | None:
        """What a coded value means for a concept, and whether that is verified."""
        system = system_of(system)
        return self._means.get((concept, system, code_of(system, code)[0]))


def _kinds(concepts: frozenset[str], code: str) -> frozenset[str]:
    """Concepts matched by the start of a code, each with the code as its kind."""
    return concepts | {f"{concept}:{code.lower()}" for concept in concepts}


@cache
def read_codes(folder: Path) -> CodeTable:
    """Every CSV file of a folder. Raises ContentError with every fault of every file."""
    special: Mapping[str, type[CodeRow]] = {
        "answers": AnswerRow, "doses": DoseRow, "products": ProductRow, "routes": RouteRow,
    }  # fmt: skip
    paths = sorted(folder.glob("*.csv"))
    files = read_together(*(partial(read_rows, path, special.get(path.stem, CodeRow)) for path in paths))
    rows = [row for file in files for row in file]
    return CodeTable(
        [row for row in rows if type(row) is CodeRow],
        [row for row in rows if isinstance(row, AnswerRow)],
        [row for row in rows if isinstance(row, DoseRow)],
        [row for row in rows if isinstance(row, ProductRow)],
        [row for row in rows if isinstance(row, RouteRow)],
    )
