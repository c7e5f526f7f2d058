"""The words of a pathway in one language: data files, checked to be complete, never falling back silently."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Wording:
    """Words by kind and id: facts, red flags, advice, urgencies, conditions."""

    language: str
    facts: Mapping[str, Table]
    red_flags: Mapping[str, Table]
    advice: Mapping[str, Table]
    urgency: Mapping[str, Table]
    conditions: Mapping[str, Mapping[str, Table]]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Fact name to its short phrase."""
        return {name: row["label"] for name, row in self.facts.items()}


@cache
def read_wording(folder: Path) -> Wording:
    """Read one language's folder. Raises DeclarationError when a file is missing or a name stands twice."""
    facts: dict[str, Table] = {}
    for path in sorted(folder.glob("facts_*.toml")):
        for name, row in tomllib.loads(path.read_text("utf-8")).items():
            if name in facts:
                raise DeclarationError(f'{path.name}: "{name}" stands twice in the wording of facts.')
            facts[name] = row
    tables = {}
    for kind in ("red_flags", "advice", "urgency", "conditions"):
        path = folder / f"{kind}.toml"
        if not path.exists():
            raise DeclarationError(f"The wording in {folder.name} lacks {path.name}.")
        tables[kind] = tomllib.loads(path.read_text("utf-8"))
    return Wording(folder.name, facts, **tables)
