"""The register of what could not be verified: which figure, why, and where it was looked for or found since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from spinesteps.content import read_tables


@dataclass(frozen=True, slots=True)
class Unverified:
    """A figure or source that was not seen on a page. It is shown to nobody and fires nothing while it is open.

    why: what stood in the way. sources: those it concerns. state: open; found (`found` says where and what);
    or none found, where a search found no study, which proves nothing. looked_on: the last search. figures: the very
    figures that stay off while it is open.
    """

    id: str
    item: str
    why: str
    sources: tuple[str, ...]
    state: Literal["open", "found", "none found"]
    looked_on: date
    found: str = ""
    figures: tuple[str, ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        """A find without its place, or a place without a find."""
        if (self.state == "found") != bool(self.found):
            yield "It says where it was found when it was not, or the other way round.", "`found` with the state found"


@cache
def read_register(path: Path) -> Mapping[str, Unverified]:
    """The register by id. Raises ContentError with every fault."""
    return read_tables([path], Unverified)
