"""Medicines as data: every MED line, the interaction matrix, morphine equivalents, ceilings, kidney tables, tapering.

Reads knowledge/medicines/*.toml. Which advice follows is decided by the rules alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Literal

from spinesteps.content import Some, key, read_data, read_together, read_toml
from spinesteps.errors import ScopeError

FILES = ("severity", "interactions", "mme", "ceilings", "kidney", "tapering")


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """One MED line of the evidence and what became of it: rules (or red flags), or why there is none (`unused`).

    severity: STOP, AVOID, CAUTION or INFO, as the evidence has it. reading: where the pathway says it otherwise.
    """

    id: str
    severity: Literal["STOP", "AVOID", "CAUTION", "INFO"]
    kind: str = field(metadata=key("class"))
    condition: str
    rules: tuple[str, ...]
    source: str
    status: Literal["verified", "unverified"]
    reading: str = ""
    unused: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        """A line without an end, or with two."""
        if bool(self.rules) == bool(self.unused):
            yield "It has no end, or two.", "either rules or the reason why it is unused"


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell of the interaction matrix. facts: one of each group together make it. med: ids of lines."""

    a: str
    b: str
    facts: tuple[tuple[str, ...], ...]
    med: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorSet:
    """Factors of one source, valid from a day on, with its version. For totals of risk, never for switching drugs.

    per_mg: MME of one mg by mouth. per_patch: MME a day of one microgram an hour. left_out: name to reason.
    """

    version: str
    start: date = field(metadata=key("from"))
    source: str
    use: str
    per_mg: Mapping[str, float]
    per_patch: Mapping[str, float] = field(metadata=key("patch_per_microgram_an_hour"))
    left_out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most of a medicine in a day, in mg. setting: shop, prescribed or raised heart risk."""

    medicine: str
    setting: str
    mg_day: float
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KidneyBand:
    """A row of a kidney table: from (included) to below, in ml/min; the least and the most mg a day."""

    start: float = field(metadata=key("from"))
    below: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class KidneyTable:
    """Doses of a medicine by kidney function. countries: where it is used; none: everywhere else.

    fact: the kidney function it is looked up by. advice: the rules it stands beside for a clinician.
    """

    medicine: str
    name: str
    countries: tuple[str, ...]
    source: str
    fact: str
    advice: Some[str]
    bands: Some[KidneyBand]

    def faults(self) -> Iterator[tuple[str, str]]:
        """Bands that do not follow one another from 0 on."""
        edges = sorted((band.start, band.below) for band in self.bands)
        gaps = any(before[1] != after[0] for before, after in pairwise(edges))
        if gaps or edges[0][0] != 0 or any(band.least > band.most for band in self.bands):
            yield "Its bands leave a gap, overlap, or are upside down.", "bands that follow one another from 0 on"

    def band(self, clearance: float) -> KidneyBand | None:
        """The row of this kidney function; None above every row (no lower dose is named)."""
        return next((band for band in self.bands if band.start <= clearance < band.below), None)


@dataclass(frozen=True, slots=True)
class Taper:
    """How a class of medicines is ended. ids: how the ids of advice about it begin."""

    id: str
    begin: str
    ids: tuple[str, ...]
    why: str
    pace: str
    source: str
    status: Literal["verified", "unverified"]


@dataclass(frozen=True)
class Medicines:
    """Everything the files say."""

    lines: Mapping[str, MedicineLine] = field(metadata=key("severity"))
    pairs: tuple[Pair, ...] = field(metadata=key("interactions", before=itemgetter("pair")))
    factor_sets: Some[FactorSet] = field(metadata=key("mme", before=itemgetter("set")))
    ceilings: tuple[Ceiling, ...] = field(metadata=key("ceilings", before=itemgetter("ceiling")))
    tables: tuple[KidneyTable, ...] = field(metadata=key("kidney", before=itemgetter("table")))
    tapers: Mapping[str, Taper] = field(metadata=key("tapering"))

    def faults(self) -> Iterator[tuple[str, str]]:
        """A pair that names no line, and factor sets out of order."""
        for pair in self.pairs:
            for id_ in (id_ for id_ in pair.med if id_ not in self.lines):
                yield f"The pair {pair.a} and {pair.b} names {id_}.", "a line of severity.toml"
        if any(before.start >= after.start for before, after in pairwise(self.factor_sets)):
            yield "The factor sets of mme.toml are out of order.", "each set from a later day than the one before"

    def kidney_table(self, medicine: str, country: str | None) -> KidneyTable:
        """The table of a medicine for a deployment's country. Raises ScopeError when there is none."""
        tables = [one for one in self.tables if one.medicine == medicine]
        chosen = [one for one in tables if country in one.countries] or [one for one in tables if not one.countries]
        if not chosen:
            raise ScopeError(f"No kidney table for {medicine}.")
        return chosen[0]

    def tables_beside(self, advice: str, drug_doses: str) -> tuple[KidneyTable, ...]:
        """The kidney tables that stand beside an advice where `drug_doses` are in force; () for "none"."""
        named = {one.medicine: None for one in self.tables if advice in one.advice and drug_doses != "none"}
        return tuple(self.kidney_table(medicine, drug_doses) for medicine in named)


@cache
def read_medicines(folder: Path) -> Medicines:
    """Read severity, interactions, mme, ceilings, kidney and tapering. Raises ContentError with every fault."""
    tables = read_together(*(partial(read_toml, folder / f"{name}.toml") for name in FILES))
    return read_data(dict(zip(FILES, tables, strict=True)), Medicines, folder.name)
