"""The register of what could not be verified: which figure, why, and where it was looked for or found since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from spinesteps.content import read_tables
from spinesteps.errors import Fault
from spinesteps.pathway.evidence import Source


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


def read_register(path: Path) -> Mapping[str, Unverified]:
    """The register by id. Raises ContentError with every fault."""
    return read_tables([path], Unverified)


def check_register(register: Mapping[str, Unverified], evidence: Mapping[str, Source]) -> Iterator[Fault]:
    """Sources that do not exist, and sources that were read and are yet unverified without a word why."""
    named = {id_ for entry in register.values() for id_ in entry.sources}
    for entry in register.values():
        lost = [id_ for id_ in entry.sources if id_ not in evidence]
        if lost:
            yield _fault(entry.id, f"There are no sources {lost}.", "Name sources of evidence/.")
        for source in (evidence[id_] for id_ in entry.sources if id_ in evidence):
            shown = [figure for figure in entry.figures if figure in f"{source.says} {source.result} {source.harms}"]
            if shown and entry.state == "open":
                yield _fault(source.id, f"It shows {shown}, which was not seen on a page.", "Take the figure out.")
    for source in evidence.values():
        unseen = source.read in ("second-hand", "not read")
        if source.status == "unverified" and not (unseen or source.strength or source.id in named):
            yield _fault(source.id, "It is unverified and nobody says why.", "Say so in strength or unverified.toml.")


def _fault(place: str, wrong: str, todo: str) -> Fault:
    return Fault(place, wrong, "a register of what is unverified", todo)
