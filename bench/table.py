"""Twelve rules over a table of facts: made of the tree by the columns engine, beside the same rules written by hand.

    python bench/table.py [--rows 1000000] [--runs 7] [--check] [--pathway 100000]

Both count, for every rule, who is settled yes and who is settled no, on the same DuckDB table and in the same run.
The counts must be equal, so the two ask the same. Prints seconds, peak memory and the ratio; above 1.6 is a fault
(--check then exits 1). Both are timed twice: trusting that a value stands only where the status is known, and, as is
the columns' default, letting no value count against its status (few who write SQL bother to: see the last ratio).
From tree to counts, making the query included. The ratio is of processor seconds, both cores added up, so that
other work on the machine does not decide it.

--pathway: besides, every flag, every rule, urgency, condition and step for so many random people, once; a hundred of
them are compared with what one person's `decide` says.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import ibis

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.conditions import Condition
from spinesteps.logic.engines import columns
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Answer, Choice, Fact, Number, Silence
from spinesteps.pathway.outcomes import outcomes
from spinesteps.person.decision import decide

PATHWAY_DAY = PATHWAY.as_of(date(2026, 11, 21))
FLAGS = {flag.id: flag for flag in PATHWAY_DAY.red_flags}
LIMIT = 1.6
UNSURE = "in ('not_sure', 'declined', 'unreadable', 'in_conflict')"
FAST = "cauda_equina_onset_days <= 14 or cauda_equina_onset_days is null"
CAUDA = ("urinary_difficulty", "incontinence", "saddle_numbness", "sexual_function_change", "both_legs_weak")
# Each as a database person writes it: null is not known, and SQL's own and, or, not carry it along.
BY_HAND = {
    "RF-01a emergency": f"({' or '.join(CAUDA)}) and ({FAST})",
    "RF-01a today": " or ".join(f"{name}__status {UNSURE}" for name in CAUDA),
    "RF-02b two_weeks": f"""(mrc_lowest < 4 and weakness_onset_days <= 365)
        or weakness_progressive__status {UNSURE}""",
    "RF-02f today": f"""(foot_drop_or_giving_way and (foot_drop_onset_days <= 14 or foot_drop_onset_days is null))
        or (foot_drop_or_giving_way and (weakness_progressive or weakness_progressive__status {UNSURE}))
        or (weakness_progressive and (foot_drop_or_giving_way or foot_drop_or_giving_way__status {UNSURE}))""",
    "RF-02f two_weeks": f"""(foot_drop_or_giving_way and (foot_drop_onset_days <= 90 or foot_drop_onset_days is null))
        or foot_drop_or_giving_way__status {UNSURE}""",
    "RF-03c routine": "mjoa < 18",
    "RF-04c two_weeks": "height_loss_or_kyphosis and new_focal_spine_pain",
    "RF-06b two_weeks": "crp_raised and (back_pain or no_better_after_4_weeks)",
    "RF-07c two_weeks": "aorta_cm >= 5.5",
    "RF-08b today": "rest_pain_or_foot_ulcer or abi < 0.405",
    "RF-09a today": f"calf_swollen or calf_swollen__status {UNSURE}",
    "RF-11 routine": f"""(calf_only_pain or calf_only_pain__status {UNSURE})
        and (relieved_standing_still or relieved_standing_still__status {UNSURE})""",
}


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of the processor's work."""

    clock: float
    work: float

    def __str__(self) -> str:
        return f"{self.work:.3f} s of work in {self.clock:.3f} s"


def rules() -> dict[str, Condition]:
    """The twelve, from the tree."""
    found = {}
    for name in BY_HAND:
        id_, level = name.split()
        found[name] = next(case.when for case in FLAGS[id_].levels.cases if case.name == level)
    return found


def value_sql(fact: Fact, place: int) -> str:
    """A random value of the fact; `place` makes the facts differ."""
    draw = f"hash(n, {place})"
    if isinstance(fact, Number):
        high = min(fact.high, 400)
        return f"round({fact.low} + ({draw} % 1000) / 1000.0 * {high - fact.low}, 1)::double"
    if isinstance(fact, Choice):
        return f"list_extract({list(fact.options)}, 1 + ({draw} % {len(fact.options)})::integer)"
    return f"{draw} % 3 = 0"


def make(con: Any, rows: int, facts: Iterable[Fact]) -> None:
    """The table `facts`: of each fact about two thirds are known, the rest silent for one of four causes."""
    parts = []
    for place, fact in enumerate(facts):
        state = f"hash(n, {place}, 7) % 24"
        parts.append(f"case when {state} < 16 then {value_sql(fact, place)} end as {fact.name}")
        causes = "when 16 then 'not_sure' when 17 then 'declined' when 18 then 'out_of_date' else 'not_asked' end"
        parts.append(f"case when {state} < 16 then 'known' else case {state} {causes} end as {fact.name}__status")
    con.raw_sql(f"create table facts as select n as person, {', '.join(parts)} from range({rows}) as t(n)")


def by_hand(con: Any, trust: bool) -> list[int]:
    """The counts from the hand-written statements; not trusting, a value first has to be known and a number."""
    table = "facts"
    if not trust:
        wanted = []
        for fact in columns.facts_of(rules().values()):
            name, number = fact.name, f" and not isnan({fact.name})" if isinstance(fact, Number) else ""
            value = f"case when {name}__status = 'known'{number} then {name} end as {name}"
            wanted.append(f"{value}, coalesce({name}__status, 'not_asked') as {name}__status")
        table = f"(select {', '.join(wanted)} from facts)"
    inner = ", ".join(f"{text} as r{place}" for place, text in enumerate(BY_HAND.values()))
    counts = ", ".join(f"count(*) filter (r{p}), count(*) filter (not r{p})" for p in range(len(BY_HAND)))
    return list(con.raw_sql(f"select {counts} from (select {inner} from {table})").fetchone())


def by_columns(con: Any, trust: bool) -> list[int]:
    """The counts from the tree."""
    table = columns.settle(con.table("facts"), rules(), tidy=not trust)
    counts = {name: table[name].cast("int64").sum() for name in table.columns}
    row = table.aggregate(**counts).to_pyarrow().to_pylist()[0]
    return list(row.values())


def timed(runs: Sequence[Callable[[], list[int]]], rounds: int) -> tuple[list[Took], list[list[int]]]:
    """The least of several rounds, and what came out. In turn, so that other work hits all alike."""
    best, found = [Took(1e9, 1e9)] * len(runs), [[0]] * len(runs)
    for number in range(rounds):
        if sys.stderr.isatty():
            print(f"\rround {number + 1} of {rounds}", end="\033[K", file=sys.stderr)
        for place, run in enumerate(runs):
            start, work = time.perf_counter(), time.process_time()
            found[place] = run()
            took = Took(time.perf_counter() - start, time.process_time() - work)
            best[place] = Took(min(best[place].clock, took.clock), min(best[place].work, took.work))
    return best, found


def whole_pathway(rows: int) -> int:
    """Everything the pathway decides, once. 1 when a row differs from what one person's `decide` says."""
    flags = {f"flag {flag.id}": flag.levels for flag in PATHWAY_DAY.red_flags if flag.on}
    rules = {f"rule {id_}": its.state for id_, its in outcomes(PATHWAY_DAY).items()}
    head = {"urgency": PATHWAY_DAY.urgency, "condition": PATHWAY_DAY.condition, "step": PATHWAY_DAY.step}
    con = ibis.duckdb.connect(threads=2)
    make(con, rows, PATHWAY_DAY.facts)
    start = time.perf_counter()
    wanted = {**head, **flags, **rules}
    lazy = columns.settle(
        con.table("facts"), wanted, keep=("person",), implied=PATHWAY_DAY.implied, openings=("step", *flags)
    )
    query = con.compile(lazy)
    built = time.perf_counter() - start
    con.raw_sql(f"create table decided as {query}")
    seconds = time.perf_counter() - start
    people = con.table("facts").filter(ibis._.person < 100).order_by("person").to_pyarrow().to_pylist()
    decided = con.table("decided").filter(ibis._.person < 100).order_by("person").to_pyarrow().to_pylist()
    wrong = sum(_one(person) != {name: row[name] for name in ("urgency", "condition", "step", *rules)}
                for person, row in zip(people, decided, strict=True))  # fmt: skip
    print(
        f"whole pathway: {len(PATHWAY_DAY.facts)} facts, {len(flags)} flags, {len(rules)} rules, {rows} rows in "
        f"{seconds:.1f} s ({built:.1f} s of them to write the query), {rows / seconds:.0f} rows a second; "
        f"{len(people)} compared, {wrong} differ"
    )
    return int(wrong > 0)


def _one(row: dict[str, Any]) -> dict[str, str]:
    """What one person's `decide` says of a row of facts."""
    answers: dict[str, Answer] = {}
    for fact in PATHWAY_DAY.facts:
        status = row[columns.status_of(fact.name)]
        answers[fact.name] = row[fact.name] if status == "known" else Silence(status)
    found = decide(PATHWAY_DAY, imply(answers, PATHWAY_DAY.implied))
    rules = {f"rule {id_}": state for id_, state in found.states.items()}
    return {"urgency": found.urgency, "condition": found.condition, "step": found.step, **rules}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pathway", type=int, default=0)
    given = parser.parse_args()
    con = ibis.duckdb.connect(threads=2)
    make(con, given.rows, columns.facts_of(rules().values()))
    ways = [partial(way, con, trust) for trust in (True, False) for way in (by_hand, by_columns)]
    took, found = timed(ways, given.runs)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    fault = report(given, found[0], found[1:], took)
    con.disconnect()
    return max(fault, whole_pathway(given.pathway)) if given.pathway else fault


def report(given: argparse.Namespace, wanted: list[int], found: list[list[int]], took: Sequence[Took]) -> int:
    """Print what was found. 1 when something is wrong."""
    for place, name in enumerate(BY_HAND):
        yes, no = wanted[2 * place : 2 * place + 2]
        same = all(counts[2 * place : 2 * place + 2] == [yes, no] for counts in found)
        unknown = given.rows - yes - no
        print(f"{name:<18} yes {yes:>8}  no {no:>8}  not known {unknown:>8}{'' if same else '  DIFFERENT'}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.rows} rows, {len(BY_HAND)} rules, peak {peak:.0f} MB")
    ratios = []
    for name, hand, ours in zip(("trusting the values", "trusting none"), took[::2], took[1::2], strict=True):
        ratios.append(ours.work / hand.work)
        verdict = "FAULT, above" if ratios[-1] > LIMIT else "within"
        print(f"{name}: columns {ours}, by hand {hand}: ratio {ratios[-1]:.2f}, {verdict} the limit {LIMIT}")
    print(f"columns trusting none, beside statements that trust: {took[3].work / took[0].work:.2f}")
    if any(counts != wanted for counts in found):
        print("The two do not answer alike: a rule changed, or one of them is wrong.")
        return 1
    return int(given.check and max(ratios) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
