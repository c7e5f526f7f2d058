"""Conditions, outcomes, implied facts and summaries as columns: every table engine says what the judge says.

DuckDB and SQLite always; PostgreSQL and Spark at night. Many people stand in one table, so one query judges them all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spinesteps.audits.status import statuses
from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import AnyOf, Condition, FirstOf, Known, Unclear, facts_in
from spinesteps.logic.engines import columns
from spinesteps.logic.engines.filled import contradictions, imply
from spinesteps.logic.facts import Answer, Choice, Number, Silence, YesNo
from spinesteps.logic.history.sources import FromRecord, Sources
from spinesteps.logic.implied import Implies, Least
from spinesteps.pathway.outcomes import outcomes
from spinesteps.person.decision import Decision, decide
from spinesteps.person.questions import ask
from spinesteps.person.status import status_of
from tests import columns as tables
from tests.engines import ENGINES
from tests.generative import growing, histories
from tests.generative.histories import History
from tests.knowledge.judged import EXAMPLES, SPINE
from tests.spec.test_spec import CASES, SpecCase, answers_of, faults, spoiled

JUDGE = ENGINES["judge"]
TREES = [case for case in CASES if case.data["kind"] != "words"]
Said = dict[str, Answer]
# Not ours: rows come through pandas, which is asked for what it is about to drop; PySpark leaves sockets open.
NOT_OURS = ("The 'future.infer_string' option", "The copy keyword is deprecated", "unclosed <socket")
pytestmark = [pytest.mark.filterwarnings(f"ignore:{text}") for text in NOT_OURS]
engines = pytest.mark.parametrize("name", tables.ALL)
FEWEST = 30  # a query costs more than a judgement, on PostgreSQL and Spark far more


def few(name: str) -> settings:
    """How many random tables an engine is asked."""
    return settings(max_examples=FEWEST if name in tables.NIGHTLY else max(FEWEST, settings.default.max_examples // 20))


# The spec


@engines
@pytest.mark.parametrize("case", TREES, ids=lambda case: f"{case.file.removesuffix('.json')}-{case.data['title']}")
def test_spec(name: str, case: SpecCase) -> None:
    facts = case.facts
    people = [answers_of(row["answers"], facts) for row in case.data["rows"]]
    engine = tables.engine(name, people, tuple(facts.values()))
    found = [fault for row in case.data["rows"] for fault in faults(engine, case, row)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("name", tables.QUICK)
def test_a_wrong_expectation_fails(name: str) -> None:
    tried = 0
    for case in TREES[::9]:
        facts, row = case.facts, case.data["rows"][0]
        engine = tables.engine(name, [answers_of(row["answers"], facts)], tuple(facts.values()))
        for wrong in spoiled(row, engine):
            tried += 1
            assert faults(engine, case, wrong), f"{case.file}: {case.data['title']}: {wrong} went unnoticed"
    assert tried > 40


# Random conditions


def judged_alike(name: str, nodes: Sequence[Condition], people: Sequence[Said], open: bool) -> Iterator[str]:
    """Where an engine and the judge differ."""
    wanted: dict[str, Condition | FirstOf] = {f"c{place}": node for place, node in enumerate(nodes)}
    table = tables.load(name, tables.facts_table(people, growing.ALL_FACTS))
    rows = tables.rows(columns.settle(table, wanted, keep=("place",), needs=tuple(wanted), open=open))
    tables.drop(name, table)
    for (key, node), (row, said) in itertools.product(wanted.items(), zip(rows, people, strict=True)):
        want, got = JUDGE.settle(node, said, open), tables.verdict(row, key)  # type: ignore[arg-type]
        if want != got:
            yield f"{node} of {said}: judge {want}, {name} {got}"


@engines
def test_conditions(name: str) -> None:
    @given(
        nodes=st.lists(growing.conditions(), min_size=1, max_size=6),
        people=st.lists(growing.answers(), min_size=1, max_size=8),
        open=st.booleans(),
    )
    @few(name)
    def check(nodes: list[Condition], people: list[Said], open: bool) -> None:
        found = list(judged_alike(name, nodes, people, open))
        assert found == [], found[0]

    check()


@engines
def test_outcomes(name: str) -> None:
    @given(
        outcomes=st.lists(growing.outcomes(), min_size=1, max_size=4),
        people=st.lists(growing.answers(), min_size=1, max_size=8),
    )
    @few(name)
    def check(outcomes: list[FirstOf], people: list[Said]) -> None:
        wanted: dict[str, Condition | FirstOf] = {f"o{place}": outcome for place, outcome in enumerate(outcomes)}
        table = tables.load(name, tables.facts_table(people, growing.ALL_FACTS))
        rows = tables.rows(columns.settle(table, wanted, keep=("place",)))
        tables.drop(name, table)
        for (key, outcome), (row, said) in itertools.product(wanted.items(), zip(rows, people, strict=True)):
            assert tables.chosen(row, key) == JUDGE.choose(outcome, said), f"{outcome} of {said}"  # type: ignore[arg-type]

    check()


def relations() -> st.SearchStrategy[Implies | Least]:
    """One relation between the facts."""
    numbers = st.lists(st.sampled_from(growing.NUMBERS), min_size=2, max_size=4, unique=True)
    facts = st.sampled_from((*growing.YES_NO, *growing.NUMBERS[:2], *growing.CHOICES[:2]))
    whens = growing.conditions(scores=False).filter(facts_in)
    implies = facts.flatmap(lambda fact: st.builds(Implies, whens, st.just(fact), growing.value_of(fact)))
    return implies | numbers.map(lambda facts: Least(facts[0], tuple(facts[1:])))


@engines
def test_implied_facts(name: str) -> None:
    @given(
        implied=st.lists(relations(), min_size=1, max_size=5),
        people=st.lists(growing.answers(), min_size=1, max_size=8),
    )
    @few(name)
    def check(implied: list[Implies | Least], people: list[Said]) -> None:
        table = tables.load(name, tables.facts_table(people, growing.ALL_FACTS))
        tidy = columns.tidied(table, growing.ALL_FACTS, ("place",))
        rows = tables.rows(columns.imply(tidy, implied, ("place",)))
        against = tables.rows(columns.contradictions(tidy, implied, ("place",)))
        tables.drop(name, table)
        for row, clash, said in zip(rows, against, people, strict=True):
            filled = imply(said, implied)
            want = {fact.name: filled.get(fact.name, Silence.NOT_ASKED) for fact in growing.ALL_FACTS}
            assert {fact.name: tables.answer_in(row, fact.name) for fact in growing.ALL_FACTS} == want, (implied, said)
            assert sum(value for key, value in clash.items() if key != "place") == len(contradictions(said, implied))

    check()


# Tables as they are met

ODD = (
    # value, status, the answer it stands for
    (5.0, "known", 5.0),
    (0.0, "known", 0.0),
    (None, "known", Silence.UNREADABLE),
    (float("nan"), "known", Silence.UNREADABLE),
    (5.0, "declined", Silence.DECLINED),
    (5.0, "out_of_date", Silence.OUT_OF_DATE),
    (5.0, None, Silence.NOT_ASKED),
    (5.0, "Known", Silence.UNREADABLE),
    (None, "", Silence.UNREADABLE),
    (None, None, Silence.NOT_ASKED),
)
WIDTH = Number("width", low=0, high=10)


@engines
def test_a_value_never_counts_against_its_status(name: str) -> None:
    data = pa.table({
        "place": pa.array(range(len(ODD)), pa.int64()),
        "width": pa.array([row[0] for row in ODD], pa.float64()),
        "width__status": pa.array([row[1] for row in ODD], pa.string()),
    })  # fmt: skip
    table = tables.load(name, data)
    tidy = columns.tidied(table, (WIDTH,), ("place",))
    assert [tables.answer_in(row, "width") for row in tables.rows(tidy)] == [row[2] for row in ODD]
    wanted: dict[str, Condition | FirstOf] = {"at_least": WIDTH >= 5, "below": WIDTH < 5, "known": Known(WIDTH),
                                              "unclear": Unclear(WIDTH)}  # fmt: skip
    rows = tables.rows(columns.settle(table, wanted, keep=("place",), needs=wanted))
    for (key, node), (row, (_, _, answer)) in itertools.product(wanted.items(), zip(rows, ODD, strict=True)):
        assert tables.verdict(row, key) == JUDGE.settle(node, {"width": answer}, False), (key, answer)  # type: ignore[arg-type]
    tables.drop(name, table)


@engines
def test_what_a_table_lacks_was_not_asked(name: str) -> None:
    sign, other = YesNo("sign"), YesNo("other")
    table = tables.load(name, pa.table({"place": [0, 1, 2], "sign": pa.array([True, False, None], pa.bool_())}))
    rows = tables.rows(columns.settle(table, {"any": sign | other, "asked": Known(other)}, keep=("place",)))
    assert [tables.verdict(row, "any").answer for row in rows] == [True, None, None]
    assert [tables.verdict(row, "asked").answer for row in rows] == [False, False, False]
    tables.drop(name, table)


def test_a_column_of_another_type_is_refused() -> None:
    table = tables.load("duckdb", pa.table({"place": [0], "sign": ["yes"], "width": ["5"]}))
    for node in (YesNo("sign").condition(), WIDTH >= 5):
        with pytest.raises(DeclarationError, match="needs"):
            columns.settle(table, {"it": node}, keep=("place",))


def test_a_name_that_would_stand_twice_is_refused() -> None:
    table = tables.load("duckdb", pa.table({"place": [0]}))
    for names in ({"place": FirstOf((), "rest")}, {"x" * 70: WIDTH >= 5}):
        with pytest.raises(DeclarationError, match="cannot name a column"):
            columns.settle(table, names, keep=("place",))


def test_whole_numbers_may_stand_in_a_number_column() -> None:
    table = tables.load("duckdb", pa.table({"place": [0, 1, 2], "width": pa.array([5, 4, None], pa.int64())}))
    rows = tables.rows(columns.settle(table, {"it": WIDTH >= 4.5}, keep=("place",)))
    assert [tables.verdict(row, "it").answer for row in rows] == [True, False, None]


def test_a_long_join_is_not_nested_too_deep() -> None:
    signs = [Choice(f"c{n}", options=("x", "y")) for n in range(400)]
    node = AnyOf(tuple(sign.is_("x").condition() for sign in signs))
    for name in tables.QUICK:
        table = tables.load(name, pa.table({"place": [0, 1], "c7": ["x", "y"]}))
        rows = tables.rows(columns.settle(table, {"it": node}, keep=("place",)))
        assert [tables.verdict(row, "it").answer for row in rows] == [True, None]


# The whole pathway


def decided(decision: Decision) -> dict[str, str]:
    """The parts of a decision that are outcomes."""
    rules = {f"rule {id_}": state for id_, state in decision.states.items()}
    flags = {f"flag {id_}": level for id_, level in decision.flags.items()}
    head = {"urgency": decision.urgency, "condition": decision.condition, "step": decision.step}
    return {**head, "step__open": ";".join(decision.step_open), **rules, **flags}


@engines
def test_the_pathway_decides_alike_for_every_example_patient(name: str) -> None:
    wanted: dict[str, Condition | FirstOf] = {
        "urgency": SPINE.urgency, "condition": SPINE.condition, "step": SPINE.step,
        **{f"rule {id_}": its.state for id_, its in outcomes(SPINE).items()},
        **{f"flag {flag.id}": flag.levels for flag in SPINE.red_flags if flag.on},
    }  # fmt: skip
    people = [example.answers() for example in EXAMPLES]
    table = tables.load(name, tables.facts_table(people, SPINE.facts))
    lazy = columns.settle(table, wanted, keep=("place",), implied=SPINE.implied, openings=("step", *flags_of(wanted)))
    for example, row, said in zip(EXAMPLES, tables.rows(lazy), people, strict=True):
        want = decided(decide(SPINE, imply(said, SPINE.implied)))
        got = {key: _level(row, key) for key in want}
        assert got == want, example.id
    tables.drop(name, table)


def status_told(said: Said) -> dict[str, Any]:
    """Status, urgency and open questions of one person."""
    answers = imply(said, SPINE.implied)
    decision = decide(SPINE, answers)
    left = ask(SPINE, answers, decision).danger_open
    return {
        "status": status_of(decision, left),
        "urgency": decision.urgency,
        "emergency_open": {*decision.emergency_open},
        "danger_open": {*left},
    }


@pytest.mark.parametrize(
    "name", ["duckdb", *(pytest.param(name, marks=pytest.mark.nightly) for name in ("sqlite", *tables.NIGHTLY))]
)
def test_the_status_is_alike_for_every_example_patient_and_for_others(name: str) -> None:
    random, names = Random(5), [question.fact.name for question in SPINE.danger_questions]
    people: list[Said] = [example.answers() for example in EXAMPLES[::5]]
    for said in people[:]:  # some without an answer that can be used
        gaps = random.sample(names, 4)
        people.append({**said, **{name: random.choice(list(Silence)) for name in gaps}})
    table = tables.load(name, tables.facts_table(people, SPINE.facts))
    rows = tables.rows(statuses(table, SPINE, ("place",)))
    seen = set()
    for row, said in zip(rows, people, strict=True):
        got: dict[str, Any] = {"status": row["status"], "urgency": row["urgency"]}
        for kind in ("emergency_open", "danger_open"):
            got[kind] = {key.removeprefix(f"{kind}__") for key, holds in row.items() if key.startswith(kind) and holds}
        assert got == status_told(said), said
        seen.add(row["status"])
    assert seen == {"checked", "not_checked", "not_finished"}
    tables.drop(name, table)


def flags_of(wanted: Mapping[str, object]) -> list[str]:
    """The names of red flags."""
    return [key for key in wanted if key.startswith("flag ")]


def _level(row: Mapping[str, Any], key: str) -> Any:
    """A flag with no level is not known while one is open."""
    if key.startswith("flag ") and row[key] == "none" and row[f"{key}__open"]:
        return "not_known"
    return row[key]


# Histories


def run(name: str, people: Mapping[str, History], declared: Mapping[str, FromRecord]) -> dict[tuple[str, Any], Any]:
    """What an engine reads from the events of everybody: row by person and day."""
    events = tables.load(name, histories.events_table(list(people.values())))
    days = tables.load(name, histories.people_table(people))
    found = columns.summarised(events, days, declared).to_pyarrow().to_pylist()
    return {(row["person"], row["day"]): row for row in found}


def differences(
    row: Mapping[str, Any], history: History, declared: Mapping[str, FromRecord]
) -> Iterator[tuple[str, str]]:
    """Where the row differs from the judge: the name, and what each says."""
    for key, one in declared.items():
        answer, day = histories.wanted(one, history)
        got, got_day = tables.answer_in(row, key), row[f"{key}__day"]
        close = isinstance(answer, int | float) and isinstance(got, int | float) and abs(answer - got) < 1e-9
        if type(answer) is bool or type(got) is bool or not close:
            close = answer is got or (isinstance(answer, str) and answer == got)
        if not close or day != got_day:
            yield key, f"{one.summary}: judge {answer} ({day}), table {got} ({got_day})"


def smallest(name: str, person: str, history: History, declared: Mapping[str, FromRecord]) -> History:
    """The history without events that the difference does not need."""
    for event in history.events:
        fewer = History(tuple(e for e in history.events if e is not event), history.day)
        (row,) = run(name, {person: fewer}, declared).values()
        if any(differences(row, fewer, declared)):
            return smallest(name, person, fewer, declared)
    return history


def compare(name: str, people: Mapping[str, History], declared: Mapping[str, FromRecord]) -> None:
    rows = run(name, people, declared)
    for person, history in people.items():
        for key, text in differences(rows[person, history.day], history, declared):
            small = smallest(name, person, history, {key: declared[key]})
            raise AssertionError(f"{name}: {text}\n" + "\n".join(str(event) for event in small.events))


@engines
@pytest.mark.parametrize("seed", [1, pytest.param(None, marks=pytest.mark.nightly)])
def test_summaries(name: str, seed: int | None) -> None:
    random = Random(seed)
    many = 1500 if seed else 10_000
    compare(name, {f"p{n}": histories.grow(random, f"p{n}") for n in range(many)}, histories.declared())


@engines
def test_a_person_may_have_several_days(name: str) -> None:
    random = Random(3)
    declared = {key: one for n, (key, one) in enumerate(histories.declared().items()) if n % 4 == 0}
    people = {f"p{n}": histories.grow(random, f"p{n}") for n in range(60)}
    events = tables.load(name, histories.events_table(list(people.values())))
    days = [histories.DAY.replace(day=day) for day in (11, 16, 21)]
    rows = [(person, day) for person in people for day in days]
    data = {"person": [person for person, _ in rows], "day": pa.array([day for _, day in rows], pa.date32())}
    found = columns.summarised(events, tables.load(name, pa.table(data)), declared).to_pyarrow().to_pylist()
    assert len(found) == len(rows)
    for row in found:
        history = History(people[row["person"]].events, row["day"])
        assert list(differences(row, history, declared)) == []


@pytest.mark.parametrize("name", tables.QUICK)
def test_what_the_knowledge_reads_from_records(name: str) -> None:
    from spinesteps.knowledge.fact_sources import FROM_RECORD

    declared = {f"{one.fact.name}_{place}": one for place, one in enumerate(FROM_RECORD)}
    random = Random(5)
    compare(name, {f"p{n}": histories.real(random, f"p{n}", FROM_RECORD) for n in range(300)}, declared)


@pytest.mark.parametrize("name", tables.QUICK)
def test_nobody_and_nothing(name: str) -> None:
    declared = histories.declared()
    alone = {"p": History(())}
    (row,) = run(name, alone, declared).values()
    assert list(differences(row, alone["p"], declared)) == []
    assert run(name, {}, declared) == {}


# Several sources for one fact


def weigh(name: str, people: Mapping[str, History], sources: Sequence[Sources]) -> dict[str, Any]:
    """Every fact of everybody, by person, as an engine weighs them."""
    events = tables.load(name, histories.events_table(list(people.values())))
    days = tables.load(name, histories.people_table(people))
    found = columns.recorded(events, days, sources).to_pyarrow().to_pylist()
    return {row["person"]: row for row in found}


def odd_ones(row: Mapping[str, Any], history: History, sources: Sequence[Sources]) -> Iterator[tuple[Sources, str]]:
    """The facts on which the row differs from the judge."""
    for source in sources:
        wanted, got = histories.standing_answer(source, history), tables.answer_in(row, source.fact.name)
        if not alike(wanted, got):
            yield source, f"{source.fact.name}: judge {wanted}, table {got}"


def alike(wanted: Answer, got: Answer) -> bool:
    """The same answer; numbers but for the last digits, which engines round in their own way."""
    numbers = [a for a in (wanted, got) if isinstance(a, int | float) and not isinstance(a, bool)]
    return abs(numbers[0] - numbers[1]) < 1e-9 if len(numbers) == 2 else wanted is got or (
        isinstance(wanted, str) and wanted == got)  # fmt: skip


def compare_weighed(name: str, people: Mapping[str, History], sources: Sequence[Sources]) -> None:
    found = weigh(name, people, sources)
    assert found.keys() == people.keys()
    for person, history in people.items():
        for source, text in odd_ones(found[person], history, sources):
            events = "\n".join(str(event) for event in history.events if event.concepts & source.concepts)
            raise AssertionError(f"{name}, {history.day}: {text}\n{events}")


@engines
@pytest.mark.parametrize("seed", [1, pytest.param(None, marks=pytest.mark.nightly)])
def test_sources_are_weighed_alike(name: str, seed: int | None) -> None:
    random, sources = Random(seed), histories.weighed()
    many = 1000 if seed else 10_000
    compare_weighed(name, {f"p{n}": histories.answered(random, f"p{n}", sources) for n in range(many)}, sources)
