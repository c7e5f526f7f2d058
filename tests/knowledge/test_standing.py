"""What is advised is defined once (pathway/outcomes.py): its meaning as a table, and every engine reads it alike.

Flags and rules are switched off one after another: a flag that is off raises nothing and still holds back.
"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import product

import pytest

from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Silence, YesNo
from spinesteps.pathway.outcomes import Parts, outcomes, stand
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import NEVER, Ranking
from spinesteps.person.decision import decide
from spinesteps.quality.example_matrix import ExampleMatrix
from spinesteps.quality.switch import switched_off
from tests.knowledge.judged import EXAMPLES, SPINE, Judged, by_judge

EVERY = 1 if os.environ.get("SPINESTEPS_RANDOM") == "nightly" else 12
BLOCKED, CRITERIA, WEAKER, WHO = (YesNo(name) for name in ("blocked", "criteria", "weaker", "who"))
FIRST, SECOND = SPINE.rules[:2]

# blocked, criteria, weaker ground, whom it concerns -> how the rule stands
TABLE = [
    (True, True, True, True, "danger_first"),
    (True, None, False, True, "danger_first"),
    (True, False, False, False, "danger_first"),
    (False, True, False, True, "advised"),
    (False, True, True, True, "advised"),
    (False, None, True, True, "considered"),
    (False, False, True, True, "considered"),
    (False, None, False, True, "needs_answer"),
    (False, None, False, None, "needs_answer"),
    (False, False, False, False, "does_not_concern"),
    (False, False, False, True, "not_advised"),
    (False, False, False, None, "not_advised"),
]


def parts(rule):
    """The same parts for every rule."""
    return Parts(*(fact.condition() for fact in (BLOCKED, CRITERIA, WEAKER, WHO)))


@pytest.mark.parametrize(("blocked", "criteria", "weaker", "who", "wanted"), TABLE)
def test_how_a_rule_stands(blocked, criteria, weaker, who, wanted):
    said = {"blocked": blocked, "criteria": criteria, "weaker": weaker, "who": who}
    answers = {name: Silence.NOT_ASKED if answer is None else answer for name, answer in said.items()}
    its = stand([FIRST], (), parts)[FIRST.id]
    assert Judged(answers).choose(its.outcome)[0] == wanted
    state = its.meanings[wanted].state
    assert Judged(answers).choose(its.state)[0] == state
    assert Judged(answers)(its.advised).answer is (state == "advised")
    assert Judged(answers)(its.in_full).answer is (wanted == "advised")


def test_a_ranking_takes_the_loser_only_where_both_are_advised():
    ranked = stand([FIRST, SECOND], [Ranking(SECOND.id, FIRST.id, "C-01")], apart)
    for first, second in product((True, False, None), repeat=2):
        said = {"first": first, "second": second}
        answers = {name: Silence.NOT_ASKED if answer is None else answer for name, answer in said.items()}
        chosen, _ = Judged(answers).choose(ranked[FIRST.id].outcome)
        assert (chosen == f"outranked:{SECOND.id}") is (first is True and second is True)
        assert (Judged(answers).choose(ranked[SECOND.id].outcome)[0] == "advised") is (second is True)
    meaning = ranked[FIRST.id].meanings[f"outranked:{SECOND.id}"]
    assert meaning.state == "not_advised" and meaning.override.by == SECOND.id


def apart(rule):
    """Each rule by a fact of its own."""
    name = "first" if rule is FIRST else "second"
    return Parts(NEVER, YesNo(name).condition(), NEVER, YesNo(name).condition())


FLAGS = [flag for flag in SPINE.red_flags if flag.on]
RULES = SPINE.rules[:: EVERY * 2]


def people_for(pathway: Pathway, flag=None):
    """Some of the examples, and of those the flag sends to help at once a few."""
    some = list(EXAMPLES[:: EVERY * 8])
    if flag is None:
        return some
    held = [example for example in EXAMPLES if example.expect.get("reasons") == [flag.id]]
    return [*some, *held[: 60 // EVERY]]


def engines_agree(pathway: Pathway, examples) -> list[str]:
    """Whom two engines see differently: the compiled form, the judge, and all examples at once."""
    matrix = ExampleMatrix(pathway, examples)
    states = matrix.states(matrix.outcomes)
    wrong = []
    for place, example in enumerate(examples):
        answers = imply(example.answers(), pathway.implied)
        compiled = decide(pathway, answers).states
        judged = by_judge(pathway, answers).states
        at_once = {id_: next(s for s, who in its.items() if who >> place & 1) for id_, its in states.items()}
        if not compiled == judged == at_once:
            wrong.append(example.id)
    return wrong


@pytest.mark.parametrize("flag", FLAGS[:: 1 if EVERY == 1 else 4], ids=lambda flag: flag.id)
def test_engines_agree_with_a_flag_switched_off(flag):
    off = switched_off(SPINE, flag)
    examples = people_for(SPINE, flag)
    assert engines_agree(off, examples) == []
    delaying = {rule.id for rule in SPINE.rules if rule.delays}
    for example in examples:
        before = decide(SPINE, imply(example.answers(), SPINE.implied))
        after = decide(off, imply(example.answers(), off.implied))
        if before.urgency in ("emergency", "today"):
            assert not {id_ for id_, state in after.states.items() if state == "advised"} & delaying, example.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_engines_agree_without_a_rule(rule):
    fewer = replace(SPINE, rules=tuple(other for other in SPINE.rules if other is not rule))
    assert engines_agree(fewer, people_for(fewer)) == []
    assert rule.id not in outcomes(fewer)
