"""The claim ledger: what the seed texts claim, and what became of each claim. A claim without an end is a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from spinesteps.content import key, read_tables

KINDS = ("rule", "advice", "statement", "conflict", "not_used")


@dataclass(frozen=True, slots=True)
class End:
    """What became of a claim. kind: one of KINDS. name: an id, or why it is not used. side: of a conflict."""

    kind: Literal["rule", "advice", "statement", "conflict", "not_used"]
    name: str
    side: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        """A side of what has none."""
        if self.side and self.kind != "conflict":
            yield "It has a side and is no conflict.", "a side for a conflict alone"


def _ends(rows: Any) -> Any:
    """`{ advice = "x" }` as kind and name; what does not name one kind stays as it is, and is refused."""
    return [
        {"kind": kind, "name": row[kind], **{name: row[name] for name in row if name != kind}}
        if isinstance(row, dict) and (kind := next((kind for kind in KINDS if kind in row), "")) else row
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a seed text, in our own words.

    direction: for, against, neutral or conditional; of: what it is for or against, when that is not plain.
    threshold: the number or time it names, as text. conflicts: those it takes part in. became: its ends.
    """

    id: str
    says: str
    topic: str
    population: str
    direction: Literal["for", "against", "neutral", "conditional"]
    file: str
    became: tuple[End, ...] = field(metadata=key(before=_ends))
    of: str = ""
    threshold: str = ""
    conflicts: tuple[str, ...] = ()

    @property
    def seed(self) -> str:
        """The id of the text that makes the claim."""
        return self.id.partition("-")[0]

    def faults(self) -> Iterator[tuple[str, str]]:
        """A claim in another text's file."""
        if self.file != f"{self.seed}.toml":
            yield f"It belongs into another file than {self.file}.", f"the file {self.seed}.toml"


@cache
def read_claims(folder: Path) -> Mapping[str, Claim]:
    """Every claims/*.toml by id, in order. Raises ContentError with every fault of every file."""
    return read_tables(sorted(folder.glob("*.toml")), Claim)
