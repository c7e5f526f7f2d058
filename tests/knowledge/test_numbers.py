"""Numbers in texts: written as the language writes them, filled for the day, refused as digits that stand still."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spinesteps.errors import ContentError, DeclarationError
from spinesteps.knowledge.spine import PATHWAY as SPINE
from spinesteps.library.answers import Point
from spinesteps.library.library import library_of
from spinesteps.logic.thresholds import Dated, Thresholds
from spinesteps.pathway.deployment import TOLD_HERE
from spinesteps.pathway.numerals import read_numerals
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.placeholders import fill_from, placeholders
from spinesteps.quality.lint.numbers import numbers_in_texts
from spinesteps.quality.lint.suppressions import Reviewed, read_reviewed
from spinesteps.quality.lint.texts import written_beside

DAY = date(2026, 11, 21)
DATED = SPINE.as_of(DAY)
REVIEWED = read_reviewed(SPINE.folder / "lint.toml")
ENGLISH = read_numerals(SPINE.folder / "wording" / "en")
# A made-up language with the plural forms of Slavic ones, and marks turned round.
MADE_UP = """
decimal = ","
group = "."
joins = ["do"]
spelled = ["nul", "jed", "dva"]
[plural]
one = "n = 1"
few = "i % 10 = 2..4 and i % 100 != 12..14"
[nouns]
"""
NOUNS = "".join(f'{id_} = {{ one = "{id_}-1", few = "{id_}-2", other = "{id_}-5" }}\n' for id_ in ENGLISH.nouns)


@pytest.mark.parametrize(
    ("value", "unit", "how", "written"),
    [
        (100, "metres", (), "100"),
        (4000, "mg/day", (), "4,000"),
        (2000, "mg/day", ("plain",), "2000"),
        (8.5, "%", (), "8.5"),
        (14, "days", ("days",), "14 days"),
        (14, "days", ("weeks",), "2 weeks"),
        (10, "days", ("weeks",), "10 days"),
        (7, "days", ("weeks",), "1 week"),
        (2, "weeks", ("weeks", "spelled"), "two weeks"),
        (14, "days", ("weeks", "Spelled"), "Two weeks"),
        (26, "weeks", ("months",), "6 months"),
        (91, "days", ("months",), "3 months"),
        (84, "days", ("months",), "84 days"),
        (13, "weeks", ("months", "alone"), "3"),
        (3, "cm", (".1",), "3.0"),
        (5.5, "cm", (".1", "below"), "5.4"),
        (0.405, "ratio", (".2", "below"), "0.40"),
        (11, "points", ("above",), "12"),
        (60, "ml", ("below",), "59"),
        (-50, "metres", ("size",), "50"),
    ],
)
def test_a_number_is_written_as_its_placeholder_says(
    value: float, unit: str, how: tuple[str, ...], written: str
) -> None:
    assert ENGLISH.write(value, unit, how) == written


def test_a_way_that_there_is_not_is_refused() -> None:
    with pytest.raises(DeclarationError, match="fortnights"):
        ENGLISH.write(14, "days", ("fortnights",))


@pytest.mark.parametrize(
    ("days", "written"), [(1, "1 days-1"), (3, "3 days-2"), (5, "5 days-5"), (12, "12 days-5"), (1022, "1.022 days-2")]
)
def test_another_language_has_its_own_forms(tmp_path: Path, days: int, written: str) -> None:
    (tmp_path / "numerals.toml").write_text(MADE_UP + NOUNS, "utf-8")
    numerals = read_numerals(tmp_path)
    assert numerals.write(days, "days", ("days",)) == written
    assert numerals.write(2, "weeks", ("weeks", "spelled")) == "dva weeks-2"
    assert numerals.write(8.5, "%") == "8,5"


def test_faults_of_a_language_are_told_together(tmp_path: Path) -> None:
    wrong = MADE_UP.replace('"n = 1"', '"when it is one"') + NOUNS.replace("hours", "hors").replace("few", "some")
    (tmp_path / "numerals.toml").write_text(wrong, "utf-8")
    with pytest.raises(ContentError) as error:
        read_numerals(tmp_path)
    for wrong in ("when it is one", "no noun for hours", "nouns days"):
        assert wrong in str(error.value), wrong


def test_one_way_fills_every_text() -> None:
    assert fill_from("Call {number} ({name}); {else} stays.", {"number": "112", "name": "Notruf"}) == (
        "Call 112 (Notruf); {else} stays."
    )
    here = "Call {crisis_number} within {review_soon_weeks:weeks}."
    assert DATED.fill(here) == "Call {crisis_number} within 2 weeks."
    with pytest.raises(DeclarationError, match="as_of"):
        SPINE.fill(here)


def test_a_made_up_language_is_filled_too(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SPINE.folder, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "examples"))
    shutil.copytree(folder / "wording" / "en", folder / "wording" / "xx")
    (folder / "wording" / "xx" / "numerals.toml").write_text(MADE_UP + NOUNS, "utf-8")
    (folder / "wording" / "xx" / "advice_medicines.toml").write_text(
        (folder / "wording" / "xx" / "advice_medicines.toml").read_text("utf-8").replace(
            "NSAID over {nsaid_course_days:days}", "NSAID pres {nsaid_course_days:weeks}"
        ), "utf-8",
    )  # fmt: skip
    spoken = replace(SPINE, folder=folder, language="xx").as_of(DAY)
    assert spoken.wording.advice["nsaid-course-review"]["clinician"].startswith("NSAID pres 2 weeks-2 ")


# --- what stands beside the rules ------------------------------------------------------------------------------------


def moved(name: str, *values: tuple[date, float]) -> Pathway:
    """The pathway in which one threshold has these values by day."""
    limits = {**SPINE.limits.by_name}
    dated = tuple(Dated(start, value, "DESIGN") for start, value in values)
    limits[name] = replace(limits[name], values=dated)
    return replace(SPINE, limits=Thresholds(limits))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("trial_weeks", lambda of: library_of(of).answers["exercise-first"].short),
        ("trial_weeks", lambda of: library_of(of).aids["next_step"].about.worksheet[1]),
        ("imaging_weeks", lambda of: library_of(of).statements["when-to-scan"].clinician),
        ("trial_weeks", lambda of: library_of(of).programme.items["contact-new"].words["how"]),
        ("postop_aerobic_days", lambda of: library_of(of).timetable.phases[4].name),
        ("trial_weeks", lambda of: of.conflicts["C-04"].default),
        ("trial_weeks", lambda of: of.interpretations["fair-trial"].reading),
    ],
)
def test_what_stands_beside_the_rules_holds_the_number_of_the_day(
    name: str, said: Callable[[Pathway], str]
) -> None:
    turned, scale = date(2026, 6, 1), 7 if name.endswith("days") else 1
    pathway = moved(name, (date(2020, 1, 1), 41.0 * scale), (turned, 43.0 * scale))
    before, after = said(pathway.as_of(date(2026, 5, 31))), said(pathway.as_of(turned))
    assert "41" in before and "43" not in before, before
    assert "43" in after and "41" not in after, after


def test_nothing_beside_the_rules_is_left_open() -> None:
    left = {gap.name for one in written_beside(DATED) for gap in placeholders(one.text)} - set(TOLD_HERE)
    assert left == set()


# --- lint ------------------------------------------------------------------------------------------------------------


def told(kind: str, name: str, **words: str) -> list[str]:
    """What is told of one thing with other words."""
    rows = getattr(SPINE.wording, kind)
    pathway = replace(SPINE)
    pathway.__dict__["wording"] = replace(SPINE.wording, **{kind: {**rows, name: {**rows[name], **words}}})
    found = [fault for fault in numbers_in_texts(pathway, REVIEWED) if fault.place != "lint.toml"]
    return [fault.wrong for fault in found]


def test_nothing_is_told_of_the_words_as_they_stand() -> None:
    assert list(numbers_in_texts(SPINE, REVIEWED)) == []


@pytest.mark.parametrize(
    ("kind", "name", "part", "text", "limit"),
    [
        ("red_flags", "RF-01a", "clinician", "Within 14 days.", "cauda_equina_window_days"),
        ("red_flags", "RF-01a", "patient", "In the last 2 weeks.", "cauda_equina_window_days"),
        ("red_flags", "RF-01a", "title", "In two weeks", "cauda_equina_window_days"),
        ("advice", "nsaid-short-course", "patient", "For 2 to 3 weeks at most.", "nsaid_course_days"),
        ("advice", "paracetamol-over-ceiling", "clinician", "Above 4,000 mg.", "paracetamol_ceiling_mg"),
        ("advice", "relapse-review", "clinician", "ODI 8.5.", "odi_error_points"),
        ("facts", "walking_distance_m", "question", "Is it under 100 m?", "short_walk_m"),
    ],
)
def test_a_planted_digit_is_refused(kind: str, name: str, part: str, text: str, limit: str) -> None:
    assert any(f"repeats {limit}" in wrong for wrong in told(kind, name, **{part: text}))


@pytest.mark.parametrize("text", ["Within 14 hours.", "See C-14 and S003-14.", "Grade 0 of 214.", "{residual_ml} ml."])
def test_what_repeats_nothing_is_let_stand(text: str) -> None:
    assert told("red_flags", "RF-01a", clinician=text) == []


def test_a_gap_that_nothing_fills_is_told() -> None:
    assert told("advice", "stay-active", clinician="About {short_wolk_m} m.") == ["Nothing fills {short_wolk_m}."]
    assert "fortnights" in told("advice", "stay-active", clinician="{nsaid_course_days:fortnights}")[0]


def test_a_suppression_that_nothing_needs_is_told() -> None:
    lists = {"digit_that_is_no_threshold": {**REVIEWED["digit_that_is_no_threshold"], "advice.x.patient 3": "reason"}}
    found = [fault.wrong for fault in numbers_in_texts(SPINE, Reviewed(lists=lists))]
    assert found == ['It names "advice.x.patient 3", and no such digit is met.']


BESIDE: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("trial_weeks", "answers", lambda of: {"a": replace(of["exercise-first"], short="For 12 weeks.")}),
    ("trial_weeks", "answers", lambda of: {"a": replace(of["exercise-first"], points=(Point("12 weeks.", (), ()),))}),
    ("imaging_weeks", "statements", lambda of: {"a": replace(of["when-to-scan"], clinician="From 6 weeks on.")}),
    (
        "trial_weeks", "aids",
        lambda of: {"a": replace(of["next_step"], gaps=(replace(of["next_step"].gaps[0], because="12 weeks."),))},
    ),
    (
        "review_first_weeks", "programme",
        lambda of: replace(of, items={"a": replace(of.items["contact-stable"], words={"how": "Come after 6 weeks."})}),
    ),
    (
        "postop_core_days", "timetable",
        lambda of: replace(of, phases=(replace(of.phases[1], default="Up to two weeks."),)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "table", "plant"), BESIDE, ids=[f"{row[1]} {row[0]}" for row in BESIDE])
def test_a_planted_digit_beside_the_rules_is_refused(limit: str, table: str, plant: Callable[[Any], Any]) -> None:
    pathway = replace(SPINE)
    library = library_of(pathway)
    library.__dict__[table] = plant(getattr(library, table))
    assert any(f"repeats {limit}" in fault.wrong for fault in numbers_in_texts(pathway, Reviewed()))


@pytest.mark.parametrize(
    ("kind", "id_", "part", "limit"),
    [("conflicts", "C-04", "default", "trial_weeks"), ("interpretations", "fair-trial", "about", "long_pain_weeks")],
)
def test_a_planted_digit_of_a_conflict_or_a_reading_is_refused(kind: str, id_: str, part: str, limit: str) -> None:
    pathway = replace(SPINE)
    rows = getattr(SPINE, kind)
    pathway.__dict__[kind] = {id_: replace(rows[id_], **{part: "After 12 weeks."})}
    assert any(f"repeats {limit}" in fault.wrong for fault in numbers_in_texts(pathway, Reviewed()))
