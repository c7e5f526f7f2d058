"""Cells as Ibis columns, in a few layers: what is used more than once becomes a column of its own.

Without layers a shared part would be written again wherever it is used, and the text of a query would explode.
SQLite and PostgreSQL would undo the layers (they write a subquery's columns out again), so a limit that never
limits keeps each apart there. `is null` is asked of plain columns only: Ibis writes it wrongly of `not x`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from types import UnionType
from typing import TypeVar

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.cells import Cell, Cells
from spinesteps.logic.facts import Silence

T = TypeVar("T")
ALL_ROWS = 2**62
FLATTENERS = ("sqlite", "postgres")
STEPS = itertools.count()  # steps of one query need different names
UNCLEAR = tuple(silence.value for silence in Silence if silence.unclear)
ASKABLE = tuple(silence.value for silence in Silence if not silence.unclear)
COMPARES: dict[str, Callable[[ir.NumericColumn, ir.NumericScalar], ir.BooleanColumn]] = {
    "<": lambda column, limit: column < limit,
    "<=": lambda column, limit: column <= limit,
    ">": lambda column, limit: column > limit,
    ">=": lambda column, limit: column >= limit,
}
KINDS: tuple[tuple[type | UnionType, type[ir.Column]], ...] = (
    (bool, ir.BooleanColumn), (int | float, ir.NumericColumn), (str, ir.StringColumn), (date, ir.DateColumn),
)  # fmt: skip


def status_of(name: str) -> str:
    """The name of the column that says whether a fact is known, and why not."""
    return f"{name}__status"


def kept_apart(table: ir.Table) -> ir.Table:
    """The table as a named step of the query: nested ones would soon be too deep for SQLite to read."""
    if table.get_backend().name in FLATTENERS:
        table = table.limit(ALL_ROWS)
    return table.alias(f"step_{next(STEPS)}")


def pairwise(join: Callable[[T, T], T], parts: Sequence[T]) -> T:
    """Joined as a flat tree: a long chain would be nested too deep for some engines."""
    while len(parts) > 1:
        pairs = [parts[place : place + 2] for place in range(0, len(parts), 2)]
        parts = [join(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return parts[0]


def one_of(column: ir.Value, texts: Sequence[str]) -> ir.BooleanValue:
    """The column holds one of these texts. Not as a list: DuckDB makes a join of each `in (…)`."""
    return pairwise(lambda x, y: x | y, [column == text for text in texts])


def number(value: float) -> ir.FloatingScalar:
    """A number as the engines' double; by way of a text, since PostgreSQL takes a plain 0.5 for a decimal."""
    found = ibis.literal(repr(float(value))).cast("float64")
    assert isinstance(found, ir.FloatingScalar)
    return found


class Layers:
    """The columns for some cells over a table in which facts are usable (see `facts.usable`).

    pinned: columns that stay to the end though no cell reads them.
    """

    def __init__(self, cells: Cells, wanted: Iterable[Cell], pinned: Iterable[str] = ()) -> None:
        self.cells = cells
        self.pinned = frozenset(pinned)
        self.uses: Counter[Cell] = Counter()
        self.depth: dict[Cell, int] = {}
        self.wanted = tuple(dict.fromkeys(wanted))
        self._count(self.wanted)
        self.shared = {cell for cell, times in self.uses.items() if times > 1 and self._worth(cell)}
        for cell in self.uses:
            self._measure(cell)
        self.last = max((self.depth[cell] for cell in self.uses), default=0)

    def _count(self, roots: Iterable[Cell]) -> None:
        waiting = list(roots)
        self.uses.update(waiting)
        seen = set(waiting)
        while waiting:
            parts = self.cells.parts(waiting.pop())
            self.uses.update(parts)
            waiting += [part for part in dict.fromkeys(parts) if part not in seen]
            seen.update(parts)

    def _worth(self, cell: Cell) -> bool:
        return self.cells.ops[cell][0] not in ("no", "yes", "known", "opposite")

    def _measure(self, cell: Cell) -> int:
        """In which layer the cell can be written: after every shared cell inside it."""
        if cell not in self.depth:
            parts = [self._measure(part) + (part in self.shared) for part in self.cells.parts(cell)]
            self.depth[cell] = max(parts, default=0)
        return self.depth[cell]

    def table(
        self, table: ir.Table, keep: Sequence[str], finish: Callable[[Writer], Mapping[str, ir.Value]]
    ) -> ir.Table:
        """The kept columns and those that `finish` makes of the cells."""
        for layer in range(self.last):
            here = [cell for cell in self.shared if self.depth[cell] == layer]
            if here:
                writer = Writer(self, table, layer)
                columns: dict[str, ir.Value] = {name: table[name] for name in self._alive(table, layer, keep)}
                columns |= {column(cell): writer.expression(cell) for cell in here}
                table = kept_apart(table.select(**columns))
        writer = Writer(self, table, self.last)
        return table.select(**{name: table[name] for name in keep}, **finish(writer))

    def _alive(self, table: ir.Table, layer: int, keep: Sequence[str]) -> list[str]:
        """The columns that a later layer, or the end, still reads."""
        read = {*keep, *self.pinned}
        waiting = list(self.wanted)
        seen = set(waiting)
        while waiting:
            cell = waiting.pop()
            if cell in self.shared and self.depth[cell] < layer:
                read.add(column(cell))
            elif cell not in self.shared or self.depth[cell] > layer:
                op = self.cells.ops[cell]
                read |= {str(op[1]), status_of(str(op[1]))} if len(op) > 1 and isinstance(op[1], str) else set()
                parts = [part for part in self.cells.parts(cell) if part not in seen]
                waiting += parts
                seen.update(parts)
        return [name for name in table.columns if name in read]


def column(cell: Cell) -> str:
    """The name of a shared cell's column."""
    return f"cell_{cell}"


class Writer:
    """Writes cells as expressions over one layer's table; cells of earlier layers are columns there."""

    def __init__(self, layers: Layers, table: ir.Table, layer: int) -> None:
        self.layers = layers
        self.table = table
        self.layer = layer
        self._done: dict[Cell, ir.Value] = {}

    def truth(self, cell: Cell) -> ir.BooleanValue:
        """A yes/no cell as an expression that is never null."""
        found = self.read(cell)
        assert isinstance(found, ir.BooleanValue)
        return found

    def read(self, cell: Cell) -> ir.Value:
        """The cell: a column of an earlier layer, else its expression."""
        if cell in self.layers.shared and self.layers.depth[cell] < self.layer:
            return self.table[column(cell)]
        return self.expression(cell)

    def expression(self, cell: Cell) -> ir.Value:
        """The cell written out."""
        if cell not in self._done:
            self._done[cell] = self._write(*self.layers.cells.ops[cell])
        return self._done[cell]

    def _write(self, kind: object, *rest: object) -> ir.Value:
        if kind in ("no", "yes"):
            return ibis.literal(kind == "yes")
        if isinstance(rest[0], str):
            return self._leaf(str(kind), rest[0], rest[1:])
        parts: Sequence[Cell] = rest[-1]  # type: ignore[assignment]
        if kind == "opposite":
            return ~self.truth(parts[0])
        if kind in ("both", "either"):
            truths = [self.truth(part) for part in parts]
            return pairwise((lambda x, y: x & y) if kind == "both" else (lambda x, y: x | y), truths)
        if kind in ("low", "high"):
            return self._end(kind == "low", rest[0], parts)  # type: ignore[arg-type]
        found = self.read(parts[0]) if kind in ("reaches", "fails") else None
        limit = rest[0]
        assert isinstance(limit, int | float)
        if isinstance(found, ir.NumericValue):
            return found >= number(limit) if kind == "reaches" else found < number(limit)
        ones = [self.truth(part).ifelse(1, 0) for part in parts]
        return pairwise(lambda x, y: x + y, ones) >= limit

    def _end(self, low: bool, points: Sequence[tuple[float, float]], parts: Sequence[Cell]) -> ir.Value:
        """One end of a score's interval, added up in the order of its items."""
        gained = [number(0)]
        for place, (points_yes, points_no) in enumerate(points):
            yes, no = self.truth(parts[2 * place]), self.truth(parts[2 * place + 1])
            unknown = min(points_yes, points_no) if low else max(points_yes, points_no)
            gained.append(ibis.cases((yes, number(points_yes)), (no, number(points_no)), else_=number(unknown)))
        return reduce(lambda x, y: x + y, gained)

    def _leaf(self, kind: str, name: str, rest: tuple[object, ...]) -> ir.Value:
        table = self.table
        if kind == "known":
            return table[name].notnull()
        if kind in ("unclear", "askable"):
            askable = one_of(table[status_of(name)], ASKABLE)
            return table[name].isnull() & (~askable if kind == "unclear" else askable)
        value = table[name]
        if kind == "compare":
            sign, limit = rest
            assert isinstance(limit, float) and isinstance(value, ir.NumericColumn)
            return COMPARES[str(sign)](value, number(limit)).identical_to(True)
        return self._same(value, rest[-1], kind == "is")

    def _same(self, value: ir.Value, wanted: object, same: bool) -> ir.Value:
        """Whether a known value is (or is not) the wanted one; a value of another kind never is."""
        kind = next((kind for kind, column in KINDS if isinstance(value, column)), None)
        if kind is None or not isinstance(wanted, kind) or isinstance(wanted, bool) is not (kind is bool):
            return ibis.literal(False) if same else value.notnull()
        if isinstance(wanted, bool):
            return value.identical_to(wanted is same)
        wanted = number(wanted) if isinstance(wanted, int | float) else ibis.literal(wanted)
        return (value == wanted if same else value != wanted).identical_to(True)
