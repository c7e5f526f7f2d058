"""Every example patient on both engines, with everything its author expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from spinesteps.pathway.rules import FLAG_LEVELS, URGENCIES
from spinesteps.person.decision import decide
from spinesteps.person.questions import ask
from spinesteps.quality.examples import EXPECTS, Example, check_facts
from tests.knowledge.judged import EXAMPLES, SPINE, VIEWS, View, answers_of, view

PLANNED = ("plan_first", "plan_also", "plan_avoid", "plan_later", "not_planned")
STATES = ("advised", "not_advised", "needs_answer", "does_not_concern")


def stands(wanted: list[str], found: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in wanted if name not in found)


def absent(wanted: list[str], found: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{name} stands there" for name in wanted if name in found)


def same(wanted: Any, found: Any) -> Iterator[str]:
    if wanted != found:
        yield f"expected {wanted}, got {found}"


def each(wanted: dict[str, Any], found: Any) -> Iterator[str]:
    for name, value in wanted.items():
        yield from (f"{name}: {fault}" for fault in same(value, found.get(name)))


def state(name: str) -> Callable[[Any, View], Iterator[str]]:
    return lambda wanted, seen: each(dict.fromkeys(wanted, name), seen.states)


DIFFERENTIAL: dict[str, Callable[[Any, View], Iterator[str]]] = {
    "urgency": lambda wanted, seen: same(wanted, seen.urgency),
    "reasons": lambda wanted, seen: stands(wanted, seen.reasons),
    "red_flags": lambda wanted, seen: each(wanted, seen.flags),
    "emergency_open": lambda wanted, seen: stands(wanted, seen.emergency_open),
    "not_open": lambda wanted, seen: absent(wanted, seen.emergency_open),
    "condition": lambda wanted, seen: same(wanted, seen.condition),
    "scores": lambda wanted, seen: each({name: tuple(span) for name, span in wanted.items()}, seen.scores),
    "other_causes": lambda wanted, seen: same(sorted(wanted), sorted(seen.other_causes)),
    "step": lambda wanted, seen: same(wanted, seen.step),
    "step_open": lambda wanted, seen: stands(wanted, seen.step_open),
    **{name: state(name) for name in STATES},
    "own_urgency": lambda wanted, seen: each(wanted, seen.own_urgency),
    "plan_first": lambda wanted, seen: same(wanted, list(seen.plan.first)),
    "plan_also": lambda wanted, seen: stands(wanted, seen.plan.also),
    "plan_avoid": lambda wanted, seen: stands(wanted, seen.plan.avoid),
    "plan_later": lambda wanted, seen: stands(wanted, seen.plan.later),
    "not_planned": lambda wanted, seen: absent(wanted, tuple(id for part in seen.plan for id in part)),
}


def faults(example: Example, seen: View) -> list[str]:
    found = []
    for key, wanted in example.expect.items():
        if key in DIFFERENTIAL:
            found += [f"{key}: {fault}" for fault in DIFFERENTIAL[key](wanted, seen)]
    return found


@pytest.mark.parametrize("engine", list(VIEWS))
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_example(engine: str, example: Example) -> None:
    found = faults(example, view(engine, example.id))
    assert found == [], "\n".join([f"{example.story} ({example.file}; {example.source})", *found])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_both_engines_see_the_same(example: Example) -> None:
    assert view("judge", example.id) == view("compiled", example.id)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "questions_first" in e.expect], ids=lambda e: e.id)
def test_questions_first(example: Example) -> None:
    answers = answers_of(example)
    asked = [question.fact for question in ask(SPINE, answers, decide(SPINE, answers)).questions]
    assert asked[: len(example.expect["questions_first"])] == example.expect["questions_first"]


def assertions(example: Example) -> int:
    """How many things are asserted of one person by one engine: each name in a list or table counts."""
    return sum(len(w) if isinstance(w, list | dict) else 1 for key, w in example.expect.items() if key in DIFFERENTIAL)


def test_thousands_of_decision_assertions(capsys: pytest.CaptureFixture[str]) -> None:
    """Every person judged afresh by the decision that is used."""
    wrong = [example.id for example in EXAMPLES if faults(example, VIEWS["compiled"](SPINE, answers_of(example)))]
    count = sum(map(assertions, EXAMPLES))
    with capsys.disabled():
        print(f"\n{len(EXAMPLES)} example patients, {count} decision assertions")
    assert wrong == []
    assert len(EXAMPLES) >= 2300
    assert count >= 5000


def test_every_expectation_has_a_check() -> None:
    assert {*DIFFERENTIAL, "questions_first"} == set(EXPECTS)


def test_facts_of_examples_can_be_answered_so() -> None:
    assert [fault for example in EXAMPLES for fault in check_facts(example, SPINE.by_name)] == []


def test_names_in_expectations_exist() -> None:
    flags = {flag.id: {case.name for case in flag.levels.cases} | {"none", "not_known"} for flag in SPINE.red_flags}
    rules = {rule.id for rule in SPINE.rules}
    for example in EXAMPLES:
        for id, level in example.expect.get("red_flags", {}).items():
            assert level in flags[id], f"{example.id}: {id} is never {level}"
        assert set(example.expect.get("reasons", ())) <= flags.keys(), example.id
        named = {name for key in (*STATES, *PLANNED) for name in example.expect.get(key, ())}
        named |= example.expect.get("own_urgency", {}).keys()
        assert named <= rules, f"{example.id}: {named - rules}"
        assert set(example.expect.get("own_urgency", {}).values()) <= {*URGENCIES, "none"}, example.id
        questions = {name for key in ("emergency_open", "not_open") for name in example.expect.get(key, ())}
        assert questions <= {ask.fact.name for ask in SPINE.emergency_questions}, example.id
        assert "urgency" in example.expect, example.id


def test_there_are_many_danger_patients() -> None:
    danger = [example for example in EXAMPLES if example.file.startswith("danger_")]
    urgent = [example for example in danger if example.expect["urgency"] in FLAG_LEVELS]
    assert len(danger) >= 300
    assert len(urgent) >= 250
    assert len([example for example in EXAMPLES if example.file.startswith("recognise_")]) >= 60


def test_stories_are_people() -> None:
    stories = [example.story for example in EXAMPLES]
    assert all(len(story) > 15 and story[0].isupper() and story.endswith(".") for story in stories)


@pytest.mark.parametrize("key", [*DIFFERENTIAL])
def test_a_wrong_expectation_is_noticed(key: str) -> None:
    example = next(e for e in EXAMPLES if e.expect.get(key))
    wanted = example.expect[key]
    wrong: Any = "somebody else"
    if isinstance(wanted, list):
        there = {"not_open": view("judge", "konno-nothing-known").emergency_open,
                 "not_planned": view("judge", example.id).plan.first}  # fmt: skip
        wrong = [there[key][0]] if key in there else ["nobody"]
    elif isinstance(wanted, dict):
        wrong = dict.fromkeys(wanted, "nobody")
    seen = view("judge", "konno-nothing-known") if key == "not_open" else view("judge", example.id)
    assert list(DIFFERENTIAL[key](wrong, seen))
