"""Every engine that answers conditions, listed in one place: ENGINES. A new one is one entry here.

tests/spec runs each case on each engine; tests/generative holds them equal on random conditions. `cannot` names, each
with a reason, the kinds of spec case an engine does not do (strict: it must fail them), and of what it answers the
parts it leaves out: `open` judging, `needs`, `intervals`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from spinesteps.logic.conditions import Condition, FirstOf
from spinesteps.logic.engines import judge as reference
from spinesteps.logic.engines.compiled import Compiled
from spinesteps.logic.engines.filled import contradictions, imply
from spinesteps.logic.engines.program import Program
from spinesteps.logic.engines.what_if import vary
from spinesteps.logic.facts import Answer, Answers, Silence
from spinesteps.logic.implied import Implied


@dataclass(frozen=True)
class Verdict:
    """What an engine says of a condition. Needs are a set: their order is not part of the logic."""

    answer: bool | None
    needs: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Filled:
    """What implied facts make of answers, and the pairs that contradict each other."""

    answers: Mapping[str, Answer]
    contradictions: Sequence[tuple[str, str]]


Settle = Callable[[Condition, Answers, bool], Verdict]
Fill = Callable[[Answers, Sequence[Implied]], Filled]


@dataclass(frozen=True)
class Engine:
    """An engine by name. settle(condition, answers, open) gives a verdict; choose gives (name, open names)."""

    name: str
    settle: Settle
    choose: Callable[[FirstOf, Answers], tuple[str, tuple[str, ...]]]
    fill: Fill | None = None
    cannot: Mapping[str, str] = field(default_factory=dict)

    def sees(self, verdict: Verdict) -> Verdict:
        """The parts of a verdict that this engine gives."""
        needs = frozenset() if "needs" in self.cannot else verdict.needs
        spans = (None, None) if "intervals" in self.cannot else (verdict.low, verdict.high)
        return Verdict(verdict.answer, needs, *spans)

    def modes(self) -> tuple[bool, ...]:
        """Whether it judges closed only, or open too."""
        return (False,) if "open" in self.cannot else (False, True)


def _judge(node: Condition, answers: Answers, open: bool) -> Verdict:
    return _read(reference.judge(node, answers, open))


def _judge_once(node: Condition, answers: Answers, open: bool) -> Verdict:
    assert not open
    return _read(reference.judge_once(node, answers, {}))


def _read(reason: reference.Reason) -> Verdict:
    inner: Any = reason
    while inner.low is None and type(inner.node).__name__ == "Named":
        inner = inner.parts[0]
    return Verdict(reason.answer, frozenset(fact.name for fact in reason.needs()), inner.low, inner.high)


def _judge_choose(outcome: FirstOf, answers: Answers) -> tuple[str, tuple[str, ...]]:
    chosen = reference.choose(outcome, answers)
    return chosen.name, chosen.open


def _judge_fill(answers: Answers, implied: Sequence[Implied]) -> Filled:
    return Filled(imply(answers, implied), contradictions(answers, implied))


class _ById:
    """A condition as a key for a cache, by identity: conditions of data may hold what cannot be hashed."""

    def __init__(self, node: Condition) -> None:
        self.node = node

    def __hash__(self) -> int:
        return id(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.node is self.node


@lru_cache(maxsize=64)
def _compile(key: _ById, open: bool) -> Compiled:
    return Compiled([key.node], open=open)


def _compiled(node: Condition, answers: Answers, open: bool) -> Verdict:
    compiled = _compile(_ById(node), open)
    settled, needs, spans = compiled(answers)
    low, high = spans[0] or (None, None)
    return Verdict(settled[0], frozenset(compiled.named(needs[0])), low, high)


def _variants(node: Condition, answers: Answers, open: bool) -> Verdict:
    """The person as the second of three variants, half of the answers standing in the base."""
    assert not open
    names = sorted(answers)
    base = {name: answers[name] for name in names[::2]}
    changed = {name: answers[name] for name in names[1::2]}
    ((yes, no),) = vary(Program([node]), base, [{}, changed, dict.fromkeys(names, Silence.DECLINED)])
    assert not yes & no
    return Verdict(True if yes & 2 else (False if no & 2 else None))


def _choose_by(settle: Settle) -> Callable[[FirstOf, Answers], tuple[str, tuple[str, ...]]]:
    """The first settled yes, read off an engine's answers to the cases."""

    def choose(outcome: FirstOf, answers: Answers) -> tuple[str, tuple[str, ...]]:
        unknown: dict[str, None] = {}
        for case in outcome.cases:
            answer = settle(case.when, answers, False).answer
            if answer:
                return case.name, tuple(name for name in unknown if name != case.name)
            if answer is None:
                unknown[case.name] = None
        return outcome.otherwise, tuple(name for name in unknown if name != outcome.otherwise)

    return choose


FILLED_BEFORE = {"implied": "implied facts are filled in before it is called"}

ENGINES = {
    engine.name: engine
    for engine in (
        Engine("judge", _judge, _judge_choose, _judge_fill),
        Engine("compiled", _compiled, _choose_by(_compiled), cannot=FILLED_BEFORE),
        Engine(
            "judge_once",
            _judge_once,
            _choose_by(_judge_once),
            cannot={**FILLED_BEFORE, "open": "open questions are the compiled form's work"},
        ),
        Engine(
            "variants",
            _variants,
            _choose_by(_variants),
            cannot={
                **FILLED_BEFORE,
                "open": "it answers what-ifs, which are closed",
                "needs": "it says who is settled, not why",
                "intervals": "it says who is settled, not by how much",
            },
        ),
    )
}
