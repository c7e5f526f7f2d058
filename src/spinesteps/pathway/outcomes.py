"""The state of every advice as an outcome, so that a table reads it off a tree as one person's decision does.

    not_advised       it could delay urgent care while there is danger, or an advice that outranks it applies
    advised           its criteria hold, or a weaker ground on which it is considered
    needs_answer      its criteria are not known
    does_not_concern  whom it concerns is settled no; else not_advised
"""

from __future__ import annotations

from spinesteps.logic.conditions import AllOf, AnyOf, Case, Condition, FirstOf, Known, Not, established
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import Rule


def states(pathway: Pathway) -> dict[str, FirstOf]:
    """Rule id to the outcome that is its state. `pathway` is dated (as_of)."""
    danger = established(pathway.danger)
    advised = {rule.id: _advised(rule, danger) for rule in pathway.rules}
    outranked: dict[str, list[Condition]] = {rule.id: [] for rule in pathway.rules}
    for ranking in pathway.rankings:
        if ranking.winner in advised and ranking.loser in advised:
            both = AllOf.of(advised[ranking.winner], advised[ranking.loser])
            outranked[ranking.loser].append(both)
            advised[ranking.loser] = AllOf.of(advised[ranking.loser], Not(both))
    return {rule.id: _state(rule, danger, advised[rule.id], outranked[rule.id]) for rule in pathway.rules}


def _advised(rule: Rule, danger: Condition) -> Condition:
    grounds = [established(rule.criteria)]
    if rule.considered is not None:
        grounds.append(established(rule.considered))
    held = AnyOf.of(*grounds)
    return AllOf.of(Not(danger), held) if rule.delays else held


def _state(rule: Rule, danger: Condition, advised: Condition, outranked: list[Condition]) -> FirstOf:
    return FirstOf(
        (
            *([Case("not_advised", danger)] if rule.delays else []),
            Case("not_advised", AnyOf.of(*outranked)),
            Case("advised", advised),
            Case("needs_answer", Not(Known(rule.criteria))),
            Case("does_not_concern", established(Not(rule.who.condition()))),
        ),
        "not_advised",
    )
