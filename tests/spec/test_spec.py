"""Every case of tests/spec/*.json on every engine of tests/engines.py. The files are the spec; this only reads them."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from spinesteps.logic import serial
from spinesteps.logic.conditions import Condition, Known, Unclear, walk
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Answer, Choice, Day, Fact, Number, Silence, YesNo
from spinesteps.logic.implied import Implied, Implies, Least
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.logic.words import Words
from tests.engines import ENGINES, Engine, Verdict

HERE = Path(__file__).parent
FILES = sorted(path for path in HERE.glob("*.json") if path.name != "schema.json")
SCHEMA = json.loads((HERE / "schema.json").read_text("utf-8"))
SILENCES = {silence.value: silence for silence in Silence}
SETTLED = {"yes": True, "no": False, "not_known": None}
KINDS = {"yes_no": YesNo, "number": Number, "choice": Choice, "day": Day}
NODES = {"compare", "is", "all", "any", "not", "at_least", "known", "unclear", "named", "points"}
Data = dict[str, Any]

NIGHTLY = os.environ.get("SPINESTEPS_RANDOM") == "nightly"


@dataclass(frozen=True)
class SpecCase:
    """One case of a file, with its facts."""

    file: str
    data: Data

    @property
    def facts(self) -> dict[str, Fact]:
        found = {}
        for name, row in self.data["facts"].items():
            given = {key: value for key, value in row.items() if key not in ("kind", "label")}
            given = {key: tuple(value) if key == "options" else value for key, value in given.items()}
            found[name] = KINDS[row["kind"]](name, **given)
        return found


def cases() -> Iterator[SpecCase]:
    for path in FILES:
        for data in json.loads(path.read_text("utf-8"))["cases"]:
            yield SpecCase(path.name, data)


CASES = tuple(cases())


def answers_of(given: Mapping[str, Any], facts: Mapping[str, Fact]) -> dict[str, Answer]:
    """The answers of a row. Raises AssertionError when a fact could not have this answer."""
    answers: dict[str, Answer] = {}
    for name, value in given.items():
        if isinstance(value, str) and value in SILENCES:
            answers[name] = SILENCES[value]
            continue
        assert facts[name].accepts(value), f"{name} takes {facts[name].expected()}"
        answers[name] = facts[name].read(value)
    return answers


def tree_of(case: SpecCase, facts: Mapping[str, Fact]) -> Condition:
    """The condition that the engines judge."""
    data = case.data
    if "or_unsure" in data:
        return or_unsure(serial.read(data["or_unsure"], facts))
    if "one_sure" in data:
        return one_sure(*(serial.read(half, facts) for half in data["one_sure"]))
    return serial.read(data["condition"], facts)


def wanted(data: Data) -> Verdict:
    return Verdict(SETTLED[data["answer"]], frozenset(data.get("needs", ())), data.get("low"), data.get("high"))


def differs(what: str, row: Data, want: Any, got: Any) -> Iterator[str]:
    if want != got:
        yield f"{what} of {row['answers']}: expected {want}, got {got}"


def check_condition(engine: Engine, case: SpecCase, row: Data) -> Iterator[str]:
    facts = case.facts
    node, answers = tree_of(case, facts), answers_of(row["answers"], facts)
    want, got = wanted(row), engine.settle(node, answers, False)
    if want.low is None:
        got = Verdict(got.answer, got.needs)
    yield from differs("verdict", row, engine.sees(want), got)
    looser = any(isinstance(part, Known | Unclear) for part in walk(node))
    assert "open" in row or not looser, f"{case.data['title']}: say what open judging gives"
    if "open" in engine.cannot:
        return
    opened = wanted(row.get("open", {key: row[key] for key in ("answer", "needs") if key in row}))
    got = engine.settle(node, answers, True)
    yield from differs("open verdict", row, opened, Verdict(got.answer, got.needs))


def check_outcome(engine: Engine, case: SpecCase, row: Data) -> Iterator[str]:
    facts = case.facts
    outcome, answers = serial.read_outcome(case.data["outcome"], facts), answers_of(row["answers"], facts)
    yield from differs("choice", row, (row["chosen"], tuple(row["open"])), engine.choose(outcome, answers))
    builders: dict[str, Callable[[str], Condition]] = {"chose": outcome.chose, "may_be": outcome.may_be}
    if "reaches" in row:
        builders["reaches"] = lambda name: outcome.reaches(name, tuple(case.data["order"]))  # type: ignore[attr-defined]
    for kind, build in builders.items():
        for name, want in row.get(kind, {}).items():
            got = engine.settle(build(name), answers, False).answer
            yield from differs(f"{kind} {name}", row, SETTLED[want], got)


def relations(case: SpecCase, facts: Mapping[str, Any]) -> list[Implied]:
    found: list[Implied] = []
    for data in case.data["implied"]:
        if "least" in data:
            found.append(Least(facts[data["least"]], tuple(facts[name] for name in data["of"])))
        else:
            found.append(Implies(serial.read(data["when"], facts), facts[data["fact"]], data["value"]))
    return found


def check_implied(engine: Engine, case: SpecCase, row: Data) -> Iterator[str]:
    if engine.fill is None:
        raise NotImplementedError(engine.cannot.get("implied", "say why under `cannot`"))
    facts = case.facts
    answers = answers_of(row["answers"], facts)
    filled = engine.fill(answers, relations(case, facts))
    spoken = {name: met for name, met in filled.answers.items() if met is not Silence.NOT_ASKED}
    yield from differs("answers afterwards", row, answers_of(row["filled"], facts), spoken)
    want = [tuple(pair) for pair in row.get("contradictions", ())]
    yield from differs("contradictions", row, want, list(filled.contradictions))


def check_words(case: SpecCase, row: Data) -> Iterator[str]:
    facts = case.facts
    node = serial.read(case.data["condition"], facts)
    words = Words({name: data.get("label", name) for name, data in case.data["facts"].items()})
    reason = judge(node, answers_of(row["answers"], facts))
    yield from differs("lines", row, row["lines"], list(words.whole(reason).lines()))
    yield from differs("tree", row, case.data["tree"], list(words.tree(node)))


DIFFERENTIAL = {
    "condition": check_condition, "unsure": check_condition, "outcome": check_outcome, "implied": check_implied,
}  # fmt: skip


def faults(engine: Engine, case: SpecCase, row: Data) -> list[str]:
    if case.data["kind"] == "words":
        return list(check_words(case, row))
    return list(DIFFERENTIAL[case.data["kind"]](engine, case, row))


def runs() -> Iterator[Any]:
    for engine in ENGINES.values():
        for case in CASES:
            kind = case.data["kind"]
            if kind == "words" and engine.name != "judge":
                continue  # words read the judge's reasons: one run is enough
            marks = []
            if kind in engine.cannot:
                marks = [pytest.mark.xfail(strict=True, reason=engine.cannot[kind], raises=NotImplementedError)]
            name = f"{engine.name}-{case.file.removesuffix('.json')}-{case.data['title']}"
            yield pytest.param(engine, case, marks=marks, id=name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_keep_the_schema(path: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    found = Draft202012Validator(SCHEMA).iter_errors(json.loads(path.read_text("utf-8")))
    assert [f"{error.json_path}: {error.message[:200]}" for error in found] == []


@pytest.mark.parametrize(("engine", "case"), list(runs()))
def test_case(engine: Engine, case: SpecCase) -> None:
    found = [fault for row in case.data["rows"] for fault in faults(engine, case, row)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.data['title']}")
def test_data_comes_back_as_it_was_written(case: SpecCase) -> None:
    facts = case.facts
    if "condition" in case.data:
        assert serial.write(serial.read(case.data["condition"], facts)) == case.data["condition"]
    if "outcome" in case.data:
        assert serial.write_outcome(serial.read_outcome(case.data["outcome"], facts)) == case.data["outcome"]


def spoiled(row: Data, engine: Engine) -> Iterator[Data]:
    """The row with one expectation made wrong, of those this engine is held to."""
    idle = {"needs"} if "needs" in engine.cannot else set()
    idle |= {"low", "high"} if "intervals" in engine.cannot else set()
    idle |= {"open"} if "open" in engine.cannot and "chosen" not in row else set()
    for wrong in _spoiled(row):
        if {key for key in {*row, *wrong} if row.get(key) != wrong.get(key)} - idle:
            yield wrong


def _spoiled(row: Data) -> Iterator[Data]:
    for key, others in (("answer", SETTLED), ("chosen", ("somebody else",))):
        yield from ({**row, key: other} for other in others if key in row and other != row[key])
    if "open" in row and isinstance(row["open"], dict):
        yield from ({**row, "open": {**row["open"], "answer": a}} for a in SETTLED if a != row["open"]["answer"])
        yield {**row, "open": {**row["open"], "needs": [*row["open"].get("needs", ()), "nobody"]}}
    elif "open" in row:
        yield {**row, "open": [*row["open"], "somebody else"]}
    if "answer" in row:
        yield {**row, "needs": [*row.get("needs", ()), "nobody"]}
    if row.get("needs"):
        yield {**row, "needs": row["needs"][1:]}
    for key in ("low", "high"):
        if key in row:
            yield {**row, key: row[key] + 1}
    for key in ("chose", "may_be", "reaches"):
        for name, answer in row.get(key, {}).items():
            yield from ({**row, key: {**row[key], name: other}} for other in SETTLED if other != answer)
    if "filled" in row:
        yield {
            **row,
            "filled": dict(list(row["filled"].items())[1:] if row["filled"] else {}),
            "contradictions": [["x", "y"]],
        }
    if "lines" in row:
        yield {**row, "lines": [*row["lines"], "more"]}


@pytest.mark.parametrize("engine", list(ENGINES.values()), ids=list(ENGINES))
def test_a_wrong_expectation_fails(engine: Engine) -> None:
    tried = 0
    for case in CASES:
        if case.data["kind"] in engine.cannot:
            continue
        for row in case.data["rows"][: 12 if NIGHTLY else 3]:
            for wrong in spoiled(row, engine):
                tried += 1
                assert faults(engine, case, wrong), f"{case.file}: {case.data['title']}: {wrong} went unnoticed"
    assert tried > 500


def kinds_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from NODES & data.keys()
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from kinds_in(inner)


def test_every_kind_of_node_and_every_silence_is_shown() -> None:
    shown = Counter(kind for case in CASES for kind in kinds_in(case.data.get("condition", {})))
    assert shown.keys() == NODES
    for kind in ("is", "compare", "known", "unclear", "points"):
        rows = [row for case in CASES if kind in case.data.get("condition", {}) for row in case.data["rows"]]
        met = {value for row in rows for value in row["answers"].values() if isinstance(value, str)}
        assert set(SILENCES) - {"not_asked"} <= met, kind
        assert any(row["answers"] == {} for row in rows), kind
