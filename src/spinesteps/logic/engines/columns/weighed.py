"""Every fact of a record, weighed between its sources and as it stands on the day: history/weighing.py as columns.

    recorded(events, people, sources_of(facts, from_record))

gives one row for each person and day with `<name>` and `<name>__status` of every fact: what `recorded` and then
`standing` say for one person, and what `settle` takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.by_name import answers_by_name
from spinesteps.logic.engines.columns.events import KEY, LONG_AGO, day_number, surely
from spinesteps.logic.engines.columns.facts import KNOWN
from spinesteps.logic.engines.columns.history import summarised
from spinesteps.logic.engines.columns.layers import kept_apart, pairwise, status_of
from spinesteps.logic.engines.columns.steps import NOT_ASKED
from spinesteps.logic.facts import Fact, Number, Silence, YesNo
from spinesteps.logic.history.sources import FromRecord, Sources
from spinesteps.logic.history.weighing import Between, KeepsRule, SpeaksRule, Trait, keeping, weighing

OUT_OF_DATE = Silence.OUT_OF_DATE.value


@dataclass(frozen=True)
class SourceColumns:
    """What one source says of a fact: three columns of a table, and the index day beside them."""

    fact: Fact
    value: ir.Value
    status: ir.Value
    about: ir.Value
    today: ir.Value

    @classmethod
    def of(cls, table: ir.Table, fact: Fact, name: str) -> SourceColumns:
        """The columns under a name."""
        return cls(fact, table[name], table[status_of(name)], table[f"{name}__day"], table["today"])

    def columns(self, name: str) -> dict[str, ir.Value]:
        """The columns, by what they are called under a name."""
        return {name: self.value, status_of(name): self.status, f"{name}__day": self.about}

    def has(self, trait: Trait) -> ir.BooleanValue:
        """As `weighing._has`; never null."""
        if trait is Trait.NOTHING:
            return self.status == NOT_ASKED
        if trait is Trait.SILENT:
            return self.status != KNOWN
        if trait is Trait.YES:
            return surely(self.value) if isinstance(self.fact, YesNo) else ibis.literal(False)
        if trait is Trait.NO:
            return surely(~self.value) if isinstance(self.fact, YesNo) else ibis.literal(False)
        if trait is Trait.ASKS:
            return self.status == OUT_OF_DATE
        if trait is Trait.NUMBER:
            return self.status == KNOWN if isinstance(self.fact, Number) else ibis.literal(False)
        if trait is Trait.UNDATED:
            return self.about.isnull()
        kept = self.fact.valid_days
        return ibis.literal(True) if kept is None else ibis.coalesce(self.about + kept >= self.today, True)

    def out_of_date(self, when: ir.BooleanValue) -> SourceColumns:
        """The same, but out of date where this holds."""
        value = ibis.cases((when, ibis.null(self.value.type())), else_=self.value)
        status = ibis.cases((when, OUT_OF_DATE), else_=self.status)
        return SourceColumns(self.fact, value, status, self.about, self.today)


def recorded(events: ir.Table, people: ir.Table, sources: Sequence[Sources]) -> ir.Table:
    """One row for each person and day, with every fact."""
    declared = {name: one for number, source in enumerate(sources) for name, one in _declared(source, number)}
    coded = summarised(events, people, declared)
    own = answers_by_name(events, people, [source.fact for source in sources if not source.moving])
    named = {name: own[name] for name in own.columns if name not in KEY}
    table = coded.left_join(own, KEY).select(
        *(coded[name] for name in KEY), *(coded[name] for name in coded.columns if name not in KEY), **named
    )
    table = kept_apart(table.mutate(today=day_number(table["day"])))
    table = _step(table, [_sides(table, source, number) for number, source in enumerate(sources)])
    table = _step(table, [_weighed(table, source, number) for number, source in enumerate(sources)])
    table = _step(table, [_chosen(table, source, number) for number, source in enumerate(sources)])
    found: dict[str, ir.Value] = {}
    for source in sources:
        one = SourceColumns.of(table, source.fact, source.fact.name)
        old = pairwise(lambda x, y: x & y, [~one.has(Trait.SILENT), ~one.has(Trait.STANDS)])
        one = one if source.fact.valid_days is None else one.out_of_date(old)
        found |= {source.fact.name: one.value, status_of(source.fact.name): one.status}
    return table.select(*KEY, **found)


def _declared(source: Sources, number: int) -> Iterator[tuple[str, FromRecord]]:
    if source.moving:
        yield source.fact.name, source.own
    yield from ((f"coded_{number}_{place}", one) for place, one in enumerate(source.coded))


def _step(table: ir.Table, parts: Sequence[dict[str, ir.Value]]) -> ir.Table:
    columns = {name: column for part in parts for name, column in part.items()}
    return kept_apart(table.select(*KEY, "today", **columns))


def _sides(table: ir.Table, source: Sources, number: int) -> dict[str, ir.Value]:
    """What was said by name, and the first of what is coded that found something; undated answers may not keep."""
    rules = keeping(source)
    found = _dated(SourceColumns.of(table, source.fact, source.fact.name), rules).columns(source.fact.name)
    names = [f"coded_{number}_{place}" for place in range(len(source.coded))]
    sides = [_dated(SourceColumns.of(table, source.fact, name), rules) for name in names]
    if sides:
        first = sides[-1]
        for side in reversed(sides[:-1]):
            first = _either(~side.has(Trait.NOTHING), side, first)
        found |= first.columns(f"coded_{number}")
    return found


def _dated(side: SourceColumns, rules: Sequence[KeepsRule]) -> SourceColumns:
    if not rules:
        return side
    cases = [(_all([side.has(trait) for trait in rule.when]), ibis.literal(rule.keeps)) for rule in rules]
    return side.out_of_date(~ibis.cases(*cases, else_=True))


def _weighed(table: ir.Table, source: Sources, number: int) -> dict[str, ir.Value]:
    """Beside the two sides whether the one by name speaks."""
    own = SourceColumns.of(table, source.fact, source.fact.name)
    if not source.coded:
        return own.columns(source.fact.name)
    coded = SourceColumns.of(table, source.fact, f"coded_{number}")
    cases = [(_decides(rule, own, coded), ibis.literal(rule.own_speaks)) for rule in weighing(source)]
    speaks = ibis.cases(*cases, else_=False)
    return own.columns(source.fact.name) | coded.columns(f"coded_{number}") | {f"own_{number}": speaks}


def _chosen(table: ir.Table, source: Sources, number: int) -> dict[str, ir.Value]:
    own = SourceColumns.of(table, source.fact, source.fact.name)
    if not source.coded:
        return own.columns(source.fact.name)
    speaks = table[f"own_{number}"]
    assert isinstance(speaks, ir.BooleanColumn)
    return _either(speaks, own, SourceColumns.of(table, source.fact, f"coded_{number}")).columns(source.fact.name)


def _either(when: ir.BooleanValue, one: SourceColumns, other: SourceColumns) -> SourceColumns:
    pairs = ((one.value, other.value), (one.status, other.status), (one.about, other.about))
    value, status, about = (ibis.cases((when, mine), else_=theirs) for mine, theirs in pairs)
    return SourceColumns(one.fact, value, status, about, one.today)


def _decides(rule: SpeaksRule, own: SourceColumns, coded: SourceColumns) -> ir.BooleanValue:
    parts = [own.has(trait) for trait in rule.own] + [coded.has(trait) for trait in rule.coded]
    return _all(parts + [_between(between, own, coded) for between in rule.between])


def _between(between: Between, own: SourceColumns, coded: SourceColumns) -> ir.BooleanValue:
    if between is Between.NOT_LATER:
        return ibis.coalesce(own.about <= coded.about, True)
    if between is Between.NO_OLDER:
        return ibis.coalesce(own.about, LONG_AGO) >= ibis.coalesce(coded.about, LONG_AGO)
    return surely(own.value <= coded.value)


def _all(parts: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    return pairwise(lambda x, y: x & y, parts) if parts else ibis.literal(True)
