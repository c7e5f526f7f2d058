"""Summaries over spans of days and windows, as columns: `LongestRun`, `CoveredDays`, `OverlapDays`, `MostWithin`.

All spans of all summaries go through one pass: in order of their first day, a span that begins after the furthest end
so far (and the gap) begins a new run. A window that holds most is the point where most windows around an event meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.events import KEY, LONG_AGO, Selections, about, ever, span_end, surely
from spinesteps.logic.engines.columns.layers import kept_apart, number, pairwise
from spinesteps.logic.engines.columns.steps import NOT_ASKED, Flag, FoundColumns, Steps
from spinesteps.logic.engines.columns.summaries import (
    Steppers,
    count,
    counted,
    dated,
    enough,
    pick,
    silent,
    some,
    when_day,
)
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import CoveredDays, LongestRun, MostWithin, OverlapDays

RUNS = (LongestRun, CoveredDays, OverlapDays, MostWithin)


@dataclass(frozen=True)
class Series:
    """Spans of the events of one or two selections, laid together. within_days cuts the days counted.

    current: of the longest runs only those that reach the index day.
    """

    wheres: tuple[Where, ...]
    gap_days: int = 0
    within_days: int | None = None
    current: bool = False


@dataclass(frozen=True)
class WindowCount:
    """The most events of a selection in so many days."""

    where: Where
    days: int


def selections_of(summary: object) -> tuple[Where, ...]:
    """The selections that the summary's spans come from."""
    if isinstance(summary, CoveredDays):
        return (ever(summary.where),)
    if isinstance(summary, OverlapDays):
        return (ever(summary.where), ever(summary.other))
    return (summary.where,) if isinstance(summary, LongestRun | MostWithin) else ()


def series_of(summary: object) -> tuple[Series | WindowCount, ...]:
    """What has to be measured for a summary."""
    if isinstance(summary, LongestRun):
        return (Series((summary.where,), summary.gap_days, current=summary.current),)
    if isinstance(summary, CoveredDays):
        return (Series((ever(summary.where),), within_days=summary.where.within_days),)
    if isinstance(summary, OverlapDays):
        one, other, within = ever(summary.where), ever(summary.other), summary.where.within_days
        return (Series((one,), 0, within), Series((other,), 0, within), Series((one, other), 0, within))
    return (WindowCount(summary.where, summary.days),) if isinstance(summary, MostWithin) else ()


class SeriesColumns:
    """The lengths and counts of every series: columns `run_<n>` (longest) and `days_<n>` (all), or `most_<n>`."""

    def __init__(self, summaries: Iterable[object], selections: Selections) -> None:
        self.places = {one: n for n, one in enumerate(dict.fromkeys(s for item in summaries for s in series_of(item)))}
        self.selections = selections

    def beside(self, people: ir.Table, events: ir.Table) -> ir.Table:
        """The people with these columns."""
        tables = []
        series = [self._spans(events, one, place) for one, place in self.places.items() if isinstance(one, Series)]
        if series:
            tables.append(self._lengths(pairwise(lambda x, y: x.union(y), series)))
        counted = [(one, place) for one, place in self.places.items() if isinstance(one, WindowCount)]
        windows = [self._steps(events, one, place) for one, place in counted]
        if windows:
            tables.append(self._most(pairwise(lambda x, y: x.union(y), windows)))
        for table in tables:
            columns = [name for name in table.columns if name not in KEY]
            people = people.left_join(table, KEY).select(*people.columns, *columns)
        return people

    def _spans(self, events: ir.Table, one: Series, place: int) -> ir.Table:
        chosen = reduce(lambda x, y: x | y, [self.selections.of(events, where) for where in one.wheres])
        spans = events.filter(chosen & events["last"].notnull())
        low = spans["today"] - one.within_days if one.within_days is not None else ibis.literal(LONG_AGO, "int64")
        spans = spans.select(
            *KEY, "today", series=ibis.literal(place, "int64"), gap=ibis.literal(one.gap_days, "int64"),
            low=low.cast("int64"), begin=spans["last"], until=span_end(spans).cast("int64"),
        )  # fmt: skip
        return spans.filter(spans["begin"] <= spans["until"])

    def _lengths(self, spans: ir.Table) -> ir.Table:
        by, order = [*KEY, "series"], ["begin", "until"]
        spans = kept_apart(spans)
        before = ibis.window(group_by=by, order_by=order, rows=(None, -1))
        spans = kept_apart(spans.mutate(reach=spans["until"].max().over(before)))
        new = spans["reach"].isnull() | surely(spans["begin"] > spans["reach"] + spans["gap"] + 1)
        spans = kept_apart(spans.mutate(new=new.ifelse(1, 0)))
        so_far = ibis.window(group_by=by, order_by=order, rows=(None, 0))
        spans = kept_apart(spans.mutate(run=spans["new"].sum().over(so_far)))
        runs = spans.group_by([*by, "run", "today", "low"]).aggregate(
            begin=spans["begin"].min(), until=spans["until"].max()
        )
        runs = kept_apart(runs)
        cut = ibis.least(runs["until"], runs["today"]) - ibis.greatest(runs["begin"], runs["low"]) + 1
        runs = kept_apart(runs.mutate(length=runs["until"] - runs["begin"] + 1, cut=ibis.greatest(cut, 0)))
        wanted = {}
        for one, place in self.places.items():
            if isinstance(one, Series):
                here = runs["series"] == place
                there = here & surely(runs["until"] + one.gap_days >= runs["today"]) if one.current else here
                wanted[f"run_{place}"] = runs["length"].max(where=there)
                wanted[f"days_{place}"] = runs["cut"].sum(where=here)
        return kept_apart(runs.group_by(KEY).aggregate(**wanted))

    def _steps(self, events: ir.Table, one: WindowCount, place: int) -> ir.Table:
        """Where the windows that hold an event begin to, and where they end."""
        chosen = events.filter(self.selections.of(events, one.where) & events["last"].notnull())
        day, series = about(chosen), ibis.literal(place, "int64")
        up = chosen.select(*KEY, series=series, at=day - one.days + 1, step=ibis.literal(1, "int64"))
        down = chosen.select(*KEY, series=series, at=day + 1, step=ibis.literal(-1, "int64"))
        return up.union(down)

    def _most(self, steps: ir.Table) -> ir.Table:
        steps = kept_apart(steps)
        so_far = ibis.window(group_by=[*KEY, "series"], order_by=["at", "step"], rows=(None, 0))
        steps = kept_apart(steps.mutate(here=steps["step"].sum().over(so_far)))
        places = [place for one, place in self.places.items() if isinstance(one, WindowCount)]
        wanted = {f"most_{place}": steps["here"].max(where=steps["series"] == place) for place in places}
        return kept_apart(steps.group_by(KEY).aggregate(**wanted))

    def steps(self, summary: LongestRun | CoveredDays | OverlapDays | MostWithin, steppers: Steppers) -> Steps:
        """The summary's own questions, its series being measured."""
        flags = [steppers.flag(where) for where in selections_of(summary)]
        names = yield {f"n_{n}": count(flag) for n, flag in enumerate(flags)} | {"dated": count(dated(_any(flags)))}
        places = [self.places[one] for one in series_of(summary)]

        def finish(people: ir.Table) -> FoundColumns:
            some_dated = some(people, names["dated"])
            if isinstance(summary, MostWithin):
                return counted(people, names["n_0"], some_dated, people[f"most_{places[0]}"])
            if isinstance(summary, LongestRun):
                run = people[f"run_{places[0]}"]
                ended = people[f"days_{places[0]}"].notnull() & run.isnull()  # runs, but none that is going on
                per = run.cast("float64") / number(summary.per)
                return counted(people, names["n_0"], run.notnull(), per, ended)
            days = [ibis.coalesce(people[f"days_{place}"], 0) for place in places]
            number_of = days[0] if len(days) == 1 else days[0] + days[1] - days[2]
            found = counted(people, names["n_0"], some_dated, number_of)
            if len(flags) == 2:
                found = _both(people, found, names["n_1"])
            return enough(found, summary.at_least, people)

        return finish


def _any(flags: Sequence[Flag]) -> Flag:
    return lambda events: reduce(lambda x, y: x | y, [flag(events) for flag in flags])


def _both(people: ir.Table, found: FoundColumns, n: str) -> FoundColumns:
    """Nothing unless the other kind is there too."""
    there = some(people, n)
    return FoundColumns(pick((there, found.said), otherwise=silent(NOT_ASKED)), when_day(there, found.day))
