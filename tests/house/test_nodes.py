"""Every kind of condition is read by every reader: a new kind fails here until all of them know it."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from spinesteps.logic import conditions as nodes
from spinesteps.logic import serial
from spinesteps.logic.conditions import Condition, FirstOf
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.thresholds import Bound, Dated, Threshold
from spinesteps.logic.words import Words
from spinesteps.pathway.as_of import date_condition
from tests.engines import ENGINES
from tests.knowledge.judged import DAY

A, B, N = YesNo("a"), YesNo("b"), Number("n")
FACTS = {"a": A, "b": B, "n": N}
SINCE = DAY.replace(year=2020)
LIMIT = Threshold("limit", "", "", (Dated(SINCE, 3, "DESIGN"),), DAY)
ONE = nodes.Is(A, True)
SAMPLES: dict[type, Condition] = {
    nodes.Compare: nodes.Compare(N, ">=", Bound(3, "limit")),
    nodes.Is: ONE,
    nodes.AllOf: nodes.AllOf((ONE, nodes.Is(B, False))),
    nodes.AnyOf: nodes.AnyOf((ONE, nodes.Is(B, False))),
    nodes.Not: nodes.Not(ONE),
    nodes.AtLeast: nodes.AtLeast(2, (ONE, nodes.Is(B, True), nodes.Known(N))),
    nodes.Known: nodes.Known(ONE),
    nodes.Unclear: nodes.Unclear(A),
    nodes.Points: nodes.Points("score", (nodes.ScoreItem(ONE, 2), nodes.ScoreItem(nodes.Is(B, True), -1)), Bound(2)),
    nodes.Named: nodes.Named("name", ONE),
}
ANSWERS = {"a": True, "n": 4}


def kinds() -> list[type]:
    """Every condition that conditions.py declares."""
    found = [kind for _, kind in inspect.getmembers(nodes, inspect.isclass) if issubclass(kind, Condition)]
    return [kind for kind in found if kind is not Condition]


def described(node: Condition) -> None:
    words = Words({})
    assert words.describe(node)
    assert list(words.tree(node))
    assert list(words.whole(judge(node, ANSWERS)).lines())


def written(node: Condition) -> None:
    data = serial.write(node)
    assert serial.write(serial.read(data, FACTS)) == data
    assert serial.ReasonTexts().write(judge(node, ANSWERS), {})


def dated(node: Condition) -> None:
    assert type(date_condition(node, DAY)) is type(node)
    assert serial.write(date_condition(node, DAY)) == serial.write(node)


def settled_by(name: str) -> Callable[[Condition], None]:
    def settles(node: Condition) -> None:
        engine = ENGINES[name]
        for open in engine.modes():
            assert engine.settle(node, ANSWERS, open) == engine.sees(ENGINES["judge"].settle(node, ANSWERS, open))

    return settles


READERS: dict[str, Callable[[Condition], None]] = {
    **{name: settled_by(name) for name in ENGINES},
    "serial": written,
    "words": described,
    "dating": dated,
}


def test_every_kind_has_a_sample() -> None:
    assert set(kinds()) == SAMPLES.keys()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("reader", list(READERS))
def test_every_reader_knows_every_kind(reader: str, kind: type) -> None:
    READERS[reader](SAMPLES[kind])


@pytest.mark.parametrize("outcome", [FirstOf, nodes.Highest])
def test_every_reader_knows_the_outcomes(outcome: type[FirstOf]) -> None:
    made = outcome((nodes.Case("grave", ONE), nodes.Case("mild", nodes.Is(B, True))), "none")
    assert serial.write_outcome(serial.read_outcome(serial.write_outcome(made), FACTS)) == serial.write_outcome(made)
    assert {engine.choose(made, {"b": True}) for engine in ENGINES.values()} == {("mild", ("grave",))}


def test_a_limit_gets_its_date_wherever_it_stands() -> None:
    compare = nodes.Compare(N, ">=", LIMIT)
    for wrapped in (
        compare,
        nodes.Not(compare),
        nodes.Named("name", nodes.AllOf((compare,))),
        nodes.Known(nodes.AnyOf((compare,))),
        nodes.AtLeast(1, (compare,)),
        nodes.Points("score", (nodes.ScoreItem(compare, 1),), LIMIT),
    ):
        serial.write(date_condition(wrapped, DAY))
