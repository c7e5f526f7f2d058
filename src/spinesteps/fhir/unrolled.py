"""A whole view as one Python function, its selects as loops inside each other.

It gives the rows of resources as they nearly always are, and hands everything else to `closures.rows_of`, which stays
the meaning of a view; tests hold the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spinesteps.fhir.closures import SEVERAL, Rows, rows_of, single, walk_of
from spinesteps.fhir.straight import assigned, names_of

Select = Mapping[str, Any]
Place = tuple[Select, str]  # a select, and the name of the object it looks at
LONGEST = 20  # of a list; three lists inside each other stay below the most rows a resource may give
LOOPS = ("forEach", "forEachOrNull")


def unrolled(view: Mapping[str, Any], without: frozenset[str] = frozenset()) -> Rows:
    """A ViewDefinition as a function, as `rows_of`."""
    slow = rows_of(view, without)
    if view.get("where") or not all(map(_plain, view["select"])):
        return slow
    written = _Written(without)
    written.selects([(select, "n") for select in view["select"]], [], 1)
    body = "\n".join(written.lines)
    text = f"def rows(n):\n    if type(n) is not dict:\n        return slow(n)\n    out = []\n{body}\n    return out"
    space = written.space | {"slow": slow, "nothing": ({},)}
    exec(compile(text, f"<view {view['resource']}>", "exec"), space)
    made: Rows = space["rows"]
    return made


def _plain(select: Select) -> bool:
    """Whether it can be written as loops: nothing repeats, and what is there or null holds columns alone."""
    inner = [*select.get("select", ()), *select.get("unionAll", ())]
    return "repeat" not in select and not ("forEachOrNull" in select and inner) and all(map(_plain, inner))


class _Written:
    """The lines of the function, and the names they use."""

    def __init__(self, without: frozenset[str]) -> None:
        self.without = without
        self.lines: list[str] = []
        self.space: dict[str, Any] = {}
        self.columns = self.loops = 0

    def selects(self, left: list[Place], shown: list[str], deep: int) -> None:
        """Write these selects, each inside the one before, and the row in the innermost."""
        if not left:
            self.lines.append(f"{'    ' * deep}out.append({{{', '.join(shown)}}})")
            return
        (select, holder), *left = left
        if any(name in select for name in LOOPS):
            holder, deep = self._loop(select, holder, deep)
        shown = [*shown, *self._columns(select, holder, deep)]
        nested = [(inner, holder) for inner in select.get("select", ())]
        union = [[(branch, holder)] for branch in select.get("unionAll", ())]
        for branch in union or [[]]:
            self.selects([*nested, *branch, *left], shown, deep)

    def _loop(self, select: Select, holder: str, deep: int) -> tuple[str, int]:
        self.loops += 1
        found, one, pad = f"l{self.loops}", f"n{self.loops}", "    " * deep
        self.space[f"walk{self.loops}"] = walk_of(select.get("forEach") or select["forEachOrNull"])
        self.lines += [
            f"{pad}{found} = walk{self.loops}({holder})",
            f"{pad}if len({found}) > {LONGEST}:",
            f"{pad}    return slow(n)",
            f"{pad}for {one} in {found}{' or nothing' if 'forEachOrNull' in select else ''}:",
            f"{pad}    if type({one}) is not dict:",
            f"{pad}        return slow(n)",
        ]
        return one, deep + 1

    def _columns(self, select: Select, holder: str, deep: int) -> list[str]:
        columns = [column for column in select.get("column", ()) if column["name"] not in self.without]
        first, self.columns = self.columns, self.columns + len(columns)
        self.space |= names_of([single(column["path"]) for column in columns], SEVERAL, first)
        self.lines += assigned(columns, holder, first, deep)
        return [f"{column['name']!r}: c{number}" for number, column in enumerate(columns, first)]
