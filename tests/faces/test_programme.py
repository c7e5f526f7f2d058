"""A person's own programme: only what is advised, nothing while danger comes first, walks by the own distance."""

from __future__ import annotations

import json

import pytest

from spinesteps.knowledge.spine import PATHWAY
from tests.faces.conftest import DAY

NO_DANGER = {ask.fact.name: False for ask in PATHWAY.emergency_questions}
WALKER = {
    **NO_DANGER, "age": 74, "leg_pain": True, "relieved_sitting": True, "worse_walking": True, "function_limited": True,
    "relieved_bending_forward": True, "worse_standing": True, "shopping_cart_sign": True, "walking_distance_m": 200,
}  # fmt: skip


@pytest.fixture
def programme(spinesteps, person):
    """The programme of a person, as data."""

    def run(facts, *more):
        done = spinesteps("programme", "--facts", person(facts), "--on", DAY, "--json", *more)
        assert done.code == 0, done.err
        return done.json()["programme"]

    return run


def test_only_what_is_advised_is_shown(spinesteps, person, programme):
    assessed = spinesteps("assess", "--facts", person(WALKER), "--on", DAY, "--json").json()
    advised = {row["id"] for row in assessed["advice"] if row["state"] == "advised"}
    found = programme(WALKER)
    assert {"structured-exercise", "walking-plan", "positions-that-ease", "flare-plan"} <= found.keys() <= advised


@pytest.mark.parametrize("danger", [{"saddle_numbness": True}, {"saddle_numbness": "not_sure"}, {"fever": True}])
def test_while_danger_comes_first_there_is_no_programme(spinesteps, person, programme, danger):
    assert programme({**WALKER, **danger}) == {}
    said = spinesteps("programme", "--facts", person({**WALKER, **danger}), "--on", DAY).out
    assert said.startswith(("Emergency now", "Today")) and "week 1" not in said.lower()


def test_the_walks_begin_below_the_own_distance_and_grow(programme):
    goal, *weeks = programme(WALKER)["walking-plan"]["walks"]
    assert "200 metres now" in goal and "260 metres" in goal
    assert weeks[0].startswith("Week 1: walk 140 metres (about 3 minutes), 3 times a day, 5 days a week.")
    assert len(weeks) == 6 and "walk 220 metres" in weeks[5]


@pytest.mark.parametrize(
    ("distance", "said"), [(None, "First find out how far"), ("not_sure", "First find out how far"), (10, "on a chair")]
)
def test_a_distance_that_is_not_known_or_too_short_is_said(programme, distance, said):
    facts = {name: value for name, value in WALKER.items() if name != "walking_distance_m"}
    walks = programme(facts if distance is None else {**facts, "walking_distance_m": distance})["walking-plan"]["walks"]
    assert len(walks) == 1 and said in walks[0]


def test_stop_rules_come_with_the_moves_the_gravest_first(programme):
    own = programme(WALKER)["structured-exercise"]
    assert [stop["id"] for stop in own["stops"]][:2] == ["stop-new-weakness", "stop-chest"]
    assert all(item["dose"] and item["how"] and item["easier"] for item in own["items"])
    assert "{emergency_number}" not in json.dumps(own["stops"])


def test_the_level_grows_with_the_weeks_or_is_named(spinesteps, person, programme):
    first, later = programme(WALKER), programme({**WALKER, "exercise_programme_weeks": 3})
    assert [found["structured-exercise"]["level"]["id"] for found in (first, later)] == ["start", "build"]
    assert programme(WALKER, "--level", "strong")["structured-exercise"]["level"]["id"] == "strong"
    done = spinesteps("programme", "--facts", person(WALKER), "--level", "elite")
    assert done.code == 2 and "start, build, strong, keep" in done.err


def test_what_was_tried_is_told_from_our_own_choice(spinesteps, person):
    said = spinesteps("programme", "--facts", person(WALKER), "--on", DAY).out
    assert "Tried in a trial; how much: our own choice (T-WHIT)" in said and "Draft: no clinician has signed" in said
