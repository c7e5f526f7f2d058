"""Sources, and the arguments they make for and against a rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from spinesteps.errors import DeclarationError

READ = ("full recommendation text", "abstract", "start of article", "second-hand", "not read")
STATUS = ("verified", "unverified")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication. read: what of it was read, on `read_on`. review_by: the day somebody must look again.

    status: verified, or unverified when its load-bearing number was not seen on a page.
    strength: as the source grades it. certainty: high, moderate, low, very low, consensus or not graded.
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
    fields = [name for name in Source.__dataclass_fields__ if name != "id"]
    for path in sorted(folder.glob("*.toml")):
        for id_, row in tomllib.loads(path.read_text("utf-8")).items():
            missing = [name for name in fields if name not in row]
            odd = [name for name in row if name not in fields]
            if missing or odd:
                faults.append(f"{path.name} [{id_}] lacks {missing}, does not know {odd}")
                continue
            if row["read"] not in READ or row["status"] not in STATUS:
                faults.append(f"{path.name} [{id_}]: read is one of {READ}, status one of {STATUS}")
            if id_ in found:
                faults.append(f"{path.name} [{id_}] stands twice")
            found[id_] = Source(id=id_, **row)
    if faults:
        raise DeclarationError("\n".join(faults))
    return found
