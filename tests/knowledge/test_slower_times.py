"""No text names a slower time for a weak leg or a foot that drops than its rule does (RF-02): new is for today."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.judged import PATHWAY

TEXTS = sorted(
    path
    for place in ("answers", "wording/en", "decision_aids", "conflicts.toml")
    for path in ([PATHWAY.folder / place] if place.endswith(".toml") else (PATHWAY.folder / place).rglob("*.toml"))
)
WEAK = re.compile(
    r"foot (that )?(newly )?drops?|(leg|foot|legs)( or foot)? (that )?(gets?|grows?|go|goes) weak|new(ly)? weak"
    r"|(new|growing|progressive) weakness",
    re.IGNORECASE,
)
SLOWER = re.compile(r"within (a few )?days|in a few days|within (a|the) week|in the next days", re.IGNORECASE)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def slower(text: str) -> bool:
    return any(WEAK.search(one) and SLOWER.search(one) for one in re.split(r"(?<=[.;:!?]) ", text))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_weakness_is_for_today(path: Path) -> None:
    assert [text for text in strings(tomllib.loads(path.read_text("utf-8"))) if slower(text)] == []


@pytest.mark.parametrize("text", ["A foot that drops, or a leg that grows weak, needs to be seen within days.",
                                  "If a leg or foot gets weak, see a spine team within days."])  # fmt: skip
def test_a_slower_time_would_be_noticed(text: str) -> None:
    assert slower(text)
