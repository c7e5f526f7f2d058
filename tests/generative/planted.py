"""Faults planted in the pathway's trees, the law that must notice each, and how the person it finds shows the fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from spinesteps.logic.conditions import AllOf, Case, Condition, Known, Unclear, established
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.engines.prove import Person
from spinesteps.logic.facts import Silence
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import EVERYONE, FLAG_LEVELS, Ranking, reached
from spinesteps.person.answers import read_person
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.decision import Decision, decide
from spinesteps.quality.laws import Result
from spinesteps.quality.switch import switched_off, with_flags
from tests.knowledge.judged import DAY, SPINE

HURRY = ("emergency", "today")


def assessed(pathway: Pathway, person: Person | None) -> Assessment:
    """The person through the facts door; fails when there is none or the door refuses."""
    assert person is not None
    return assess(read_person(json.dumps(person).encode(), pathway.by_name, DAY), pathway, DAY)


def decided(pathway: Pathway, result: Result) -> Decision:
    """As `assessed` decides, on this very pathway: dating it again would undo what was planted."""
    record = read_person(json.dumps(result.person).encode(), pathway.by_name, DAY)
    return decide(pathway, imply(record.given_on(DAY, pathway.by_name), pathway.implied))


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
    vars(other)["wording"] = replace(words, advice=advice)
    return other


def blocked_by(condition: Condition) -> Pathway:
    """The pathway in which something else keeps back what delays."""
    other = replace(SPINE)
    vars(other)["blocked"] = condition
    return other


def more_without_a_flag(pathway: Pathway, result: Result) -> bool:
    """The person is permitted more once a flag is off."""
    before = permitted(assessed(pathway, result.person))
    off = (switched_off(pathway, flag) for flag in pathway.red_flags if flag.on)
    return any(permitted(assessed(p, result.person)) - before for p in off)


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
    return AllOf.of(part, ~part)


MRI_NEVER = with_rule("mri-not-now", when=fact("drives"))
UNRANKED = tuple(r for r in SPINE.rankings if r.loser != "mri-not-now")
REVERSED = (*SPINE.rankings, Ranking("mri-for-decision", "surgical-opinion-urgent", "C-11"))
STENOSIS = next(rule.who for rule in SPINE.rules if rule.id == "structured-exercise")
WEAK = level("RF-02b", "today")
LEG = "leg_cold_pale"
PLANTED = (
    Planted("a level dropped", lambda: with_flag("RF-08a", today=None), "floor", not_today),
    Planted("unsure no longer counted", lambda: with_flag("RF-09a", today=fact("calf_swollen")), "floor", not_today),
    Planted(
        "an onset not known counts as old",
        lambda: with_flag(
            "RF-01a", emergency=AllOf.of(level("RF-01a", "emergency"), Known(fact("cauda_equina_onset_days")))
        ),
        "floor",
        not_soon,
    ),
    Planted(
        "a conditional floor dropped",
        lambda: with_flag("RF-05b", today=fact("cancer_history") & fact("pain_growing_or_lying_flat")),
        "floor",
        not_today,
    ),
    Planted(
        "a leaf negated",
        lambda: with_flag("RF-09b", emergency=~fact("breathless_or_chest_pain")),
        "danger-is-monotone",
        lower,
    ),
    Planted(
        "a danger that cancels another",
        lambda: with_flag("RF-08a", emergency=fact(LEG) & ~fact("calf_swollen")),
        "danger-is-monotone",
        lower,
    ),
    Planted(
        "a danger that cancels another when yes only",
        lambda: with_flag("RF-08a", emergency=fact(LEG) & ~established(fact("night_pain"))),
        "danger-is-monotone",
        lower,
    ),
    Planted(
        "any instead of all under not",
        lambda: with_flag("RF-02b", today=AllOf.of(WEAK, ~established(fact("fever") | fact("night_pain")))),
        "danger-is-monotone",
        lower,
    ),
    Planted(
        "not sure cancels a danger",
        lambda: with_flag("RF-08b", today=fact("rest_pain_or_foot_ulcer") & ~Unclear(fact("night_pain"))),
        "unsure-is-never-calmer",
        lower,
    ),
    Planted(
        "a benign answer cancels a danger",
        lambda: with_flag("RF-08b", today=fact("rest_pain_or_foot_ulcer") & ~established(fact("pulses_present"))),
        "nothing-benign-lowers",
        lower,
    ),
    Planted(
        "a flag that danger does not know",
        lambda: replace(SPINE, red_flags=with_flag("RF-12", emergency=fact("walking_distance_m") < 10).red_flags),
        "danger-first",
        unsafe_step,
    ),
    Planted(
        "danger forgets a flag",
        lambda: replace(SPINE, danger=established(reached(SPINE.red_flags[1:], "today"))),
        "danger-first",
        unsafe_step,
    ),
    Planted("no step of safety", lambda: step_without("safety"), "danger-first", unsafe_step),
    Planted(
        "delays although danger is forgotten",
        lambda: blocked_by(established(reached(SPINE.red_flags, "emergency"))),
        "no-delay",
        in_a_hurry("vascular-check"),
    ),
    Planted(
        "a flag that is off no longer blocks",
        lambda: with_rule("walking-aid", when=~SPINE.danger, who=EVERYONE, delays=False),
        "flag-off",
        more_without_a_flag,
    ),
    Planted(
        "a delaying rule marked as not delaying",
        lambda: with_rule("structured-exercise", delays=False),
        "no-delay",
        in_a_hurry("structured-exercise"),
    ),
    Planted(
        "opposing rules without a ranking",
        lambda: replace(MRI_NEVER, rankings=UNRANKED),
        "no-contradiction",
        together("mri-for-decision", "mri-not-now"),
    ),
    Planted(
        "two rules that oppose each other anew",
        lambda: with_rule("walking-aid", opposes=("stay-active",)),
        "no-contradiction",
        together("walking-aid", "stay-active"),
    ),
    Planted(
        "nothing for those without stenosis", lambda: with_rule("stay-active", who=STENOSIS), "one-step", nothing_to_do
    ),
    Planted(
        "something to consider, nothing to do",
        lambda: with_rule("stay-active", direction="consider"),
        "one-step",
        nothing_to_do,
    ),
    Planted(
        "a criterion in the way of a deficit",
        lambda: with_rule("surgical-opinion-urgent", unless=(established(fact("unfit_for_surgery")),)),
        "deficit",
        no_urgent_opinion,
    ),
    Planted("the urgent opinion outranked", lambda: replace(SPINE, rankings=REVERSED), "deficit", no_urgent_opinion),
    Planted(
        "the urgent opinion waits",
        lambda: with_rule("surgical-opinion-urgent", delays=True),
        "deficit",
        no_urgent_opinion,
    ),
    Planted(
        "a rule that can never be advised",
        lambda: with_rule("review-12-weeks", when=never(fact("drives").condition())),
        "alive",
        nobody("review-12-weeks can never be advised"),
    ),
    Planted(
        "a rule that is always advised",
        lambda: with_rule("outside-scope", when=EVERYONE),
        "alive",
        nobody("outside-scope is always advised"),
    ),
    Planted(
        "a level outside the range",
        lambda: with_flag("RF-12", routine=fact("walking_distance_m") < 0),
        "alive",
        nobody("RF-12 routine can never hold"),
    ),
    Planted(
        "a level under a graver one",
        lambda: with_flag("RF-08b", two_weeks=fact("abi") < 0.3),
        "alive",
        nobody("RF-08b two_weeks can never hold"),
    ),
    Planted(
        "a level that always holds",
        lambda: with_flag("RF-11", routine=EVERYONE),
        "alive",
        nobody("RF-11 routine can never fail"),
    ),
    Planted(
        "a step nobody reaches",
        lambda: replace(SPINE, step=replace(SPINE.step, cases=(*SPINE.step.cases, Case("waiting", case_of("safety"))))),
        "alive",
        nobody("the step waiting can never be chosen"),
    ),
    Planted(
        "a text that says stop",
        lambda: reworded("opioid-taper-plan", "Do not stop suddenly. Stop within a week."),
        "taper",
        nobody("opioid-taper-plan says stop"),
    ),
    Planted(
        "a text without the fixed words",
        lambda: reworded("antithrombotic-plan", "Ask your prescriber."),
        "taper",
        nobody("antithrombotic-plan says stop"),
    ),
)
