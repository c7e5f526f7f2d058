"""Truths of a row as a small algebra: never null, each written once, simplified where that is free.

A condition has two cells, settled yes and settled no; neither of them means not known. Nothing here knows SQL.
Cells are numbers into `Cells.ops`: a kind of cell, then what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable

Cell = int
Op = tuple[object, ...]
NO: Cell = 0
YES: Cell = 1


class Cells:
    """All cells made so far. Making the same cell twice gives the same number."""

    def __init__(self) -> None:
        self.ops: list[Op] = [("no",), ("yes",)]
        self._found: dict[Op, Cell] = {}

    def make(self, *op: object) -> Cell:
        """A cell by its kind and what it is made of."""
        if op not in self._found:
            self._found[op] = len(self.ops)
            self.ops.append(op)
        return self._found[op]

    def parts(self, cell: Cell) -> tuple[Cell, ...]:
        """The cells directly inside a cell."""
        kind, *rest = self.ops[cell]
        if kind in ("both", "either", "enough", "low", "high", "reaches", "fails", "opposite"):
            return rest[-1]  # type: ignore[return-value]
        return ()

    def opposite(self, cell: Cell) -> Cell:
        """Not this one."""
        if cell in (NO, YES):
            return YES - cell
        kind, *rest = self.ops[cell]
        return rest[0][0] if kind == "opposite" else self.make("opposite", (cell,))  # type: ignore[index]

    def both(self, cells: Iterable[Cell]) -> Cell:
        """Every one of them."""
        return self._join("both", "either", YES, NO, cells)

    def either(self, cells: Iterable[Cell]) -> Cell:
        """At least one of them."""
        return self._join("either", "both", NO, YES, cells)

    def enough(self, n: int, cells: Iterable[Cell]) -> Cell:
        """At least n of them, one that stands twice counting twice."""
        all_of = list(cells)
        n -= all_of.count(YES)
        left = tuple(cell for cell in all_of if cell not in (NO, YES))
        if n <= 0 or n > len(left):
            return YES if n <= 0 else NO
        if n == 1:
            return self.either(left)
        return self.both(left) if n == len(left) else self.make("enough", n, left)

    def _join(self, kind: str, other: str, nothing: Cell, settles: Cell, cells: Iterable[Cell]) -> Cell:
        left = dict.fromkeys(cell for cell in cells if cell != nothing)
        if settles in left or any(self.opposite(cell) in left for cell in left):
            return settles
        for cell in list(left):  # x and (x or y) is x
            inner = self.parts(cell) if self.ops[cell][0] == other else ()
            if any(part in left for part in inner):
                del left[cell]
        if len(left) < 2:
            return next(iter(left), nothing)
        return self.make(kind, tuple(left))
