"""The solver proves the program that `judge` judges; all laws hold; every planted breakage is found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spinesteps.logic.conditions import All, Case, Condition, FirstOf, Known, Unclear, established
from spinesteps.logic.facts import Answer, Fact, Silence
from spinesteps.logic.implied import imply
from spinesteps.logic.judge import choose, judge
from spinesteps.logic.prove import Everyone, Person
from spinesteps.pathway.laws import LAWS, Judged, Result, law, prove, try_law
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import EVERYONE, FLAG_LEVELS, Ranking, reached
from spinesteps.pathway.switch import switched_off, with_flags
from spinesteps.pathway.wording import Wording
from spinesteps.person.answers import read_person
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.decision import Decision, decide
from tests.generative.growing import ALL_FACTS, FACTS, answers, conditions, outcomes
from tests.generative.test_danger import people
from tests.knowledge.judged import DAY, EXAMPLES, SPINE
from tests.prover import PROVER, facts_of, filled, put_in
from tests.spec.test_spec import CASES, SpecCase, answers_of, faults, relations, spoiled

Said = Mapping[str, Answer]
HURRY = ("emergency", "today")
# Laws that today's pathway breaks, each with what would mend it. Strict: an entry must go when its law holds.
BROKEN_TODAY = {"flag-off": "a flag that is off does not yet block permissive advice"}


@lru_cache
def judged() -> Judged:
    return Judged(SPINE)


# The same program


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.data['title']}")
def test_spec(case: SpecCase) -> None:
    if case.data["kind"] == "words":
        pytest.skip("words are the judge's")
    for row in case.data["rows"]:
        if case.data["kind"] == "implied":
            implied = relations(case, case.facts)
            check_filled(facts_of(implied), implied, answers_of(row["answers"], case.facts))
        else:
            assert faults(PROVER, case, row) == []


def test_a_wrong_expectation_fails() -> None:
    tried = 0
    for case in CASES:
        if case.data["kind"] not in ("condition", "unsure", "outcome"):
            continue
        for row in case.data["rows"][:2]:
            for wrong in spoiled(row):
                tried += 1
                assert faults(PROVER, case, wrong), f"{case.file}: {case.data['title']}: {wrong} went unnoticed"
    assert tried > 200


def check_filled(facts: Mapping[str, Fact], implied: Any, said: Said) -> None:
    """Implied facts are filled in as `imply` does, but for the cause of a silence."""
    wanted = imply(said, implied)
    for name, (known, unclear, right) in filled(facts.values(), implied, said).items():
        met = wanted.get(name, Silence.NOT_ASKED)
        silent = isinstance(met, Silence)
        assert (known, unclear, right) == (not silent, silent and met.unclear, True), name


@given(node=conditions(), said=answers(), open=st.booleans())
def test_random_conditions_are_judged_alike(node: Condition, said: Said, open: bool) -> None:
    reason = judge(node, said, open)
    got = PROVER.settle(node, said, open)
    assert (got.answer, got.needs) == (reason.answer, {fact.name for fact in reason.needs()})


@given(outcome=outcomes(), said=answers())
def test_random_outcomes_choose_alike(outcome: FirstOf, said: Said) -> None:
    chosen = choose(outcome, said)
    assert PROVER.choose(outcome, said) == (chosen.name, chosen.open)


@given(node=conditions(), wanted=st.sampled_from((True, False)))
@settings(max_examples=150)
def test_whoever_is_found_is_judged_so(node: Condition, wanted: bool) -> None:
    everyone = Everyone(ALL_FACTS)
    two = everyone.encode(node)
    person = everyone.smallest(two.yes if wanted else two.no)
    if person is not None:
        said = read_person(json.dumps(person).encode(), FACTS, DAY).given_on(DAY, FACTS)
        assert judge(node, said).answer is wanted
        for name in person:
            fewer = {key: met for key, met in said.items() if key != name}
            assert judge(node, fewer).answer is not wanted, f"{name} is not needed"


@given(said=people(rest=6))
@settings(max_examples=60)
def test_implied_facts_of_the_pathway(said: Said) -> None:
    check_filled(facts_of(SPINE.implied), SPINE.implied, said)


def told(law_book: Judged, said: Said) -> tuple[dict[str, bool], dict[str, bool], dict[str, bool]]:
    """Levels reached, steps chosen and advices given, as the formulas of the laws have them for one person."""
    tables = (law_book.at_least, law_book.step, law_book.advised)
    names = [name for table in tables for name in table]
    formulas = [formula for table in tables for formula in table.values()]
    found = [str(formula) for formula in put_in(law_book.everyone, said, formulas)]
    assert set(found) <= {"True", "False"}
    values = dict(zip(((place, name) for place, table in enumerate(tables) for name in table), found, strict=True))
    assert len(names) == len(values)
    split = [{name: values[place, name] == "True" for name in table} for place, table in enumerate(tables)]
    return split[0], split[1], split[2]


def check_decision(said: Said, pathway: Pathway = SPINE, law_book: Judged | None = None) -> None:
    decision = decide(pathway, imply(said, pathway.implied))
    levels, steps, advised = told(law_book or judged(), said)
    order = (*FLAG_LEVELS, "self_care")
    assert levels == {level: order.index(decision.urgency) <= place for place, level in enumerate(FLAG_LEVELS)}
    assert steps == {name: name == decision.step for name in steps}
    assert advised == {id_: state == "advised" for id_, state in decision.states.items()}


@given(said=people(rest=8))
@settings(max_examples=100)
def test_the_laws_speak_of_the_decision(said: Said) -> None:
    check_decision(said)


@pytest.mark.parametrize("part", range(8))
def test_the_laws_speak_of_the_decision_on_every_example(part: int) -> None:
    for example in EXAMPLES[part::8]:
        check_decision(example.answers())


# The laws


@lru_cache
def results() -> dict[str, Result]:
    return {result.law.name: result for result in prove(SPINE, DAY)}


def laws() -> Iterator[Any]:
    for one in LAWS:
        marks = [pytest.mark.xfail(strict=True, reason=BROKEN_TODAY[one.name])] if one.name in BROKEN_TODAY else []
        yield pytest.param(one.name, marks=marks)


@pytest.mark.parametrize("name", list(laws()))
def test_law_holds(name: str) -> None:
    result = results()[name]
    assert result.claims > 0
    assert result.holds, f"{result.broken}: {result.person} then {result.then}"


def test_all_laws_are_tried_in_time() -> None:
    assert len(results()) == len(LAWS) == len({one.name for one in LAWS})
    assert sum(result.seconds for result in results().values()) < 60


def test_a_broken_flag_off_shows_who_gets_more() -> None:
    result = results()["flag-off"]
    for flag in SPINE.red_flags if not result.holds else ():
        if f"without {flag.id} more is advised" == result.broken[0]:
            before, after = (permitted(assessed(p, result.person)) for p in (SPINE, switched_off(SPINE, flag)))
            assert after - before


# Planted breakages


def assessed(pathway: Pathway, person: Person | None) -> Assessment:
    """The person through the facts door; fails when there is none or the door refuses."""
    assert person is not None
    return assess(read_person(json.dumps(person).encode(), pathway.by_name, DAY), pathway, DAY)


def decided(pathway: Pathway, result: Result) -> Decision:
    return assessed(pathway, result.person).decision


def permitted(assessment: Assessment) -> set[str]:
    found = assessment.decision.findings
    return {f.rule.id for f in found if f.state == "advised" and f.rule.permissive and f.rule.step != "safety"}


def with_flag(id_: str, **levels: Any) -> Pathway:
    """The pathway with some levels of a red flag changed, in everything that is made of red flags."""
    assert any(flag.id == id_ for flag in SPINE.red_flags)
    return with_flags(SPINE, tuple(replace(f, **levels) if f.id == id_ else f for f in SPINE.red_flags))


def with_rule(id_: str, **fields: Any) -> Pathway:
    assert any(rule.id == id_ for rule in SPINE.rules)
    return replace(SPINE, rules=tuple(replace(r, **fields) if r.id == id_ else r for r in SPINE.rules))


def level(id_: str, name: str) -> Condition:
    flag = next(flag for flag in SPINE.red_flags if flag.id == id_)
    return next(case.when for case in flag.levels.cases if case.name == name)


def fact(name: str) -> Any:
    return SPINE.by_name[name]


def reworded(id_: str, patient: str) -> Pathway:
    words = SPINE.wording
    other = replace(SPINE)
    advice = {**words.advice, id_: {**words.advice[id_], "patient": patient}}
    vars(other)["wording"] = Wording("en", words.facts, words.red_flags, advice, words.urgency, words.conditions)
    return other


def lower(pathway: Pathway, result: Result) -> bool:
    """The second person, who says one thing more, is less urgent than the first."""
    order = (*FLAG_LEVELS, "self_care")
    first, second = assessed(pathway, result.person), assessed(pathway, result.then)
    return order.index(second.decision.urgency) > order.index(first.decision.urgency)


def not_today(pathway: Pathway, result: Result) -> bool:
    """Somebody is not sure on a floor question and is told less than today."""
    found = assessed(pathway, result.person)
    unsure = [a for a in pathway.emergency_questions if found.answers.get(a.fact.name) is Silence.NOT_SURE]
    return bool(unsure) and found.decision.urgency not in HURRY


def not_soon(pathway: Pathway, result: Result) -> bool:
    """Somebody says yes to a floor question and is told less than two weeks."""
    found = assessed(pathway, result.person)
    yes = [a for a in pathway.emergency_questions if found.answers.get(a.fact.name) is True]
    return bool(yes) and found.decision.urgency in ("routine", "self_care")


def together(*ids: str) -> Callable[[Pathway, Result], bool]:
    return lambda pathway, result: {decided(pathway, result).states[id_] for id_ in ids} == {"advised"}


def in_a_hurry(id_: str) -> Callable[[Pathway, Result], bool]:
    def shows(pathway: Pathway, result: Result) -> bool:
        decision = decided(pathway, result)
        return decision.urgency in HURRY and decision.states[id_] == "advised"

    return shows


def unsafe_step(pathway: Pathway, result: Result) -> bool:
    decision = decided(pathway, result)
    return (decision.urgency in HURRY) != (decision.step == "safety") or (decision.urgency in HURRY) != decision.danger


def nothing_to_do(pathway: Pathway, result: Result) -> bool:
    found = decided(pathway, result).findings
    return not [f for f in found if f.state == "advised" and f.direction == "do"]


def no_urgent_opinion(pathway: Pathway, result: Result) -> bool:
    decision = decided(pathway, result)
    weak = judge(case_of("specialist_options"), assessed(pathway, result.person).answers).answer
    return weak is True and decision.states["surgical-opinion-urgent"] != "advised"


def case_of(name: str) -> Condition:
    return next(case.when for case in SPINE.step.cases if case.name == name)


def nobody(words: str) -> Callable[[Pathway, Result], bool]:
    """The law says what is broken; there is no person to show."""
    return lambda pathway, result: result.person is None and any(words in what for what in result.broken)


@dataclass(frozen=True)
class Planted:
    """A fault in the tree, the law that must notice, and how the person that it finds shows it."""

    says: str
    pathway: Callable[[], Pathway]
    law: str
    shows: Callable[[Pathway, Result], bool]


def step_without(name: str) -> Pathway:
    return replace(SPINE, step=replace(SPINE.step, cases=tuple(c for c in SPINE.step.cases if c.name != name)))


def never(part: Condition) -> Condition:
    return All.of(part, ~part)


UNRANKED = tuple(r for r in SPINE.rankings if r.loser != "mri-not-now")
REVERSED = (*SPINE.rankings, Ranking("mri-for-decision", "surgical-opinion-urgent", "C-11"))
STENOSIS = next(rule.who for rule in SPINE.rules if rule.id == "structured-exercise")
WEAK = level("RF-02b", "today")
LEG = "leg_cold_pale"
# fmt: off
PLANTED = (
    Planted("a level dropped", lambda: with_flag("RF-08a", today=None), "floor", not_today),
    Planted("unsure no longer counted", lambda: with_flag("RF-09a", today=fact("calf_swollen")), "floor", not_today),
    Planted("an onset not known counts as old", lambda: with_flag("RF-01a", emergency=All.of(level("RF-01a", "emergency"), Known(fact("cauda_equina_onset_days")))), "floor", not_soon),
    Planted("a conditional floor dropped", lambda: with_flag("RF-05b", today=fact("cancer_history") & fact("pain_growing_or_lying_flat")), "floor", not_today),
    Planted("a leaf negated", lambda: with_flag("RF-09b", emergency=~fact("breathless_or_chest_pain")), "danger-is-monotone", lower),
    Planted("a danger that cancels another", lambda: with_flag("RF-08a", emergency=fact(LEG) & ~fact("calf_swollen")), "danger-is-monotone", lower),
    Planted("a danger that cancels another when yes only", lambda: with_flag("RF-08a", emergency=fact(LEG) & ~established(fact("night_pain"))), "danger-is-monotone", lower),
    Planted("any instead of all under not", lambda: with_flag("RF-02b", today=All.of(WEAK, ~established(fact("fever") | fact("night_pain")))), "danger-is-monotone", lower),
    Planted("not sure cancels a danger", lambda: with_flag("RF-08b", today=fact("rest_pain_or_foot_ulcer") & ~Unclear(fact("night_pain"))), "unsure-is-never-calmer", lower),
    Planted("a benign answer cancels a danger", lambda: with_flag("RF-08b", today=fact("rest_pain_or_foot_ulcer") & ~established(fact("pulses_present"))), "nothing-benign-lowers", lower),
    Planted("a flag that danger does not know", lambda: replace(SPINE, red_flags=with_flag("RF-12", emergency=fact("walking_distance_m") < 10).red_flags), "danger-first", unsafe_step),
    Planted("danger forgets a flag", lambda: replace(SPINE, danger=established(reached(SPINE.red_flags[1:], "today"))), "danger-first", unsafe_step),
    Planted("no step of safety", lambda: step_without("safety"), "danger-first", unsafe_step),
    Planted("delays although danger is forgotten", lambda: replace(SPINE, danger=established(reached(SPINE.red_flags, "emergency"))), "no-delay", in_a_hurry("stay-active")),
    Planted("a delaying rule marked as not delaying", lambda: with_rule("structured-exercise", delays=False), "no-delay", in_a_hurry("structured-exercise")),
    Planted("opposing rules without a ranking", lambda: replace(SPINE, rankings=UNRANKED), "no-contradiction", together("mri-for-decision", "mri-not-now")),
    Planted("two rules that oppose each other anew", lambda: with_rule("walking-aid", opposes=("stay-active",)), "no-contradiction", together("walking-aid", "stay-active")),
    Planted("nothing for those without stenosis", lambda: with_rule("stay-active", who=STENOSIS), "one-step", nothing_to_do),
    Planted("no advice at emergency", lambda: with_rule("get-emergency-help", unless=(fact("lives_alone"),)), "one-step", nothing_to_do),
    Planted("a criterion in the way of a deficit", lambda: with_rule("surgical-opinion-urgent", unless=(established(fact("unfit_for_surgery")),)), "deficit", no_urgent_opinion),
    Planted("the urgent opinion outranked", lambda: replace(SPINE, rankings=REVERSED), "deficit", no_urgent_opinion),
    Planted("the urgent opinion waits", lambda: with_rule("surgical-opinion-urgent", delays=True), "deficit", no_urgent_opinion),
    Planted("a rule that can never be advised", lambda: with_rule("review-12-weeks", when=never(fact("drives").condition())), "alive", nobody("review-12-weeks can never be advised")),
    Planted("a rule that is always advised", lambda: with_rule("outside-scope", when=EVERYONE), "alive", nobody("outside-scope is always advised")),
    Planted("a level outside the range", lambda: with_flag("RF-12", routine=fact("walking_distance_m") < 0), "alive", nobody("RF-12 routine can never hold")),
    Planted("a level under a graver one", lambda: with_flag("RF-08b", two_weeks=fact("abi") < 0.3), "alive", nobody("RF-08b two_weeks can never hold")),
    Planted("a level that always holds", lambda: with_flag("RF-11", routine=EVERYONE), "alive", nobody("RF-11 routine can never fail")),
    Planted("a step nobody reaches", lambda: replace(SPINE, step=replace(SPINE.step, cases=(*SPINE.step.cases, Case("waiting", case_of("safety"))))), "alive", nobody("the step waiting can never be chosen")),
    Planted("a text that says stop", lambda: reworded("opioid-taper-plan", "Do not stop suddenly. Stop within a week."), "taper", nobody("opioid-taper-plan says stop")),
    Planted("a text without the fixed words", lambda: reworded("antithrombotic-plan", "Ask your prescriber."), "taper", nobody("antithrombotic-plan says stop")),
)
# fmt: on


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.says)
def test_planted_breakage_is_found(planted: Planted) -> None:
    pathway = planted.pathway()
    result = try_law(law(planted.law), Judged(pathway))
    assert not result.holds, "went unnoticed"
    assert planted.shows(pathway, result), f"{result.broken[0]}: {result.person} then {result.then}"


def test_every_law_has_a_breakage_it_finds() -> None:
    found = Counter(planted.law for planted in PLANTED)
    assert set(found) | BROKEN_TODAY.keys() == {one.name for one in LAWS}
    assert len({planted.says for planted in PLANTED}) == len(PLANTED) >= 12
