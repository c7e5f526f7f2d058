"""Sources, and the arguments they make for and against a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from spinesteps.content import Where, read_tables

TRIAL = "randomised trial"
STUDIES = (TRIAL, "systematic review", "cohort", "case series")
FOLLOWED = re.compile(r"(\d+(?:\.\d+)?) (day|week|month|year)s?")
FOLLOWED_AS = 'a text that begins with a time such as "6 weeks" or "4 years", or "immediate"'
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}


def _a_time(text: str) -> bool:
    return bool(not text or FOLLOWED.match(text) or text.startswith("immediate"))


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
    read: Literal["full recommendation text", "abstract", "start of article", "second-hand", "not read"]
    status: Literal["verified", "unverified"]
    link: str
    read_on: date
    review_by: date
    population: str = ""
    n: Annotated[int, Where("a whole number of people", lambda n: n > 0)] | None = None
    comparison: str = ""
    result: str = ""
    interval: str = ""
    crossovers: str = ""
    harms: str = ""
    follow_up: Annotated[str, Where(FOLLOWED_AS, _a_time)] = ""
    silent: Mapping[str, str] = field(default_factory=dict, compare=False)
    also: tuple[str, ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        """A figure that is given and yet called silent, and a name that is no figure."""
        for name in self.silent:
            if getattr(self, name, True):
                yield f'`silent` names "{name}", which it gives or does not know.', "figures that are not given"

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
    """Read every evidence/*.toml. Raises ContentError with every fault of every file."""
    return read_tables(sorted(folder.glob("*.toml")), Source)
