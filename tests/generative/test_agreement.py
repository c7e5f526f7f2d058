"""Random conditions over every mix of values and silences: all engines agree on answers, needs and intervals."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesteps.errors import DeclarationError
from spinesteps.logic import serial
from spinesteps.logic.conditions import AllOf, Condition, FirstOf, Known, Not, Points, children, established, facts_in
from spinesteps.logic.engines.compiled import Compiled
from spinesteps.logic.engines.judge import choose, judge
from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.unsure import one_sure, or_unsure
from tests.engines import ENGINES, Engine
from tests.generative.growing import FACTS, answers, conditions, leaves, outcomes, points, value_of, values_only

OTHERS = [engine for name, engine in ENGINES.items() if name != "judge"]
RANK = {False: 0, None: 1, True: 2}
Said = dict[str, Answer]


@pytest.mark.parametrize("engine", OTHERS, ids=lambda engine: engine.name)
@given(node=conditions(), said=answers())
def test_engines_agree_with_the_judge(engine: Engine, node: Condition, said: Said) -> None:
    for open in engine.modes():
        assert engine.settle(node, said, open) == engine.sees(ENGINES["judge"].settle(node, said, open))


@given(nodes=st.lists(conditions(), min_size=1, max_size=6), said=answers(), open=st.booleans())
def test_conditions_compiled_together_stay_apart(nodes: list[Condition], said: Said, open: bool) -> None:
    compiled = Compiled(nodes, tuple(FACTS.values()), open)
    settled, needs, spans = compiled(said)
    for place, node in enumerate(nodes):
        want = ENGINES["judge"].settle(node, said, open)
        assert (settled[place], set(compiled.named(needs[place]))) == (want.answer, want.needs)
        assert spans[place] in (None, (want.low, want.high))


@pytest.mark.parametrize("engine", OTHERS, ids=lambda engine: engine.name)
@given(outcome=outcomes(), said=answers())
def test_engines_choose_alike(engine: Engine, outcome: FirstOf, said: Said) -> None:
    assert engine.choose(outcome, said) == ENGINES["judge"].choose(outcome, said)


@given(outcome=outcomes(), said=answers())
def test_a_choice_is_what_its_conditions_say(outcome: FirstOf, said: Said) -> None:
    chosen = choose(outcome, said)
    for name in outcome.names:
        assert judge(outcome.chose(name), said).answer is (name == chosen.name)
        may_be = judge(outcome.may_be(name), said).answer
        assert may_be is not True or name == chosen.name
        assert may_be is not False or name != chosen.name


@given(node=conditions(), said=answers())
def test_needs_are_facts_without_an_answer(node: Condition, said: Said) -> None:
    for name, engine in ENGINES.items():
        for open in engine.modes() if "needs" not in engine.cannot else ():
            verdict = engine.settle(node, said, open)
            assert (verdict.answer is None) == bool(verdict.needs), name
            assert all(isinstance(said.get(need, Silence.NOT_ASKED), Silence) for need in verdict.needs)


@given(node=conditions())
def test_a_condition_comes_back_from_its_data(node: Condition) -> None:
    data = serial.write(node)
    again = serial.write(serial.read(json.loads(json.dumps(data)), FACTS))
    assert again == data
    assert serial.fingerprint(again) == serial.fingerprint(data)


@given(node=conditions(), said=answers())
def test_a_condition_that_came_back_answers_alike(node: Condition, said: Said) -> None:
    again = serial.read(serial.write(node), FACTS)
    judged = ENGINES["judge"].settle
    assert judged(again, said, False) == judged(node, said, False)


@given(outcome=outcomes())
def test_an_outcome_comes_back_from_its_data(outcome: FirstOf) -> None:
    data = serial.write_outcome(outcome)
    assert serial.write_outcome(serial.read_outcome(data, FACTS)) == data


def hoped(node: Condition) -> Condition | None:
    """The condition with unsure answers in its favour, None where that is refused."""
    try:
        return or_unsure(node)
    except DeclarationError:
        return None


@given(node=conditions(scores=False), said=answers())
def test_unsure_in_favour_is_never_less(node: Condition, said: Said) -> None:
    for open in (False, True):
        favoured = hoped(node)
        if favoured is not None:
            assert RANK[judge(favoured, said, open).answer] >= RANK[judge(node, said, open).answer]


@given(node=conditions(scores=False, settled=False), said=values_only())
def test_unsure_in_favour_is_the_same_where_nobody_is_unsure(node: Condition, said: Said) -> None:
    favoured = hoped(node)
    if favoured is not None:
        assert judge(favoured, said).answer is judge(node, said).answer


@given(halves=st.lists(conditions(scores=False, settled=False), min_size=1, max_size=3), said=answers())
def test_one_sure_lies_between_all_and_all_hoped(halves: list[Condition], said: Said) -> None:
    favoured = [hoped(half) for half in halves]
    if None in favoured:
        return
    pair = RANK[judge(one_sure(*halves), said).answer]
    assert RANK[judge(AllOf(tuple(halves)), said).answer] <= pair
    assert pair <= RANK[judge(AllOf(tuple(f for f in favoured if f is not None)), said).answer]


@given(node=conditions(settled=False), said=answers(), data=st.data())
def test_an_answer_never_flips_what_is_settled(node: Condition, said: Said, data: st.DataObject) -> None:
    before = judge(node, said).answer
    silent = [fact for fact in facts_in(node) if isinstance(said.get(fact.name, Silence.NOT_ASKED), Silence)]
    if before is None or not silent:
        return
    fact = data.draw(st.sampled_from(silent))
    assert judge(node, {**said, fact.name: data.draw(value_of(fact))}).answer is before


@given(node=conditions(settled=False), said=values_only())
def test_whoever_answered_everything_needs_nothing(node: Condition, said: Said) -> None:
    for engine in ENGINES.values():
        assert engine.settle(node, said, False).answer is not None
        assert {engine.settle(node, said, open) for open in engine.modes()} == {engine.settle(node, said, False)}


@given(node=conditions(), said=answers())
def test_not_known_and_settled_are_opposites(node: Condition, said: Said) -> None:
    answer = judge(node, said).answer
    assert judge(Known(node), said).answer is (answer is not None)
    assert judge(established(node), said).answer is (answer is True)
    assert judge(Not(Not(node)), said).answer is answer


@given(node=conditions(), said=answers())
def test_open_judging_only_opens(node: Condition, said: Said) -> None:
    opened = judge(node, said, open=True).answer
    assert opened is None or opened is judge(node, said).answer


@given(node=points(leaves(settled=False)), said=answers(), data=st.data())
def test_a_score_ends_inside_its_interval(node: Points, said: Said, data: st.DataObject) -> None:
    before = judge(node, said)
    full = dict(said)
    for fact in facts_in(node):
        if isinstance(full.get(fact.name, Silence.NOT_ASKED), Silence):
            full[fact.name] = data.draw(value_of(fact))
    after = judge(node, full)
    assert before.low <= after.low == after.high <= before.high


@given(node=conditions())
def test_no_condition_is_mistaken_for_a_truth(node: Condition) -> None:
    with pytest.raises(TypeError, match="&"):
        bool(node)
    assert all(isinstance(part, Condition) for part in children(node))
