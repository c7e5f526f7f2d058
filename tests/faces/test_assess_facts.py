"""`spinesteps assess --facts`, questions, explain, facts: through the command line only."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from spinesteps.errors import COULD_NOT_CHECK
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.person.assess import unchecked

DAY = "2026-11-21"
EMERGENCY = {
    "urinary_difficulty", "incontinence", "saddle_numbness", "sexual_function_change", "both_legs_weak",
    "pain_one_to_both_sides", "sudden_new_deficit", "fever", "sudden_severe_abdominal_or_back_pain", "leg_cold_pale",
    "calf_swollen", "breathless_or_chest_pain",
}  # fmt: skip
CALM = dict.fromkeys(EMERGENCY, False)
CHECKED = {ask.fact.name: False for ask in PATHWAY.danger_questions if ask.after is None}
WALKER = {
    "age": 71, "leg_pain": True, "worse_walking": True, "relieved_sitting": True, "relieved_bending_forward": True,
    "worse_standing": True, "diabetes": False, "intermittent_claudication": True, "function_limited": True,
}  # fmt: skip
KEYS = {
    "status", "urgency", "urgency_reasons", "emergency_open", "danger_open", "plan", "condition", "other_causes",
    "step", "step_open", "advice", "questions", "next_review", "review_status", "conflicts", "faults", "versions",
}  # fmt: skip


def assess(spinesteps, person, facts, *more):
    done = spinesteps("assess", "--facts", person(facts), "--on", DAY, "--json", *more)
    assert done.code == 0, done.err
    return done.json()


def advice(data, id_):
    return next(row for row in data["advice"] if row["id"] == id_)


def test_one_person_has_every_key_of_the_contract(spinesteps, person):
    data = assess(spinesteps, person, WALKER | CHECKED)
    assert data.keys() >= KEYS and next(iter(data)) == "status"
    assert (data["status"], data["danger_open"], data["review_status"]) == ("checked", [], "draft")
    assert data["urgency"] == "routine"
    assert data["condition"]["state"] == "lumbar_stenosis_likely"
    konno = data["condition"]["scores"][0]
    assert (konno["id"], konno["low"], konno["high"], konno["cutoff"]) == ("konno", 8, 16, 7)
    assert data["step"] == "guided_rehabilitation"
    exercise = advice(data, "structured-exercise")
    assert exercise["state"] == "advised" and not exercise["provisional"]
    assert exercise.keys() >= {
        "direction", "step", "urgency", "title", "patient_text", "clinician_text", "reason", "evidence", "needs",
        "changes_if",
    }  # fmt: skip
    assert {row["for"] for row in exercise["evidence"]} == {True, False}
    assert data["next_review"]["on"] == "2027-01-02"
    assert data["versions"].keys() == {"software", "knowledge", "fingerprint", "judged_on"}


def test_the_same_input_day_and_version_give_the_same_bytes(spinesteps, person):
    path = person(WALKER)
    first = spinesteps("assess", "--facts", path, "--on", DAY, "--json").out
    again = subprocess.run(
        [sys.executable, "-m", "spinesteps", "assess", "--facts", path, "--on", DAY, "--json"],
        capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert first == again.stdout


def test_single_findings_shift_the_odds_only_where_known(spinesteps, person):
    facts = {"age": 50, "pain_free_seated": True, "leg_pain_side": "not_sure"}
    rows = assess(spinesteps, person, facts)["condition"]["likelihoods"]
    assert [(row["finding"], row["present"], row["ratio"], row["interval"]) for row in rows] == [
        ("age above the line", False, 0.34, [0.19, 0.61]),
        ("no pain when seated", True, 7.4, [1.9, 30]),
    ]


def test_order_of_keys_changes_nothing(spinesteps, person):
    facts = WALKER | CALM
    backwards = dict(reversed(facts.items()))
    assert assess(spinesteps, person, facts) == assess(spinesteps, person, backwards)


def test_unasked_danger_is_open_first_asked_and_makes_advice_provisional(spinesteps, person):
    data = assess(spinesteps, person, WALKER)
    assert set(data["emergency_open"]) >= EMERGENCY
    assert {q["fact"] for q in data["questions"][: len(EMERGENCY)]} == EMERGENCY
    assert data["card"]["level"] == "not_checked"
    assert all(row["provisional"] == (row["direction"] in ("do", "consider")) for row in data["advice"])


@pytest.mark.parametrize("fact", sorted(EMERGENCY))
@pytest.mark.parametrize("silence", ["not_sure", "declined"])
def test_unsure_on_an_emergency_question_is_at_least_today(spinesteps, person, fact, silence):
    data = assess(spinesteps, person, CALM | {fact: silence})
    assert data["urgency"] in ("today", "emergency")
    assert fact not in data["emergency_open"]


def test_danger_first(spinesteps, person):
    data = assess(spinesteps, person, WALKER | CALM | {"saddle_numbness": True})
    assert (data["urgency"], data["step"]) == ("emergency", "safety")
    assert set(data["urgency_reasons"]) == {"RF-01a"}
    exercise = advice(data, "structured-exercise")
    assert (exercise["state"], exercise["because"]) == ("not_advised", "danger_first")
    assert exercise["reason"]["answer"] == "yes", "the finding stays readable"
    assert advice(data, "get-emergency-help")["state"] == "advised"
    assert data["next_review"]["on"] == DAY


def test_a_line_of_jsonl_is_the_decision_form(spinesteps, tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text("\n".join([json.dumps(WALKER), '{"age": "71"}', "", json.dumps(CALM), "{"]))
    done = spinesteps("assess", "--facts", str(path), "--json", "--on", DAY)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 2
    assert [line.get("line") for line in lines] == [None, 2, None, 5]
    left_out = {"reason", "title", "patient_text", "clinician_text", "evidence", "changes_if"}
    assert all(left_out.isdisjoint(finding) for finding in lines[0]["advice"])
    assert lines[1]["faults"][0]["place"] == "age"
    with_reasons = spinesteps("assess", "--facts", str(path), "--json", "--on", DAY, "--reasons")
    assert json.loads(with_reasons.out.splitlines()[0])["advice"][0].keys() >= left_out


def test_alone_and_in_a_file_alike(spinesteps, person, tmp_path):
    alone = assess(spinesteps, person, WALKER | CALM)
    path = tmp_path / "people.jsonl"
    path.write_text(json.dumps(WALKER | CALM) + "\n")
    line = spinesteps("assess", "--facts", str(path), "--json", "--on", DAY).json()
    for key in ("urgency", "urgency_reasons", "emergency_open", "step", "step_open", "next_review", "versions"):
        assert alone[key] == line[key]
    assert [(a["id"], a["state"]) for a in alone["advice"]] == [(a["id"], a["state"]) for a in line["advice"]]


def test_a_failure_inside_is_never_an_all_clear(spinesteps, person, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("a secret answer")

    monkeypatch.setattr("spinesteps.person.assess.decide", broken)
    done = spinesteps("assess", "--facts", person(WALKER), "--json")
    assert done.code == 3
    data = done.json()
    assert data["urgency"] is None and data["error"] == "could_not_check"
    assert data["text"] == PATHWAY.wording.urgency["could_not_check"]["text"]
    assert "secret" not in done.out + done.err
    words = spinesteps("assess", "--facts", person(WALKER))
    assert words.code == 3 and words.out.startswith("We could not check. If")


@pytest.mark.parametrize("broken", ["spinesteps.person.assess.unchecked", "spinesteps.cli.inputs.spine"])
def test_a_failure_of_the_words_too_still_says_so(spinesteps, person, monkeypatch, broken):
    def fails(*_: object) -> None:
        raise RuntimeError("a secret answer")

    path = person(WALKER)
    monkeypatch.setattr("spinesteps.person.assess.decide", fails)
    monkeypatch.setattr(broken, fails)
    done = spinesteps("assess", "--facts", path, "--json")
    assert done.code == 3 and done.json()["text"] == COULD_NOT_CHECK[1] and "secret" not in done.out


def test_words_that_cannot_be_read_have_a_constant_in_their_place(tmp_path):
    assert unchecked(replace(PATHWAY, folder=tmp_path)) == COULD_NOT_CHECK
    assert unchecked(PATHWAY)[1] != COULD_NOT_CHECK[1]


def test_words_say_danger_first_and_draft(spinesteps, person):
    words = spinesteps("assess", "--facts", person(WALKER | CALM | {"fever": True}), "--on", DAY, "--reasons").out
    assert words.splitlines()[0] == "Today"
    assert "Draft: no clinician has signed" in words and "cannot rule out" in words
    assert "\x1b[" not in words, "plain in a pipe"


def test_a_later_day_changes_only_the_day(spinesteps, person):
    path = person(WALKER | CHECKED)
    first = spinesteps("assess", "--facts", path, "--on", "2026-11-21", "--json").json()
    later = spinesteps("assess", "--facts", path, "--on", "2026-12-21", "--json").json()
    gap = date.fromisoformat(later["next_review"]["on"]) - date.fromisoformat(first["next_review"]["on"])
    assert gap == timedelta(days=30)
    assert first["versions"]["fingerprint"] == later["versions"]["fingerprint"]


def test_before_the_first_threshold_it_says_so(spinesteps, person):
    done = spinesteps("assess", "--facts", person(WALKER), "--on", "2001-01-01", "--json")
    assert done.code == 2 and done.out == ""
    assert "has no value on 2001-01-01" in done.err and "judge on a later day" in done.err


def test_questions_come_safety_first(spinesteps, person):
    data = spinesteps("questions", "--facts", person(WALKER), "--on", DAY, "--json").json()
    assert data[0]["fact"] == "urinary_difficulty"
    assert all(q["why"] and q["could_change"] for q in data)
    assert "cauda_equina_onset_days" not in {q["fact"] for q in data}, "a date is asked only after a yes"
    after = spinesteps("questions", "--facts", person(WALKER | CALM | {"saddle_numbness": True}), "--json").json()
    assert after[0]["fact"] == "cauda_equina_onset_days"


def test_not_sure_is_not_asked_again(spinesteps, person):
    data = spinesteps("questions", "--facts", person({"age": "not_sure", "fever": "declined"}), "--json").json()
    assert not {"age", "fever"} & {q["fact"] for q in data}


def test_explain_every_rule(spinesteps):
    ids = spinesteps("explain").out.split()
    assert {"RF-01a", "RF-12", "structured-exercise"} <= set(ids)
    for id_ in ids:
        text = spinesteps("explain", id_).out
        assert "draft" in text and "## Evidence for" in text and "## Evidence against" in text
    wrong = spinesteps("explain", "RF-01z")
    assert wrong.code == 2 and "Did you mean" in wrong.err


def test_facts_are_those_of_the_contract(spinesteps):
    rows = spinesteps("facts", "--json").json()
    names = {row["name"] for row in rows}
    assert len(rows) == len(names) >= 200
    assert all(row["question"] and row["label"] and row["asks"] in ("person", "clinician") for row in rows)


def test_contradiction_is_said(spinesteps, person):
    data = assess(spinesteps, person, CALM | {"diclofenac": True, "nsaid": False})
    assert [fault["place"] for fault in data["faults"]] == ["nsaid"]


def test_what_comes_first_is_for_now_while_not_checked(spinesteps, person):
    """Also advice that lets nobody do anything, such as to stop a medicine."""
    shop = {"nsaid": True, "two_nsaids": True}
    data = assess(spinesteps, person, WALKER | shop)
    first = data["plan"]["first"]
    assert "nsaid-stop" in first and data["status"] == "not_checked"
    assert all(advice(data, id_)["provisional"] for id_ in first)
    certain = assess(spinesteps, person, WALKER | shop | {"fever": True})
    assert certain["status"] == "checked" and certain["plan"]["first"][0] == "contact-clinician-today"
    assert not advice(certain, "nsaid-stop")["provisional"]
