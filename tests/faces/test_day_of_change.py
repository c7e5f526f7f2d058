"""The day on which a number changed, on every face: the words, the table and the tree of one page say the same.

The FDA warned of NSAIDs in pregnancy from week 20 on, on 15 October 2020; labels had said week 30 before.
"""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import httpx
import pytest

from spinesteps.knowledge.spine import PATHWAY
from tests import columns
from tests.faces.serving import served
from tests.prover import PROVER

BEFORE, AFTER = "2020-10-14", "2020-10-15"
WEEKS = {BEFORE: 30, AFTER: 20}
PREGNANT = {
    "nsaid": True, "egfr": 90, "diclofenac": False, "peptic_ulcer_or_gi_bleed": False, "anticoagulant": False,
    "two_nsaids": False, "nsaid_allergy_or_asthma": False, "age": 34, "sex": "female", "nsaid_prescribed": False,
    "pregnancy_weeks": 22,
}  # fmt: skip
STATE = {BEFORE: False, AFTER: True}
DAYS = pytest.mark.parametrize("day", [BEFORE, AFTER])


def words(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def says(text: str, day: str) -> None:
    """The line of that day in words and in the name of the term, and never the other one."""
    week, other = WEEKS[day], WEEKS[AFTER if day == BEFORE else BEFORE]
    assert f"pregnancy from week {week} on" in text or f"pregnancy of {week} weeks or more" in text
    assert f"pregnancy from week {other} on" not in text
    assert f"or from {other} with an NSAID from a shop" not in text


@DAYS
def test_the_json_of_an_assessment(spinesteps, person, day: str) -> None:
    data = spinesteps("assess", "--facts", person(PREGNANT), "--on", day, "--json").json()
    advice = next(row for row in data["advice"] if row["id"] == "nsaid-stop")
    assert (advice["state"] == "advised") is STATE[day]
    assert f"pregnancy from week {WEEKS[day]} on" in advice["clinician_text"]
    says(json.dumps(advice), day)


@DAYS
def test_the_words_of_an_assessment(spinesteps, person, day: str) -> None:
    said = spinesteps("assess", "--facts", person(PREGNANT), "--on", day, "--reasons", "--all").out
    assert f"pregnancy of {WEEKS[day]} weeks or more" in said


@DAYS
def test_the_page(day: str) -> None:
    with served() as address, httpx.Client(base_url=address, timeout=60) as page:
        form = {"facts": (None, json.dumps(PREGNANT)), "day": (None, day)}
        said = words(page.post("/facts", files=form).text)
    assert f"pregnancy from week {WEEKS[day]} on" in said
    says(said, day)


@DAYS
def test_explain_and_the_page_in_docs(spinesteps, tmp_path: Path, day: str) -> None:
    said = spinesteps("explain", "nsaid-stop", "--on", day).out
    assert f"| nsaid_pregnancy_weeks | {WEEKS[day]} weeks | " in said
    assert f"pregnancy from week {WEEKS[day]} on" in said
    assert f"weeks of pregnancy at least {WEEKS[day]} weeks" in said
    says(said, day)
    assert spinesteps("explain", "--on", day, "--out", str(tmp_path)).code == 0
    assert (tmp_path / "knowledge" / "nsaid-stop.md").read_text("utf-8") == said


@DAYS
def test_the_letter(spinesteps, person, tmp_path: Path, day: str) -> None:
    done = spinesteps("letter", "--facts", person(PREGNANT), "--on", day, "--out", str(tmp_path / "out"))
    assert done.code == 0
    title = PATHWAY.wording.advice["nsaid-stop"]["title"]
    assert (title in words((tmp_path / "out" / "letter.html").read_text("utf-8"))) is STATE[day]


@DAYS
def test_tables_and_the_prover(day: str) -> None:
    dated = PATHWAY.as_of(date.fromisoformat(day))
    tree = next(rule for rule in dated.rules if rule.id == "nsaid-stop").criteria
    told = columns.engine("duckdb", [PREGNANT], dated.facts)
    assert told.settle(tree, PREGNANT, False).answer is STATE[day]
    assert PROVER.settle(tree, PREGNANT, False).answer is STATE[day]
