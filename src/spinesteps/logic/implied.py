"""Relations between facts, declared once: filled in for a person, and the prover's axioms."""

from __future__ import annotations

from dataclasses import dataclass

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import Condition, facts_in
from spinesteps.logic.facts import Fact, Number, Value


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True)
class Least:
    """A number fact is the least of itself and these others, of those that are known."""

    fact: Number
    others: tuple[Number, ...]


Implied = Implies | Least
