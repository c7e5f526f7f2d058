"""The timetable after an operation agrees with the rules: their days, their sources, and who is named for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from spinesteps.errors import DeclarationError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.library import library_of
from spinesteps.library.timetable import Phase, read_timetable
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Answer
from spinesteps.person.decision import decide

DAY = date(2026, 11, 21)
SPINE = PATHWAY.as_of(DAY)
PHASES = library_of(PATHWAY).timetable.phases
RULES = {rule.id: rule for rule in SPINE.rules}
ORDERED = {"postop-limits-as-ordered", "postop-order-over", "postop-fear-programme"}  # wait for more than the day


def advised(days: int) -> set[str]:
    given: dict[str, Answer] = {
        "spine_surgery": "decompression", "surgery_days_ago": days, "surgeon_brace_order": False,
        "surgeon_activity_order": False,
    }  # fmt: skip
    decision = decide(SPINE, imply(given, SPINE.implied))
    return {finding.rule.id for finding in decision.findings if finding.state == "advised"}


AFTER = [phase for phase in PHASES if phase.start is not None]


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.id)
def test_sources_and_advice_exist(phase: Phase) -> None:
    assert set(phase.sources) <= PATHWAY.evidence.keys()
    assert set(phase.advice) <= RULES.keys()


@pytest.mark.parametrize("phase", AFTER, ids=lambda phase: phase.id)
def test_its_advice_is_given_from_its_first_day_on(phase: Phase) -> None:
    span = phase.days(PATHWAY, DAY)
    assert span is not None
    due = set(phase.advice) - ORDERED - {"postop-review-one-year"}
    assert due <= advised(int(span[0]))


@pytest.mark.parametrize("phase", AFTER, ids=lambda phase: phase.id)
def test_none_of_it_before_its_first_day_or_after_its_last(phase: Phase) -> None:
    span = phase.days(PATHWAY, DAY)
    assert span is not None
    start, end = span
    early = set(phase.advice) - ORDERED if start else set()
    assert not early & advised(int(start) - 1)
    late = {"postop-isometric-core", "postop-low-load-aerobic", "postop-short-sits"} & set(phase.advice)
    assert not late & advised(int(end))


def test_what_comes_from_one_hospital_says_so() -> None:
    assert {phase.id for phase in PHASES if phase.basis == "one hospital"} == {"first-weeks", "core", "aerobic"}
    for id in ("postop-isometric-core", "postop-low-load-aerobic", "postop-short-sits"):
        words = SPINE.wording.advice[id]
        assert "one hospital's plan" in words["patient"] and "not come from a trial" in words["patient"]
        assert "one hospital's scheme" in words["clinician"]
        assert any(argument.source == "S000" for argument in RULES[id].evidence if argument.supports)


def test_every_rule_of_recovery_stands_in_a_phase_or_is_an_order() -> None:
    named = {id for phase in PHASES for id in phase.advice}
    recovery = {id for id in RULES if id.startswith("postop-")}
    assert recovery - named == {"postop-danger-signs", "postop-brace-as-ordered"}


@pytest.mark.parametrize("days", [0, 1, 13, 14, 41, 42, 90, 200])
def test_the_phases_of_a_day_are_those_whose_advice_runs(days: int) -> None:
    found = library_of(PATHWAY).timetable.at(days, PATHWAY, DAY)
    spans = [(phase, phase.days(PATHWAY, DAY)) for phase in AFTER]
    assert found == tuple(phase for phase, span in spans if span and span[0] <= days < span[1])
    assert found, "a day of recovery without a phase"


def test_no_phase_runs_once_recovery_is_over() -> None:
    last = int(SPINE.limits.recovery_days.on(DAY).value)
    assert library_of(PATHWAY).timetable.at(last, PATHWAY, DAY)
    assert library_of(PATHWAY).timetable.at(last + 1, PATHWAY, DAY) == ()


def test_before_the_operation_has_no_days() -> None:
    assert PHASES[0].days(PATHWAY, DAY) is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('basis = "design"', 'basis = "habit"'), r"phase \d basis: It is 'habit'\. Expected one of trial"),
        (('id = "core"', 'id = "before"'), "stands twice"),
        (('sources = ["K-PREHAB"]', "sources = []"), r"phase 1 sources: .* at least one entry"),
        (('one_hospital = ""', 'hospital = ""'), r"phase \d hospital: This entry is not known"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    text = (PATHWAY.folder / "timetable.toml").read_text("utf-8")
    assert change[0] in text
    path = tmp_path / "timetable.toml"
    path.write_text(text.replace(*change), "utf-8")
    with pytest.raises(DeclarationError, match=says):
        read_timetable(path)
