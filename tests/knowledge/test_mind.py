"""Self-harm: asked only of those it concerns, a yes never lost, the numbers of the country in every text."""

from __future__ import annotations

from typing import Any

import pytest

from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Silence
from spinesteps.person.decision import decide
from spinesteps.person.questions import ask
from tests.knowledge.judged import SPINE

CALM = {ask_.fact.name: False for ask_ in SPINE.emergency_questions if ask_.after is None}
BASE: dict[str, Any] = {"age": 70, "claudication_coded": True, **CALM}


def asked(**facts: Any) -> list[str]:
    answers = imply(BASE | facts, SPINE.implied)
    return [question.fact for question in ask(SPINE, answers, decide(SPINE, answers)).questions]


def test_nobody_is_asked_without_a_reason() -> None:
    calm = asked(phq2=0, gad2=0, depression=False, distress_high=False)
    assert not {"self_harm_thoughts", "self_harm_plan"} & set(calm)
    assert "self_harm_thoughts" not in asked()


@pytest.mark.parametrize("reason", [{"phq2": 3}, {"gad2": 3}, {"depression": True}, {"distress_high": True}])
def test_a_reason_opens_the_question(reason: dict[str, Any]) -> None:
    found = asked(**reason)
    assert "self_harm_thoughts" in found
    assert "self_harm_plan" not in found


@pytest.mark.parametrize("answer", [True, Silence.NOT_SURE, Silence.DECLINED])
def test_a_plan_is_asked_about_next(answer: Any) -> None:
    assert "self_harm_plan" in asked(phq2=4, self_harm_thoughts=answer)


def test_no_other_answer_takes_a_yes_back() -> None:
    for facts in ({"phq2": 0}, {"depression": False}, {"self_harm_plan": False}, {"function_unacceptable": False}):
        assert decide(SPINE, imply(BASE | {"self_harm_thoughts": True} | facts, SPINE.implied)).urgency == "today"


def test_every_text_about_it_names_a_number() -> None:
    words = SPINE.wording
    assert "{crisis_number}" in words.red_flags["RF-13"]["patient"]
    assert "{emergency_number}" in words.red_flags["RF-13"]["patient"]
    for id in ("self-harm-help", "mood-follow-up", "screen-mood"):
        assert "{crisis_number}" in words.advice[id]["patient"]
