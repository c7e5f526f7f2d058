"""Conditions as cells: settled yes, settled no, needs. The same laws as logic/engines/judge.py, for every row at once.

    all       yes: every yes          no: any no            known     yes: either   no: neither
    any       yes: any yes            no: every no          unclear   by status
    not       the two swapped                               points    low end reaches, high end does not
    at least  enough yes              too many no
"""

from __future__ import annotations

from collections.abc import Sequence

from spinesteps.logic.conditions import AllOf, AnyOf, AtLeast, Case, Compare, Condition, FirstOf, Is, Known, Not, Points
from spinesteps.logic.conditions import Unclear as UnclearNode
from spinesteps.logic.engines.columns.cells import NO, YES, Cell, Cells
from spinesteps.logic.engines.program import Program, ProgramStep
from spinesteps.logic.facts import Fact

AGAINST = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Settled:
    """The cells of a program's steps. `open`: open judging, as in logic/engines/judge.py."""

    def __init__(self, program: Program, cells: Cells, open: bool = False) -> None:
        self.program = program
        self.cells = cells
        self.open = open
        self.yes: list[Cell] = []
        self.no: list[Cell] = []
        self.low: dict[int, Cell] = {}
        self.high: dict[int, Cell] = {}
        self._asks: dict[int, Cell] = {}
        self._needs: dict[tuple[int, str], Cell] = {}
        for number, step in enumerate(program.steps):
            yes, no = self._leaf(step.node, step.fact) if step.fact is not None else self._inner(number, step)
            self.yes.append(yes)
            self.no.append(no)

    def unknown(self, number: int) -> Cell:
        """The step is not known."""
        return self.cells.opposite(self.cells.either((self.yes[number], self.no[number])))

    def need(self, number: int, name: str) -> Cell:
        """The step is not known, and the fact's answer could settle it."""
        if (number, name) not in self._needs:
            step = self.program.steps[number]
            inner = YES if step.fact is not None and step.fact.name == name else NO
            if step.parts:
                inner = self.cells.either(self.need(part, name) for part in step.parts)
            found = NO if inner == NO else self.cells.both((self.unknown(number), inner))
            self._needs[number, name] = found
        return self._needs[number, name]

    def facts_of(self, number: int) -> dict[str, Fact]:
        """The facts that a step looks at, by name."""
        found: dict[str, Fact] = {}
        waiting, seen = [number], {number}
        while waiting:
            step = self.program.steps[waiting.pop()]
            if step.fact is not None:
                found[step.fact.name] = step.fact
            waiting += [part for part in step.parts if part not in seen]
            seen.update(step.parts)
        return found

    def _asking(self, number: int) -> Cell:
        """The step is not known, and one of its needs may still be asked."""
        if number not in self._asks:
            step = self.program.steps[number]
            if step.fact is not None:
                inner = self.cells.make("askable", step.fact.name)
            else:
                inner = self.cells.either(self._asking(part) for part in step.parts)
            self._asks[number] = self.cells.both((self.unknown(number), inner))
        return self._asks[number]

    def _leaf(self, node: Condition, fact: Fact) -> tuple[Cell, Cell]:
        cells, name = self.cells, fact.name
        if isinstance(node, Compare):
            value = float(node.bound.value)
            return cells.make("compare", name, node.sign, value), cells.make("compare", name, AGAINST[node.sign], value)
        if isinstance(node, Is):
            same = (name, type(node.value).__name__, node.value)
            return cells.make("is", *same), cells.make("is_not", *same)
        yes = cells.make("unclear" if isinstance(node, UnclearNode) else "known", name)
        no = cells.opposite(yes)
        if self.open:
            no = cells.both((no, cells.opposite(cells.make("askable", name))))
        return yes, no

    def _inner(self, number: int, step: ProgramStep) -> tuple[Cell, Cell]:
        node, cells = step.node, self.cells
        yes, no = [self.yes[part] for part in step.parts], [self.no[part] for part in step.parts]
        if isinstance(node, AllOf):
            return cells.both(yes), cells.either(no)
        if isinstance(node, AnyOf):
            return cells.either(yes), cells.both(no)
        if isinstance(node, Not):
            return no[0], yes[0]
        if isinstance(node, AtLeast):
            return cells.enough(node.n, yes), cells.enough(len(yes) - node.n + 1, no)
        if isinstance(node, Known):
            return self._known(step.parts[0])
        assert isinstance(node, Points)
        return self._points(number, node, yes, no)

    def _known(self, part: int) -> tuple[Cell, Cell]:
        leaf = self.program.steps[part]
        if isinstance(leaf.node, Compare | Is) and leaf.fact is not None:
            settled = self.cells.make("known", leaf.fact.name)
        else:
            settled = self.cells.either((self.yes[part], self.no[part]))
        no = self.cells.opposite(settled)
        if self.open:
            no = self.cells.both((no, self.cells.opposite(self._asking(part))))
        return settled, no

    def _points(self, number: int, node: Points, yes: list[Cell], no: list[Cell]) -> tuple[Cell, Cell]:
        either = tuple((float(item.points), float(item.otherwise)) for item in node.items)
        parts = tuple(cell for pair in zip(yes, no, strict=True) for cell in pair)
        low, high = self.cells.make("low", either, parts), self.cells.make("high", either, parts)
        self.low[number], self.high[number] = low, high
        cutoff = float(node.bound.value)
        return self.cells.make("reaches", cutoff, (low,)), self.cells.make("fails", cutoff, (high,))


def merged(outcome: FirstOf) -> list[tuple[str, Condition]]:
    """The cases, neighbours of one name made one: they choose alike and are open alike."""
    groups: list[tuple[str, list[Case]]] = []
    for case in outcome.cases:
        if not groups or groups[-1][0] != case.name:
            groups.append((case.name, []))
        groups[-1][1].append(case)
    return [(name, cases[0].when if len(cases) == 1 else AnyOf(tuple(c.when for c in cases))) for name, cases in groups]


class ChosenCells:
    """An outcome as cells. chosen: (name, settled yes), the first counts. open: (name, reported as not known)."""

    def __init__(
        self, names: Sequence[str], roots: Sequence[int], otherwise: str, settled: Settled, openings: bool
    ) -> None:
        self.chosen = [(name, settled.yes[root]) for name, root in zip(names, roots, strict=True)]
        self.otherwise = otherwise
        self.openings = openings
        self.open = self._open(names, roots, settled) if openings else []

    def _open(self, names: Sequence[str], roots: Sequence[int], settled: Settled) -> list[tuple[str, Cell]]:
        cells = settled.cells
        picks: dict[str, list[Cell]] = {}
        open_: list[tuple[str, Cell]] = []
        for place, (name, root) in enumerate(zip(names, roots, strict=True)):
            before = cells.opposite(cells.either(yes for _, yes in self.chosen[:place]))
            picks.setdefault(name, []).append(cells.both((settled.yes[root], before)))
            open_.append((name, cells.both((settled.unknown(root), before))))
        nothing = cells.opposite(cells.either(yes for _, yes in self.chosen))
        picks.setdefault(self.otherwise, []).append(nothing)
        picked = {name: cells.either(found) for name, found in picks.items()}
        free: list[tuple[str, Cell]] = []
        for place, (name, cell) in enumerate(open_):
            earlier = cells.either(other for known, other in open_[:place] if known == name)
            taken = cells.either((earlier, picked[name]))
            free.append((name, cells.both((cell, cells.opposite(taken)))))
        return free
