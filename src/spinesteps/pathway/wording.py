"""The words of a pathway in one language: data files, checked to be complete, never falling back silently."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError
from spinesteps.pathway.placeholders import Fill, filled

Table = Mapping[str, Any]
KINDS = ("facts", "red_flags", "advice", "urgency", "conditions", "faces")


@dataclass(frozen=True)
class Wording:
    """Words by kind and id: facts, red flags, advice, urgencies, conditions, and what faces say around them."""

    language: str
    facts: Mapping[str, Table]
    red_flags: Mapping[str, Table]
    advice: Mapping[str, Table]
    urgency: Mapping[str, Table]
    conditions: Mapping[str, Mapping[str, Table]]
    faces: Mapping[str, Mapping[str, str]]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Fact name to its short phrase."""
        return {name: row["label"] for name, row in self.facts.items()}

    def filled(self, fill: Fill) -> Wording:
        """The words with every text filled."""
        return replace(self, **{kind: filled(getattr(self, kind), fill) for kind in KINDS})


@cache
def read_wording(folder: Path) -> Wording:
    """Read one language's folder. Raises DeclarationError when a file is missing or a name stands twice."""
    return Wording(folder.name, **{kind: _tables(folder, kind) for kind in KINDS})


def _tables(folder: Path, kind: str) -> dict[str, Any]:
    """The tables of <kind>.toml and <kind>_<topic>.toml, together."""
    tables: dict[str, Any] = {}
    paths = sorted({*folder.glob(f"{kind}.toml"), *folder.glob(f"{kind}_*.toml")})
    if not paths:
        raise DeclarationError(f"The wording in {folder.name} lacks {kind}.toml.")
    for path in paths:
        for name, row in tomllib.loads(path.read_text("utf-8")).items():
            if name in tables:
                raise DeclarationError(f'{path.name}: "{name}" stands twice in the wording of {kind}.')
            tables[name] = row
    return tables
