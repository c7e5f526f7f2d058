"""Small planted faults of a pathway as of a day. Example patients (example_matrix) and laws must notice each.

Every tree belongs to an owner: a red flag (its levels), a rule, a score, the condition, the step and so on. Signs that
several flags share are changed in one owner at a time. What is derived is changed as a whole, never inside: "any red
flag reaches today" in a rule becomes another level, and "stenosis likely or possible" another choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, TypeVar

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    Compare,
    Condition,
    Known,
    Named,
    Not,
    Points,
    ScoreItem,
    established,
    fact_of,
    sure_part,
)
from spinesteps.logic.facts import Fact, Number
from spinesteps.logic.implied import Implies, Least
from spinesteps.logic.thresholds import Bound
from spinesteps.logic.words import Words
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.plan import PlanOrder
from spinesteps.pathway.rules import EVERYONE, FLAG_LEVELS, URGENCIES, Ask, RedFlag, Rule, reached

OTHER_SIGN = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
STEPS = {"cm": 0.1, "": 0.01}  # by unit: what the next smaller or larger measurement differs by; 1 for all others
WORDS = Words({})
Change = tuple[Condition, str]  # the changed condition and what was changed
Cases = tuple[Case, ...]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Owner:
    """A red flag, rule, … with its trees as named cases, in order.

    kind: flag | rule | score | cause | condition | step | danger | routine | plan | ask. The cases of a rule are who,
    when, unless 1 …, considered, and `delays` (always yes) when it delays.
    """

    kind: str
    id: str
    cases: Cases


@dataclass(frozen=True)
class Mutant:
    """An owner with one small fault: its cases instead, and a sentence."""

    owner: Owner
    says: str
    cases: Cases

    @property
    def id(self) -> str:
        """Owner and sentence; unique in a pathway."""
        return f"{self.owner.id}: {self.says}"


@dataclass(frozen=True, eq=False)
class PathwayMutant:
    """A pathway with one small fault that is not in a tree of an owner: implied facts, rankings, own urgencies."""

    owner: str
    says: str
    pathway: Pathway

    @property
    def id(self) -> str:
        """Owner and sentence."""
        return f"{self.owner}: {self.says}"


def owners(pathway: Pathway) -> tuple[Owner, ...]:
    """Everything in a dated pathway that decides, with its trees. Likelihoods and follow-ups decide nothing."""
    return (
        *(Owner("flag", flag.id, flag.levels.cases) for flag in pathway.red_flags if flag.on),
        *(Owner("rule", rule.id, tuple(_rule_cases(rule))) for rule in pathway.rules),
        *(Owner("score", score.id, (Case("points", score.points),)) for score in pathway.scores),
        *(Owner("cause", cause.id, (Case("when", cause.when),)) for cause in pathway.other_causes),
        Owner("condition", "condition", pathway.condition.cases),
        Owner("step", "step", pathway.step.cases),
        Owner("danger", "danger", (Case("when", pathway.danger),)),
        Owner("routine", "routine", (Case("when", pathway.routine),)),
        *(Owner("plan", name, (Case("when", when),)) for name, when in pathway.plan.whens().items()),
        *(Owner("ask", ask.fact.name, (Case("after", _after(ask)),)) for ask in pathway.emergency_questions),
    )


def _after(ask: Ask) -> Condition:
    return EVERYONE if ask.after is None else ask.after


def _rule_cases(rule: Rule) -> Iterator[Case]:
    yield Case("who", rule.who.condition())
    yield Case("when", rule.when.condition())
    for number, part in enumerate(rule.unless, 1):
        yield Case(f"unless {number}", part.condition())
    if rule.considered is not None:
        yield Case("considered", rule.considered.condition())
    if rule.delays:
        yield Case("delays", EVERYONE)


def mutants(pathway: Pathway, owner: Owner) -> Iterator[Mutant]:
    """Every fault planted in one owner."""
    whole = derived(pathway)
    for place, case in enumerate(owner.cases):
        before, after = owner.cases[:place], owner.cases[place + 1 :]
        for changed, says in _root(owner, case, whole):
            yield Mutant(owner, f"{case.name} {place + 1}{says}", (*before, Case(case.name, changed), *after))
    for cases, says in _of_cases(owner):
        yield Mutant(owner, says, cases)


def _root(owner: Owner, case: Case, whole: Sequence[Derived]) -> Iterator[Change]:
    if case.when == EVERYONE:
        return
    inner = case.when.part if isinstance(case.when, Named) else case.when
    for changed, says in changes(inner, whole):
        if owner.kind != "score" or " cutoff " not in says:
            yield changed, says
    if owner.kind != "score":
        yield _negated(case.when), " negated"


def _of_cases(owner: Owner) -> Iterator[tuple[Cases, str]]:
    """Faults in the list of cases: deleted, lowered, swapped."""
    cases = owner.cases
    yield (), "deleted"
    if owner.kind in ("score", "cause", "danger", "routine", "plan"):
        return
    for place, case in enumerate(cases):
        if len(cases) > 1 and case.when != EVERYONE:
            yield (*cases[:place], *cases[place + 1 :]), f"{case.name} {place + 1} deleted"
    if owner.kind == "flag":
        yield from _lowered(cases)
    elif owner.kind in ("condition", "step"):
        for place in range(len(cases) - 1):
            swapped = (*cases[:place], cases[place + 1], cases[place], *cases[place + 2 :])
            yield swapped, f"{cases[place].name} {place + 1} after {cases[place + 1].name}"
    elif owner.kind == "rule":
        delays = tuple(case for case in cases if case.name == "delays")
        rest = tuple(case for case in cases if case.name != "delays")
        yield (rest, "no longer delays") if delays else ((*rest, Case("delays", EVERYONE)), "delays")


def _lowered(cases: Cases) -> Iterator[tuple[Cases, str]]:
    """One level of a flag lowered by one; it joins what stands there."""
    for place, case in enumerate(cases):
        at = FLAG_LEVELS.index(case.name)
        if at + 1 == len(FLAG_LEVELS):
            continue
        lower = FLAG_LEVELS[at + 1]
        there = cases[place + 1] if place + 1 < len(cases) and cases[place + 1].name == lower else None
        joined = Case(lower, AnyOf.of(case.when, there.when) if there else case.when)
        rest = cases[place + 2 :] if there else cases[place + 1 :]
        yield (*cases[:place], joined, *rest), f"{case.name} lowered to {lower}"


@dataclass(frozen=True)
class Derived:
    """A tree that code derives from other owners, and what it may be mistaken for."""

    tree: Condition
    others: tuple[Change, ...]


def derived(pathway: Pathway) -> tuple[Derived, ...]:
    """What rules and steps derive from the red flags and from the condition."""
    reach = {level: reached(pathway.red_flags, level) for level in FLAG_LEVELS}
    rows = []
    for place, level in enumerate(FLAG_LEVELS):
        near = [*FLAG_LEVELS[max(place - 1, 0) : place], *FLAG_LEVELS[place + 1 : place + 2]]
        rows.append(Derived(reach[level], tuple((reach[other], f"{level} or graver → {other}") for other in near)))
    names = pathway.condition.names
    chosen = [subset for size in range(1, len(names)) for subset in combinations(names, size)]
    for of in (pathway.condition.chose, pathway.condition.may_be):
        trees = {subset: of(*subset) for subset in chosen}
        for subset, tree in trees.items():
            fewer = [tuple(n for n in subset if n != name) for name in subset if len(subset) > 1]
            rows.append(Derived(tree, tuple((trees[less], f"only {' or '.join(less)}") for less in fewer)))
    return tuple(rows)


def changes(node: Condition, whole: Sequence[Derived] = ()) -> Iterator[Change]:
    """Every way to change one thing in a condition."""
    for one in whole:
        if one.tree == node:
            yield from one.others
            return
    sure = sure_part(node)
    if sure is not None:
        yield sure, f" no longer surely: {short(sure)}"
        yield from ((established(inner), says) for inner, says in changes(sure, whole))
    elif isinstance(node, Named):
        if not node.folded:
            yield from changes(node.part, whole)
    elif isinstance(node, Not):
        yield from ((_negated(inner), says) for inner, says in changes(node.part, whole))
    elif isinstance(node, Known):
        if not isinstance(node.part, Fact):
            yield from ((Known(inner), says) for inner, says in changes(node.part, whole))
    elif isinstance(node, Compare):
        yield from _of_compare(node)
    elif isinstance(node, Points):
        yield from _of_points(node, whole)
    elif isinstance(node, AllOf | AnyOf | AtLeast):
        yield from _of_join(node, whole)


def _of_compare(node: Compare) -> Iterator[Change]:
    other, fact = OTHER_SIGN[node.sign], node.fact
    assert isinstance(fact, Number)
    yield replace(node, sign=other), f" {short(node)}: {node.sign} → {other}"
    step = 1.0 if fact.whole else STEPS.get(fact.unit, 1.0)
    for value in (node.bound.value - step, node.bound.value + step):
        yield replace(node, limit=Bound(round(value, 6), node.bound.name)), f" {short(node)}: limit → {value:g}"


def _of_join(node: AllOf | AnyOf | AtLeast, whole: Sequence[Derived]) -> Iterator[Change]:
    for place, part in enumerate(node.parts):
        before, after = node.parts[:place], node.parts[place + 1 :]
        if after or before:
            yield _join(node, (*before, *after)), f".{place + 1} dropped: {short(part)}"
            yield _join(node, (*before, _negated(part), *after)), f".{place + 1} negated: {short(part)}"
        for inner, says in changes(part, whole):
            yield _join(node, (*before, inner, *after)), f".{place + 1}{says}"
    if isinstance(node, AtLeast):
        for n in (node.n - 1, node.n + 1):
            yield AtLeast(n, node.parts), f" at least {node.n} → {n} of {len(node.parts)}"
    elif len(node.parts) > 1:
        other = AnyOf.of(*node.parts) if isinstance(node, AllOf) else AllOf.of(*node.parts)
        yield other, f" {'all → any' if isinstance(node, AllOf) else 'any → all'} of {len(node.parts)}"


def _of_points(node: Points, whole: Sequence[Derived]) -> Iterator[Change]:
    for place, item in enumerate(node.items):
        others = (node.items[:place], node.items[place + 1 :])
        yield _with(node, others), f".{place + 1} dropped: {short(item.part)}"
        yield _with(node, others, replace(item, part=_negated(item.part))), f".{place + 1} negated: {short(item.part)}"
        for points in (item.points - 1, item.points + 1):
            yield _with(node, others, replace(item, points=points)), f".{place + 1} points {item.points:g} → {points:g}"
        for inner, says in changes(item.part, whole):
            yield _with(node, others, replace(item, part=inner)), f".{place + 1}{says}"
    for cutoff in (node.bound.value - 1, node.bound.value + 1):
        yield replace(node, cutoff=Bound(cutoff, node.bound.name)), f" cutoff {node.bound.value:g} → {cutoff:g}"


def _with(node: Points, others: tuple[tuple[ScoreItem, ...], tuple[ScoreItem, ...]], *items: ScoreItem) -> Points:
    return replace(node, items=(*others[0], *items, *others[1]))


def _join(node: AllOf | AnyOf | AtLeast, parts: tuple[Condition, ...]) -> Condition:
    if isinstance(node, AtLeast):
        return AtLeast(node.n, parts)
    return parts[0] if len(parts) == 1 else type(node).of(*parts)


def _negated(node: Condition) -> Condition:
    if isinstance(node, Named) and isinstance(node.part, Not):
        return node.part.part
    return node.part if isinstance(node, Not) else Not(node)


def short(node: Condition) -> str:
    """A condition in one line, long ones by their first words."""
    if isinstance(node, AllOf | AnyOf | AtLeast) and sure_part(node) is None:
        inner = ", ".join(short(part) for part in node.parts)
        inner = f"{WORDS.describe(node)} [{inner}]"
    elif isinstance(node, Not) and fact_of(node.part) is None:
        inner = f"not: {short(node.part)}"
    else:
        inner = WORDS.describe(node)
    return inner if len(inner) <= 72 else f"{inner[:70]}…"


def wholes(pathway: Pathway) -> Iterator[PathwayMutant]:
    """Faults in implied facts, rankings and the urgencies that rules carry themselves."""
    for place, relation in enumerate(pathway.implied):
        before, after = pathway.implied[:place], pathway.implied[place + 1 :]
        owner = f"implied {relation.fact.name} {place + 1}"
        yield PathwayMutant(owner, "dropped", replace(pathway, implied=(*before, *after)))
        for other, says in _of_implied(relation):
            yield PathwayMutant(owner, says, replace(pathway, implied=(*before, other, *after)))
    for place, ranking in enumerate(pathway.rankings):
        before_, after_ = pathway.rankings[:place], pathway.rankings[place + 1 :]
        turned = replace(ranking, winner=ranking.loser, loser=ranking.winner)
        yield PathwayMutant(f"ranking {place + 1}", "dropped", replace(pathway, rankings=(*before_, *after_)))
        yield PathwayMutant(f"ranking {place + 1}", "reversed", replace(pathway, rankings=(*before_, turned, *after_)))
    yield from _of_urgencies(pathway)
    for owner, says, plan in _of_plan(pathway.plan):
        yield PathwayMutant(f"plan {owner}", says, replace(pathway, plan=plan))


def _of_plan(plan: PlanOrder) -> Iterator[tuple[str, str, PlanOrder]]:
    """A place, id or prefix of the plan dropped, and neighbours exchanged: which part, what was done, the new plan."""
    for at, tier in enumerate(plan.tiers):
        for says, places in _shorter(tier.places, lambda place: place.rule):
            tiers = (*plan.tiers[:at], replace(tier, places=places), *plan.tiers[at + 1 :])
            yield tier.id, says, replace(plan, tiers=tiers)
    for at, one in enumerate(plan.only):
        for place, id_ in enumerate(one.rules):
            rules = (*one.rules[:place], *one.rules[place + 1 :])
            only = (*plan.only[:at], *([replace(one, rules=rules)] if rules else []), *plan.only[at + 1 :])
            yield f"only {one.name}", f"without {id_}", replace(plan, only=only)
    for part in ("same", "opposite"):
        groups: tuple[tuple[str, ...], ...] = getattr(plan, part)
        for at, group in enumerate(groups):
            for says, ids in _shorter(group, str):
                changed: dict[str, Any] = {part: (*groups[:at], ids, *groups[at + 1 :])}
                yield f"{part} {at + 1}", says, replace(plan, **changed)
    for place, id_ in enumerate(plan.later):
        yield "later", f"without {id_}", replace(plan, later=(*plan.later[:place], *plan.later[place + 1 :]))


def _shorter(items: tuple[Item, ...], name: Callable[[Item], str]) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """The items without one of them, and with two neighbours exchanged."""
    for place, item in enumerate(items):
        yield f"without {name(item)}", (*items[:place], *items[place + 1 :])
        if place + 1 < len(items):
            after = items[place + 1]
            yield f"{name(item)} after {name(after)}", (*items[:place], after, item, *items[place + 2 :])


def _of_urgencies(pathway: Pathway) -> Iterator[PathwayMutant]:
    """The own urgency of a rule one level lower or graver, or none at all."""
    for place, rule in enumerate(pathway.rules):
        if rule.urgency is None:
            continue
        at = URGENCIES.index(rule.urgency)
        graver = [(level, f"{rule.urgency} raised to {level}") for level in URGENCIES[max(at - 1, 0) : at]]
        lower = [(level, f"{rule.urgency} lowered to {level}") for level in URGENCIES[at + 1 : at + 2]]
        for level, says in (*lower, *graver, (None, "dropped")):
            rules = (*pathway.rules[:place], replace(rule, urgency=level), *pathway.rules[place + 1 :])
            yield PathwayMutant(f"urgency {rule.id}", says, replace(pathway, rules=rules))


def _of_implied(relation: Implies | Least) -> Iterator[tuple[Implies | Least, str]]:
    if isinstance(relation, Least):
        for other in relation.others:
            yield replace(relation, others=_without(relation.others, other)), f"without {other.name}"
        return
    if isinstance(relation.value, bool):
        yield replace(relation, value=not relation.value), f"value → {not relation.value}"
    yield replace(relation, when=_negated(relation.when)), "negated"
    for changed, says in changes(relation.when):
        yield replace(relation, when=changed), f"when{says}"


def _without(others: tuple[Number, ...], one: Number) -> tuple[Number, ...]:
    return tuple(other for other in others if other is not one)


def one_sided(pathway: Pathway) -> Iterator[tuple[str, bool]]:
    """Every flag and rule without one side of its evidence: its id, and whether the construction refused it."""
    items: tuple[RedFlag | Rule, ...] = (*pathway.red_flags, *pathway.rules)
    for item in items:
        for side in (True, False):
            kept = tuple(argument for argument in item.evidence if argument.supports is not side)
            try:
                replace(item, evidence=kept)
            except DeclarationError:
                yield f"{item.id}: evidence {'for' if side else 'against'} dropped", True
            else:
                yield f"{item.id}: evidence {'for' if side else 'against'} dropped", False
