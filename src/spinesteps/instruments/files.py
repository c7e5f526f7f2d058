"""Reads instruments/*.toml. Everything wrong with all files is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from spinesteps.content import read_tables
from spinesteps.instruments.model import Instrument


@cache
def read_instruments(folder: Path) -> Mapping[str, Instrument]:
    """Every instrument by id. Raises ContentError with every fault of every file."""
    return read_tables(sorted(folder.glob("*.toml")), Instrument)
