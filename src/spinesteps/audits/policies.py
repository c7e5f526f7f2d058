"""Payers' policies: the criteria a request is held against."""

from __future__ import annotations

from dataclasses import dataclass

from spinesteps.audits.measures import Measure
from spinesteps.errors import DeclarationError
from spinesteps.logic.facts import Combines
from spinesteps.pathway.editions import TAGS

PROCEDURES = ("epidural", "decompression", "fusion", "mri")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Criterion:
    """One condition of a policy. Its words stand in wording/policies.toml.

    when: met; over measures and over facts of the pathway. waived: an urgent case needs not meet it (duration rules).
    topic: what it is about, so that payers can be laid side by side. tag: how it was read, when not as its policy.
    proof: measures shown as proof though the condition does not look at them.
    """

    id: str
    topic: str
    when: Combines
    waived: bool = False
    tag: str = ""
    proof: tuple[Measure, ...] = ()

    def __post_init__(self) -> None:
        if self.tag not in ("", *TAGS):
            raise DeclarationError(f'Criterion "{self.id}": tag is one of {", ".join(TAGS)}.')


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Policy:
    """A payer's criteria for one procedure. criteria may be empty: a policy that was found but not read.

    waiver: when the criteria that can be waived need not be met; the policy's own, beside the common urgent waiver.
    """

    id: str
    procedure: str
    criteria: tuple[Criterion, ...]
    waiver: Combines | None = None

    def __post_init__(self) -> None:
        if self.procedure not in PROCEDURES:
            raise DeclarationError(f'Policy "{self.id}": procedure is one of {", ".join(PROCEDURES)}.')


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Payers:
    """Every policy, the measures their conditions look at, and the common urgent waiver.

    care: the measures that make up the list of conservative care, shown as a whole.
    """

    policies: tuple[Policy, ...]
    measures: tuple[Measure, ...]
    care: tuple[Measure, ...]
    urgent: Combines

    def of(self, procedure: str, policy: str) -> tuple[Policy, ...]:
        """The policies for a procedure: one by its id, or all of them."""
        return tuple(p for p in self.policies if p.procedure == procedure and policy in ("all", p.id))
