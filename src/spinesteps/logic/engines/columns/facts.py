"""A table of facts: two columns for each, `<name>` the value and `<name>__status` why there is none.

status: known | not_asked | not_sure | declined | out_of_date | unreadable | in_conflict; null is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import ibis
import ibis.expr.types as ir

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import Condition, facts_in
from spinesteps.logic.engines.columns.cells import Cells
from spinesteps.logic.engines.columns.layers import (
    ASKABLE,
    UNCLEAR,
    Layers,
    Writer,
    kept_apart,
    number,
    one_of,
    pairwise,
    status_of,
)
from spinesteps.logic.engines.columns.settled import Settled
from spinesteps.logic.engines.program import Program
from spinesteps.logic.facts import Choice, Day, Fact, Number, Silence, Value, YesNo
from spinesteps.logic.implied import Implied, Implies, Least

KNOWN = "known"
TYPES: dict[type[Fact], str] = {YesNo: "boolean", Number: "float64", Choice: "string", Day: "date"}
LARGEST = 1.7e308
Pair = tuple[ir.Value, ir.StringValue]


def type_of(fact: Fact) -> str:
    """The type of a fact's value column."""
    for kind, type_ in TYPES.items():
        if isinstance(fact, kind):
            return type_
    raise DeclarationError(f'Fact "{fact.name}" has no type of column.')


def tidied(table: ir.Table, facts: Iterable[Fact], keep: Sequence[str] = ()) -> ir.Table:
    """The facts so that a value stands there exactly where the status is known, and no status is null.

    A known value that is null or NaN, and a status nobody declared, are unreadable. A fact without columns was not
    asked; one without a status column is known where it has a value.
    """
    facts = tuple(facts)
    table = usable(table, facts, keep)
    columns: dict[str, ir.Value] = {name: table[name] for name in keep}
    for fact in facts:
        value, status = table[fact.name], table[status_of(fact.name)]
        silent = one_of(status, (*ASKABLE, *UNCLEAR))
        columns[fact.name] = value
        columns[status_of(fact.name)] = ibis.cases(
            (value.notnull(), KNOWN), (silent, status), else_=Silence.UNREADABLE.value
        )
    return kept_apart(table.select(**columns))


def usable(table: ir.Table, facts: Iterable[Fact], keep: Sequence[str] = ()) -> ir.Table:
    """As `tidied`, but cheaper: where there is no value, a status may be any text; what is not askable is unclear."""
    columns: dict[str, ir.Value] = {name: table[name] for name in keep}
    for fact in facts:
        value, status = _columns(table, fact)
        columns[status_of(fact.name)] = status
        columns[fact.name] = value
        if isinstance(value, ir.Column):
            told = status_of(fact.name) in table.columns  # a null status is not equal to known either
            use = (table[status_of(fact.name)] if told else status) == KNOWN
            if isinstance(value, ir.FloatingColumn) and table.get_backend().name != "sqlite":  # which has no NaN
                use = use & ~value.isnan()
            columns[fact.name] = ibis.cases((use, value), else_=ibis.null(value.type()))
    return kept_apart(table.select(**columns))


def _columns(table: ir.Table, fact: Fact) -> Pair:
    name, status = fact.name, status_of(fact.name)
    if name not in table.columns:
        return ibis.null(type_of(fact)), ibis.literal(Silence.NOT_ASKED.value)
    value = _typed(table[name], fact)
    if status in table.columns:
        return value, ibis.coalesce(table[status].cast("string"), Silence.NOT_ASKED.value)
    return value, value.notnull().ifelse(KNOWN, Silence.NOT_ASKED.value)


def _typed(value: ir.Value, fact: Fact) -> ir.Value:
    """The column as the fact's type. Raises DeclarationError where that would be a guess."""
    wanted = type_of(fact)
    type_ = value.type()
    if type_.is_null() or (type_.is_numeric() and wanted == "float64"):
        return value if type_.is_floating() or type_.is_integer() else value.cast(wanted)
    if str(type_).removeprefix("!") != wanted:
        raise DeclarationError(f'The column "{fact.name}" holds {type_}; a {fact.kind} fact needs {wanted}.')
    return value


def imply(table: ir.Table, implied: Sequence[Implied], keep: Sequence[str] = ()) -> ir.Table:
    """The tidy or usable table with everything implied filled in, in order, as `logic.implied.imply`."""
    batch: list[Implied] = []
    written: set[str] = set()
    for relation in implied:
        if written & {fact.name for fact in _touched(relation)}:
            table = _imply(table, batch, keep)
            batch, written = [], set()
        batch.append(relation)
        written.add(relation.fact.name)
    return _imply(table, batch, keep) if batch else table


def _touched(relation: Implied) -> tuple[Fact, ...]:
    """The facts that a relation reads, its own among them."""
    return (relation.fact, *(relation.others if isinstance(relation, Least) else facts_in(relation.when)))


def _imply(table: ir.Table, batch: Sequence[Implied], keep: Sequence[str]) -> ir.Table:
    """Relations that do not touch each other's facts, all at once."""

    def finish(writer: Writer, holds: dict[int, ir.BooleanValue]) -> dict[str, ir.Value]:
        found: dict[str, ir.Value] = {}
        for place, relation in enumerate(batch):
            name = relation.fact.name
            if isinstance(relation, Least):
                found[name], found[status_of(name)] = _least(writer.table, relation)
            else:
                found[name], found[status_of(name)] = _implied(writer.table, relation, holds[place])
        return found

    written = {column for r in batch for column in (r.fact.name, status_of(r.fact.name))}
    others = [name for name in table.columns if name not in written]
    return kept_apart(_with_conditions(table, batch, others, finish)).select(*table.columns)


def _with_conditions(
    table: ir.Table,
    batch: Sequence[Implied],
    others: Sequence[str],
    finish: Callable[[Writer, dict[int, ir.BooleanValue]], dict[str, ir.Value]],
) -> ir.Table:
    rules = {place: r.when for place, r in enumerate(batch) if isinstance(r, Implies)}
    cells = Cells()
    program = Program(list(rules.values()))
    settled = Settled(program, cells)
    wanted = {place: settled.yes[root] for place, root in zip(rules, program.roots, strict=True)}
    facts = [name for r in batch for fact in _touched(r) for name in (fact.name, status_of(fact.name))]
    layers = Layers(cells, wanted.values(), facts)

    def end(writer: Writer) -> dict[str, ir.Value]:
        return finish(writer, {place: writer.truth(cell) for place, cell in wanted.items()})

    return layers.table(table, others, end)


def _same(value: ir.Value, wanted: Value) -> ir.BooleanValue:
    found = value == (number(wanted) if isinstance(wanted, int | float) and not isinstance(wanted, bool) else wanted)
    assert isinstance(found, ir.BooleanValue)
    return found


def _implied(table: ir.Table, relation: Implies, holds: ir.BooleanValue) -> Pair:
    name, wanted = relation.fact.name, ibis.literal(relation.value)
    value, status = table[name], table[status_of(name)]
    assert isinstance(status, ir.StringColumn)
    if relation.value is True:
        return holds.ifelse(wanted, value), holds.ifelse(KNOWN, status)
    against = holds & ibis.coalesce(~_same(value, relation.value), False)
    kept = ibis.cases((against, ibis.null(value.type())), (holds, wanted.cast(value.type())), else_=value)
    return kept, ibis.cases((against, Silence.IN_CONFLICT.value), (holds, KNOWN), else_=status)


def _least(table: ir.Table, relation: Least) -> Pair:
    names = [fact.name for fact in (relation.fact, *relation.others)]
    values = [table[name].cast("float64") for name in names]
    known = pairwise(lambda x, y: x | y, [table[name].notnull() for name in names])
    least = ibis.least(*(ibis.coalesce(value, number(LARGEST)) for value in values))
    statuses = [table[status_of(name)] for name in names]
    unclear = [(~one_of(status, ASKABLE), status) for status in statuses]
    value = ibis.cases((known, least), else_=ibis.null("float64")).cast(table[names[0]].type())
    return value, ibis.cases((known, KNOWN), *unclear, else_=statuses[0])


def contradictions(table: ir.Table, implied: Sequence[Implied], keep: Sequence[str] = ()) -> ir.Table:
    """For each `Implies`, at its place among all relations, whether a clear answer stands against it.

    The columns are `contradiction_<place>`; the table is tidy, and nothing has been implied in it yet.
    """

    def finish(writer: Writer, holds: dict[int, ir.BooleanValue]) -> dict[str, ir.Value]:
        found: dict[str, ir.Value] = {}
        for place, hold in holds.items():
            relation = implied[place]
            assert isinstance(relation, Implies)
            same = _same(writer.table[relation.fact.name], relation.value)
            found[f"contradiction_{place}"] = hold & ibis.coalesce(~same, False)
        return found

    return _with_conditions(table, implied, keep, finish)


def facts_of(conditions: Iterable[Condition], implied: Iterable[Implied] = ()) -> tuple[Fact, ...]:
    """Every fact that conditions and relations look at, each once."""
    found = {fact.name: fact for fact in Program(list(conditions)).facts}
    for relation in implied:
        found |= {fact.name: fact for fact in _touched(relation)}
    return tuple(found.values())
