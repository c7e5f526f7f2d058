"""Twelve rules for one person after the other: ours, compiled, beside the same rules in CQL run by npm cql-execution.

    python bench/cql.py [--persons 200] [--rounds 7] [--check]

Needs Node, and once: cd bench/peers/cql && npm install --ignore-scripts

Persons are made of example patients, several joined into one so that every rule meets yes, no and not known. Both
sides begin with decoded facts, answer all twelve, and show their fastest round; compiling is apart. Every answer is
compared. Goal: at least 50 times faster (--check then exits 1), and no answer that differs.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from spinesteps.knowledge.decide import FAIR_TRIAL
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import HERE
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.conditions import Condition
from spinesteps.logic.engines.compiled import Compiled
from spinesteps.logic.facts import Answer, Silence
from spinesteps.pathway.as_of import date_condition
from spinesteps.quality.examples import read_examples

DAY = date(2026, 11, 21)
PEER = Path(__file__).parent / "peers" / "cql"
INSTALL = "cql-execution is not installed. Once: cd bench/peers/cql && npm install --ignore-scripts"
GOAL = 50
JOINED = 12  # example patients in one person
LEVELS = (
    "RF-01c emergency", "RF-01e today", "RF-02d two_weeks", "RF-02e routine", "RF-03a two_weeks", "RF-06b two_weeks",
    "RF-07b two_weeks", "RF-08b today", "RF-08c routine", "RF-12 routine",
)  # fmt: skip
WORDS = {True: "yes", False: "no", None: "not known"}
Person = dict[str, Answer]
Answers = list[dict[str, bool | None]]


def rules() -> dict[str, Condition]:
    """The twelve, from the tree as of the day."""
    flags = {flag.id: flag for flag in PATHWAY.as_of(DAY).red_flags}
    found = {}
    for name in LEVELS:
        id_, level = name.split()
        found[name] = next(case.when for case in flags[id_].levels.cases if case.name == level)
    # The part of RF-05b without "not sure", which a null in CQL cannot hold.
    found["RF-05b today, settled"] = f.cancer_history & f.pain_growing_or_lying_flat
    found["a fair trial"] = date_condition(FAIR_TRIAL, DAY)
    return found


def people(count: int, names: Sequence[str]) -> list[Person]:
    """Persons with the facts of several example patients each, those that the rules read."""
    examples = read_examples(HERE / "examples")
    draw = random.Random(12)
    found = []
    for _ in range(count):
        joined: Person = {}
        for example in draw.sample(examples, JOINED):
            joined |= example.answers()
        found.append({name: joined[name] for name in names if name in joined})
    return found


def ours(persons: Sequence[Person], compiled: Compiled, rounds: int) -> tuple[float, list[list[Any]]]:
    """Microseconds a person in the fastest round, and the answers."""
    fastest, found = float("inf"), []
    for _ in range(rounds):
        start = time.perf_counter()
        found = [compiled(person)[0] for person in persons]
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1e6 / len(persons), found


def arranged(persons: Sequence[Person], compiled: Compiled, rounds: int) -> float:
    """Microseconds a person in the fastest round, for the rules alone: the facts already stand in their places."""
    fastest, ready = float("inf"), [compiled.arrange(person) for person in persons]
    for _ in range(rounds):
        start = time.perf_counter()
        for person in ready:
            compiled.evaluate(person)
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1e6 / len(persons)


def theirs(persons: Sequence[Person], rounds: int) -> dict[str, Any]:
    """What run.js prints. Every cause of not known is null."""
    lines = [json.dumps({n: None if isinstance(v, Silence) else v for n, v in p.items()}) for p in persons]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "persons.jsonl"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        command = ["node", str(PEER / "run.js"), str(path), str(rounds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # its progress is on stderr
    return json.loads(done.stdout)


def different(names: Sequence[str], left: Sequence[Sequence[Any]], right: Answers) -> list[str]:
    """Every answer that differs, as one line."""
    found = []
    for number, (mine, peer) in enumerate(zip(left, right, strict=True)):
        if peer.keys() != set(names):
            found.append(f"person {number}: the rules of the CQL are not ours: {sorted(peer.keys() ^ set(names))}")
            continue
        for name, answer in zip(names, mine, strict=True):
            if answer is not peer[name]:
                found.append(f"person {number}, {name}: ours {WORDS[answer]}, theirs {WORDS[peer[name]]}")
    return found


def report(
    names: Sequence[str], found: Sequence[Sequence[Any]], rows: Sequence[tuple[str, float]], peer: float
) -> None:
    """How often each answer came, and the table of times."""
    for place, name in enumerate(names):
        seen = Counter(answers[place] for answers in found)
        print(f"{name:<24}" + "  ".join(f"{word} {seen[answer]:>4}" for answer, word in WORDS.items()))
    print(f"\n{'':<44}{'us a person':>12}{'ratio':>9}")
    print(f"{'cql-execution':<44}{peer:>12.2f}{'':>9}")
    for name, took in rows:
        print(f"{name:<44}{took:>12.2f}{peer / took:>8.0f}x  {'met' if peer / took >= GOAL else 'MISSED'}")


def main() -> int:
    """Measure, compare and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--persons", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if not shutil.which("node"):
        print("Node is not installed: node 20 or newer is needed.")
        return 2
    if not all((PEER / "node_modules" / name).is_dir() for name in ("@cqframework/cql", "cql-execution")):
        print(INSTALL)
        return 2
    named = rules()
    names = list(named)
    start = time.perf_counter()
    full = Compiled(list(named.values()))
    compiling = (time.perf_counter() - start) * 1e3
    bare = Compiled(list(named.values()), needed=[False] * len(named))
    persons = people(given.persons, full.names)
    with_needs, found = ours(persons, full, given.rounds)
    without, again = ours(persons, bare, given.rounds)
    peer = theirs(persons, given.rounds)
    rows = [
        ("ours, answers and what to ask", with_needs),
        ("ours, answers alone as CQL gives them", without),
        ("of that the rules, facts in their places", arranged(persons, bare, given.rounds)),
    ]
    report(names, found, rows, peer["microseconds"])
    faults = different(names, found, peer["answers"]) + different(names, again, peer["answers"])
    print(
        f"\n{given.persons} persons, {len(names)} rules; "
        f"compiling: {peer['compile_ms']:.0f} ms, ours {compiling:.1f} ms"
    )
    print(f"{len(faults)} of {2 * len(persons) * len(names)} answers differ", *faults[:20], sep="\n")
    missed = peer["microseconds"] / with_needs < GOAL
    return int(bool(faults) or (given.check and missed))


if __name__ == "__main__":
    sys.exit(main())
