"""S002's four criteria stand in the reason by name, each met, not met or not known; an order of the surgeon expires."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.knowledge.order_facts import OrderFacts as o
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.conditions import Named
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Answer, Number, Silence, YesNo
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.sources import Sources
from spinesteps.logic.history.weighing import recorded
from spinesteps.logic.reasons import Reason
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.decision import decide
from spinesteps.person.record import Entry, Record

DAY = date(2026, 11, 21)
SPINE = PATHWAY.as_of(DAY)
MET: dict[str, Answer] = {
    "claudication_coded": True, "home_exercise_weeks": 12, "function_unacceptable": True,
    "mri_matches_symptoms": True, "unfit_for_surgery": False, "surgery_declined": False,
}  # fmt: skip
NOT_MET: dict[int, dict[str, Answer]] = {
    1: {
        "home_exercise_weeks": 2, "exercise_programme_weeks": 0, "conservative_weeks": 0, "exercise_sessions": 0,
        "supervised_sessions": 0,
    },
    2: {"function_unacceptable": False},
    3: {"mri_matches_symptoms": False},
    4: {"unfit_for_surgery": True},
}  # fmt: skip
SILENT = {1: "home_exercise_weeks", 2: "function_unacceptable", 3: "mri_matches_symptoms", 4: "unfit_for_surgery"}


def judged(answers: dict[str, Answer]) -> Assessment:
    return assess(Record({name: Entry(answer) for name, answer in answers.items()}), PATHWAY, DAY)


def named(reason: Reason) -> Iterator[tuple[str, bool | None]]:
    """Every named condition in a reason, with its answer."""
    if isinstance(reason.node, Named):
        yield reason.node.name, reason.answer
    for part in reason.parts:
        yield from named(part)


def criteria(answers: dict[str, Answer]) -> dict[int, bool | None]:
    """The four, as the reason tree shows them."""
    assessment = judged(answers)
    rule = next(rule for rule in assessment.pathway.rules if rule.id == "surgery-criteria")
    found = {name: answer for name, answer in named(assessment.reason(rule)) if name.startswith("criterion")}
    return {int(name.split()[1].rstrip(":")): answer for name, answer in found.items()}


def state(id: str, answers: dict[str, Answer]) -> str:
    return decide(SPINE, imply(answers, SPINE.implied)).states[id]


def test_all_four_are_shown_when_met() -> None:
    assert criteria(MET) == {1: True, 2: True, 3: True, 4: True}
    assert state("surgery-criteria", MET) == "advised"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_one_not_met_is_shown_beside_the_others(number: int) -> None:
    answers = MET | NOT_MET[number]
    assert criteria(answers) == {n: n != number for n in (1, 2, 3, 4)}
    assert state("surgery-criteria", answers) == "not_advised"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_one_not_known_is_shown_beside_the_others(number: int) -> None:
    answers = {name: answer for name, answer in MET.items() if name != SILENT[number]}
    assert criteria(answers) == {n: None if n == number else True for n in (1, 2, 3, 4)}
    assert state("surgery-criteria", answers) == "needs_answer"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "weakness",
    [{"mrc_lowest": 4, "weakness_onset_days": 30}, {"foot_drop_or_giving_way": True, "foot_drop_onset_days": 60}],
)
def test_no_criterion_blocks_a_deficit(number: int, weakness: dict[str, Answer]) -> None:
    answers = MET | NOT_MET[number] | weakness
    assert state("surgical-opinion-urgent", answers) == "advised"
    assert state("surgery-criteria", answers) == "does_not_concern"


@pytest.mark.parametrize(
    ("order", "left"),
    [(o.surgeon_brace_order, o.brace_order_days_left), (o.surgeon_activity_order, o.activity_order_days_left)],
)
@pytest.mark.parametrize(("later", "days", "stands"), [(0, 10, True), (9, 1, True), (10, 0, False), (40, -30, False)])
def test_an_order_in_a_record_runs_out(order: YesNo, left: Number, later: int, days: int, stands: bool) -> None:
    """Ten days left when it was written; each day later there is one less."""
    given = DAY - timedelta(days=later)
    event = Event(
        person="p", kind="answer", concepts=frozenset((left.name,)), start=given, start_last=given, value=10.0
    )
    declared = [one for one in FROM_RECORD if one.fact is left]
    found, _ = recorded(Sources.of(left, declared), [event], DAY)
    assert found.answer == days
    answers: dict[str, Answer] = {
        "surgery_days_ago": 50,
        "spine_surgery": "decompression",
        order.name: True,
        left.name: days,
    }
    rule = "postop-brace-as-ordered" if order is o.surgeon_brace_order else "postop-limits-as-ordered"
    assert state(rule, answers) == ("advised" if stands else "not_advised")
    other = o.surgeon_activity_order if order is o.surgeon_brace_order else o.surgeon_brace_order
    over = state("postop-order-over", answers | {other.name: False})
    assert over == ("not_advised" if stands else "advised")


def test_a_record_without_an_order_has_not_asked() -> None:
    declared = [one for one in FROM_RECORD if one.fact is o.brace_order_days_left]
    found, _ = recorded(Sources.of(o.brace_order_days_left, declared), [], DAY)
    assert found.answer is Silence.NOT_ASKED


def test_nothing_before_an_operation_refuses_it() -> None:
    """What can be made better is a thing to do; none of it stands between the person and an opinion or operation."""
    risks: dict[str, Answer] = {
        "smoker": True, "bmi": 45, "diabetes": True, "hba1c": 9, "haemoglobin_g_l": 100, "albumin_g_l": 30,
        "surgery_planned": True, "instability": False, "spondylolisthesis": False, "scoliosis": False,
    }  # fmt: skip
    for id in ("surgical-opinion", "surgery-criteria", "decompression-alone"):
        assert state(id, MET | risks) == "advised"
    preparing = [rule for rule in SPINE.rules if rule.id.startswith("preop-") or rule.id == "prehabilitation"]
    assert len(preparing) == 9
    assert {rule.direction for rule in preparing} == {"do", "consider"}
