"""How many different kinds (`Count(each="kind")`) as columns.

Which names the events of a table carry is read from it once; whether two kinds are one for a person depends on which
of that person's events name both, and is worked out with the same small algebra as the conditions.
"""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.cells import NO, YES, Cell, Cells
from spinesteps.logic.engines.columns.layers import Layers, Writer, one_of
from spinesteps.logic.engines.columns.steps import Flag, FoundColumns, Steps
from spinesteps.logic.engines.columns.summaries import Steppers, count, counted, dated, enough, some
from spinesteps.logic.history.summaries import Count

Kinds = frozenset[str]


def texts_of(events: ir.Table, summaries: Iterable[object]) -> tuple[str, ...]:
    """The distinct texts of concepts that kinds are read from; asks the engine where kinds are counted."""
    wheres = [s.where for s in summaries if isinstance(s, Count) and s.each == "kind"]
    if not wheres:
        return ()
    kinds = {kind for where in wheres for kind in ([where.kind] if isinstance(where.kind, str) else where.kind)}
    found = events.filter(one_of(events["kind"], sorted(kinds))).select("concepts").distinct().to_pyarrow()
    return tuple(sorted(text for text in found["concepts"].to_pylist() if text))


def count_kinds(steppers: Steppers, summary: Count, texts: tuple[str, ...]) -> Steps:
    """See `history.Count` with kinds."""
    where = steppers.flag(summary.where)
    timely = summary.where.within_days is not None
    flag = dated(where) if timely else where
    starts = tuple(f"{concept}:" for concept in summary.where.concepts)
    by_kinds: dict[Kinds, list[str]] = {}
    for text in texts:
        by_kinds.setdefault(frozenset(name for name in text.split(";") if name.startswith(starts)), []).append(text)
    named = sorted((kinds for kinds in by_kinds if kinds), key=sorted)
    asks = {f"kind_{n}": count(_with(flag, by_kinds[kinds])) for n, kinds in enumerate(named)}
    loose = [text for kinds, found in by_kinds.items() for text in found if not kinds]
    names = yield {**asks, "n": count(where), "dated": count(dated(where)), "loose": count(_with(flag, loose))}

    def finish(people: ir.Table) -> FoundColumns:
        sure = some(people, names["dated"]) if timely else ibis.literal(True)
        present = [names[f"kind_{n}"] for n in range(len(named))]
        number_of = ibis.coalesce(people[names["loose"]], 0) + unlike(people, named, present)
        return enough(counted(people, names["n"], sure, number_of), summary.at_least, people)

    return finish


def _with(flag: Flag, texts: list[str]) -> Flag:
    def here(events: ir.Table) -> ir.BooleanValue:
        return flag(events) & one_of(events["concepts"], texts) if texts else ibis.literal(False)

    return here


def unlike(people: ir.Table, kinds: list[Kinds], present: list[str]) -> ir.Value:
    """How many groups are left when those present that share a name are put together."""
    cells = Cells()
    here = [cells.make("compare", name, ">", 0.0) for name in present]
    near = [[YES if one & other else NO for other in kinds] for one in kinds]
    for middle in range(len(kinds)):
        for row in near:
            if row[middle] != NO:
                way = [cells.both((row[middle], here[middle], step)) for step in near[middle]]
                row[:] = [cells.either(pair) for pair in zip(row, way, strict=True)]
    firsts = [_first(cells, here, near, place) for place in range(len(kinds))]
    writer = Writer(Layers(cells, ()), people, 0)
    ones = [writer.truth(cell).ifelse(1, 0) for cell in firsts]
    return sum(ones[1:], ones[0]) if ones else ibis.literal(0)


def _first(cells: Cells, here: list[Cell], near: list[list[Cell]], place: int) -> Cell:
    """The kind is present, and none of those before it is near."""
    earlier = cells.either(cells.both((here[other], near[place][other])) for other in range(place))
    return cells.both((here[place], cells.opposite(earlier)))
