"""The self-check's own laws: no danger is left out, none is settled by a gate, every fact can be told."""

from __future__ import annotations

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.library import library_of
from spinesteps.library.self_check import Group, Section
from spinesteps.logic.facts import YesNo

CHECK = library_of(PATHWAY).self_check
LATER = {ask.fact.name: ask.after for ask in PATHWAY.follow_ups}
DANGER = (*PATHWAY.emergency_questions, *PATHWAY.danger_questions)
ASKS = {ask.fact.name: LATER.get(ask.fact.name) if ask.after is None else ask.after for ask in DANGER}
IN_SECTIONS = [name for section in CHECK.sections for name in section.facts]
WORDS = PATHWAY.wording
# One tap may never say no to these (contract section 4.1): bladder, saddle and legs.
ONE_BY_ONE = {
    "urinary_difficulty", "incontinence", "saddle_numbness", "perineal_only_when_walking", "sexual_function_change",
    "both_legs_weak", "pain_one_to_both_sides", "foot_drop_or_giving_way", "weakness_progressive",
    "pain_both_legs_at_rest", "leg_numbness_new",
}  # fmt: skip


def test_every_danger_question_is_asked() -> None:
    assert {name for name, after in ASKS.items() if after is None} - {*CHECK.danger} == set()
    assert ASKS.keys() & IN_SECTIONS == set()


def test_every_fact_can_be_told_once() -> None:
    asked = [*CHECK.danger, *IN_SECTIONS]
    assert sorted({name for name in asked if asked.count(name) > 1}) == []
    assert sorted({fact.name for fact in PATHWAY.facts} - {*asked, *ASKS, "country"}) == []
    assert sorted({*asked} - PATHWAY.by_name.keys()) == []


@pytest.mark.parametrize("group", CHECK.groups, ids=lambda group: group.id)
def test_a_group_asks_what_a_person_knows(group: Group) -> None:
    assert {WORDS.facts[name]["asks"] for name in group.facts} == {"person"}
    assert all(WORDS.facts[name].get("again") for name in group.asked_twice)
    assert group.id in WORDS.faces["check_groups"]
    assert not (group.all_no and ONE_BY_ONE & set(group.facts))


def test_bladder_and_saddle_are_asked_in_two_ways() -> None:
    twice = {name for group in CHECK.groups for name in group.asked_twice}
    assert {"urinary_difficulty", "saddle_numbness"} <= twice


@pytest.mark.parametrize("section", CHECK.by_id.values(), ids=lambda section: section.id)
def test_a_gate_settles_no_danger_and_only_what_it_names(section: Section) -> None:
    assert section.id in WORDS.faces["check_sections"]
    assert bool(section.gate) == (section.id in WORDS.faces["check_gates"])
    for name, value in section.settles.items():
        fact = PATHWAY.by_name[name]
        assert name in section.facts
        assert not fact.danger and name not in ASKS, f"a gate may not settle {name}"
        assert fact.accepts(value)
        assert isinstance(fact, YesNo) or section.choices
