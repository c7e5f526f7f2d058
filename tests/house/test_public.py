"""Names of the contract do not change: every fact and advice of the two lists exists, with its kind and its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from spinesteps.knowledge.spine import PATHWAY

ROWS = [line.split() for line in (Path(__file__).parent / "contract_facts.txt").read_text("utf-8").splitlines()]
CONTRACT = {row[0]: row[1:] for row in ROWS if row and row[0] != "#"}


ADVICE = (Path(__file__).parent / "contract_advice.txt").read_text("utf-8").splitlines()[2:]


@pytest.mark.parametrize("name", list(CONTRACT))
def test_a_fact_of_the_contract_exists(name: str) -> None:
    fact = PATHWAY.by_name[name]
    kind, *options = CONTRACT[name]
    assert fact.kind == kind
    if options:
        assert list(getattr(fact, "options", ())) == options
    words = PATHWAY.wording.facts[name]
    assert words["label"] and words["question"] and words["asks"] in ("person", "clinician")


def test_every_advice_of_the_contract_exists() -> None:
    assert set(ADVICE) - {rule.id for rule in PATHWAY.rules} == set()
    assert len(ADVICE) == len(set(ADVICE)) > 55


def test_the_list_is_whole() -> None:
    assert len(CONTRACT) > 200
    assert len(CONTRACT) == len([row for row in ROWS if row and row[0] != "#"]), "a fact stands twice"


def test_floor_questions_are_those_of_the_contract() -> None:
    always = [
        "urinary_difficulty", "incontinence", "saddle_numbness", "sexual_function_change", "both_legs_weak",
        "pain_one_to_both_sides", "fever", "sudden_severe_abdominal_or_back_pain", "leg_cold_pale", "calf_swollen",
        "breathless_or_chest_pain", "sudden_new_deficit",
    ]  # fmt: skip
    only_if = ["pain_growing_or_lying_flat", "worse_since_procedure", "new_focal_spine_pain"]
    asks = PATHWAY.emergency_questions
    assert sorted(ask.fact.name for ask in asks if ask.after is None) == sorted(always)
    assert sorted(ask.fact.name for ask in asks if ask.after is not None) == sorted(only_if)


def test_values_of_the_contract() -> None:
    assert set(PATHWAY.condition.names) == {
        "lumbar_stenosis_likely", "lumbar_stenosis_possible", "other_cause_likely", "not_known",
    }  # fmt: skip
    assert {cause.id for cause in PATHWAY.other_causes} == {
        "disc_herniation", "vascular_claudication", "cervical_myelopathy", "hip_osteoarthritis", "trochanteric_pain",
        "diabetic_neuropathy",
    }  # fmt: skip
    assert set(PATHWAY.step.names) == {
        "safety", "recognition", "self_management", "guided_rehabilitation", "specialist_options", "surgery",
        "recovery", "maintenance", "other_pathway",
    }  # fmt: skip


def test_nothing_ships_as_approved() -> None:
    assert {item.status for item in (*PATHWAY.red_flags, *PATHWAY.rules)} == {"draft"}
