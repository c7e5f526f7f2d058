"""The claim ledger: what the seed texts claim, and what became of each claim. A claim without an end is a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from spinesteps.content import key, read_tables
from spinesteps.errors import Fault
from spinesteps.library.statements import Statement
from spinesteps.pathway.pathway import Pathway

KINDS = ("rule", "advice", "statement", "conflict", "not_used")
SHORTEST_REASON = 30


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


def read_claims(folder: Path) -> Mapping[str, Claim]:
    """Every claims/*.toml by id, in order. Raises ContentError with every fault of every file."""
    return read_tables(sorted(folder.glob("*.toml")), Claim)


def check_claims(pathway: Pathway, claims: Mapping[str, Claim], statements: Mapping[str, Statement]) -> Iterator[Fault]:
    """Claims without an end, ends that do not exist, and conflicts that do not know the claims on their sides."""
    sides = {(id_, p["side"]): p for id_, row in pathway.conflicts.items() for p in row["positions"]}
    rules = {rule.id for rule in pathway.rules}
    exists: dict[str, Callable[[End], bool]] = {
        "rule": lambda end: end.name in rules or end.name in {flag.id for flag in pathway.red_flags},
        "advice": lambda end: end.name in rules,
        "statement": lambda end: end.name in statements,
        "conflict": lambda end: (end.name, end.side) in sides,
        "not_used": lambda end: len(end.name) >= SHORTEST_REASON,
    }
    for claim in claims.values():
        if not claim.became:
            yield _fault(claim.id, "This claim has no end.", "Say what became of it, or why it is not used.")
        for end in claim.became:
            if not exists[end.kind](end):
                named = f'{end.kind.replace("_", " ")} "{end.name}"' + (f', side "{end.side}"' if end.side else "")
                yield _fault(claim.id, f"It ends in {named}, which does not exist.", "Correct the end, or write it.")
        named_by_ends = {end.name for end in claim.became if end.kind == "conflict"}
        if named_by_ends != set(claim.conflicts):
            yield _fault(claim.id, "Its conflicts are not those of its ends.", "List the same conflicts in both.")
    yield from _sides(sides, claims, pathway)


def _sides(
    sides: Mapping[tuple[str, str], Mapping[str, Any]], claims: Mapping[str, Claim], pathway: Pathway
) -> Iterator[Fault]:
    """Both ways the same: the claims a position names, and the positions its claims end in."""
    held: dict[tuple[str, str], set[str]] = {key: set() for key in sides}
    for claim in claims.values():
        for end in claim.became:
            held.get((end.name, end.side), set()).add(claim.id)
    for (id_, side), position in sides.items():
        place = f"{id_} {side}"
        lost = sorted(set(position["claims"]) ^ held[id_, side])
        if lost:
            yield _fault(place, f"Only one of the position and the claim names the other: {lost}.", "Name it in both.")
        missing = {claims[name].seed for name in position["claims"] if name in claims} - set(position["sources"])
        if missing:
            yield _fault(place, f"It holds claims of {sorted(missing)} without the source.", "Add the source.")
    carried = {id_ for rule in pathway.rules for id_ in rule.conflicts}
    for id_ in sorted(pathway.conflicts.keys() - carried):
        yield _fault(id_, "No rule carries this conflict, so it never bears on anybody.", "Name it in a rule.")


def _fault(place: str, wrong: str, todo: str) -> Fault:
    return Fault(place, wrong, "a ledger in which every claim has an end", todo)
