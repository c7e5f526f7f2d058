"""`danger_open` and `status`: when no danger question is open, no answer to one can make it today or emergency."""

from __future__ import annotations

import os
import random

import pytest

from spinesteps.knowledge.decide import FOLLOW_UPS
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Choice, Number, Silence, YesNo
from spinesteps.person.decision import decide
from spinesteps.person.questions import judge_open
from spinesteps.person.status import danger_open, status_of
from tests.knowledge.judged import EXAMPLES, SPINE

MANY = 40 if os.environ.get("SPINESTEPS_RANDOM") == "nightly" else 1
OURS = {fact.name: fact for fact in SPINE.danger_questions}
ALWAYS = [fact for name, fact in OURS.items() if name not in {ask.fact.name for ask in FOLLOW_UPS}]


def judged(given):
    """Status, open danger questions and urgency of these answers."""
    answers = imply(given, SPINE.implied)
    decision = decide(SPINE, answers)
    left = danger_open(SPINE, answers, decision, judge_open(SPINE, answers))
    return status_of(decision, left), left, decision


def some(fact, rng, yes):
    """A random answer; of yes or no, yes with this chance."""
    if isinstance(fact, Number):
        return rng.choice([value for value in (0, 1, 5, 20, 60, 200, 1000) if fact.accepts(value)] or [fact.low])
    return rng.choice(fact.options) if isinstance(fact, Choice) else rng.random() < yes


def answered_to_the_end(seed):
    """Somebody with some answers, who then answers every question that is open, again and again."""
    rng = random.Random(seed)
    given = {fact.name: some(fact, rng, 0.15) for fact in SPINE.facts if fact.name not in OURS and rng.random() < 0.1}
    given |= {name: some(fact, rng, 0.05) for name, fact in OURS.items() if rng.random() < 0.2}
    for _ in range(len(OURS)):
        _, left, _ = judged(given)
        if not left:
            return given, rng
        said = {name: Silence.DECLINED if rng.random() < 0.02 else some(OURS[name], rng, 0.03) for name in left}
        given |= said
    raise AssertionError("questions never end")


@pytest.mark.parametrize("seed", range(100 * MANY))
def test_when_nothing_is_open_no_danger_answer_can_hurry(seed):
    given, rng = answered_to_the_end(seed)
    status, left, decision = judged(given)
    assert (status, left) == ("checked", ()), "emergency questions are among the danger questions"
    if decision.urgency in ("emergency", "today"):
        return
    answers = imply(given, SPINE.implied)
    for yes in (0.2, 0.5, 1.0):
        more = {fact.name: some(fact, rng, yes) for fact in ALWAYS if fact.name not in answers}
        assert judged(given | more)[2].urgency not in ("emergency", "today"), more


def test_status_by_hand():
    calm = {name: False for name, fact in OURS.items() if isinstance(fact, YesNo)}
    assert judged({})[0] == "not_checked"
    assert judged(calm)[:2] == ("checked", ())
    assert judged(calm | {"saddle_numbness": Silence.OUT_OF_DATE})[:2] == ("not_checked", ("saddle_numbness",))
    assert judged({name: said for name, said in calm.items() if name != "foot_drop_or_giving_way"})[:2] == (
        "not_finished", ("foot_drop_or_giving_way",),
    )  # fmt: skip
    assert judged(calm | {"foot_drop_or_giving_way": Silence.UNREADABLE})[1] == ("foot_drop_or_giving_way",)
    assert judged(calm | {"foot_drop_or_giving_way": Silence.NOT_SURE})[1] == ()
    assert judged({"saddle_numbness": True})[0] == "checked", "at today and above the level stands"


@pytest.mark.parametrize("example", EXAMPLES[::50], ids=lambda example: example.id)
def test_emergency_questions_are_danger_questions(example):
    _, left, decision = judged(example.answers())
    if decision.urgency not in ("emergency", "today"):
        assert set(decision.emergency_open) <= set(left)
