"""Implied facts filled in for one person, and the answers that stand against them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from spinesteps.logic.conditions import facts_in
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Answer, Answers, Silence
from spinesteps.logic.implied import Implied, Implies, Least


def imply(answers: Answers, implied: Iterable[Implied]) -> dict[str, Answer]:
    """The answers with everything implied filled in, in the declared order."""
    filled = dict(answers)
    for relation in implied:
        if isinstance(relation, Least):
            filled.update(_least(relation, filled))
        elif _holds(relation, filled):
            said = filled.get(relation.fact.name, Silence.NOT_ASKED)
            against = not isinstance(said, Silence) and said != relation.value
            keep = not against or relation.value is True
            filled[relation.fact.name] = relation.value if keep else Silence.IN_CONFLICT
    return filled


def _least(relation: Least, answers: Answers) -> dict[str, Answer]:
    """The least of what is known; when nothing is, an unclear answer among them makes the fact unclear."""
    met = [answers.get(fact.name, Silence.NOT_ASKED) for fact in (relation.fact, *relation.others)]
    known = [a for a in met if isinstance(a, int | float) and not isinstance(a, bool)]
    if known:
        return {relation.fact.name: min(known)}
    unclear = [a for a in met if isinstance(a, Silence) and a.unclear]
    return {relation.fact.name: unclear[0]} if unclear else {}


def contradictions(answers: Answers, implied: Iterable[Implied]) -> list[tuple[str, str]]:
    """Pairs of facts whose answers contradict each other: (what implies, what was said otherwise)."""
    found = []
    for relation in implied:
        if isinstance(relation, Implies) and _holds(relation, answers):
            said = answers.get(relation.fact.name, Silence.NOT_ASKED)
            if not isinstance(said, Silence) and said != relation.value:
                found.append((facts_in(relation.when)[0].name, relation.fact.name))
    return found


def _holds(relation: Implies, answers: Answers) -> bool:
    """Whether the condition is settled yes."""
    asks, silent_is_not_yes = _known_beforehand(relation)
    if silent_is_not_yes and asks.isdisjoint(answers):
        return False
    return judge(relation.when, answers).answer is True


@lru_cache(maxsize=1024)
def _known_beforehand(relation: Implies) -> tuple[frozenset[str], bool]:
    """The facts the relation looks at, and whether nothing is implied while none of them was asked."""
    asks = frozenset(fact.name for fact in facts_in(relation.when))
    return asks, judge(relation.when, {}).answer is not True
