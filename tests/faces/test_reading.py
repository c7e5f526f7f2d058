"""The order in which advice is read, on the terminal, the page and the letter: danger first, little at once."""

from __future__ import annotations

import json
from datetime import date

import pytest

from spinesteps.cli.terminal import lines
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.person.answers import read_person
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.reading import ORDER, parts

DAY = date(2026, 11, 21)
SPINE = PATHWAY.as_of(DAY)
NO_DANGER = {ask.fact.name: False for ask in PATHWAY.emergency_questions}
TYPICAL = {
    **NO_DANGER, "age": 74, "leg_pain": True, "relieved_sitting": True, "worse_walking": True, "function_limited": True,
    "relieved_bending_forward": True, "worse_standing": True, "shopping_cart_sign": True, "walking_distance_m": 250,
}  # fmt: skip
MANY = {**TYPICAL, "opioid": True, "tramadol": True, "ssri_snri": True, "antidepressant": True, "benzodiazepine": True,
        "gabapentinoid": True, "gabapentinoid_weeks": 20}  # fmt: skip
OPEN = {"age": 74, "leg_pain": True}
EMERGENCY = {"age": 68, "leg_pain": True, "saddle_numbness": True}
PEOPLE = [TYPICAL, MANY, OPEN, EMERGENCY]


def judged(facts: object) -> Assessment:
    return assess(read_person(json.dumps(facts).encode(), PATHWAY.by_name, DAY), PATHWAY, DAY)


@pytest.mark.parametrize("facts", PEOPLE)
def test_every_advice_stands_in_one_part(facts) -> None:
    decision = judged(facts).decision
    found = list(parts(SPINE, decision))
    ids = [finding.rule.id for part in found for finding in part.findings]
    assert sorted(ids) == sorted(f.rule.id for f in decision.findings if f.state == "advised")
    assert [part.name for part in found] == [name for name in ORDER if name in {part.name for part in found}]


def test_a_medicine_that_cannot_wait_comes_first_and_tapered_ones_are_never_folded() -> None:
    found = {part.name: part for part in parts(SPINE, judged(MANY).decision)}
    assert [f.rule.id for f in found["first"].findings] == ["opioid-tramadol-interaction"]
    assert {"opioid-combination", "gabapentinoid-past-end"} <= {f.rule.id for f in found["medicines"].findings}
    folded = [id_ for part in found.values() for id_ in part.folded]
    assert folded and not [id_ for id_ in folded if id_.startswith(SPINE.tapered)]


def test_little_is_read_at_once() -> None:
    found = list(parts(SPINE, judged(TYPICAL).decision))
    in_full = [f.rule.id for part in found for f in part.findings if f.rule.id not in part.folded]
    assert "structured-exercise" in in_full and len(in_full) <= 9


@pytest.mark.parametrize("facts", PEOPLE)
def test_the_terminal_begins_with_what_to_do_and_lists_the_rest_on_request(facts) -> None:
    person = judged(facts)
    said = [text for _, text in lines(person)]
    assert said[:2] == [person.card_words()["heading"], person.card_words()["text"]]
    advised = {f.rule.id for f in person.decision.findings if f.state == "advised"}
    others = {f.rule.id for f in person.decision.findings} - advised
    assert not [id_ for id_ in others if any(text.endswith(f"  ({id_})") for text in said)]
    assert len(said) < 120
    everything = [text for _, text in lines(person, every=True)]
    assert all(any(text.endswith(f"  ({id_})") for text in everything) for id_ in others | advised)


def test_help_is_never_said_to_be_for_now_only() -> None:
    """Other advice is, while a danger question is open."""
    marked = [said for _, said in lines(judged(EMERGENCY), every=True) if "(for now:" in said]
    assert not any("get-emergency-help" in said for said in marked)
    assert any("stay-active" in said for said in (said for _, said in lines(judged(OPEN)) if "(for now:" in said))
