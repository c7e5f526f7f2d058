"""Sources, and the arguments they make for and against a rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError

READ = ("full recommendation text", "abstract", "start of article", "second-hand", "not read")
STATUS = ("verified", "unverified")
TRIAL = "randomised trial"
STUDIES = (TRIAL, "systematic review", "cohort", "case series")
FOLLOWED = re.compile(r"(\d+(?:\.\d+)?) (day|week|month|year)s?")
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Source:
    """A publication. read: what of it was read, on `read_on`. review_by: the day somebody must look again.

    status: verified, or unverified when its load-bearing number was not seen on a page.
    strength: as the source grades it. certainty: high, moderate, low, very low, consensus or not graded.
    kind: its design. Of a study, where the source gives it: population, n (people), comparison, result (figures with
    their 95 % intervals), interval (of the first figure), crossovers, harms, follow_up ("6 weeks", "4 years",
    "immediate"). silent: of these, what is not given, with the reason. also: further links of the same study.
    """

    id: str
    title: str
    year: int
    kind: str
    says: str
    strength: str
    certainty: str
    read: str
    status: str
    link: str
    read_on: date
    review_by: date
    population: str = ""
    n: int | None = None
    comparison: str = ""
    result: str = ""
    interval: str = ""
    crossovers: str = ""
    harms: str = ""
    follow_up: str = ""
    silent: Mapping[str, str] = field(default_factory=dict, compare=False)
    also: tuple[str, ...] = ()

    @property
    def follow_up_years(self) -> float | None:
        """How long people were followed, in years; None when the source does not say."""
        match = FOLLOWED.match(self.follow_up)
        if match:
            return round(float(match[1]) * DAYS[match[2]] / DAYS["year"], 3)
        return 0.0 if self.follow_up.startswith("immediate") else None

    @property
    def gaps(self) -> tuple[str, ...]:
        """Which of n, result and (of a trial) follow_up it neither gives nor explains; of other kinds none."""
        wanted = ("n", "result", "follow_up") if self.kind == TRIAL else ("n", "result")
        if self.kind not in STUDIES:
            return ()
        return tuple(name for name in wanted if not getattr(self, name) and name not in self.silent)


@dataclass(frozen=True, slots=True)
class Argument:
    """A source, used on a rule. `because` says in a few words what it argues; certainty as used here."""

    source: str
    because: str = ""
    supports: bool = True


def For(source: str, because: str = "") -> Argument:
    """A source that supports a rule."""
    return Argument(source, because)


def Against(source: str, because: str = "") -> Argument:
    """A source that argues against a rule, or limits it."""
    return Argument(source, because, supports=False)


@cache
def read_evidence(folder: Path) -> Mapping[str, Source]:
    """Read every evidence/*.toml. Raises DeclarationError with every fault of every file."""
    faults: list[str] = []
    found: dict[str, Source] = {}
    for path in sorted(folder.glob("*.toml")):
        for id_, row in tomllib.loads(path.read_text("utf-8")).items():
            wrong = [*_wrong(row), *(["stands twice"] if id_ in found else [])]
            if wrong:
                faults += [f"{path.name} [{id_}] {what}" for what in wrong]
                continue
            found[id_] = Source(id=id_, **row | {"also": tuple(row.get("also", ()))})
    if faults:
        raise DeclarationError("\n".join(faults))
    return found


def _wrong(row: Mapping[str, Any]) -> list[str]:
    """What is wrong with one source as it stands in its file."""
    fields = {name: part for name, part in Source.__dataclass_fields__.items() if name != "id"}
    needed = [n for n, part in fields.items() if part.default is MISSING and part.default_factory is MISSING]
    missing, odd = [name for name in needed if name not in row], [name for name in row if name not in fields]
    if missing or odd:
        return [f"lacks {missing}, does not know {odd}"]
    wrong = []
    if row["read"] not in READ or row["status"] not in STATUS:
        wrong.append(f"read is one of {READ}, status one of {STATUS}")
    follow_up = row.get("follow_up", "")
    if follow_up and not (FOLLOWED.match(follow_up) or follow_up.startswith("immediate")):
        wrong.append('follow_up begins with a time such as "6 weeks" or "4 years", or is "immediate"')
    if not isinstance(row.get("n", 1), int) or row.get("n", 1) < 1:
        wrong.append("n is a whole number of people")
    given = [name for name in row.get("silent", {}) if row.get(name) or name not in fields]
    if given:
        wrong.append(f"silent names {given}, which it gives or does not know")
    return wrong
