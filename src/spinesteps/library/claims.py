"""The claim ledger: what the seed texts claim, and what became of each claim. A claim without an end is a fault."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError, Fault
from spinesteps.library.statements import Statement
from spinesteps.pathway.pathway import Pathway

DIRECTIONS = ("for", "against", "neutral", "conditional")
KINDS = ("rule", "advice", "statement", "conflict", "not_used")
SHORTEST_REASON = 30


@dataclass(frozen=True, slots=True)
class End:
    """What became of a claim. kind: one of KINDS. name: an id, or why it is not used. side: of a conflict."""

    kind: str
    name: str
    side: str = ""


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
    direction: str
    became: tuple[End, ...]
    of: str = ""
    threshold: str = ""
    conflicts: tuple[str, ...] = ()

    @property
    def seed(self) -> str:
        """The id of the text that makes the claim."""
        return self.id.partition("-")[0]


@cache
def read_claims(folder: Path) -> Mapping[str, Claim]:
    """Every claims/*.toml by id, in order. Raises DeclarationError with every fault of every file."""
    faults: list[str] = []
    found: dict[str, Claim] = {}
    for path in sorted(folder.glob("*.toml")):
        for id_, row in tomllib.loads(path.read_text("utf-8")).items():
            wrong = [*_wrong(row), *(["stands twice"] if id_ in found else [])]
            if not id_.startswith(f"{path.stem}-"):
                wrong.append(f"belongs into another file than {path.name}")
            faults += [f"{path.name} [{id_}] {what}" for what in wrong]
            if not wrong:
                ends = tuple(_end(end) for end in row["became"])
                found[id_] = Claim(id_, **row | {"became": ends, "conflicts": tuple(row.get("conflicts", ()))})
    if faults:
        raise DeclarationError("\n".join(faults))
    return found


def _wrong(row: Mapping[str, Any]) -> list[str]:
    needed = ("says", "topic", "population", "direction", "became")
    missing = [name for name in needed if name not in row]
    odd = sorted(row.keys() - set(needed) - {"of", "threshold", "conflicts"})
    if missing or odd:
        return [f"lacks {missing}, does not know {odd}"]
    wrong = [] if row["direction"] in DIRECTIONS else [f"direction is one of {', '.join(DIRECTIONS)}"]
    for end in row["became"]:
        kinds = [kind for kind in KINDS if kind in end]
        if len(kinds) != 1 or set(end) - {*kinds, *(["side"] if kinds == ["conflict"] else [])}:
            wrong.append(f"an end is one of {', '.join(KINDS)}, a conflict with its side; not {sorted(end)}")
    return wrong


def _end(row: Mapping[str, str]) -> End:
    kind = next(kind for kind in KINDS if kind in row)
    return End(kind, row[kind], row.get("side", ""))


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
