"""Lint finds what is planted, lists all faults at once, and finds nothing in the pathway as it stands."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from spinesteps.errors import DeclarationError, NoValueError
from spinesteps.knowledge.code_tables import codes
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.facts import Choice, Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.sources import FromRecord
from spinesteps.logic.history.summaries import Exists
from spinesteps.logic.thresholds import Dated, Threshold, Thresholds
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Ranking, RedFlag, Rule
from spinesteps.quality.lint.check import check

DAY = date(2026, 11, 21)
BOTH = (For("G-CES"), Against("DIONNE19"))
ADULT = PATHWAY.limits.adult_years


def lint(pathway=PATHWAY, day=DAY, read=FROM_RECORD):
    return [f"{fault.place}: {fault.wrong}" for fault in check(pathway, day, read, codes())]


@cache
def standing():
    """What the pathway as it stands is told."""
    return frozenset(lint())


def planted(pathway=PATHWAY, read=FROM_RECORD):
    """What is told of a changed pathway, and not of the one that stands."""
    return [line for line in lint(pathway, read=read) if line not in standing()]


def rule(**more):
    plain = {"id": "stay-active", "direction": "do", "step": "self_management", "when": f.fever, "evidence": BOTH}
    return Rule(**plain | more)


def with_rule(**more):
    return {"rules": (*PATHWAY.rules, rule(**more))}


def limits(**more):
    """The thresholds, some of them changed or added."""
    return {"limits": Thresholds(MappingProxyType({**PATHWAY.limits.by_name, **more}))}


def flag(**more):
    plain = {"id": "RF-12", "topic": "t", "emergency": f.fever, "evidence": (For("GENEVAY18"), Against("DESIGN"))}
    return {"red_flags": (*PATHWAY.red_flags, RedFlag(**plain | more))}


def test_the_pathway_as_it_stands_has_no_fault():
    assert lint() == []


PLANTED = [
    ("fact without words", {"facts": (*PATHWAY.facts, YesNo("wordless"))}, "wordless: This fact has no words"),
    ("unused fact", {"facts": (*PATHWAY.facts, YesNo("lonely"))}, "lonely: No rule looks at this fact"),
    ("unused threshold", limits(lonely=replace(ADULT, name="lonely")), "lonely: No rule uses this threshold"),
    ("number in the name of a threshold", limits(of_30=replace(ADULT, name="of_30")), "of_30: The name carries a"),
    ("number in the name of a fact", {"facts": (*PATHWAY.facts, YesNo("ill_7_days"))}, "ill_7_days: The name carries"),
    ("number in the name of a rule", with_rule(id="walk-300"), "walk-300: The name carries a number"),
    ("threshold of an unknown source",
     limits(adult_years=replace(ADULT, values=(Dated(date(2020, 1, 1), 18, "X99"),))), 'adult_years: There is no sou'),
    ("threshold to look at again", limits(adult_years=replace(ADULT, review_by=date(2026, 1, 1))), "adult_years: The"),
    ("number without end", {"facts": (*PATHWAY.facts, Number("endless"))}, "endless: The number has no upper end"),
    ("choice of anything", {"facts": (*PATHWAY.facts, Choice("vague"))}, "vague: It takes any text at all"),
    ("choice without words", {"facts": (*PATHWAY.facts, Choice("hue", options=("red",)))}, "hue: These choices"),
    ("rule without words", with_rule(id="no-words"), "no-words: This rule has no words"),
    ("unknown source", with_rule(evidence=(*BOTH, For("X99"))), 'no source "X99"'),
    ("unknown conflict", with_rule(conflicts=("C-99",)), 'no conflict "C-99"'),
    ("unranked opposites", {"rankings": PATHWAY.rankings[1:]}, "neither is ranked"),
    ("ranking of nobody", {"rankings": (*PATHWAY.rankings, Ranking("a", "b", "C-01"))}, "unknown rule or conflict"),
    ("urgent opinion of nobody", {"urgent_opinion": "ask-a-friend"}, "ask-a-friend: It is the urgent opinion"),
    ("programme beside no advice", {"rules": tuple(one for one in PATHWAY.rules if one.id != "flare-plan")},
     'programme/sheet.toml: There is no advice "flare-plan"'),
    ("programme set by no fact", {"facts": tuple(fact for fact in PATHWAY.facts if fact.name != "walking_minutes")},
     'programme/sheet.toml: There is no fact "walking_minutes"'),
    ("urgent and silent", with_rule(urgency="today"), "danger would silence it"),
    ("out of range", with_rule(when=f.age > 121), "outside its range"),
    ("out of range in days to come", with_rule(when=f.age > Threshold(
        "later", "years", "", (Dated(date(2020, 1, 1), 60, "DESIGN"), Dated(date(2030, 1, 1), 130, "DESIGN")),
        date(2030, 1, 1))), "outside its range"),
    ("unlisted fact", with_rule(when=Number("age", unit="years") > 3), "does not list"),
    ("fires on unverified sources only", flag(), "fires on unverified sources only"),
    ("rule that no example shows", with_rule(id="rare", when=f.hba1c > 19.5), "rare: No example shows it as yes"),
    ("flag that no example shows", flag(id="RF-99", emergency=f.hba1c > 19.5), "RF-99: No example shows it as yes"),
    ("rule newer than its words", with_rule(id="rare"), "rare: Its words are new"),
    ("rule that changed", {"rules": (replace(PATHWAY.rules[0], delays=not PATHWAY.rules[0].delays),
                                     *PATHWAY.rules[1:])}, "The rule has changed since its words were read"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "found"), PLANTED, ids=[name for name, _, _ in PLANTED])
def test_a_planted_fault_is_found(name, change, found):
    assert any(found in line for line in planted(replace(PATHWAY, **change))), name


def test_all_faults_are_listed_at_once_each_with_what_to_do():
    pathway = replace(PATHWAY, **flag(), **with_rule(id="no-words", conflicts=("C-99",)), rankings=PATHWAY.rankings[1:])
    faults = check(pathway, DAY, FROM_RECORD, codes())
    assert len({fault.wrong for fault in faults}) >= 5
    assert all(fault.place and fault.wrong and fault.todo for fault in faults)


def test_a_fact_read_by_a_concept_without_a_code_is_found():
    read = (*FROM_RECORD, FromRecord(f.fever, Exists(Where("condition", ("uncoded",)))))
    assert planted(read=read) == ['fever: No code stands for "uncoded".']
    read = (FromRecord(YesNo("stray"), Exists(Where("condition", ("osteoporosis",)))),)
    assert planted(read=read) == ["stray: Records are read for it, and it is no fact."]


def test_the_day_to_look_again_passes():
    late = lint(day=date(2040, 1, 1))
    assert {"lint.toml: The day to look again has passed.", "G-CES: The day to look again has passed."} <= set(late)


def test_a_day_before_the_first_number_is_a_fault_and_the_rest_is_still_told():
    early = lint(replace(PATHWAY, rankings=PATHWAY.rankings[1:]), date(2001, 1, 1))
    assert any(line.startswith("thresholds.toml: ") and "no value on 2001-01-01" in line for line in early)
    assert any("neither is ranked" in line for line in early)


# --- the data files and the command ----------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The data files of the pathway, to be spoiled."""
    shutil.copytree(PATHWAY.folder, tmp_path / "knowledge", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "knowledge"


def test_a_programme_that_cannot_be_read_is_told_line_by_line(copied: Path):
    (copied / "programme" / "spoiled.toml").write_text('[jump]\ntopic = "exercise"\nbasis = "hope"\n', "utf-8")
    found = [line for line in planted(replace(PATHWAY, folder=copied)) if line.startswith("programme/")]
    assert set(found) >= {
        "programme/spoiled.toml items [jump] basis: It is 'hope'.",
        "programme/spoiled.toml items [jump] words: It is missing.",
    }


def test_an_example_with_an_unknown_fact_is_told_and_the_others_are_still_judged(copied: Path):
    (copied / "examples" / "spoiled.toml").write_text(
        '[[patient]]\nid = "p"\nstory = "s"\nsource = "x"\nfacts = { agee = 70, age = "old" }\nexpect = {}\n', "utf-8"
    )
    found = planted(replace(PATHWAY, folder=copied))
    assert found == ["spoiled.toml: p: no fact agee", f"spoiled.toml: p: age takes {f.age.expected()}"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[[name_with_a_number]]\nreason = "no"\nnames = ["hba1c"]\n', '"hba1c" stands without a reason'),
        ('[[name_with_a_number]]\nreason = "it is there by mistake"\nnames = ["walk-30"]\n', "there is no such name"),
        ('[[fact_without_a_rule]]\nreason = "it is there by mistake"\nnames = ["x"]\n', "there is no such fact"),
        ("review_by = 2020-01-01\n", "The day to look again has passed"),
        ('[[fact_without_a_rule]]\nreason = "it is there by mistake"\nnames = ["fever"]\n', "says that no rule looks"),
    ],
)
def test_the_reviewed_lists_are_looked_at_too(copied: Path, text: str, found: str):
    (copied / "lint.toml").write_text(text, "utf-8")
    assert any(found in line for line in planted(replace(PATHWAY, folder=copied)))


@pytest.mark.parametrize("kind", ["fact_awaiting_its_rule", "fact_without_a_rule"])
def test_a_fact_on_a_reviewed_list_may_be_without_a_rule(copied: Path, kind: str):
    lonely = replace(PATHWAY, folder=copied, facts=(*PATHWAY.facts, YesNo("lonely")))
    told = "lonely: No rule looks at this fact."
    assert told in lint(lonely)
    with (copied / "lint.toml").open("a", encoding="utf-8") as lines:
        lines.write(f'[[{kind}]]\nreason = "a later rule will look at it"\nnames = ["lonely"]\n')
    assert told not in lint(lonely)


def test_an_unknown_list_is_refused(copied: Path):
    (copied / "lint.toml").write_text("[[fine_as_it_is]]\nreason = 'x'\nnames = ['fever']\n", "utf-8")
    with pytest.raises(DeclarationError, match="fine_as_it_is"):
        lint(replace(PATHWAY, folder=copied))


def test_the_command_lists_them_as_json():
    command = [sys.executable, "-m", "spinesteps", "lint", "--on", "2040-01-01", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    faults = json.loads(done.stdout)
    assert {"place", "level", "wrong", "expected", "todo"} == set(faults[0])
    assert "lint.toml" in {fault["place"] for fault in faults}


# --- what cannot even be declared ------------------------------------------------------------------------------------


def test_evidence_for_and_against_or_no_rule():
    with pytest.raises(DeclarationError, match="for and against"):
        rule(evidence=(For("G-CES"),))
    with pytest.raises(DeclarationError, match="for and against"):
        rule(evidence=())


def test_no_value_on_the_day_is_never_the_first_or_last_one():
    with pytest.raises(NoValueError, match="no value on 2001-01-01"):
        PATHWAY.as_of(date(2001, 1, 1))


def test_the_fingerprint_follows_what_decides_and_nothing_else():
    today = PATHWAY.as_of(DAY)
    assert today.fingerprint == PATHWAY.as_of(date(2026, 12, 1)).fingerprint
    fewer = replace(PATHWAY, red_flags=PATHWAY.red_flags[1:])
    assert fewer.as_of(DAY).fingerprint != today.fingerprint
    lower = replace(PATHWAY.red_flags[0], emergency=None, two_weeks=PATHWAY.red_flags[0].emergency)
    assert replace(PATHWAY, red_flags=(lower, *PATHWAY.red_flags[1:])).as_of(DAY).fingerprint != today.fingerprint


def test_a_condition_is_not_true_or_false_before_somebody_is_judged():
    for misuse in (lambda: bool(f.fever), lambda: f.fever and f.dialysis, lambda: 3 < f.age < 5, lambda: not f.fever):
        with pytest.raises(TypeError, match="Use & for and"):
            misuse()
