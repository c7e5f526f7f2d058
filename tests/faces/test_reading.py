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
from spinesteps.web.show import show

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
    person = judged(facts)
    found = list(parts(person))
    ids = [finding.rule.id for part in found for finding in part.findings]
    assert sorted(ids) == sorted(f.rule.id for f in person.decision.findings if f.state == "advised")
    assert [part.name for part in found] == [name for name in ORDER if name in {part.name for part in found}]
    plan = person.decision.plan._asdict()
    assert all(plan.get(p.name, ()) == tuple(f.rule.id for f in p.findings) for p in found if p.name != "more")


def test_a_medicine_that_cannot_wait_comes_first_and_one_message_stands_for_many() -> None:
    found = {part.name: part for part in parts(judged(MANY))}
    assert [f.rule.id for f in found["first"].findings] == ["opioid-tramadol-interaction", "structured-exercise"]
    assert "opioid-combination" not in found["avoid"].folded, "what is taken is read in full"
    assert {"opioid-taper-plan", "gabapentinoid-past-end"} <= {f.rule.id for f in found["more"].findings}


@pytest.mark.parametrize("facts", PEOPLE)
def test_little_is_read_at_once(facts) -> None:
    """At most eight things and 350 words; what comes first, always; the rest when it is asked for."""
    person = judged(facts)
    in_full = [f for part in parts(person) for f in part.findings if f.rule.id not in part.folded]
    assert {f.rule.id for f in in_full} >= set(person.decision.plan.first) and len(in_full) <= 8
    words = [SPINE.wording.advice[f.rule.id] for f in in_full]
    assert sum(len(f"{text['title']} {person.fill(text['patient'])}".split()) for text in words) <= 350
    shown = {text.rsplit("  (", 1)[-1][:-1] for _, text in lines(person)}
    assert shown & {f.rule.id for f in person.decision.findings} == {f.rule.id for f in in_full}
    assert sum(bool(text) for _, text in lines(person)) <= 60


def test_the_page_marks_what_comes_first() -> None:
    rows = show(judged(MANY))["parts"]
    first = [row["id"] for part in rows for row in part["advice"] if row["first"]]
    assert first == list(judged(MANY).decision.plan.first)


@pytest.mark.parametrize("facts", PEOPLE)
def test_the_terminal_begins_with_what_to_do_and_lists_the_rest_on_request(facts) -> None:
    person = judged(facts)
    said = [text for _, text in lines(person)]
    assert said[:2] == [person.card_words()["heading"], person.card_words()["text"]]
    advised = {f.rule.id for f in person.decision.findings if f.state == "advised"}
    others = {f.rule.id for f in person.decision.findings} - advised
    assert not [id_ for id_ in others if any(text.endswith(f"  ({id_})") for text in said)]
    everything = [text for _, text in lines(person, every=True)]
    assert all(any(text.endswith(f"  ({id_})") for text in everything) for id_ in others | advised)


def test_help_is_never_said_to_be_for_now_only() -> None:
    """Other advice is, while a danger question is open."""
    marked = [said for _, said in lines(judged(EMERGENCY), every=True) if "(for now:" in said]
    assert not any("get-emergency-help" in said for said in marked)
    assert any("stay-active" in said for said in (said for _, said in lines(judged(OPEN)) if "(for now:" in said))
