"""The self-check through its public door: where it leads, what it never does, what it carries."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import httpx
import pytest

from spinesteps.knowledge.limits import HERE
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.person.answers import read_person
from spinesteps.person.assess import assess
from spinesteps.person.days import today
from spinesteps.quality.examples import Example, read_examples
from tests.faces.serving import served
from tests.faces.walker import seen, walk

EVERY = 1 if os.environ.get("SPINESTEPS_RANDOM") == "nightly" else 120
EXAMPLES = list(read_examples(HERE / "examples"))[::EVERY]
ASKS = {ask.fact.name for ask in (*PATHWAY.emergency_questions, *PATHWAY.danger_questions)}
WELL = dict.fromkeys(sorted(n for n in ASKS if PATHWAY.by_name[n].kind == "yes_no"), False) | {"age": 74}


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served() as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def test_a_well_person_is_checked_in_few_pages_and_taps(client: httpx.Client) -> None:
    walked = walk(client, WELL, everything=False, stop_at="question")
    assert walked.end.main["data-status"] == "checked"
    assert walked.pages - 1 <= 10
    assert walked.taps <= 25


def test_a_yes_that_nothing_could_lower_leads_to_help_at_once(client: httpx.Client) -> None:
    walked = walk(client, WELL | {"sudden_new_deficit": True})
    assert walked.kinds[-2:] == ["group", "emergency"]
    assert walked.end.main["data-urgency"] == "emergency"


@pytest.mark.parametrize("sign", ["urinary_difficulty", "saddle_numbness"])
def test_a_sign_left_without_its_follow_ups_is_an_emergency(client: httpx.Client, sign: str) -> None:
    walked = walk(client, {sign: True})
    assert walked.end.main["data-page"] == "emergency"
    assert walked.kinds.count("group") <= 3
    assert "tel:" in walked.text


def test_the_second_wording_counts_when_it_is_graver(client: httpx.Client) -> None:
    page = seen(client.get("/check").text)
    put = dict.fromkeys(("urinary_difficulty", "incontinence", "saddle_numbness"), "no")
    put |= {"urinary_difficulty__again": "yes"}
    text = client.post("/check", data={"sealed": page.sealed, "go": "next", **put}).text
    assert "This may be an emergency" in text or seen(text).main["data-page"] == "emergency"


def test_back_opens_the_page_before_with_its_answers(client: httpx.Client) -> None:
    first = seen(client.get("/check").text)
    put = dict.fromkeys(("urinary_difficulty", "incontinence", "saddle_numbness"), "no")
    second = seen(client.post("/check", data={"sealed": first.sealed, "go": "next", **put}).text)
    before = client.post("/check", data={"sealed": second.sealed, "go": "back"}).text
    assert seen(before).controls.keys() == first.controls.keys()
    assert before.count(" checked") == 3


def test_a_number_that_cannot_be_read_is_asked_again_and_costs_nothing(client: httpx.Client) -> None:
    walked = walk(client, WELL, stop_at="question")
    assert "age" in walked.end.controls
    response = client.post("/check", data={"sealed": walked.end.sealed, "go": "next", "age": "12,500"})
    assert response.status_code == 400
    assert "<title>Error:" in response.text
    again = seen(response.text)
    after = seen(client.post("/check", data={"sealed": again.sealed, "go": "next", "age": "74"}).text)
    assert "age" not in after.controls
    assert after.main["data-status"] == "checked"


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAAB" + "x" * 200, "é"])
def test_what_was_not_sealed_here_begins_anew(client: httpx.Client, sealed: str) -> None:
    response = client.post("/check", data={"sealed": sealed, "go": "next"})
    assert seen(response.text).main["data-page"] == "group"


def test_a_field_that_stands_twice_is_refused(client: httpx.Client) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    response = client.post("/check", content=b"go=next&go=back", headers=form)
    assert response.status_code == 400


def test_a_result_has_no_address_of_its_own(client: httpx.Client) -> None:
    response = client.get("/result")
    assert (response.status_code, response.headers["location"]) == (303, "/check")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_pages_reach_what_assess_says(client: httpx.Client, example: Example) -> None:
    day = today()
    told = assess(read_person(json.dumps(dict(example.facts)).encode(), PATHWAY.by_name, day), PATHWAY, day)
    main = walk(client, example.facts).end.main
    if told.decision.urgency == "emergency":
        assert main["data-page"] == "emergency"
        return
    assert main["data-status"] == told.status
    assert main.get("data-urgency") == (told.decision.urgency if told.card == told.decision.urgency else None)
    assert (main["data-step"], main["data-condition"]) == (told.decision.step, told.decision.condition)
