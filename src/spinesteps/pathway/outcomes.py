"""How every rule stands for a person: the one definition of what is advised. Every engine only reads these trees.

    danger_first      it could delay urgent care, and a red flag, switched off or not, reaches emergency or today
    outranked:<rule>  it would be advised, and so is an advice that wins over it
    advised           its criteria hold
    considered        only a weaker ground holds: advised as something to consider
    needs_answer      its criteria are not known
    does_not_concern  whom it concerns is settled no
    not_advised       all others
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import AllOf, AnyOf, AtLeast, Case, Condition, FirstOf, Known, Not, established
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.plan import MOST_FIRST, NOBODY, PlanOrder
from spinesteps.pathway.rules import EVERYONE, NEVER, Ranking, Rule

State = Literal["advised", "needs_answer", "not_advised", "does_not_concern"]
STATES: tuple[State, ...] = ("advised", "needs_answer", "not_advised", "does_not_concern")
Ground = Literal["", "danger_first", "outranked"]


@dataclass(frozen=True, slots=True)
class Override:
    """What overrode the criteria of a rule: danger, an advice that outranks it (`by`), or nothing (false)."""

    ground: Ground = ""
    by: str = ""

    def __bool__(self) -> bool:
        return bool(self.ground)

    def __str__(self) -> str:
        return f"{self.ground}:{self.by}" if self.by else self.ground


NOTHING = Override()
DANGER_FIRST = Override("danger_first")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a name of a rule's outcome means. considered: advised on a weaker ground only."""

    state: State
    override: Override = NOTHING
    considered: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What the standing of one rule is made of. blocked is always settled. NEVER where there is none of it."""

    blocked: Condition
    criteria: Condition
    considered: Condition
    who: Condition


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """How one rule stands. outcome: the first case that holds; meanings: what each name says.

    advised: whether it is advised, on either ground. in_full: whether its criteria are the ground.
    """

    outcome: FirstOf
    meanings: Mapping[str, Standing]
    advised: Condition
    in_full: Condition

    @property
    def state(self) -> FirstOf:
        """The outcome with the state alone, as a table shows it."""
        cases = tuple(Case(self.meanings[case.name].state, case.when) for case in self.outcome.cases)
        return replace(self.outcome, cases=cases)


def outcomes(pathway: Pathway) -> dict[str, RuleOutcome]:
    """Rule id to how it stands. `pathway` is dated (as_of)."""

    def parts(rule: Rule) -> Parts:
        blocked = pathway.blocked if rule.delays else NEVER
        weaker = NEVER if rule.considered is None else rule.considered.condition()
        return Parts(blocked, rule.criteria, weaker, rule.who.condition())

    return stand(pathway.rules, pathway.rankings, parts)


def stand(rules: Iterable[Rule], rankings: Iterable[Ranking], of: Callable[[Rule], Parts]) -> dict[str, RuleOutcome]:
    """Rule id to how it stands, made of these parts. Rankings hold in their order: who lost wins over nobody."""
    parts = {rule.id: of(rule) for rule in rules}
    grounds = {id_: established(its.criteria) for id_, its in parts.items()}
    advised = {id_: _unblocked(its, AnyOf.of(grounds[id_], established(its.considered))) for id_, its in parts.items()}
    lost: dict[str, list[Case]] = {id_: [] for id_ in parts}
    for ranking in rankings:
        if ranking.winner in parts and ranking.loser in parts:
            both = AllOf.of(advised[ranking.winner], advised[ranking.loser])
            lost[ranking.loser].append(Case(str(Override("outranked", ranking.winner)), both))
            advised[ranking.loser] = AllOf.of(advised[ranking.loser], Not(both))
    in_full = {id_: AllOf.of(advised[id_], grounds[id_]) for id_ in parts}
    return {id_: _outcome(its, lost[id_], advised[id_], in_full[id_]) for id_, its in parts.items()}


def _unblocked(parts: Parts, ground: Condition) -> Condition:
    return ground if parts.blocked is NEVER else AllOf.of(Not(parts.blocked), ground)


def _outcome(parts: Parts, lost: list[Case], advised: Condition, in_full: Condition) -> RuleOutcome:
    cases = [
        *([] if parts.blocked is NEVER else [Case("danger_first", parts.blocked)]),
        *lost,
        Case("advised", parts.criteria),
        *([] if parts.considered is NEVER else [Case("considered", parts.considered)]),
        Case("needs_answer", Not(Known(parts.criteria))),
        *([] if parts.who == EVERYONE else [Case("does_not_concern", Not(parts.who))]),
    ]
    outcome = FirstOf(tuple(cases), "not_advised")
    meanings = {name: _meaning(name) for name in outcome.names}
    return RuleOutcome(outcome, meanings, advised, in_full)


def _meaning(name: str) -> Standing:
    if name == "danger_first":
        return Standing("not_advised", DANGER_FIRST)
    ground, _, winner = name.partition(":")
    if ground == "outranked":
        return Standing("not_advised", Override("outranked", winner))
    if name == "considered":
        return Standing("advised", considered=True)
    return next(Standing(state) for state in STATES if state == name)


@dataclass(frozen=True, slots=True)
class PlanTrees:
    """How the advice is ordered. stands: rule id to whether it stands in the plan; always settled.

    first: id of each tier to the rule that takes it, or NOBODY.
    """

    stands: Mapping[str, Condition]
    first: Mapping[str, FirstOf]


def planned(order: PlanOrder, standing: Mapping[str, RuleOutcome]) -> PlanTrees:
    """The trees of the plan, made of how every rule stands. Raises DeclarationError when advice covers itself."""
    over = _stronger(order)
    stands: dict[str, Condition] = {}

    def whether(id_: str, waiting: tuple[str, ...] = ()) -> Condition:
        if id_ in waiting:
            raise DeclarationError(f'"{id_}" says the same as what is said instead of it. Order them one way.')
        if id_ not in stands:
            only = [established(one.when) for one in order.only if id_.startswith(one.rules)]
            said = [whether(other, (*waiting, id_)) for other in over.get(id_, ()) if other in standing]
            stands[id_] = AllOf.of(standing[id_].advised, *only, *([Not(AnyOf.of(*said))] if said else []))
        return stands[id_]

    for id_ in standing:
        whether(id_)
    return PlanTrees(stands, dict(_tiers(order, standing, stands)))


def _stronger(order: PlanOrder) -> Mapping[str, dict[str, None]]:
    """Of each advice the advice that is said instead of it."""
    over: dict[str, dict[str, None]] = {}
    for ids in (*order.same, *order.opposite):
        for place, id_ in enumerate(ids):
            over.setdefault(id_, {}).update(dict.fromkeys(ids[:place]))
    return over


def _tiers(
    order: PlanOrder, standing: Mapping[str, RuleOutcome], stands: Mapping[str, Condition]
) -> Iterator[tuple[str, FirstOf]]:
    """Each tier in order; none is taken once MOST_FIRST are."""
    taken: list[Condition] = []
    for tier in order.tiers:
        cases = [Case(NOBODY, AtLeast(MOST_FIRST, tuple(taken)))] if len(taken) >= MOST_FIRST else []
        for place in tier.places:
            if place.rule in standing:
                full = [standing[place.rule].in_full] if place.in_full else []
                more = [] if place.when == EVERYONE else [established(place.when)]
                cases.append(Case(place.rule, AllOf.of(stands[place.rule], *full, *more)))
        outcome = FirstOf(tuple(cases), NOBODY)
        taken.append(Not(outcome.chose(NOBODY)))
        yield tier.id, outcome
