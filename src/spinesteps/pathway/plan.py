"""How the advice of a person is ordered for a reader, as declared: what comes first, what says the same, what waits.

`outcomes.planned` makes the trees of it that every engine reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from spinesteps.logic import serial
from spinesteps.logic.conditions import Combines, Condition
from spinesteps.pathway.rules import EVERYONE

NOBODY = "none"  # what a tier says when none of its advice stands in the plan
MOST_FIRST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """An advice that may take a tier, where it stands in the plan and this is settled yes.

    in_full: not where only a weaker ground holds.
    """

    rule: str
    when: Combines = EVERYONE
    in_full: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tier:
    """One thing at the head of a plan, or none: the first of its places that can take it."""

    id: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Only:
    """Advice that stands in a plan only where this is settled yes. name: why. rules: how their ids begin."""

    name: str
    rules: tuple[str, ...]
    when: Combines


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PlanOrder:
    """How a plan is made. Nothing is taken from the findings: what does not stand in a plan is read elsewhere.

    tiers: in their order; at most MOST_FIRST are taken. same, opposite: advice of which one stands in a plan, the
    strongest first. later: what is known to come, such as a review. takes: one condition for each medicine: it
    is taken, or about to be.
    """

    tiers: tuple[Tier, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    opposite: tuple[tuple[str, ...], ...] = ()
    only: tuple[Only, ...] = ()
    later: tuple[str, ...] = ()
    takes: tuple[Combines, ...] = ()

    def edited(self, change: Callable[[str, Combines], Condition]) -> PlanOrder:
        """The same order with every condition changed. `change` is told which one it is."""
        tiers = (
            replace(tier, places=tuple(
                replace(place, when=change(f"{tier.id} {place.rule}", place.when)) for place in tier.places
            ))
            for tier in self.tiers
        )  # fmt: skip
        only = (replace(one, when=change(f"only {one.name}", one.when)) for one in self.only)
        takes = (change("takes", taken) for taken in self.takes)
        return replace(self, tiers=tuple(tiers), only=tuple(only), takes=tuple(takes))

    def whens(self) -> Mapping[str, Condition]:
        """Every condition that decides something, by which one it is; places that are always open are left out."""
        conditions: dict[str, Condition] = {}

        def note(name: str, part: Combines) -> Condition:
            condition = part.condition()
            if condition != EVERYONE and name != "takes":
                conditions[name] = condition
            return condition

        self.edited(note)
        return conditions

    def to_json(self) -> dict[str, Any]:
        """As plain data; only where it is dated."""
        return {
            "tiers": {t.id: [[p.rule, p.in_full] for p in t.places] for t in self.tiers},
            "same": self.same,
            "opposite": self.opposite,
            "only": {one.name: one.rules for one in self.only},
            "later": self.later,
            "whens": {name: serial.write(when) for name, when in self.whens().items()},
            "takes": [serial.write(taken.condition()) for taken in self.takes],
        }
