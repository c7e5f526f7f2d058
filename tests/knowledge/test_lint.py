"""Lint finds what is planted, lists all faults at once, and finds nothing in the pathway as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spinesteps.errors import DeclarationError, NoValueError
from spinesteps.knowledge import facts as f
from spinesteps.knowledge.limits import HERE
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.facts import Number, YesNo
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.lint import check
from spinesteps.pathway.rules import Ranking, RedFlag, Rule

DAY = date(2026, 11, 21)
BOTH = (For("G-CES"), Against("DIONNE19"))


def lint(pathway, day=DAY):
    return [f"{fault.place}: {fault.wrong}" for fault in check(pathway, day, HERE / "examples")]


def rule(**more):
    plain = {"id": "stay-active", "direction": "do", "step": "self_management", "when": f.fever, "evidence": BOTH}
    return Rule(**plain | more)


def test_the_pathway_as_it_stands_has_no_fault():
    assert lint(PATHWAY) == []


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        ("fact without words", {"facts": (*PATHWAY.facts, YesNo("wordless"))}, "wordless: This fact has no words"),
        ("rule without words", {"rules": (*PATHWAY.rules, rule(id="no-words"))}, "no-words: This rule has no words"),
        ("unknown source", {"rules": (*PATHWAY.rules, rule(evidence=(*BOTH, For("X99"))))}, 'no source "X99"'),
        ("unknown conflict", {"rules": (*PATHWAY.rules, rule(conflicts=("C-99",)))}, 'no conflict "C-99"'),
        ("unranked opposites", {"rankings": PATHWAY.rankings[1:]}, "neither is ranked"),
        ("ranking of nobody", {"rankings": (*PATHWAY.rankings, Ranking("a", "b", "C-01"))}, "unknown rule or conflict"),
        ("out of range", {"rules": (*PATHWAY.rules, rule(when=f.age > 121))}, "outside its range"),
        ("unlisted fact", {"rules": (*PATHWAY.rules, rule(when=Number("age", unit="years") > 3))}, "does not list"),
        (
            "fires on unverified sources only",
            {"red_flags": (*PATHWAY.red_flags, RedFlag(
                id="RF-12", topic="t", emergency=f.fever, evidence=(For("GENEVAY18"), Against("DESIGN"))))},
            "fires on unverified sources only",
        ),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(name, change, found):
    assert any(found in line for line in lint(replace(PATHWAY, **change))), name


def test_the_day_to_look_again_passes():
    assert any("look again has passed" in line for line in lint(PATHWAY, date(2040, 1, 1)))


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
