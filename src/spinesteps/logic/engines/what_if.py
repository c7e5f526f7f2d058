"""Many variants of one person at once: the same answers but for a few. For "what if" questions.

One bit for each variant, two bit sets for each condition: where it is settled yes, where it is settled no.
The same answers as `judge`, without needs, reasons and open judging.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from spinesteps.logic.conditions import AllOf, AnyOf, AtLeast, Condition, Known, Not, Points
from spinesteps.logic.engines.judge import meet
from spinesteps.logic.engines.program import Program
from spinesteps.logic.facts import Answer, Answers, Silence, Value

Bits = tuple[int, int]  # the variants where it is settled yes, and no
Trial = tuple[str, Value]  # a fact's name, and an answer to try
Others = Mapping[str, list[tuple[int, Answer]]]  # by fact: the variants, as bits, in which it has another answer


def vary(program: Program, base: Answers, variants: Sequence[Mapping[str, Answer]]) -> list[Bits]:
    """For each condition of the program, in which variants it is yes and in which no."""
    changed: dict[str, list[tuple[int, Answer]]] = {}
    for place, variant in enumerate(variants):
        for name, answer in variant.items():
            changed.setdefault(name, []).append((1 << place, answer))
    leaves = [() if step.fact is None else _leaf(step.node, changed.get(step.fact.name, [])) for step in program.steps]
    return _run(program, base, leaves, {}, (1 << len(variants)) - 1)


def vary_given(program: Program, given: Mapping[str, Bits], everyone: int) -> list[Bits]:
    """As `vary` for a program over yes/no facts alone, of which it is given in which variants each is yes and no."""
    leaves = [() if step.fact is None else (*given[step.fact.name], everyone) for step in program.steps]
    return _run(program, {}, leaves, {}, everyone)


class Trials:
    """The same single answers, tried one at a time on many people: what a leaf says of each is found out once."""

    def __init__(self, program: Program, trials: Sequence[Trial]) -> None:
        self.program = program
        self.trials = tuple(trials)
        self.places = {trial: place for place, trial in enumerate(self.trials)}
        self.everyone = (1 << len(self.trials)) - 1
        tried: dict[str, list[tuple[int, Answer]]] = {}
        for place, (name, value) in enumerate(self.trials):
            tried.setdefault(name, []).append((1 << place, value))
        steps = program.steps
        self._leaves = [() if s.fact is None else _leaf(s.node, tried.get(s.fact.name, [])) for s in steps]

    def vary(self, base: Answers, others: Others) -> list[Bits]:
        """For each condition of the program, in which trials it is yes and in which no.

        others: what else is answered differently in a trial, such as what it implies.
        """
        return _run(self.program, base, self._leaves, others, self.everyone)


Leaf = tuple[int, ...]  # where it is yes, where no, and all variants that answer its fact; empty for an inner step


def _run(program: Program, base: Answers, leaves: Sequence[Leaf], others: Others, everyone: int) -> list[Bits]:
    done: list[Bits] = []
    for step, leaf in zip(program.steps, leaves, strict=True):
        if not leaf:
            done.append(_joined(step.node, [done[part] for part in step.parts], everyone))
            continue
        assert step.fact is not None
        name = step.fact.name
        yes, no, answered = leaf
        if name in others:
            more = _leaf(step.node, others[name])
            kept = ~more[2]
            yes, no, answered = yes & kept | more[0], no & kept | more[1], answered | more[2]
        found = meet(step.node, base.get(name, Silence.NOT_ASKED))
        if found is not None:
            rest = everyone & ~answered
            yes, no = (yes | rest, no) if found else (yes, no | rest)
        done.append((yes, no))
    return [done[root] for root in program.roots]


def _leaf(node: Condition, changed: Sequence[tuple[int, Answer]]) -> Leaf:
    yes = no = answered = 0
    for bit, answer in changed:
        found = meet(node, answer)
        answered |= bit
        if found:
            yes |= bit
        elif found is False:
            no |= bit
    return yes, no, answered


def _joined(node: Condition, parts: list[Bits], everyone: int) -> Bits:
    kind = type(node)
    if kind is AllOf or kind is AnyOf:
        both, either = (0, 1) if kind is AllOf else (1, 0)
        least, most = everyone, 0
        for part in parts:
            least &= part[both]
            most |= part[either]
        return (least, most) if kind is AllOf else (most, least)
    if isinstance(node, Not):
        return parts[0][1], parts[0][0]
    if isinstance(node, Known):
        known = parts[0][0] | parts[0][1]
        return known, everyone & ~known
    if isinstance(node, Points):
        return _points(node, parts, everyone)
    assert isinstance(node, AtLeast)
    yes, no = [part[0] for part in parts], [part[1] for part in parts]
    return _at_least(node.n, yes, everyone), _at_least(len(parts) - node.n + 1, no, everyone)


def _at_least(n: int, sets: list[int], everyone: int) -> int:
    """The variants that are in at least n of the sets."""
    reached = [everyone] + [0] * max(n, 0)  # by count: the variants that were in so many sets so far
    for members in sets:
        for count in range(len(reached) - 1, 0, -1):
            reached[count] |= reached[count - 1] & members
    return reached[-1]


def _points(node: Points, parts: list[Bits], everyone: int) -> Bits:
    """Variants whose items are settled alike have one interval, so each such group is added up once."""
    groups = [(everyone, 0.0, 0.0)]
    for item, (yes, no) in zip(node.items, parts, strict=True):
        either = (item.points, item.otherwise)
        unknown = everyone & ~(yes | no)
        kinds = (
            (yes, item.points, item.points),
            (no, item.otherwise, item.otherwise),
            (unknown, min(either), max(either)),
        )
        groups = [
            (both, low + least, high + most)
            for members, low, high in groups
            for kind, least, most in kinds
            if (both := members & kind)
        ]
    reaches = [members for members, low, _ in groups if low >= node.bound.value]
    fails = [members for members, low, high in groups if low < node.bound.value and high < node.bound.value]
    return reduce(or_, reaches, 0), reduce(or_, fails, 0)
