"""Three colours: over all example patients every leaf of a red flag is shown yes, no and not known.

For the advice rules the missing colours are printed (pytest -s), not asserted, until their examples are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spinesteps.logic.conditions import Condition, fact_of, walk
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.reasons import Reason
from spinesteps.quality.examples import Coverage, leaf_key
from tests.knowledge.judged import EXAMPLES, SPINE, answers_of, view

PEOPLE = [answers_of(example) for example in EXAMPLES]
LEVELS = ("emergency", "today", "two_weeks", "routine")


def leaves(tree: Condition) -> Iterable[Condition]:
    return (node for node in walk(tree) if fact_of(node) is not None)


def covered(trees: Iterable[tuple[str, Condition]]) -> Coverage:
    """What was shown of each leaf. Its answer does not hang on where it stands: each is judged once a person."""
    coverage = Coverage()
    for owner, tree in trees:
        distinct = {leaf_key(leaf): leaf for leaf in leaves(tree)}
        coverage.expect(owner, distinct.values())
        for key, leaf in distinct.items():
            for reason in shown(key, leaf):
                coverage.add(owner, reason)
    return coverage


SHOWN: dict[str, list[Reason]] = {}


def shown(key: str, leaf: Condition) -> list[Reason]:
    """One reason for each answer that the example patients show of a leaf."""
    if key not in SHOWN:
        found = {(reason := judge(leaf, answers)).answer: reason for answers in PEOPLE}
        SHOWN[key] = list(found.values())
    return SHOWN[key]


def test_every_leaf_of_a_red_flag_is_shown_in_three_colours() -> None:
    trees = [(flag.id, case.when) for flag in SPINE.red_flags for case in flag.levels.cases]
    assert covered(trees).missing() == []


def test_every_level_of_a_red_flag_is_reached_and_missed() -> None:
    seen = Counter((id, level) for example in EXAMPLES for id, level in view("compiled", example.id).flags.items())
    wanted = [(flag.id, case.name) for flag in SPINE.red_flags for case in flag.levels.cases]
    wanted += [(flag.id, level) for flag in SPINE.red_flags for level in ("none", "not_known")]
    assert [one for one in wanted if not seen[one]] == []


def test_every_level_of_a_red_flag_is_expected_by_hand() -> None:
    """Each flag stands by name in hand-written expectations, and its gravest level in a patient's urgency."""
    named = {
        id for example in EXAMPLES for id in [*example.expect.get("reasons", ()), *example.expect.get("red_flags", ())]
    }
    assert {flag.id for flag in SPINE.red_flags} <= named
    grave = {(id, e.expect["urgency"]) for e in EXAMPLES for id in e.expect.get("reasons", ())}
    assert [f.id for f in SPINE.red_flags if (f.id, f.levels.cases[0].name) not in grave] == []


def test_every_condition_and_step_is_expected_by_hand() -> None:
    conditions = {example.expect.get("condition") for example in EXAMPLES}
    steps = {example.expect.get("step") for example in EXAMPLES}
    causes = {cause for example in EXAMPLES for cause in example.expect.get("other_causes", ())}
    assert set(SPINE.condition.names) <= conditions
    assert set(SPINE.step.names) <= steps
    assert {cause.id for cause in SPINE.other_causes} <= causes


def test_every_first_advice_is_expected_by_hand_in_three_states() -> None:
    missing = [
        (rule.id, state)
        for rule in SPINE.rules
        for state in ("advised", "not_advised", "needs_answer")
        if not any(rule.id in example.expect.get(state, ()) for example in EXAMPLES)
        and (rule.id, state) not in NEVER
        and not (state == "not_advised" and any(rule.id in e.expect.get("does_not_concern", ()) for e in EXAMPLES))
    ]
    assert missing == []


# States a rule cannot take, each with its reason.
NEVER = {
    ("stay-active", "needs_answer"): "it is for everyone",
    **{
        (id, "needs_answer"): "an established level is settled: it never waits"
        for id in ("get-emergency-help", "contact-clinician-today", "appointment-within-two-weeks")
    },
}


def test_missing_colours_of_the_advice_are_reported(capsys) -> None:
    coverage = covered((rule.id, rule.criteria) for rule in SPINE.rules)
    missing = coverage.missing()
    with capsys.disabled():
        print(f"\n{len(missing)} colours of {len(coverage.shown)} leaves of the advice are not shown by an example")
        for owner, count in Counter(owner for owner, _, _ in missing).most_common(5):
            print(f"  {owner}: {count}")
