"""The table of blood thinners around a procedure: for a clinician's plan and letter, never for the patient's page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError

RISKS = ("high", "intermediate", "low")
CLASSES = ("anticoagulant", "antiplatelet", "nsaid")
STATUS = ("verified", "unverified")


@dataclass(frozen=True, slots=True)
class Interval:
    """Last dose before a procedure. hours: None when it goes on (`hold` no) or two people decide (`shared`).

    also: what has to be true besides, such as a normal INR.
    """

    hours: float | None = None
    shared: bool = False
    hold: bool = True
    also: str = ""

    def words(self) -> str:
        """In words, for a clinician."""
        if self.shared:
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
    group: str
    before: Mapping[str, Interval | None]
    restart: str
    note: str
    status: str
    link: str

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
class Antithrombotics:
    """All rows, and which procedures have which risk of bleeding. about: who decides. source: its id in evidence/."""

    drugs: tuple[Drug, ...]
    procedures: Mapping[str, tuple[str, ...]]
    about: str
    source: str
    review_by: date

    def rows(self, group: str) -> tuple[Drug, ...]:
        """The drugs of a class: anticoagulant, antiplatelet or nsaid."""
        return tuple(drug for drug in self.drugs if drug.group == group)


@cache
def read_antithrombotics(path: Path) -> Antithrombotics:
    """Read antithrombotics.toml. Raises DeclarationError with every fault of the file."""
    data = tomllib.loads(path.read_text("utf-8"))
    faults = [f"no risk {risk}" for risk in RISKS if risk not in data.get("risk", {})]
    drugs = []
    for id_, row in data.get("drug", {}).items():
        wrong = _wrong(row)
        faults += [f"[{id_}] {what}" for what in wrong]
        if not wrong:
            before = {risk: _interval(row[risk]) if risk in row else None for risk in RISKS}
            drugs.append(
                Drug(id_, row["name"], row["class"], before, row["restart"], row.get("note", ""), row["status"],
                     row["link"])
            )  # fmt: skip
    if faults or not drugs:
        raise DeclarationError(f"{path.name}: " + "; ".join(faults or ["no drug"]))
    procedures = {risk: tuple(data["risk"][risk]["procedures"]) for risk in RISKS}
    return Antithrombotics(tuple(drugs), procedures, data["about"], data["source"], data["review_by"])


def _wrong(row: Mapping[str, Any]) -> list[str]:
    missing = [name for name in ("name", "class", "restart", "status", "link") if name not in row]
    if missing:
        return [f"lacks {missing}"]
    wrong = []
    if row["class"] not in CLASSES or row["status"] not in STATUS:
        wrong.append(f"class is one of {CLASSES}, status one of {STATUS}")
    if row["status"] == "verified" and not row["link"]:
        wrong.append("is verified and has no link")
    if not any(risk in row for risk in RISKS):
        wrong.append("says nothing for any risk")
    for risk in RISKS:
        cell = row.get(risk, {"hold": False})
        known = {"hours", "with"} if "hours" in cell else {"decide"} if "decide" in cell else {"hold"}
        if not cell or cell.keys() - known or cell.get("decide", "shared") != "shared" or cell.get("hours", 1) <= 0:
            wrong.append(f"{risk} is hours (and with), decide = shared, or hold = false")
    return wrong


def _interval(cell: Mapping[str, Any]) -> Interval:
    if "decide" in cell:
        return Interval(shared=True)
    return Interval(hours=cell.get("hours"), hold=cell.get("hold", True), also=cell.get("with", ""))
