"""Many variants of one person at once: the same answers but for a few. For "what if" questions.

One bit for each variant, two bit sets for each condition: where it is settled yes, where it is settled no.
The same answers as `judge`, without needs, reasons and open judging.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from spinesteps.logic.conditions import All, Any, AtLeast, Condition, Known, Not, Points
from spinesteps.logic.facts import Answer, Answers, Silence
from spinesteps.logic.judge import meet
from spinesteps.logic.program import Program

Bits = tuple[int, int]  # the variants where it is settled yes, and no


def vary(program: Program, base: Answers, variants: Sequence[Mapping[str, Answer]]) -> list[Bits]:
    """For each condition of the program, in which variants it is yes and in which no."""
    everyone = (1 << len(variants)) - 1
    changed: dict[str, list[tuple[int, Answer]]] = {}
    for place, variant in enumerate(variants):
        for name, answer in variant.items():
            changed.setdefault(name, []).append((1 << place, answer))
    done: list[Bits] = []
    for step in program.steps:
        if step.fact is None:
            done.append(_joined(step.node, [done[part] for part in step.parts], everyone))
        else:
            name = step.fact.name
            met = base.get(name, Silence.NOT_ASKED)
            done.append(_leaf(step.node, met, changed.get(name, []), everyone))
    return [done[root] for root in program.roots]


def _leaf(node: Condition, base: Answer, changed: list[tuple[int, Answer]], everyone: int) -> Bits:
    yes = no = others = 0
    for bit, answer in changed:
        found = meet(node, answer)
        others |= bit
        if found:
            yes |= bit
        elif found is False:
            no |= bit
    found = meet(node, base)
    if found is None:
        return yes, no
    rest = everyone & ~others
    return (yes | rest, no) if found else (yes, no | rest)


def _joined(node: Condition, parts: list[Bits], everyone: int) -> Bits:
    if isinstance(node, Not):
        return parts[0][1], parts[0][0]
    if isinstance(node, Known):
        known = parts[0][0] | parts[0][1]
        return known, everyone & ~known
    if isinstance(node, Points):
        return _points(node, parts, everyone)
    if isinstance(node, All | Any):
        both, either = (0, 1) if isinstance(node, All) else (1, 0)
        least, most = everyone, 0
        for part in parts:
            least &= part[both]
            most |= part[either]
        return (least, most) if isinstance(node, All) else (most, least)
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
