"""The table of blood thinners around a procedure: for a clinician's plan and letter, never for the patient's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from spinesteps.content import ABOVE_0, FILLED, Some, Where, key, read_file
from spinesteps.errors import ScopeError

RISKS = ("high", "intermediate", "low")


@dataclass(frozen=True, slots=True)
class Interval:
    """Last dose before a procedure: so many hours (`also`: what has to be true besides, such as a normal INR), two
    people decide (`decide`), or it goes on (`hold` false).
    """

    hours: Annotated[float, ABOVE_0] | None = None
    decide: Literal["", "shared"] = ""
    hold: bool = True
    also: str = field(default="", metadata=key("with"))

    def faults(self) -> Iterator[tuple[str, str]]:
        """Not one of the three ways."""
        ways = [self.hours is not None, bool(self.decide), not self.hold]
        if ways.count(True) != 1 or (self.also and self.hours is None):
            yield "It says none of them, or several.", 'hours (and with), decide = "shared", or hold = false'

    def words(self) -> str:
        """In words, for a clinician."""
        if self.decide:
            return "shared decision"
        if not self.hold or self.hours is None:
            return "goes on"
        time = f"{self.hours / 24:g} days" if self.hours >= 48 else f"{self.hours:g} h"
        return f"{time}, {self.also}" if self.also else time


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug or group: its class, last dose by risk of bleeding (None: not given in the source), restart, status.

    on: whether its figures may be shown; an unverified row ships off and shows none.
    """

    id: str
    name: str
    group: Literal["anticoagulant", "antiplatelet", "nsaid"] = field(metadata=key("class"))
    restart: str
    status: Literal["verified", "unverified"]
    link: str
    high: Interval | None = None
    intermediate: Interval | None = None
    low: Interval | None = None
    note: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        """Verified without a page, or a row that says nothing."""
        if self.on and not self.link:
            yield "It is verified and has no link.", "the page it was seen on"
        if not any(self.before.values()):
            yield "It says nothing for any risk.", f"a last dose for one of {', '.join(RISKS)}"

    @property
    def before(self) -> Mapping[str, Interval | None]:
        """The last dose by risk of bleeding."""
        return {"high": self.high, "intermediate": self.intermediate, "low": self.low}

    @property
    def on(self) -> bool:
        """Whether its figures were seen on a page."""
        return self.status == "verified"

    def last(self, risk: str) -> str:
        """The last dose for one risk of bleeding. Raises KeyError for another word than RISKS."""
        interval = self.before[risk]
        if not self.on:
            return "not verified, ask the prescriber"
        return "not given, ask the prescriber" if interval is None else interval.words()

    def words(self, risk: str) -> str:
        """The row for one risk of bleeding, for a clinician. Raises KeyError for another word than RISKS."""
        restart = f"; restart {self.restart}" if self.on and self.restart else ""
        return f"{self.name}: {self.last(risk)}{restart}"


@dataclass(frozen=True, slots=True)
class RiskClass:
    """The procedures of one risk of bleeding."""

    procedures: Some[str]


@dataclass(frozen=True, slots=True)
class RiskClasses:
    """Procedures by their risk of bleeding."""

    high: RiskClass
    intermediate: RiskClass
    low: RiskClass


@dataclass(frozen=True, slots=True)
class Antithrombotics:
    """All rows, and which procedures have which risk of bleeding. about: who decides. source: its id in evidence/."""

    about: str
    source: Annotated[str, FILLED]
    review_by: date
    risk: RiskClasses
    by_id: Annotated[Mapping[str, Drug], Where("at least one drug", bool)] = field(metadata=key("drug"))

    @property
    def drugs(self) -> tuple[Drug, ...]:
        """The rows in order."""
        return tuple(self.by_id.values())

    @property
    def procedures(self) -> Mapping[str, tuple[str, ...]]:
        """The procedures of each risk of bleeding."""
        return {risk: getattr(self.risk, risk).procedures for risk in RISKS}

    def risk_of(self, procedure: str) -> str:
        """The risk of bleeding of a procedure of the table. Raises ScopeError, with its procedures, for another."""
        for risk, procedures in self.procedures.items():
            if procedure in procedures:
                return risk
        known = "; ".join(name for procedures in self.procedures.values() for name in procedures)
        raise ScopeError(f"The table of blood thinners does not hold this procedure. It holds: {known}.")

    def words(self, drug: str, procedure: str) -> str:
        """The last dose and the restart of a drug (its id) around a procedure, for a clinician. Raises ScopeError."""
        if drug not in self.by_id:
            raise ScopeError(f"The table of blood thinners does not hold this drug. It holds: {', '.join(self.by_id)}.")
        return self.by_id[drug].words(self.risk_of(procedure))

    def rows(self, group: str) -> tuple[Drug, ...]:
        """The drugs of a class: anticoagulant, antiplatelet or nsaid."""
        return tuple(drug for drug in self.drugs if drug.group == group)


@cache
def read_antithrombotics(path: Path) -> Antithrombotics:
    """Read antithrombotics.toml. Raises ContentError with every fault of the file."""
    return read_file(path, Antithrombotics)
