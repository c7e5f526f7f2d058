"""What must not change, or only one way, when a person's facts change a little. Through the command line, many at once.

Persons are one example patient in ten (`prove` holds the same laws over every possible person); every variant of one is
drawn with a fixed seed. Set SPINESTEPS_RANDOM=nightly for all of them and other seeds each time.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.conditions import facts_in
from spinesteps.logic.facts import Choice, Combines, Fact, Number, YesNo
from spinesteps.logic.implied import Least
from spinesteps.pathway.rules import URGENCIES
from spinesteps.quality.examples import Example, read_examples
from tests.faces.conftest import DAY

Said = dict[str, Any]
Run = Callable[..., Any]
NIGHTLY = os.environ.get("SPINESTEPS_RANDOM") == "nightly"
SEED = None if NIGHTLY else 20261121
EVERY = 1 if NIGHTLY else 10
EXAMPLES = read_examples(PATHWAY.folder / "examples")[::EVERY]
DANGERS = [fact.name for fact in PATHWAY.facts if fact.danger and isinstance(fact, YesNo)]
FLOOR = [ask.fact.name for ask in PATHWAY.emergency_questions if ask.after is None]
TODAY = URGENCIES.index("today")
AT_ONCE = 100  # people a file: each answer is long
MADE: list[int] = []  # how many variants each test judged
KEPT: list[Answer] = []  # every example as it is, judged once


@dataclass(frozen=True)
class Variant:
    """A changed person: from which example, what was changed, and the facts now."""

    of: Example
    what: str
    said: Said


@dataclass(frozen=True)
class Answer:
    """What is compared of an assessment: how grave, what it says (by the names of `looks`), and its hash."""

    grave: int
    danger: tuple[Any, ...]
    says: Said
    digest: bytes


@pytest.fixture
def lines_of(spinesteps: Run, tmp_path: Path) -> Callable[[Iterable[str]], Iterator[str]]:
    """Judge lines of a file; one line of answer each, in order."""

    def run(lines: Iterable[str]) -> Iterator[str]:
        path, rest = tmp_path / "people.jsonl", iter(lines)
        while people := list(islice(rest, AT_ONCE)):
            path.write_text("\n".join(people) + "\n", "utf-8")
            outcome = spinesteps("assess", "--facts", str(path), "--on", DAY, "--json")
            answers = outcome.out.splitlines()
            assert len(answers) == len(people), outcome.err
            yield from answers

    return run


@pytest.fixture
def assess(lines_of: Run) -> Callable[[Iterable[Said]], Iterator[Answer]]:
    """Judge people in one file; one answer each, in order."""

    def run(people: Iterable[Said]) -> Iterator[Answer]:
        return map(answer_of, lines_of(map(json.dumps, people)))

    return run


@pytest.fixture
def base(assess: Run) -> dict[str, Answer]:
    """Every example as it is, by its id."""
    if not KEPT:
        KEPT.extend(assess(example.facts for example in EXAMPLES))
    return {example.id: answer for example, answer in zip(EXAMPLES, KEPT, strict=True)}


def answer_of(line: str) -> Answer:
    answer = json.loads(line)
    causes = {cause["id"] for cause in answer["other_causes"]}
    return Answer(
        grave=URGENCIES.index(answer["urgency"]),
        danger=(answer["urgency"], answer["urgency_reasons"], answer["emergency_open"]),
        says={
            **{advice["id"]: advice["state"] for advice in answer["advice"]},
            **{f"cause {cause.id}": cause.id in causes for cause in PATHWAY.other_causes},
            "condition": answer["condition"]["state"],
            "step": (answer["step"], answer["step_open"]),
        },
        digest=sha256(line.encode()).digest(),
    )


def drawn(each: int, change: Callable[[random.Random, Example], Iterator[tuple[str, Said]]]) -> list[Variant]:
    """Up to `each` variants of every example."""
    draw = random.Random(SEED)
    found = []
    for example in EXAMPLES:
        made = list(change(draw, example))
        found += [Variant(example, what, said) for what, said in draw.sample(made, min(each, len(made)))]
    return found


def judged(assess: Run, variants: list[Variant]) -> Iterator[tuple[Variant, Answer]]:
    """Each variant with its answer."""
    MADE.append(len(variants))
    return zip(variants, assess(variant.said for variant in variants), strict=True)


def looked_at(*trees: Combines) -> frozenset[str]:
    """Facts that these trees look at, also by way of what they imply."""
    names = {fact.name for tree in trees for fact in facts_in(tree.condition())}
    for relation in reversed(PATHWAY.implied):
        if relation.fact.name in names:
            others = relation.others if isinstance(relation, Least) else facts_in(relation.when)
            names |= {fact.name for fact in others}
    return frozenset(names)


@cache
def deciding() -> frozenset[str]:
    """Facts that some flag, or the routine level, looks at."""
    return looked_at(*(case.when for flag in PATHWAY.red_flags for case in flag.levels.cases), PATHWAY.routine)


@cache
def looks() -> dict[str, frozenset[str]]:
    """What each advice (with those ranked above it), other cause, and the condition looks at, urgency apart."""
    pathway = PATHWAY.as_of(date.fromisoformat(DAY))
    rules = {rule.id: [tree for tree in (rule.criteria, rule.considered) if tree is not None] for rule in pathway.rules}
    found = {id_: looked_at(*trees) for id_, trees in rules.items()}
    for ranking in pathway.rankings:
        found[ranking.loser] |= looked_at(*rules[ranking.winner])
    found |= {f"cause {cause.id}": looked_at(cause.when) for cause in PATHWAY.other_causes}
    found["condition"] = looked_at(*(case.when for case in PATHWAY.condition.cases))
    found["step"] = looked_at(*(case.when for case in PATHWAY.step.cases))
    return found


def some_value(draw: random.Random, fact: Fact) -> Any:
    if isinstance(fact, YesNo):
        return draw.choice([True, False, "not_sure", "declined"])
    if isinstance(fact, Choice):
        return draw.choice([*fact.options, "not_sure"])
    assert isinstance(fact, Number)
    return draw.choice([fact.low, min(fact.high, fact.low + 7), "declined"])


def test_more_danger_never_lowers(assess: Run, base: dict[str, Answer]) -> None:
    """Yes instead of no, or of nothing. Half of a pair may weigh less as a yes than unsure (decision 015)."""

    def change(draw: random.Random, example: Example) -> Iterator[tuple[str, Said]]:
        for name in draw.sample(DANGERS, 12):
            if example.facts.get(name, False) is False:
                yield f"{name} yes", {**example.facts, name: True}

    variants = drawn(3, change)
    for variant, answer in judged(assess, variants):
        assert answer.grave <= base[variant.of.id].grave, f"{variant.of.id}: {variant.what}"


def test_not_sure_keeps_its_floor(assess: Run) -> None:
    def change(draw: random.Random, example: Example) -> Iterator[tuple[str, Said]]:
        for name in FLOOR:
            yield f"{name} unsure", {**example.facts, name: draw.choice(["not_sure", "declined"])}

    variants = drawn(2, change)
    for variant, answer in judged(assess, variants):
        assert answer.grave <= TODAY, f"{variant.of.id}: {variant.what}"


def test_not_sure_is_never_calmer_than_not_asked(assess: Run, base: dict[str, Answer]) -> None:
    def change(draw: random.Random, example: Example) -> Iterator[tuple[str, Said]]:
        for name in draw.sample(DANGERS, 12):
            if name not in example.facts:
                yield f"{name} unsure", {**example.facts, name: "not_sure"}

    variants = drawn(2, change)
    for variant, answer in judged(assess, variants):
        assert answer.grave <= base[variant.of.id].grave, f"{variant.of.id}: {variant.what}"


def test_the_order_of_keys_does_not_matter(assess: Run, base: dict[str, Answer]) -> None:
    def change(draw: random.Random, example: Example) -> Iterator[tuple[str, Said]]:
        for number in range(2):
            names = list(example.facts)
            draw.shuffle(names)
            yield f"shuffle {number}", {name: example.facts[name] for name in names}

    variants = drawn(2, change)
    for variant, answer in judged(assess, variants):
        assert answer.digest == base[variant.of.id].digest, variant.of.id


def test_a_duplicate_key_is_a_fault(lines_of: Run) -> None:
    draw = random.Random(SEED)
    lines, twice = [], []
    for example in EXAMPLES:
        name = draw.choice(sorted(example.facts)) if example.facts else "age"
        pairs = [*example.facts.items(), (name, example.facts.get(name, 50))]
        twice.append(name)
        lines.append("{" + ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in pairs) + "}")
    MADE.append(len(lines))
    for name, example, line in zip(twice, EXAMPLES, lines_of(lines), strict=True):
        if example.facts:
            answer = json.loads(line)
            assert [fault["place"] for fault in answer["faults"]] == [name], example.id
            assert "urgency" not in answer


def test_irrelevant_facts_change_nothing(assess: Run, base: dict[str, Answer]) -> None:
    others = [fact for fact in PATHWAY.facts if fact.name not in deciding()]
    assert len(others) > 60

    def change(draw: random.Random, example: Example) -> Iterator[tuple[str, Said]]:
        for number in range(3):
            added = {fact.name: some_value(draw, fact) for fact in draw.sample(others, 8)}
            yield f"irrelevant {number}", {**added, **example.facts}

    variants = drawn(3, change)
    for variant, answer in judged(assess, variants):
        was = base[variant.of.id]
        assert answer.danger == was.danger, f"{variant.of.id}: {variant.said}"
        added = variant.said.keys() - variant.of.facts.keys()
        wrong = [name for name, seen in looks().items() if not seen & added and answer.says[name] != was.says[name]]
        assert wrong == [], f"{variant.of.id}: {variant.said}"


def test_alone_and_in_a_file_is_judged_alike(spinesteps: Run, person: Callable[[Any], str], lines_of: Run) -> None:
    """The file gives the decision form: the same but for texts and reasons."""
    chosen = random.Random(SEED).sample(EXAMPLES, 150 // EVERY)
    MADE.append(len(chosen))
    for example, line in zip(chosen, lines_of(json.dumps(dict(example.facts)) for example in chosen), strict=True):
        alone = spinesteps("assess", "--facts", person(dict(example.facts)), "--on", DAY, "--json").json()
        assert agrees(json.loads(line), alone), example.id


def agrees(decision: Any, full: Any) -> bool:
    """Everything the decision form says stands in the full form with the same value."""
    if isinstance(decision, dict):
        return all(key in full and agrees(value, full[key]) for key, value in decision.items() if key != "reasons")
    if isinstance(decision, list):
        return len(decision) == len(full) and all(agrees(a, b) for a, b in zip(decision, full, strict=True))
    return bool(decision == full)


def test_neighbours_in_a_file_do_not_matter(assess: Run, base: dict[str, Answer]) -> None:
    shuffled = random.Random(SEED).sample(EXAMPLES, len(EXAMPLES))
    for variant, answer in judged(assess, [Variant(example, "as it is", dict(example.facts)) for example in shuffled]):
        assert answer.digest == base[variant.of.id].digest, variant.of.id


def test_there_were_enough_variants(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{sum(MADE)} variants of {len(EXAMPLES)} example patients, in {len(MADE)} laws")
    assert sum(MADE) >= 10_000 // EVERY or len(MADE) < 8  # fewer laws when only some were selected
