"""Editions of payers' policies: the page each was read on, and since when it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from spinesteps.content import read_tables

Tag = Literal["page seen", "from a digest", "not verified"]
TAGS: tuple[str, ...] = get_args(Tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Where and when a policy was read. version: as its owner names it. valid_from, valid_until: None when not read.

    tag: page seen; from a digest; not verified.
    """

    id: str
    payer: str
    title: str
    version: str
    link: str
    read_on: date
    tag: Tag
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def stands(self, day: date) -> str:
        """Whether it holds on a day: yes, not_yet, ended or not_known."""
        if self.valid_from is not None and day < self.valid_from:
            return "not_yet"
        if self.valid_until is not None and day > self.valid_until:
            return "ended"
        return "not_known" if self.valid_from is None else "yes"


@cache
def read_editions(folder: Path) -> Mapping[str, Edition]:
    """Every edition of a knowledge folder by the id of its policy. Raises ContentError with every fault."""
    return read_tables([folder / "policies" / "policies.toml"], Edition)
