"""Conditions and outcomes over a table of facts, as columns. See the package for what they are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import Condition, FirstOf
from spinesteps.logic.engines.columns.cells import Cell, Cells
from spinesteps.logic.engines.columns.facts import facts_of, imply, usable
from spinesteps.logic.engines.columns.layers import Layers, Writer
from spinesteps.logic.engines.columns.settled import ChosenCells, Settled, merged
from spinesteps.logic.engines.program import Program
from spinesteps.logic.implied import Implied

LONGEST = 63  # bytes of a column's name in PostgreSQL
Wanted = Mapping[str, Condition | FirstOf]


@dataclass
class _Plan:
    """The cells of everything wanted: yes/no columns, ends of intervals, choices."""

    cells: Cells
    truths: dict[str, Cell]
    numbers: dict[str, Cell]
    choices: dict[str, ChosenCells]

    def wanted(self) -> list[Cell]:
        found = [*self.truths.values(), *self.numbers.values()]
        for choice in self.choices.values():
            found += [cell for _, cell in (*choice.chosen, *choice.open)]
        return found


def settle(
    table: ir.Table,
    wanted: Wanted,
    *,
    keep: Sequence[str] = (),
    implied: Sequence[Implied] = (),
    needs: Collection[str] = (),
    openings: Collection[str] | None = None,
    open: bool = False,
    tidy: bool = True,
) -> ir.Table:
    """One row for each row of facts: the kept columns, then those of everything wanted.

    implied: relations filled in first. needs: for which of the wanted conditions the needs are made. openings: which
    outcomes tell the names left open (all when None). open: open judging. tidy: False for a table of `tidied` facts.
    """
    conditions = [c for item in wanted.values() for c in _conditions(item)]
    facts = facts_of(conditions, implied)
    table = usable(table, facts, keep) if tidy else table
    table = imply(table, implied, keep) if implied else table
    plan = _planned(wanted, needs, openings, open)
    for name in (*plan.truths, *plan.numbers, *plan.choices):
        if len(name.encode()) > LONGEST or name in keep:
            raise DeclarationError(f'"{name}" cannot name a column: it stands twice or is longer than {LONGEST} bytes.')
    return Layers(plan.cells, plan.wanted()).table(table, keep, lambda writer: _written(plan, writer))


def _conditions(item: Condition | FirstOf) -> list[Condition]:
    return [item] if isinstance(item, Condition) else [when for _, when in merged(item)]


def _planned(wanted: Wanted, needs: Collection[str], openings: Collection[str] | None, open: bool) -> _Plan:
    cells = Cells()
    program = Program([c for item in wanted.values() for c in _conditions(item)])
    settled = Settled(program, cells, open)
    plan = _Plan(cells, {}, {}, {})
    roots = iter(program.roots)
    for name, item in wanted.items():
        if isinstance(item, FirstOf):
            names = [case for case, _ in merged(item)]
            opening = openings is None or name in openings
            plan.choices[name] = ChosenCells(names, [next(roots) for _ in names], item.otherwise, settled, opening)
            continue
        root = next(roots)
        plan.truths[f"{name}__yes"], plan.truths[f"{name}__no"] = settled.yes[root], settled.no[root]
        if root in settled.low:
            plan.numbers[f"{name}__low"], plan.numbers[f"{name}__high"] = settled.low[root], settled.high[root]
        if name in needs:
            for fact in settled.facts_of(root):
                plan.truths[f"{name}__needs__{fact}"] = settled.need(root, fact)
    return plan


def _written(plan: _Plan, writer: Writer) -> dict[str, ir.Value]:
    found: dict[str, ir.Value] = {name: writer.truth(cell) for name, cell in plan.truths.items()}
    found |= {name: writer.read(cell) for name, cell in plan.numbers.items()}
    for name, choice in plan.choices.items():
        cases = [(writer.truth(cell), ibis.literal(case)) for case, cell in choice.chosen]
        found[name] = ibis.cases(*cases, else_=choice.otherwise) if cases else ibis.literal(choice.otherwise)
        if choice.openings:
            found[f"{name}__open"] = _listed([(case, writer.truth(cell)) for case, cell in choice.open])
    return found


def _listed(names: Sequence[tuple[str, ir.BooleanValue]]) -> ir.Value:
    """The names that hold, in order, with a semicolon between two."""
    text: ir.StringValue = ibis.literal("")
    for name, holds in names:
        text = text + holds.ifelse(f";{name}", "")
    return text.substr(1)
