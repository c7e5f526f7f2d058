"""Relations between facts, declared once: filled in for a person, and the prover's axioms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import Condition, facts_in
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Answer, Answers, Fact, Number, Silence, Value


@dataclass(frozen=True)
class Implies:
    """When the condition is settled yes, the fact has this value, whatever was said of it.

    A clear answer against it is a contradiction: a danger fact takes the implied value, any other is in conflict.
    Raises DeclarationError for a condition that looks at no fact.
    """

    when: Condition
    fact: Fact
    value: Value

    def __post_init__(self) -> None:
        if not facts_in(self.when):
            raise DeclarationError(f'What implies "{self.fact.name}" looks at no fact.')

    def holds(self, answers: Answers) -> bool:
        """Whether the condition is settled yes."""
        if self._silent_is_not_yes and self._asks.isdisjoint(answers):
            return False
        return judge(self.when, answers).answer is True

    @cached_property
    def _asks(self) -> frozenset[str]:
        return frozenset(fact.name for fact in facts_in(self.when))

    @cached_property
    def _silent_is_not_yes(self) -> bool:
        """Whether nothing is implied while none of the facts was asked."""
        return judge(self.when, {}).answer is not True


@dataclass(frozen=True, slots=True)
class Least:
    """A number fact is the least of itself and these others, of those that are known."""

    fact: Number
    others: tuple[Number, ...]


Implied = Implies | Least


def imply(answers: Answers, implied: Iterable[Implied]) -> dict[str, Answer]:
    """The answers with everything implied filled in, in the declared order."""
    filled = dict(answers)
    for relation in implied:
        if isinstance(relation, Least):
            filled.update(_least(relation, filled))
        elif relation.holds(filled):
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
        if isinstance(relation, Implies) and relation.holds(answers):
            said = answers.get(relation.fact.name, Silence.NOT_ASKED)
            if not isinstance(said, Silence) and said != relation.value:
                found.append((facts_in(relation.when)[0].name, relation.fact.name))
    return found
