"""The programme as data: read whole, every fault at once, plain words, and walking plans that keep their rules."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from spinesteps.errors import DeclarationError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.library import library_of
from spinesteps.library.programme import PARTS, TOPICS, read_programme, rounded, walking_plan
from spinesteps.quality.lint.words import misleading

SOURCES = frozenset(PATHWAY.evidence)
PROGRAMME = library_of(PATHWAY.as_of(date(2026, 11, 21))).programme
CASES = tomllib.loads((Path(__file__).parent / "walking_plans.toml").read_text("utf-8"))["plan"]


def test_every_topic_and_level_is_filled() -> None:
    assert {item.topic for item in PROGRAMME.items.values()} == set(TOPICS)
    assert [level.id for level in PROGRAMME.levels] == ["start", "build", "strong", "keep"]
    counts = [len(PROGRAMME.of("exercise", level.id)) for level in PROGRAMME.levels]
    assert counts == sorted(counts) and counts[0] >= 6 and counts[-1] >= 15
    with pytest.raises(DeclarationError, match="no level"):
        PROGRAMME.of("exercise", "elite")


def test_what_trials_did_is_kept_apart_from_design() -> None:
    bases = {(item.basis, item.dose_basis) for item in PROGRAMME.of("exercise")}
    assert {("trial", "trial"), ("trial", "design"), ("design", "design"), ("design", "trial")} <= bases
    for item in PROGRAMME.items.values():
        if "trial" in (item.basis, item.dose_basis):
            assert any(one.startswith(("T-", "R-", "N-")) for one in item.sources), item.id
    assert {name: PROGRAMME.walking[name].basis for name in ("goal", "moderate", "share", "growth")} == {
        "goal": "trial", "moderate": "trial", "share": "design", "growth": "design",
    }  # fmt: skip


def test_water_and_web_doses_are_no_trial_doses() -> None:
    assert PROGRAMME.items["water"].dose_basis == "design"
    assert PROGRAMME.items["seated-bend"].basis == "design"


def test_every_exercise_stops_for_new_weakness() -> None:
    assert all("stop-new-weakness" in item.stops for item in PROGRAMME.of("exercise"))
    assert all("stop-chest" in PROGRAMME.items[name].stops for name in ("bike", "treadmill", "water", "sit-to-stand"))
    assert all(item.support for item in PROGRAMME.of("exercise") if item.id in ("balance", "step-up", "sit-to-stand"))


@pytest.mark.parametrize("item", PROGRAMME.items.values(), ids=lambda item: item.id)
def test_words_are_plain_and_promise_nothing(item) -> None:
    parts = PARTS if item.topic == "exercise" else ("title", "how")
    text = " ".join(item.words[part] for part in parts if part != "title")
    assert textstat.flesch_kincaid_grade(text) <= 6, text
    for part in parts:
        assert not list(misleading(item.words[part], "patient")), item.words[part]


def test_levels_are_plain() -> None:
    for level in PROGRAMME.levels:
        assert textstat.flesch_kincaid_grade(" ".join(level.words.values())) <= 6


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["story"])
def test_plans_written_by_hand(case) -> None:
    plan = walking_plan(PROGRAMME, case["distance_m"], case.get("minutes"))
    if "bouts_m" not in case:
        assert plan is None
        return
    assert plan is not None
    assert [week.bout_m for week in plan.weeks] == case["bouts_m"]
    assert plan.goal_m == case["goal_m"]
    assert plan.weeks[0].minutes == case["first_minutes"]
    assert plan.weeks[-1].bouts == case.get("last_bouts", 3)


@given(st.floats(0, 50_000), st.none() | st.floats(0, 1440))
def test_a_plan_keeps_its_rules(distance: float, minutes: float | None) -> None:
    plan = walking_plan(PROGRAMME, distance, minutes)
    least = PROGRAMME.walking["least_m"].value
    assert (plan is None) == (distance < least)
    if plan is None:
        return
    numbers = {name: figure.value for name, figure in PROGRAMME.walking.items()}
    bouts = [week.bout_m for week in plan.weeks]
    assert len(bouts) == numbers["weeks"]
    assert bouts[0] <= distance * numbers["share"]
    assert bouts == sorted(bouts)
    for place, week in enumerate(plan.weeks):
        assert week.bout_m <= distance * numbers["share"] * (1 + numbers["growth"]) ** place + 1e-6
        assert week.bout_m <= plan.pace_m_minute * numbers["most_minutes"] * 1.01
        assert numbers["bouts"] <= week.bouts <= numbers["most_bouts"]
        assert week.total_m == week.bout_m * week.bouts
    assert plan.goal_m <= distance * (1 + numbers["goal"])


@given(st.floats(20, 50_000), st.floats(20, 50_000))
def test_who_walks_further_is_never_asked_for_less(one: float, other: float) -> None:
    near, far = sorted((one, other))
    for a, b in zip(walking_plan(PROGRAMME, near).weeks, walking_plan(PROGRAMME, far).weeks, strict=True):
        assert a.bout_m <= b.bout_m


@pytest.mark.parametrize("bad", [-1, float("nan"), float("inf"), True])
def test_no_plan_from_nonsense(bad: float) -> None:
    with pytest.raises(DeclarationError):
        walking_plan(PROGRAMME, bad)
    with pytest.raises(DeclarationError):
        walking_plan(PROGRAMME, 100, bad)


def test_rounding_can_be_paced_out() -> None:
    pairs = ((4, 5), (14, 10), (99.9, 95), (100, 100), (499, 490), (500, 500), (549, 500))
    assert [rounded(metres) for metres, _ in pairs] == [to for _, to in pairs]


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("exercises.toml", 'sources = ["T-PUA", "T-MIN", "T-GOR"]', 'sources = ["S003"]', "[bike]: It says trial"),
        ("exercises.toml", 'sources = ["T-AQUA", "S003"]', 'sources = ["T-X", "S003"]', 'no "T-X" in evidence'),
        ("exercises.toml", "dose = { minutes = 5,", "dose = { minutes = 50,", "minutes begins above its ceiling"),
        ("exercises.toml", "dose = { minutes = 5,", "dose = { hours = 5,", "dose [hours]: It is 'hours'"),
        ("exercises.toml", 'level = "strong"', 'level = "elite"', 'level: There is no "elite" in levels'),
        ("exercises.toml", 'level = "strong"\n', "", "]: An exercise lacks them. Expected a level, a dose and stop"),
        ("exercises.toml", '["stop-new-weakness", "stop-chest"]', '["stop-me"]', 'no "stop-me" in stop rules'),
        ("exercises.toml", "[water]", "[wetter]", "items [wetter] words: It is missing"),
        ("exercises.toml", "[water]", "[wetter]", "en/programme.toml [water]: It belongs to nothing"),
        ("exercises.toml", "[water]", "[level.x]\norder = 9\n[bike]\n[water]", "cannot be read"),
        ("living.toml", 'basis = "trial"', 'basis = "hope"', "basis: It is 'hope'. Expected one of trial, design"),
        ("living.toml", 'topic = "posture"', 'topic = "pose"', "topic: It is 'pose'"),
        ("levels.toml", "order = 1\n", "", "programme/levels.toml level [start] order: It is missing"),
        ("walking.toml", "value = 0.7", "value = 1.2", "Expected a share below 1"),
        ("walking.toml", "[walking.growth]", "[walking.greed]", "walking.toml walking: It is"),
        ("walking.toml", "[walking.", "[striding.", "programme/ [walking]: It is missing"),
        ("sheet.toml", 'topic = "exercise"', 'topic = "dance"', "part 1 topic: It is 'dance'"),
        ("sheet.toml", '"posture-squat"', '"posture-fly"', 'part 3 items 3: There is no "posture-fly" in items'),
        ("sheet.toml", 'advice = ["flare-plan"]', "advice = []", "part 5 advice: It is '[]'"),
        ("sheet.toml", 'topic = "exercise"\n', "", "part 1: It shows nothing, or two things"),
        ("sheet.toml", "weeks =", "months =", "sheet.toml person: It is"),
        ("walking.toml", "value = 6\n", "value = 0\n", "walking [weeks] value: It is '0'. Expected a number above 0"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found_with_all_others(tmp_path: Path, file: str, old: str, new: str, found: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(PATHWAY.folder / "programme", folder / "programme")
    shutil.copytree(PATHWAY.folder / "wording" / "en", folder / "wording" / "en")
    other = folder / "programme" / "follow_up.toml"
    other.write_text(other.read_text("utf-8").replace('topic = "contact"', 'topic = "call"', 1), "utf-8")
    path = folder / "programme" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, -1 if new.startswith("[striding") else 1), "utf-8")
    with pytest.raises(DeclarationError) as error:
        read_programme(folder, "en", SOURCES)
    assert found in str(error.value)
    if "cannot be read" not in found:
        assert "follow_up.toml items [contact-new] topic: It is 'call'" in str(error.value)


def test_every_item_stands_beside_some_advice_or_is_a_stop_rule() -> None:
    rules = {rule.id for rule in PATHWAY.rules}
    named = {id_ for part in PROGRAMME.parts for id_ in part.advice}
    assert named <= rules
    assert all(rule.delays for rule in PATHWAY.rules if rule.id in named), "nothing of it stands beside danger"
    shown = {item.id for rule in rules for item in PROGRAMME.beside(rule, "keep")}
    assert PROGRAMME.items.keys() - shown == {item.id for item in PROGRAMME.of("stop")}
    assert set(PROGRAMME.person.values()) <= PATHWAY.by_name.keys()


@pytest.mark.parametrize(
    ("weeks", "level"), [(0, "start"), (1.9, "start"), (2, "build"), (5, "strong"), (6, "keep"), (500, "keep")]
)
def test_the_level_follows_the_weeks_done(weeks: float, level: str) -> None:
    assert PROGRAMME.level_after(weeks).id == level


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("knee-to-chest", "10 times, hold 2 seconds, 7 days a week, later up to hold 30 seconds"),
        ("sit-to-stand", "one round, 8 times, 3 days a week, later up to 3 rounds, 10 times"),
        ("water", "10 minutes, one day a week, later up to 30 minutes, 2 days a week"),
        ("posture-sit", ""),
    ],
)
def test_how_much_is_said_in_words(item: str, words: str) -> None:
    assert PROGRAMME.dose(PROGRAMME.items[item]) == words


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(DeclarationError, match=r"xx/programme\.toml: There is no such file"):
        read_programme(PATHWAY.folder, "xx", SOURCES)


def test_what_a_helper_may_answer_is_what_can_be_seen() -> None:
    """Feelings, wishes, mood and self-harm are for the person alone."""
    never = (
        "self_harm_thoughts", "self_harm_plan", "fear_of_movement", "distress_high", "phq2", "gad2", "pgic",
        "surgery_declined", "wants_surgery_opinion", "esi_relief_percent",
    )  # fmt: skip
    seen = ("falls_12_months", "walking_distance_m", "nsaid", "surgery_days_ago", "urinary_difficulty", "age")
    words = PATHWAY.wording.facts
    assert [name for name in never if words[name]["helper"]] == []
    assert [name for name in seen if not words[name]["helper"]] == []
