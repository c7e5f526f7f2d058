"""Lint of words, examples and facts: what is planted is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import textstat

from spinesteps.knowledge import facts as f
from spinesteps.logic.facts import Number, YesNo
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.lint_words import (
    endless_ranges,
    grade,
    hard_words,
    not_shown,
    old_words,
    syllables,
    unused_facts,
    write_seen,
)
from spinesteps.pathway.rules import Rule
from tests.knowledge.judged import EXAMPLES, SPINE

HARD = "Individuals experiencing neurogenic intermittent claudication necessitate multidisciplinary rehabilitation."


def with_rule(**more):
    given = {"id": "planted", "direction": "do", "step": "s", "evidence": (For("G-CES"), Against("DESIGN")), **more}
    return replace(SPINE, rules=(*SPINE.rules, Rule(**given)))


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
    assert grade("Do you take gabapentin or pregabalin?", names=2) < 6


def test_hard_words_are_found() -> None:
    wording = SPINE.wording
    harder = {**wording.advice, "stay-active": {**wording.advice["stay-active"], "patient": HARD}}
    pathway = replace(SPINE)
    pathway.__dict__["wording"] = replace(wording, advice=harder)
    assert "stay-active" in [fault.place for fault in hard_words(pathway)]
    assert "stay-active" not in [fault.place for fault in hard_words(SPINE)]


def test_words_older_than_their_rule_are_found(tmp_path: Path) -> None:
    seen = tmp_path / "seen.toml"
    assert {"RF-01a", "stay-active"} <= {fault.place for fault in old_words(SPINE, seen)}
    write_seen(SPINE, seen)
    assert list(old_words(SPINE, seen)) == []
    lower = replace(SPINE.red_flags[0], emergency=None, two_weeks=SPINE.red_flags[0].emergency)
    changed = replace(SPINE, red_flags=(lower, *SPINE.red_flags[1:]))
    assert [(x.place, x.wrong) for x in old_words(changed, seen)] == [
        (lower.id, "The rule has changed since its words were written.")
    ]
    assert [fault.wrong for fault in old_words(with_rule(when=f.fever), seen)] == ["Its words are new."]
    assert [fault.place for fault in old_words(replace(SPINE, rules=SPINE.rules[1:]), seen)] == [SPINE.rules[0].id]


def test_a_rule_that_no_example_shows_is_found() -> None:
    assert list(not_shown(SPINE, EXAMPLES)) == []
    found = {(fault.place, fault.wrong) for fault in not_shown(with_rule(when=f.hba1c > 19.5), EXAMPLES)}
    assert found == {("planted", "No example shows it as yes."), ("planted", "No example shows it as no.")}


def test_unused_facts_are_told() -> None:
    lonely = YesNo("lonely")
    assert "lonely" in unused_facts(replace(SPINE, facts=(*SPINE.facts, lonely)))
    assert "lonely" not in unused_facts(replace(SPINE, facts=(*SPINE.facts, lonely)), {"lonely"})
    assert not {"fever", "spine_procedure_days", "esi_days_ago", "shopping_cart_sign"} & set(unused_facts(SPINE))


def test_endless_ranges_are_found() -> None:
    assert list(endless_ranges(SPINE)) == []
    assert len(list(endless_ranges(replace(SPINE, facts=(*SPINE.facts, Number("endless")))))) == 1
