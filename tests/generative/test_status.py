"""`danger_open` and `status`: what is not in danger_open can make nobody today or emergency; in the end nothing is."""

from __future__ import annotations

import os
import random

import pytest

from spinesteps.logic.engines.filled import imply
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Choice, Number, Silence, YesNo
from spinesteps.person.decision import decide
from spinesteps.person.questions import ask
from spinesteps.person.status import status_of
from tests.knowledge.judged import EXAMPLES, SPINE

MANY = 40 if os.environ.get("SPINESTEPS_RANDOM") == "nightly" else 1
OURS = {ask.fact.name: ask for ask in SPINE.danger_questions}
HURRY = ("emergency", "today")
UNANSWERED = (Silence.UNREADABLE, Silence.IN_CONFLICT, Silence.OUT_OF_DATE, Silence.NOT_ASKED)


def judged(given):
    """Status, open danger questions and urgency of these answers."""
    answers = imply(given, SPINE.implied)
    decision = decide(SPINE, answers)
    asked = ask(SPINE, answers, decision)
    assert set(asked.danger_open) <= {question.fact for question in asked.questions}, "what is open is asked"
    assert set(decision.emergency_open) <= set(asked.danger_open), "emergency questions are danger questions"
    return status_of(decision, asked.danger_open), asked.danger_open, decision.urgency


def some(fact, rng, yes):
    """A random answer; of yes or no, yes with this chance."""
    if isinstance(fact, Number):
        return rng.choice([value for value in (0, 1, 5, 20, 60, 200, 1000) if fact.accepts(value)] or [fact.low])
    return rng.choice(fact.options) if isinstance(fact, Choice) else rng.random() < yes


def somebody(rng):
    """A person with some answers, a few of them no real ones."""
    given = {fact.name: some(fact, rng, 0.15) for fact in SPINE.facts if fact.name not in OURS and rng.random() < 0.1}
    given |= {name: some(ask.fact, rng, 0.05) for name, ask in OURS.items() if rng.random() < 0.3}
    return given | {name: rng.choice(list(Silence)) for name in OURS if rng.random() < 0.04}


def sensible(name, answers):
    """Whether the question can be meant, these being the answers."""
    after = OURS[name].after
    return after is None or judge(after, answers).answer is True


def hurried_by_others(given, left, rng, yes):
    """More answers to danger questions that are not open, after which the urgency is today or emergency, if it is."""
    more = dict(given)
    for name, asked in OURS.items():  # what makes a question sensible stands before it
        answers = imply(more, SPINE.implied)
        if name not in left and answers.get(name, Silence.NOT_ASKED) in UNANSWERED and sensible(name, answers):
            more[name] = some(asked.fact, rng, yes)
    return more if judged(more)[2] in HURRY else None


@pytest.mark.parametrize("seed", range(150 * MANY))
def test_only_open_questions_can_hurry_and_they_end(seed):
    rng = random.Random(seed)
    given = somebody(rng)
    for _ in range(len(OURS)):
        status, left, urgency = judged(given)
        if urgency in HURRY:
            assert status == "checked", "the level stands"
            return
        assert hurried_by_others(given, left, rng, rng.choice((0.2, 0.6, 1.0))) is None
        if not left:
            assert status == "checked"
            return
        given |= {name: Silence.DECLINED if rng.random() < 0.02 else some(OURS[name].fact, rng, 0.03) for name in left}
    raise AssertionError("questions never end")


def test_status_by_hand():
    calm = {name: False for name, asked in OURS.items() if isinstance(asked.fact, YesNo)}
    assert judged({})[0] == "not_checked"
    assert judged(calm)[:2] == ("checked", ())
    assert judged(calm | {"saddle_numbness": Silence.OUT_OF_DATE})[:2] == ("not_checked", ("saddle_numbness",))
    without = {name: said for name, said in calm.items() if name != "foot_drop_or_giving_way"}
    assert judged(without)[:2] == ("not_finished", ("foot_drop_or_giving_way",))
    assert judged(calm | {"foot_drop_or_giving_way": Silence.UNREADABLE})[1] == ("foot_drop_or_giving_way",)
    assert judged(calm | {"foot_drop_or_giving_way": Silence.NOT_SURE})[1] == ()
    assert judged({"saddle_numbness": True})[0] == "checked", "at today and above the level stands"


PROCEDURE = ("worse_since_procedure", "bladder_or_bowel_postop_change")
INJURY = ("cannot_stand_after_trauma", "midline_pain_after_trauma")


@pytest.mark.parametrize(("given", "asked", "not_asked"), [
    ({}, ["spine_procedure_ever", "minor_trauma"], [*PROCEDURE, *INJURY, "cauda_equina_onset_days"]),
    ({"spine_procedure_ever": True}, PROCEDURE, []),
    ({"spine_procedure_ever": Silence.NOT_SURE}, PROCEDURE, []),
    ({"spine_procedure_ever": False}, [], [*PROCEDURE, "spine_procedure_days"]),
    ({"surgery_days_ago": 20}, PROCEDURE, ["spine_procedure_ever"]),
    ({"surgery_days_ago": 200}, PROCEDURE[1:], []),
    ({"spine_surgery": "other"}, PROCEDURE, ["spine_procedure_ever"]),
    ({"esi_12_months": 1}, PROCEDURE, ["spine_procedure_ever"]),
    ({"minor_trauma": True}, INJURY[:1], []),
    ({"minor_trauma": False, "major_trauma": False}, [], INJURY),
    ({"foot_drop_or_giving_way": False}, [], ["foot_drop_onset_days"]),
    ({"cancer_history": True, "hand_clumsiness": False, "gait_unsteady": False}, ["cord_signs_rapid"], []),
    ({"mrc_lowest": 4}, ["weakness_onset_days"], []),
])  # fmt: skip
def test_what_follows_an_answer(given, asked, not_asked):
    left = judged(given)[1]
    assert set(asked) <= set(left)
    assert not set(not_asked) & set(left)


@pytest.mark.parametrize("example", EXAMPLES[::20], ids=lambda example: example.id)
def test_every_example_has_a_status_that_fits(example):
    status, left, urgency = judged(example.answers())
    assert status == "checked" if urgency in HURRY or not left else status in ("not_checked", "not_finished")
