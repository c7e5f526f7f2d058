"""Whether two versions of an owner say the same of every possible person, by a solver; else a person they differ on.

Independent of the engines: each condition becomes two propositions, settled yes and settled no. A person is what the
answers are after implied facts were filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any as Anything

import z3

from spinesteps.logic.conditions import All, AtLeast, Compare, Condition, Is, Known, Not, Points, Unclear
from spinesteps.logic.conditions import Any as AnyOf
from spinesteps.logic.facts import Choice, Fact, Number, YesNo
from spinesteps.logic.implied import Least
from spinesteps.logic.program import Program, Step
from spinesteps.pathway.crowd import trees_of
from spinesteps.pathway.mutate import Cases, Mutant, Owner
from spinesteps.pathway.pathway import Pathway

Formula = Anything
Pair = tuple[Formula, Formula]
Said = dict[str, Anything]


@dataclass(frozen=True)
class Slot:
    """A fact of the person: has a usable value, was asked in vain, and the value."""

    fact: Fact
    known: Formula
    unclear: Formula
    value: Formula


class Solver:
    """All persons a pathway allows."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.slots = {fact.name: _slot(fact) for fact in pathway.facts}
        self.solver = z3.Solver()
        for slot in self.slots.values():
            self.solver.add(z3.Not(z3.And(slot.known, slot.unclear)), *_range(slot))
        for relation in pathway.implied:
            self.solver.add(*(self._least(relation) if isinstance(relation, Least) else self._implies(relation)))
        program = Program([pathway.danger])
        self.danger = self.pairs(program)[program.roots[0]][0]

    def _implies(self, relation: Anything) -> list[Formula]:
        slot = self.slots[relation.fact.name]
        holds = self.pairs(Program([relation.when]))[-1][0]
        same = z3.And(slot.known, slot.value == relation.value)
        return [z3.Implies(holds, same if relation.value is True else z3.Or(same, slot.unclear))]

    def _least(self, relation: Least) -> list[Formula]:
        least = self.slots[relation.fact.name]
        others = [self.slots[fact.name] for fact in relation.others]
        under = [z3.Implies(o.known, z3.And(least.known, least.value <= o.value)) for o in others]
        silent = z3.Not(least.known)
        return [*under, *(z3.Implies(z3.And(silent, o.unclear), least.unclear) for o in others)]

    def pairs(self, program: Program) -> list[Pair]:
        """Settled yes and settled no of each step."""
        done: list[Pair] = []
        for step in program.steps:
            done.append(self._pair(step, [done[part] for part in step.parts]))
        return done

    def _pair(self, step: Step, parts: list[Pair]) -> Pair:
        node = step.node
        if step.fact is not None:
            return self._leaf(node, self.slots[step.fact.name])
        yes, no = [part[0] for part in parts], [part[1] for part in parts]
        if isinstance(node, Not):
            return no[0], yes[0]
        if isinstance(node, Known):
            known = z3.Or(yes[0], no[0])
            return known, z3.Not(known)
        if isinstance(node, All):
            return z3.And(yes), z3.Or(no)
        if isinstance(node, AnyOf):
            return z3.Or(yes), z3.And(no)
        if isinstance(node, AtLeast):
            return _count(yes) >= node.n, _count(no) > len(parts) - node.n
        assert isinstance(node, Points)
        low, high = (
            z3.Sum([
                z3.If(y, i.points, z3.If(n, i.otherwise, of(i.points, i.otherwise)))
                for i, y, n in zip(node.items, yes, no, strict=True)
            ])
            for of in (min, max)
        )  # fmt: skip
        return low >= node.bound.value, z3.And(low < node.bound.value, high < node.bound.value)

    def _leaf(self, node: Condition, slot: Slot) -> Pair:
        if isinstance(node, Unclear):
            return slot.unclear, z3.Not(slot.unclear)
        if isinstance(node, Known):
            return slot.known, z3.Not(slot.known)
        if isinstance(node, Is):
            holds = slot.value == (node.value if isinstance(slot.fact, YesNo) else _option(slot.fact, node.value))
        else:
            assert isinstance(node, Compare)
            limit = z3.RealVal(str(node.bound.value))
            ways = {"<": slot.value < limit, "<=": slot.value <= limit, ">": slot.value > limit, ">=": slot.value >= limit}
            holds = ways[node.sign]
        return z3.And(slot.known, holds), z3.And(slot.known, z3.Not(holds))

    def differ(self, mutant: Mutant) -> Said | None:
        """The facts of a person of whom the mutant says something else, None when there is none."""
        owner = mutant.owner
        own, other = trees_of(owner, owner.cases), trees_of(owner, mutant.cases)
        program = Program([*own, *other])
        pairs = self.pairs(program)
        found = [pairs[root] for root in program.roots]
        danger = self.danger if owner.kind == "rule" else z3.BoolVal(False)
        before = outcome(owner, owner.cases, found[: len(own)], danger)
        after = outcome(owner, mutant.cases, found[len(own) :], danger)
        names = before.keys() | after.keys()
        false = z3.BoolVal(False)
        self.solver.push()
        self.solver.add(z3.Or([before.get(name, false) != after.get(name, false) for name in names]))
        try:
            return self._person(program) if self.solver.check() == z3.sat else None
        finally:
            self.solver.pop()

    def _person(self, program: Program) -> Said:
        model = self.solver.model()
        said: Said = {}
        for fact in program.facts:
            slot = self.slots[fact.name]
            if z3.is_true(model.eval(slot.unclear)):
                said[fact.name] = "not_sure"
            elif z3.is_true(model.eval(slot.known)):
                said[fact.name] = _value(fact, model.eval(slot.value, model_completion=True))
        return said


def outcome(owner: Owner, cases: Cases, pairs: list[Pair], danger: Formula) -> dict[str, Formula]:
    """What an owner says of a person, by name: what the examples can expect of it."""
    if owner.kind == "rule":
        return _of_rule(cases, pairs, danger)
    if owner.kind not in ("flag", "condition", "step"):
        return {"yes": pairs[0][0]} if pairs else {}
    found: dict[str, Formula] = {}
    left, unknown = z3.BoolVal(True), z3.BoolVal(False)
    for case, (yes, no) in zip(cases, pairs, strict=True):
        found[case.name] = z3.Or(found.get(case.name, False), z3.And(left, yes))
        left = z3.And(left, z3.Not(yes))
        open_ = z3.And(left, z3.Not(no))
        unknown = z3.Or(unknown, open_)
        found[f"open {case.name}"] = z3.Or(found.get(f"open {case.name}", False), open_)
    if owner.kind == "flag":
        levels = {name: formula for name, formula in found.items() if not name.startswith("open ")}
        return {**levels, "not_known": z3.And(left, unknown), "none": z3.And(left, z3.Not(unknown))}
    opened = {f"open {c.name}": z3.And(found[f"open {c.name}"], z3.Not(found[c.name])) for c in cases}
    return {**found, **(opened if owner.kind == "step" else {}), "otherwise": left}


def _of_rule(cases: Cases, pairs: list[Pair], danger: Formula) -> dict[str, Formula]:
    if not pairs:
        return {}
    criteria, considered, who = pairs
    advised = z3.Or(criteria[0], considered[0])
    settled_no = z3.And(criteria[1], z3.Not(advised))
    first = danger if any(case.name == "delays" for case in cases) else z3.BoolVal(False)
    raw = {
        "advised": advised,
        "needs_answer": z3.Not(z3.Or(advised, settled_no)),
        "does_not_concern": z3.And(settled_no, who[1]),
    }
    states = {name: z3.And(z3.Not(first), formula) for name, formula in raw.items()}
    return {**states, "not_advised": z3.Not(z3.Or(list(states.values())))}


def _slot(fact: Fact) -> Slot:
    make = z3.Bool if isinstance(fact, YesNo) else z3.Int if isinstance(fact, Choice) else z3.Real
    return Slot(fact, z3.Bool(f"{fact.name} known"), z3.Bool(f"{fact.name} unclear"), make(fact.name))


def _range(slot: Slot) -> list[Formula]:
    fact = slot.fact
    if isinstance(fact, Choice):
        return [slot.value >= 0, slot.value < len(fact.options)]
    if not isinstance(fact, Number):
        return []
    whole = [z3.IsInt(slot.value)] if fact.whole else []
    return [slot.value >= z3.RealVal(str(fact.low)), slot.value <= z3.RealVal(str(fact.high)), *whole]


def _option(fact: Fact, value: Anything) -> int:
    assert isinstance(fact, Choice)
    return fact.options.index(value)


def _count(formulas: list[Formula]) -> Formula:
    return z3.Sum([z3.If(formula, 1, 0) for formula in formulas])


def _value(fact: Fact, value: Formula) -> Anything:
    if isinstance(fact, YesNo):
        return z3.is_true(value)
    if isinstance(fact, Choice):
        return fact.options[value.as_long()]
    return round(float(value.as_fraction()), 4)
