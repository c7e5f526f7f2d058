"""How long one person takes, beside the bare decoding of the same bytes, and what starting costs.

    python bench/one_person.py [--check]

Everything is measured in one run on one machine, so compare the ratios. `--check` exits 1 when a goal is missed.
People are the example patients, each judged in turn: no figure rests on one person met again and again.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import orjson

from spinesteps.knowledge.limits import HERE
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.facts import Choice, Number, YesNo
from spinesteps.person.answers import read_people, read_person
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.decision import Layout
from spinesteps.person.output import to_json, to_text
from spinesteps.person.record import Record
from spinesteps.quality.examples import read_examples

DAY = date(2026, 11, 21)
HEAVY = ("duckdb", "ibis", "pandas", "z3", "fastapi", "uvicorn", "jinja2", "fhirkit")
PATH = "import spinesteps.knowledge.spine, spinesteps.person.answers, spinesteps.person.assess"
HELP = "import sys; sys.argv = ['spinesteps', '--help']\nfrom spinesteps.cli import main\nmain()"
Bytes = list[bytes]
Goals = tuple[float | None, float | None]


@dataclass(frozen=True)
class Row:
    """One line of the table. goal: the most it may be, in `unit`; None when there is none."""

    what: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def met(self) -> bool:
        """Whether the goal is met, if there is one."""
        return self.goal is None or self.value <= self.goal


def busy_person() -> bytes:
    """Somebody who answered every question: half of them yes, every number in the middle of its range."""
    facts: dict[str, object] = {}
    for place, fact in enumerate(PATHWAY.facts):
        if isinstance(fact, YesNo):
            facts[fact.name] = place % 2 == 0
        elif isinstance(fact, Choice) and fact.options:
            facts[fact.name] = fact.options[place % len(fact.options)]
        elif isinstance(fact, Number):
            facts[fact.name] = round((fact.low + min(fact.high, 1000)) / 2)
    return json.dumps(facts).encode()


def people() -> Bytes:
    """The example patients as JSON bytes, and one who answered everything."""
    return [*(json.dumps(dict(example.facts)).encode() for example in read_examples(HERE / "examples")), busy_person()]


def judged(data: bytes) -> Assessment:
    """From bytes to an assessment."""
    return assess(read_person(data, PATHWAY.by_name, DAY), PATHWAY, DAY)


def by_data(data: bytes) -> str:
    """The decision form by way of plain data."""
    return json.dumps(to_json(judged(data), full=False))


def by_text(data: bytes) -> str:
    """The decision form as text at once."""
    return to_text(judged(data), full=False)


def full_text(raw: bytes) -> str:
    """The full form as the command writes it."""
    return to_text(assess(read_person(raw, PATHWAY.by_name, DAY), PATHWAY, DAY))


def full(data: bytes) -> str:
    """Everything: reasons, texts and changes_if."""
    return json.dumps(to_json(judged(data)))


def times(run: Callable[[bytes], object], everyone: Bytes, rounds: int) -> list[float]:
    """Milliseconds of each call, in order of length, after one round that does not count."""
    for data in everyone:
        run(data)
    found = []
    for _ in range(rounds):
        for data in everyone:
            start = time.perf_counter()
            run(data)
            found.append((time.perf_counter() - start) * 1e3)
    return sorted(found)


def rows_of(name: str, run: Callable[[bytes], object], everyone: Bytes, goals: Goals = (None, None)) -> list[Row]:
    """The middle of all times, and the time that 99 of 100 stay under."""
    found = times(run, everyone, 4 if run is not full else 1)
    middle, late = found[len(found) // 2], found[int(len(found) * 0.99)]
    return [Row(f"{name}, p50", middle, "ms", goals[0]), Row(f"{name}, p99", late, "ms", goals[1])]


def persons_a_second(everyone: Bytes) -> float:
    """One person a line in, one decision form a line out."""
    start = time.perf_counter()
    for _, record in read_people(io.BytesIO(b"\n".join(everyone) + b"\n"), PATHWAY.by_name, DAY):
        assert isinstance(record, Record)
        to_text(assess(record, PATHWAY, DAY), full=False)
    return len(everyone) / (time.perf_counter() - start)


def compile_times() -> Iterable[Row]:
    """What a new pathway, or a new day on which a number changed, costs once."""
    start = time.perf_counter()
    plan = Layout(PATHWAY.as_of(DAY))
    closed = time.perf_counter()
    assert plan.open
    opened = time.perf_counter()
    yield Row(f"compile {len(plan.closed.program.steps)} steps, to decide", (closed - start) * 1e3, "ms")
    yield Row("compile again, to ask", (opened - closed) * 1e3, "ms")


def cold(code: str) -> float:
    """Milliseconds of a fresh interpreter running this, less those of an empty one: the middle of seven."""

    def middle(text: str) -> float:
        found = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", text], check=True, stdout=subprocess.DEVNULL)
            found.append((time.perf_counter() - start) * 1e3)
        return sorted(found)[3]

    return middle(code) - middle("pass")


def slowest_imports(code: str, count: int = 5) -> list[tuple[float, str]]:
    """The modules that take longest by themselves, in milliseconds (measuring makes them slower)."""
    ran = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True)
    found = []
    for line in ran.stderr.splitlines():
        own, _, name = line.removeprefix("import time:").split("|")
        if own.strip().isdigit():
            found.append((int(own) / 1e3, name.strip()))
    return sorted(found, reverse=True)[:count]


def heavy_modules(code: str) -> list[str]:
    """Modules that have no place on the one-person path but are loaded all the same."""
    ask = f"{code}\nimport sys\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()


def measure() -> list[Row]:
    """Every figure of the table."""
    everyone = people()
    bare = rows_of("bare decode (orjson)", orjson.loads, everyone)
    text = rows_of("decision form as text", by_text, everyone, (1.5, None))
    return [
        *bare,
        *text,
        Row("   … as a multiple of the bare decode, p50", text[0].value / bare[0].value, "x"),
        *rows_of("decision form, data and json.dumps", by_data, everyone),
        *rows_of("full form as text", full_text, everyone[::4], (20.0, None)),
        *rows_of("full form, data and json.dumps", full, everyone[::4], (20.0, None)),
        Row("persons a second, .jsonl to decision forms", persons_a_second(everyone), "/s"),
        *compile_times(),
        Row("cold import of the one-person path", cold(PATH), "ms", 200.0),
        Row("cold spinesteps --help", cold(HELP), "ms", 300.0),
        Row("heavy modules on the one-person path", len(heavy_modules(PATH)), "", 0.0),
    ]


def main() -> int:
    """Print the table. With `--check`, 1 when a goal is missed."""
    rows = measure()
    for row in rows:
        goal = "" if row.goal is None else f"goal {row.goal:g}  {'met' if row.met else 'MISSED'}"
        print(f"{row.what:<46}{row.value:>12,.4g} {row.unit:<4}{goal}")
    print("slowest imports by themselves:", ", ".join(f"{name} {own:.1f} ms" for own, name in slowest_imports(PATH)))
    if found := heavy_modules(PATH):
        print("loaded without need:", ", ".join(found))
    return int("--check" in sys.argv and not all(row.met for row in rows))


if __name__ == "__main__":
    sys.exit(main())
