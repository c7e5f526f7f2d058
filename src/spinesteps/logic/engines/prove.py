"""All persons at once: conditions as formulas for a solver (z3), and the smallest person for whom a claim holds.

A fact is a value and a status: known, unclear (asked, but without a usable answer) or neither (not asked, out of
date). A condition is two formulas, settled yes and settled no, as it is two columns for a table. Implied facts are
worked out as `imply` does it, step by step, so that answers that contradict each other are persons too.

Only this module imports the solver, and only `pathway.laws` imports this module.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from spinesteps.errors import DeclarationError, ScopeError, SpineStepsError
from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    FirstOf,
    Is,
    Known,
    Named,
    Not,
    Points,
    Unclear,
)
from spinesteps.logic.facts import Choice, Day, Fact, Number, Value, YesNo
from spinesteps.logic.implied import Implied, Implies, Least

try:
    import z3
except ImportError:
    raise ScopeError('Proofs need a solver. Install it with: pip install "spinesteps[prove]"') from None

Formula = Any  # a z3 expression; the solver has no types
Person = dict[str, bool | int | float | str]  # facts as the facts door takes them
EVERYBODY, NOBODY = z3.BoolVal(True), z3.BoolVal(False)
SIGNS = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip
UNSURE = "not_sure"
DAYS = (date.min.toordinal(), date.max.toordinal())


@dataclass(frozen=True, slots=True)
class Met:
    """A fact as a condition meets it. The value counts only while it is known."""

    known: Formula
    unclear: Formula
    value: Formula


@dataclass(frozen=True, slots=True)
class Two:
    """A condition: where it is settled yes, and where it is settled no."""

    yes: Formula
    no: Formula


def all_of(*parts: Formula) -> Formula:
    """Every one of these formulas."""
    return z3.And(*parts) if parts else EVERYBODY


def any_of(*parts: Formula) -> Formula:
    """At least one of these formulas."""
    return z3.Or(*parts) if parts else NOBODY


def opposite(part: Formula) -> Formula:
    """Not this formula."""
    return z3.Not(part)


class Encoding:
    """Conditions over facts as they are met. A condition that several share is encoded once."""

    def __init__(self, met: Mapping[str, Met]) -> None:
        self.met = met
        self._done: dict[int, tuple[Condition, Two]] = {}  # with the condition, so that its id stays its own

    def __call__(self, node: Condition) -> Two:
        """The condition as two formulas."""
        if id(node) not in self._done:
            self._done[id(node)] = (node, self._new(node))
        return self._done[id(node)][1]

    def _new(self, node: Condition) -> Two:
        if isinstance(node, Named):
            return self(node.part)
        if isinstance(node, Not):
            part = self(node.part)
            return Two(part.no, part.yes)
        if isinstance(node, Known):
            return self.known(node)
        if isinstance(node, Unclear):
            return self.unclear(node)
        if isinstance(node, Compare | Is):
            met = self.met[node.fact.name]
            holds = _holds(node, met.value)
            return Two(all_of(met.known, holds), all_of(met.known, z3.Not(holds)))
        if isinstance(node, Points):
            low, high = self.interval(node)
            cutoff = _exact(node.bound.value)
            return Two(low >= cutoff, high < cutoff)
        assert isinstance(node, AllOf | AnyOf | AtLeast)
        return _joined(node, [self(part) for part in node.parts])

    def known(self, node: Known) -> Two:
        """Whether a fact has an answer, or a condition is settled."""
        if isinstance(node.part, Fact):
            found = self.met[node.part.name].known
        else:
            part = self(node.part)
            found = any_of(part.yes, part.no)
        return Two(found, z3.Not(found))

    def unclear(self, node: Unclear) -> Two:
        """Whether a fact was asked without a usable answer."""
        found = self.met[node.fact.name].unclear
        return Two(found, z3.Not(found))

    def interval(self, node: Points) -> tuple[Formula, Formula]:
        """The low and the high end of a score."""
        low, high = _exact(0), _exact(0)
        for item in node.items:
            part = self(item.part)
            yes, no = _exact(item.points), _exact(item.otherwise)
            least, most = sorted((item.points, item.otherwise))
            low += z3.If(part.yes, yes, z3.If(part.no, no, _exact(least)))
            high += z3.If(part.yes, yes, z3.If(part.no, no, _exact(most)))
        return low, high

    def chosen(self, outcome: FirstOf) -> dict[str, Formula]:
        """For each name of an outcome, where it is the one chosen."""
        found: dict[str, list[Formula]] = {name: [] for name in outcome.names}
        before: list[Formula] = []
        for case in outcome.cases:
            when = self(case.when).yes
            found[case.name].append(all_of(when, *before))
            before.append(z3.Not(when))
        found[outcome.otherwise].append(all_of(*before))
        return {name: any_of(*hits) for name, hits in found.items()}


def _joined(node: AllOf | AnyOf | AtLeast, parts: list[Two]) -> Two:
    yes, no = [part.yes for part in parts], [part.no for part in parts]
    if isinstance(node, AllOf):
        return Two(all_of(*yes), any_of(*no))
    if isinstance(node, AnyOf):
        return Two(any_of(*yes), all_of(*no))
    return Two(_enough(node.n, yes), _enough(len(parts) - node.n + 1, no))


def _enough(n: int, parts: list[Formula]) -> Formula:
    if n <= 0 or n > len(parts):
        return EVERYBODY if n <= 0 else NOBODY
    return z3.AtLeast(*parts, n)


def _holds(node: Compare | Is, value: Formula) -> Formula:
    if isinstance(node, Compare):
        return SIGNS[node.sign](value, _exact(node.bound.value))
    wanted = constant(node.fact, node.value)
    return NOBODY if wanted is None else value == wanted


def _exact(number: float) -> Formula:
    return z3.RealVal(str(Fraction(number)))


def constant(fact: Fact, value: Value) -> Formula | None:
    """A value of a fact as the solver's constant; None when the fact can never have it."""
    if isinstance(fact, YesNo) or isinstance(value, bool):
        return z3.BoolVal(value) if isinstance(fact, YesNo) and isinstance(value, bool) else None
    if isinstance(fact, Choice):
        return z3.IntVal(fact.options.index(str(value))) if value in fact.options else None
    if isinstance(value, date):
        return z3.IntVal(value.toordinal())
    if isinstance(value, str):
        return None
    return z3.IntVal(int(value)) if isinstance(fact, Number) and fact.whole else _exact(value)


class Everyone:
    """Every person the facts allow. `given`: what is said of a fact. `encode`: conditions, implied facts filled in."""

    def __init__(self, facts: Iterable[Fact], implied: Iterable[Implied] = ()) -> None:
        self.facts = {fact.name: fact for fact in facts}
        self.given = {name: _variables(fact) for name, fact in self.facts.items()}
        filled = dict(self.given)
        for relation in implied:
            fill = _least(relation, filled) if isinstance(relation, Least) else _filled(relation, filled)
            filled[relation.fact.name] = fill
        self.encode = Encoding(filled)
        self._solver = z3.Solver()
        for name, fact in self.facts.items():
            met = self.given[name]
            self._solver.add(z3.Not(all_of(met.known, met.unclear)), *_range(fact, met.value))

    def asked(self, name: str) -> Formula:
        """Something is said of the fact, be it unclear."""
        return any_of(self.given[name].known, self.given[name].unclear)

    def says(self, name: str, value: Value) -> Formula:
        """The fact is given with this value."""
        met = self.given[name]
        wanted = constant(self.facts[name], value)
        return NOBODY if wanted is None else all_of(met.known, met.value == wanted)

    def changed(self, formula: Formula, name: str, value: Value | None) -> Formula:
        """The formula for the same person, but for the answer given to one fact; None: not sure."""
        met = self.given[name]
        if value is None:
            return z3.substitute(formula, (met.known, NOBODY), (met.unclear, EVERYBODY))
        pairs = ((met.known, EVERYBODY), (met.unclear, NOBODY), (met.value, constant(self.facts[name], value)))
        return z3.substitute(formula, *pairs)

    def exists(self, claim: Formula) -> bool:
        """Whether the claim holds for anybody."""
        self._solver.push()
        try:
            self._solver.add(claim)
            return self._model() is not None
        finally:
            self._solver.pop()

    def possible(self, claims: Sequence[Formula]) -> list[bool]:
        """Which of these claims hold for anybody. Everybody who is found is looked at for all of them."""
        holds = [z3.FreshBool() for _ in claims]
        found = [False for _ in claims]
        self._solver.push()
        try:
            self._solver.add(*(one == claim for one, claim in zip(holds, claims, strict=True)))
            while model := self._model(any_of(*(one for one, done in zip(holds, found, strict=True) if not done))):
                found = [done or z3.is_true(model.eval(one)) for one, done in zip(holds, found, strict=True)]
            return found
        finally:
            self._solver.pop()

    def smallest(self, claim: Formula) -> Person | None:
        """A person with as few answers as can be for whom the claim holds; None when there is nobody."""
        self._solver.push()
        try:
            self._solver.add(claim)
            model = self._model()
            return None if model is None else self._plain(self._fewest(model))
        finally:
            self._solver.pop()

    def _model(self, *more: Formula) -> Any | None:
        answer = self._solver.check(*more)
        if answer == z3.unknown:
            raise SpineStepsError(f"The solver found no answer: {self._solver.reason_unknown()}.")
        return self._solver.model() if answer == z3.sat else None

    def _fewest(self, model: Any) -> Any:
        """A model with as few facts asked as there can be: first among those of this model, then among all."""
        asked = {name: self.asked(name) for name in self.facts}
        for everybody in (False, True):
            while said := [name for name, formula in asked.items() if z3.is_true(model.eval(formula))]:
                others = [] if everybody else [z3.Not(formula) for name, formula in asked.items() if name not in said]
                among = asked.values() if everybody else [asked[name] for name in said]
                fewer = self._model(z3.AtMost(*among, len(said) - 1), *others)
                if fewer is None:
                    break
                model = fewer
        return model

    def _plain(self, model: Any) -> Person:
        """The person of a model as facts for the facts door, each number as plain as it may be."""
        for met in self.given.values():
            self._solver.add(met.known == model.eval(met.known, True), met.unclear == model.eval(met.unclear, True))
        known = {name: met for name, met in self.given.items() if z3.is_true(model.eval(met.known))}
        for name, met in known.items():
            if isinstance(self.facts[name], Number):
                model = self._plainer(met.value, model)
        return {
            name: _value(self.facts[name], model.eval(met.value, True)) if name in known else UNSURE
            for name, met in self.given.items()
            if name in known or z3.is_true(model.eval(met.unclear))
        }

    def _plainer(self, value: Formula, model: Any) -> Any:
        """A model in which the number is whole, or has few digits."""
        found = _number(model.eval(value, True))
        rounded = (round(float(found), digits) for digits in (1, 2, 3, 6, 12))
        for number in (math.floor(found), math.ceil(found), *rounded, float(found)):
            plainer = self._model(value == _exact(number))
            if plainer is not None:
                self._solver.add(value == _exact(number))
                return plainer
        raise SpineStepsError(f"No number that can be written down stands for {found}.")


def _variables(fact: Fact) -> Met:
    sort = z3.IntSort()
    if isinstance(fact, YesNo):
        sort = z3.BoolSort()
    elif isinstance(fact, Number) and not fact.whole:
        sort = z3.RealSort()
    name = fact.name
    return Met(z3.Bool(f"{name} known"), z3.Bool(f"{name} unclear"), z3.Const(name, sort))


def _range(fact: Fact, value: Formula) -> Iterator[Formula]:
    """What a value of the fact can be."""
    if isinstance(fact, Number):
        yield from (value >= _exact(fact.low) for _ in range(math.isfinite(fact.low)))
        yield from (value <= _exact(fact.high) for _ in range(math.isfinite(fact.high)))
    elif not isinstance(fact, YesNo):
        first, last = DAYS if isinstance(fact, Day) else (0, len(getattr(fact, "options", ())) - 1)
        yield from (value >= first, value <= last)


def _value(fact: Fact, found: Formula) -> bool | int | float | str:
    """The solver's value as JSON."""
    if isinstance(fact, YesNo):
        return bool(z3.is_true(found))
    if isinstance(fact, Choice):
        return fact.options[int(found.as_long())]
    if isinstance(fact, Day):
        return date.fromordinal(found.as_long()).isoformat()
    number = _number(found)
    return int(number) if number.denominator == 1 else float(number)


def _number(found: Formula) -> Fraction:
    return Fraction(found.as_fraction() if z3.is_rational_value(found) else found.as_long())


def _filled(relation: Implies, met: Mapping[str, Met]) -> Met:
    """The fact of an Implies once that is filled in: as `imply` does it."""
    said, wanted = met[relation.fact.name], constant(relation.fact, relation.value)
    if wanted is None:
        raise DeclarationError(f'"{relation.fact.name}" cannot be {relation.value!r}.')
    holds = Encoding(met)(relation.when).yes
    conflict = NOBODY if relation.value is True else all_of(holds, said.known, said.value != wanted)
    return Met(
        any_of(all_of(said.known, z3.Not(conflict)), all_of(holds, z3.Not(conflict))),
        any_of(all_of(said.unclear, z3.Not(holds)), conflict),
        z3.If(holds, wanted, said.value),
    )


def _least(relation: Least, met: Mapping[str, Met]) -> Met:
    """The fact of a Least once that is filled in: the least of what is known, else unclear when one of them is."""
    among = [met[fact.name] for fact in (relation.fact, *relation.others)]
    known = any_of(*(one.known for one in among))
    least = among[0].value
    have = among[0].known
    for one in among[1:]:
        least = z3.If(all_of(one.known, any_of(z3.Not(have), one.value < least)), one.value, least)
        have = any_of(have, one.known)
    return Met(known, all_of(z3.Not(known), any_of(*(one.unclear for one in among))), least)
