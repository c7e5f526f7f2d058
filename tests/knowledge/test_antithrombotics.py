"""The table of blood thinners: every row of section 3.2, unverified rows off, and no word of it reaches a patient."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from spinesteps.errors import DeclarationError, ScopeError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.antithrombotics import RISKS, read_antithrombotics
from spinesteps.library.library import library_of

TABLE = library_of(PATHWAY).antithrombotics
ROWS = {drug.id: drug for drug in TABLE.drugs}

# As section 3.2 prints it: high, intermediate, low.
PRINTED = {
    "aspirin-prevention": ("6 days", "shared decision", "goes on"),
    "aspirin-after-event": ("shared decision", "shared decision", "goes on"),
    "nsaid-short": ("24 h", "goes on", "goes on"),
    "nsaid-two-days": ("2 days", "goes on", "goes on"),
    "nsaid-four-days": ("4 days", "goes on", "goes on"),
    "nabumetone": ("6 days", "goes on", "goes on"),
    "nsaid-ten-days": ("10 days", "goes on", "goes on"),
    "cilostazol-dipyridamole": ("2 days", "goes on", "goes on"),
    "enoxaparin-prophylactic": ("12 h", "12 h", "12 h"),
    "enoxaparin-therapeutic": ("24 h", "24 h", "24 h"),
    "heparin-intravenous": ("6 h", "6 h", "6 h"),
    "heparin-subcutaneous": ("24 h", "6 h", "6 h"),
    "clopidogrel": ("7 days", None, None),
    "rivaroxaban-apixaban": ("3 days", "3 days", None),
}


@pytest.mark.parametrize("id", list(PRINTED))
def test_a_row_says_what_the_source_prints(id: str) -> None:
    said = tuple(None if (cell := ROWS[id].before[risk]) is None else cell.words() for risk in RISKS)
    assert said == PRINTED[id]
    assert ROWS[id].on and ROWS[id].link.startswith("http")


def test_warfarin_needs_days_and_a_normal_inr() -> None:
    assert ROWS["warfarin"].words("intermediate").startswith("warfarin: 5 days, normal INR")
    assert ROWS["warfarin"].words("low") == "warfarin: shared decision; restart 6 h"


@pytest.mark.parametrize("id", ["dabigatran", "prasugrel", "ticagrelor"])
@pytest.mark.parametrize("risk", RISKS)
def test_unverified_rows_are_off_and_show_no_figure(id: str, risk: str) -> None:
    assert not ROWS[id].on
    assert not re.search(r"\d", ROWS[id].words(risk))
    assert "ask the prescriber" in ROWS[id].words(risk)


def test_what_is_not_given_is_said_and_not_guessed() -> None:
    assert "not given" in ROWS["clopidogrel"].words("intermediate")


def test_every_row_of_the_section_is_there_and_no_other() -> None:
    assert ROWS.keys() == PRINTED.keys() | {"warfarin", "dabigatran", "prasugrel", "ticagrelor"}
    assert {drug.group for drug in TABLE.drugs} == {"anticoagulant", "antiplatelet", "nsaid"}
    assert len(TABLE.rows("anticoagulant")) == 7


def test_risk_classes() -> None:
    assert any("MILD" in name for name in TABLE.procedures["high"])
    assert any("epidural" in name for name in TABLE.procedures["intermediate"])
    assert any("facet" in name for name in TABLE.procedures["low"])


def test_a_drug_around_a_procedure() -> None:
    assert TABLE.words("warfarin", "trigger point injection") == "warfarin: shared decision; restart 6 h"
    assert "normal INR" in TABLE.words("warfarin", "epidural injection between the laminae")
    assert not re.search(r"\d", TABLE.words("prasugrel", "peripheral nerve block"))
    with pytest.raises(ScopeError, match=r"this procedure.*epidural"):
        TABLE.words("warfarin", "hip replacement")
    with pytest.raises(ScopeError, match=r"this drug.*warfarin"):
        TABLE.words("leeches", "peripheral nerve block")


def test_its_source_stands_behind_the_plan() -> None:
    rule = next(rule for rule in PATHWAY.rules if rule.id == "antithrombotic-plan")
    assert TABLE.source in {argument.source for argument in rule.evidence}
    assert TABLE.source in PATHWAY.evidence
    assert TABLE.review_by > date(2026, 11, 21)


def test_the_patient_reads_no_figure_of_it() -> None:
    words = PATHWAY.wording.advice["antithrombotic-plan"]["patient"]
    assert words.startswith("Do not stop suddenly")
    assert not re.search(r"\d", words)
    assert not [drug.name for drug in TABLE.drugs if drug.name in words]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('class = "nsaid"', 'class = "pill"'), r"\] class: It is 'pill'. Expected one of anticoagulant"),
        (("{ hours = 24 }", "{ hours = 0 }"), r"\[nsaid-short\] high hours: It is '0'. Expected a number above 0"),
        (('{ decide = "shared" }', '{ decide = "alone" }'), r"decide: It is 'alone'"),
        (('restart = "6 h"\n', ""), r"\] restart: It is missing"),
        (("[risk.low]", "[risk.lowest]"), r"risk low: It is missing"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    text = (PATHWAY.folder / "antithrombotics.toml").read_text("utf-8")
    assert change[0] in text
    path = tmp_path / "table.toml"
    path.write_text(text.replace(*change), "utf-8")
    with pytest.raises(DeclarationError, match=says):
        read_antithrombotics(path)
