"""Many variants of one person at once: in each variant every condition stands as `judge` says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from spinesteps.logic.conditions import Condition, Named
from spinesteps.logic.engines.judge import in_order, judge, judge_in_order, judge_once
from spinesteps.logic.engines.program import Program
from spinesteps.logic.engines.what_if import Trials, vary
from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.reasons import Reason
from spinesteps.logic.serial import ANSWER, ReasonTexts
from tests.generative.growing import answers, conditions

Said = dict[str, Answer]


@given(
    nodes=st.lists(conditions(), min_size=1, max_size=4),
    said=answers(),
    variants=st.lists(answers(), max_size=8),
)
def test_each_variant_is_judged_alike(nodes: list[Condition], said: Said, variants: list[Said]) -> None:
    found = vary(Program(nodes), said, variants)
    for node, (yes, no) in zip(nodes, found, strict=True):
        for place, variant in enumerate(variants):
            got = True if yes >> place & 1 else False if no >> place & 1 else None
            assert got is judge(node, {**said, **variant}).answer
        assert yes & no == 0
        assert (yes | no) >> len(variants) == 0


@given(
    nodes=st.lists(conditions(), min_size=1, max_size=4),
    said=answers(),
    tried=answers(),
    others=st.lists(answers(), min_size=12, max_size=12),
)
def test_each_trial_is_judged_alike(nodes: list[Condition], said: Said, tried: Said, others: list[Said]) -> None:
    """A trial's own answer, and then what else is answered differently in it."""
    known = [(name, value) for name, value in tried.items() if not isinstance(value, Silence)]
    trials = Trials(Program(nodes), known)
    more: dict[str, list[tuple[int, Answer]]] = {}
    for place, other in zip(range(0, len(known), 2), others, strict=False):  # every second trial has others
        for name, answer in other.items():
            more.setdefault(name, []).append((1 << place, answer))
    for node, (yes, no) in zip(nodes, trials.vary(said, more), strict=True):
        for place, (name, value) in enumerate(known):
            variant = {**said, name: value}
            if place % 2 == 0 and place // 2 < len(others):
                variant |= others[place // 2]
            got = True if yes >> place & 1 else False if no >> place & 1 else None
            assert got is judge(node, variant).answer


@given(nodes=st.lists(conditions(), min_size=1, max_size=4), said=answers())
def test_all_reasons_in_order_are_those_of_the_judge(nodes: list[Condition], said: Said) -> None:
    found = judge_in_order(in_order(nodes), said)
    assert [found[id(node)] for node in nodes] == [judge(node, said) for node in nodes]


def says(data: dict[str, Any], reason: Reason) -> bool:
    """Whether data says what a reason says, and what it rests on, all the way down."""
    folded = isinstance(reason.node, Named) and reason.node.folded
    parts, met = (() if folded else reason.parts), reason.met
    shown = met.value if isinstance(met, Silence) else met.isoformat() if isinstance(met, date) else met
    return (
        data["answer"] == ANSWER[reason.answer]
        and (data.get("met"), data.get("low"), data.get("high")) == (shown, reason.low, reason.high)
        and len(data.get("parts", ())) == len(parts)
        and all(says(one, part) for one, part in zip(data.get("parts", ()), parts, strict=True))
    )


@given(nodes=st.lists(conditions(), min_size=1, max_size=4), said=answers())
def test_reasons_are_written_as_they_are(nodes: list[Condition], said: Said) -> None:
    texts, done = ReasonTexts(), {}
    for node in [*nodes, *nodes]:
        reason = judge(node, said)
        assert says(json.loads(texts.write(reason, done)), reason)
        done.clear()


@given(nodes=st.lists(conditions(), min_size=1, max_size=4), said=answers())
def test_reasons_that_are_shared_are_the_same_reasons(nodes: list[Condition], said: Said) -> None:
    done: dict = {}
    for node in [*nodes, *nodes]:
        assert judge_once(node, said, done) == judge(node, said)
