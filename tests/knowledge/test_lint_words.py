"""Lint of words: what is missing, hard to read, promising or older than its rule is found."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import textstat

from spinesteps.errors import ScopeError
from spinesteps.knowledge.code_tables import codes
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.spine import PATHWAY as UNDATED
from spinesteps.logic.facts import YesNo
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import Rule
from spinesteps.quality.lint.check import check
from spinesteps.quality.lint.suppressions import Reviewed, read_reviewed
from spinesteps.quality.lint.use import unused_facts
from spinesteps.quality.lint.wording_review import note_read, old_words, review_file
from spinesteps.quality.lint.words import (
    EVERYBODY,
    grade,
    hard_words,
    misleading,
    missing_words,
    patient_texts,
    promises,
    syllables,
)
from tests.knowledge.judged import SPINE

HARD = "Individuals experiencing neurogenic intermittent claudication necessitate multidisciplinary rehabilitation."
REVIEWED = read_reviewed(SPINE.folder / "lint.toml")


def with_rule(**more):
    given = {"id": "planted", "direction": "do", "step": "s", "evidence": (For("G-CES"), Against("DESIGN")), **more}
    return replace(SPINE, rules=(*SPINE.rules, Rule(**given)))


def saying(kind: str, name: str, **words: str) -> Pathway:
    """The pathway with other words for one thing; an empty one is left out."""
    wording = SPINE.wording
    row = {key: text for key, text in {**getattr(wording, kind)[name], **words}.items() if text}
    pathway = replace(SPINE)
    pathway.__dict__["wording"] = replace(wording, **{kind: {**getattr(wording, kind), name: row}})
    return pathway


def places(faults: Iterator[object]) -> list[str]:
    return [fault.place for fault in faults]


# --- missing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("facts", "fever", "question"), ("facts", "fever", "label"), ("red_flags", "RF-01a", "title"),
        ("red_flags", "RF-01a", "patient"), ("advice", "stay-active", "clinician"), ("urgency", "today", "text"),
    ],
)  # fmt: skip
def test_words_that_lack_a_part_are_found(kind: str, name: str, key: str) -> None:
    before = places(missing_words(SPINE, REVIEWED))
    assert name not in before
    assert name in places(missing_words(saying(kind, name, **{key: ""}), REVIEWED))


def test_an_outcome_without_words_is_found() -> None:
    conditions = dict(SPINE.wording.conditions)
    conditions["steps"] = {name: row for name, row in conditions["steps"].items() if name != "safety"}
    pathway = replace(SPINE)
    pathway.__dict__["wording"] = replace(SPINE.wording, conditions=conditions)
    assert "safety" in places(missing_words(pathway, REVIEWED))


# --- hard to read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "count"),
    [("walk", 1), ("walked", 1), ("needed", 2), ("doctor", 2), ("surgery", 3), ("table", 2), ("horses", 2), ("MRI", 3)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_estimate_is_near_the_common_one() -> None:
    texts = [row["patient"] for row in (*SPINE.wording.advice.values(), *SPINE.wording.red_flags.values())]
    off = [grade(text) - textstat.flesch_kincaid_grade(text) for text in texts]
    assert abs(sum(off) / len(off)) < 1.5
    assert grade(HARD) > 12 > 4 > grade("Sit down. Rest a bit. Then walk on.")


def test_words_that_cannot_be_avoided_count_little() -> None:
    question = "Do you take gabapentin or pregabalin?"
    assert grade(question) > 6 > grade(question, {"gabapentin", "pregabalin"})


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("advice", "stay-active", {"patient": HARD}),
        ("red_flags", "RF-01a", {"patient": HARD}),
        ("urgency", "today", {"text": HARD}),
        ("facts", "back_pain", {"question": HARD}),
        ("facts", "fever", {"question": "Do you have a fever, which may have begun in the last few days, or shivers?"}),
        ("facts", "fever", {"hint": "This may include an elevated temperature, shivering or perspiration."}),
    ],
)
def test_hard_words_are_found(kind: str, name: str, words: dict[str, str]) -> None:
    assert name not in places(hard_words(SPINE, REVIEWED))
    assert name in places(hard_words(saying(kind, name, **words), REVIEWED))


def test_a_question_about_danger_has_to_be_plainer() -> None:
    middling = "Has your doctor given you steroid pills or shots for more than a few months?"
    assert 4 < grade(middling, REVIEWED["unavoidable_word"]) <= 6
    assert "fever" in places(hard_words(saying("facts", "fever", question=middling, hint=""), REVIEWED))
    assert "back_pain" not in places(hard_words(saying("facts", "back_pain", question=middling, hint=""), REVIEWED))


def test_without_the_reviewed_list_names_of_medicines_are_hard() -> None:
    assert len(list(hard_words(SPINE, Reviewed()))) > len(list(hard_words(SPINE, REVIEWED)))


# --- promises --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "You will be cured.", "Surgery cures this.", "This heals your back.", "We guarantee it.", "It works 100 %.",
        "The injection will help you.", "You are safe.", "This is completely safe.", "All clear.",
        "A serious cause is ruled out.", "Cancer has been ruled out.", "We can rule out a break.",
        "You do not have cancer.", "There is nothing to worry about.", "Do not worry.", "It helps 1 in 5 people.",
        "One in ten gets worse.", "You are twice as likely to fall.", "It halves your risk.",
        "Falls are 30 % more common, so 30 % more people fall.", "The risk goes up by a third.", "It is half the risk.",
    ],
)  # fmt: skip
def test_promises_and_lone_numbers_are_found(text: str) -> None:
    assert list(misleading(text)), text
    assert "stay-active" in places(promises(saying("advice", "stay-active", patient=f"Walk. {text}")))


@pytest.mark.parametrize(
    "text",
    [
        "These questions cannot rule out a serious cause.", "Do not take this page as a sign that you are safe.",
        "Go where you are safe.", "Twice as many fell: 20 out of 1,000 and not 10.", "Do not stop suddenly.",
        "Of 100 people about 20 get worse.", "Rest for half the day.",
    ],
)  # fmt: skip
def test_what_may_be_said_is_let_stand(text: str) -> None:
    assert list(misleading(text)) == []


def test_clinicians_may_read_more_than_patients_but_never_that_a_cause_is_ruled_out() -> None:
    assert list(misleading("Reoperation twice as frequent; rule out peripheral disease.", EVERYBODY)) == []
    spoiled = saying("advice", "stay-active", clinician="Malignancy is ruled out by a normal CRP.")
    assert "stay-active" in places(promises(spoiled))


def test_every_text_of_patients_is_looked_at() -> None:
    seen = {place.split(".")[0] for place, _ in patient_texts(SPINE)}
    assert {"facts", "red_flags", "advice", "urgency", "condition", "other_causes", "steps"} <= seen


# --- words older than their rule -------------------------------------------------------------------------------------


def test_words_older_than_their_rule_are_found(tmp_path: Path) -> None:
    seen = tmp_path / "seen.toml"
    assert {"RF-01a", "stay-active"} <= {fault.place for fault in old_words(SPINE, seen)}
    note_read(SPINE, seen, ["all"])
    assert list(old_words(SPINE, seen)) == []
    lower = replace(SPINE.red_flags[0], emergency=None, two_weeks=SPINE.red_flags[0].emergency)
    changed = replace(SPINE, red_flags=(lower, *SPINE.red_flags[1:]))
    assert [(x.place, x.wrong) for x in old_words(changed, seen)] == [
        (lower.id, "The rule has changed since its words were read.")
    ]
    assert [fault.wrong for fault in old_words(with_rule(when=f.fever), seen)] == ["Its words are new."]
    assert [fault.place for fault in old_words(replace(SPINE, rules=SPINE.rules[1:]), seen)] == [SPINE.rules[0].id]


def test_only_what_was_read_is_noted(tmp_path: Path) -> None:
    seen = tmp_path / "seen.toml"
    note_read(SPINE, seen, ["all"])
    first, second, *rest = SPINE.red_flags
    changed = replace(SPINE, red_flags=(
        replace(first, emergency=None, two_weeks=first.emergency), replace(second, emergency=second.today), *rest,
    ), rules=SPINE.rules[1:])  # fmt: skip
    assert note_read(changed, seen, [first.id]) == [first.id]
    assert {fault.place for fault in old_words(changed, seen)} == {second.id, SPINE.rules[0].id}
    assert note_read(changed, seen, ["all"]) == [second.id, SPINE.rules[0].id]
    assert list(old_words(changed, seen)) == []
    assert SPINE.rules[0].id not in tomllib.loads(seen.read_text("utf-8"))["advice"]
    with pytest.raises(ScopeError, match="RF-1a"):
        note_read(changed, seen, ["RF-1a"])


def test_a_threshold_that_changes_makes_the_words_old(tmp_path: Path) -> None:
    """The words may name the number."""
    seen = tmp_path / "seen.toml"
    note_read(with_rule(when=f.age > 60), seen, ["all"])
    assert places(old_words(with_rule(when=f.age > 61), seen)) == ["planted"]


def test_the_file_that_is_shipped_is_the_one_that_is_looked_at() -> None:
    assert review_file(SPINE).name == "review_en.toml"
    assert review_file(SPINE).exists()


# --- facts -----------------------------------------------------------------------------------------------------------


def test_unused_facts_are_told() -> None:
    lonely = YesNo("lonely")
    assert "lonely" in unused_facts(replace(SPINE, facts=(*SPINE.facts, lonely)))
    assert not {"fever", "spine_procedure_days", "esi_days_ago", "shopping_cart_sign"} & set(unused_facts(SPINE))


def test_every_language_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SPINE.folder, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "examples"))
    shutil.copytree(folder / "wording" / "en", folder / "wording" / "xx")
    for name in ("answers", "choices"):
        shutil.copytree(folder / name / "en", folder / name / "xx")
    words = folder / "wording" / "xx" / "advice.toml"
    words.write_text(words.read_text("utf-8").replace("[stay-active]", "[stay-aktive]"), "utf-8")
    found = check(replace(UNDATED, folder=folder), date(2026, 11, 21), FROM_RECORD, codes())
    told = [one.wrong for one in found if one.place == "stay-active"]
    assert {"This rule has no words in xx.", "Its words are new."} <= set(told)
    assert any("lint --read RF-01a --language xx" in one.todo for one in found)
