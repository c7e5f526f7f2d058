"""The solver as one more engine (as in tests/engines.py): it must prove the same program that `judge` judges.

Every verdict is checked from both sides: what holds for the pinned person must hold whatever the solver may choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import z3

from spinesteps.logic.conditions import Condition, FirstOf, Known, Named, Points, Unclear, children, fact_of, facts_in
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.engines.prove import NOBODY, Encoding, Everyone, Formula, Two, all_of, any_of, constant, opposite
from spinesteps.logic.facts import Answer, Answers, Fact, Silence
from spinesteps.logic.implied import Implied, Least
from tests.engines import Engine, Verdict


class Opening(Encoding):
    """Open judging, and needs: for each fact, where its answer could settle the condition."""

    def __init__(self, met: Mapping[str, Any], open: bool) -> None:
        super().__init__(met)
        self.open = open

    def askable(self, name: str) -> Formula:
        return opposite(any_of(self.met[name].known, self.met[name].unclear))

    def needs(self, node: Condition) -> dict[str, Formula]:
        """For each fact, where the condition needs it."""
        two = self(node)
        unsettled = opposite(any_of(two.yes, two.no))
        fact = fact_of(node)
        if fact is not None:
            return {fact.name: unsettled}
        found: dict[str, list[Formula]] = {}
        for part in children(node):
            for name, formula in self.needs(part).items():
                found.setdefault(name, []).append(formula)
        return {name: all_of(unsettled, any_of(*formulas)) for name, formulas in found.items()}

    def known(self, node: Known) -> Two:
        return self._opened(super().known(node), self._still(node)) if self.open else super().known(node)

    def unclear(self, node: Unclear) -> Two:
        return self._opened(super().unclear(node), self.askable(node.fact.name)) if self.open else super().unclear(node)

    def _still(self, node: Known) -> Formula:
        if isinstance(node.part, Fact):
            return self.askable(node.part.name)
        return any_of(*(all_of(needed, self.askable(name)) for name, needed in self.needs(node.part).items()))

    def _opened(self, two: Two, still: Formula) -> Two:
        return Two(all_of(two.yes, opposite(still)), all_of(two.no, opposite(still)))


class Pinned:
    """One person as the solver has it. What is not known has any value of its range."""

    def __init__(self, facts: Iterable[Fact], implied: Sequence[Implied], answers: Answers) -> None:
        self.everyone = Everyone(facts, implied)
        self.solver = z3.Solver()
        for name in self.everyone.given:
            self.solver.add(*says(self.everyone, name, answers.get(name, Silence.NOT_ASKED)))

    def holds(self, formula: Formula) -> bool:
        """Whether a formula holds. Raises AssertionError when that is not settled by the answers."""
        found = self.solver.check(formula), self.solver.check(opposite(formula))
        assert sorted(map(str, found)) == ["sat", "unsat"], "the answers do not settle this"
        return found[0] == z3.sat

    def verdict(self, two: Two) -> bool | None:
        yes, no = self.holds(two.yes), self.holds(two.no)
        assert not (yes and no)
        return True if yes else False if no else None

    def number(self, formula: Formula) -> float:
        """The one value that a number can have."""
        assert self.solver.check() == z3.sat
        found = self.solver.model().eval(formula, True)
        assert self.holds(formula == found)
        return float(found.as_fraction())


def says(everyone: Everyone, name: str, answer: Answer) -> list[Formula]:
    """What pins a fact of a person."""
    met = everyone.given[name]
    if isinstance(answer, Silence):
        return [opposite(met.known), met.unclear if answer.unclear else opposite(met.unclear)]
    wanted = constant(everyone.facts[name], answer)
    return [met.known, opposite(met.unclear), NOBODY if wanted is None else met.value == wanted]


def put_in(everyone: Everyone, answers: Answers, formulas: Sequence[Formula]) -> list[Formula]:
    """The formulas for one person: a formula that his answers settle becomes true or false."""
    pairs: list[tuple[Formula, Formula]] = []
    for name, met in everyone.given.items():
        answer = answers.get(name, Silence.NOT_ASKED)
        silent = isinstance(answer, Silence)
        pairs.append((met.known, z3.BoolVal(not silent)))
        pairs.append((met.unclear, z3.BoolVal(silent and answer.unclear)))
        if not silent:
            pairs.append((met.value, constant(everyone.facts[name], answer)))
    # One term around all of them, so that what they share is gone through once.
    row = z3.Function("row", *(z3.BoolSort() for _ in formulas), z3.BoolSort())
    found = z3.simplify(z3.substitute(row(*formulas), *pairs))
    return [found.arg(place) for place in range(len(formulas))]


def _settle(node: Condition, answers: Answers, open: bool) -> Verdict:
    pinned = Pinned(facts_in(node), (), answers)
    encoding = Opening(pinned.everyone.given, open)
    needs = {name for name, formula in encoding.needs(node).items() if pinned.holds(formula)}
    inner, low, high = node, None, None
    while isinstance(inner, Named):
        inner = inner.part
    if isinstance(inner, Points):
        low, high = (pinned.number(end) for end in encoding.interval(inner))
    return Verdict(pinned.verdict(encoding(node)), frozenset(needs), low, high)


def _choose(outcome: FirstOf, answers: Answers) -> tuple[str, tuple[str, ...]]:
    facts = {fact.name: fact for case in outcome.cases for fact in facts_in(case.when)}
    pinned = Pinned(facts.values(), (), answers)
    names = [name for name, formula in pinned.everyone.encode.chosen(outcome).items() if pinned.holds(formula)]
    assert len(names) == 1
    waiting: dict[str, None] = {}
    for case in outcome.cases:
        answer = pinned.verdict(pinned.everyone.encode(case.when))
        if answer:
            break
        if answer is None:
            waiting[case.name] = None
    return names[0], tuple(name for name in waiting if name != names[0])


def filled(facts: Iterable[Fact], implied: Sequence[Implied], answers: Answers) -> dict[str, tuple[bool, bool, bool]]:
    """For each fact with implied facts filled in: known, unclear, and whether it has the value `imply` should give."""
    pinned = Pinned(facts, implied, answers)
    wanted = imply(answers, implied)
    found = {}
    for name, met in pinned.everyone.encode.met.items():
        answer = wanted.get(name, Silence.NOT_ASKED)
        silent = isinstance(answer, Silence)
        right = silent or pinned.holds(met.value == constant(pinned.everyone.facts[name], answer))
        found[name] = (pinned.holds(met.known), pinned.holds(met.unclear), right)
    return found


def facts_of(implied: Sequence[Implied]) -> dict[str, Fact]:
    """Every fact that these relations look at or fill in."""
    found: dict[str, Fact] = {}
    for relation in implied:
        looked_at = relation.others if isinstance(relation, Least) else facts_in(relation.when)
        found.update((fact.name, fact) for fact in (relation.fact, *looked_at))
    return found


PROVER = Engine(
    "prove", _settle, _choose,
    cannot={"implied": "the solver keeps no cause of a silence; test_prove compares what it keeps"},
)  # fmt: skip
