"""Many variants of one person at once: in each variant every condition stands as `judge` says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spinesteps.logic.conditions import Condition
from spinesteps.logic.facts import Answer
from spinesteps.logic.judge import judge, judge_once
from spinesteps.logic.program import Program
from spinesteps.logic.variants import vary
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


@given(nodes=st.lists(conditions(), min_size=1, max_size=4), said=answers())
def test_reasons_that_are_shared_are_the_same_reasons(nodes: list[Condition], said: Said) -> None:
    done: dict = {}
    for node in [*nodes, *nodes]:
        assert judge_once(node, said, done) == judge(node, said)
