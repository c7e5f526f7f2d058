"""Standards: who counts and what being met means; an audit's denominator and numerator, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from spinesteps.audits.measures import Measure
from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import Condition
from spinesteps.logic.facts import Combines
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.thresholds import Limit
from spinesteps.pathway.as_of import date_condition
from spinesteps.pathway.evidence import Argument
from spinesteps.pathway.rules import EVERYONE, check_evidence

BETTER = ("higher", "lower")


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What starts the clock: the days of these events, or (where None) the day of judging, the end of a period.

    clear: none of these in the `clear_before` days before the index day, else the event is no new start.
    covered: a supply that reaches into that time breaks it too. said_yes: answers count only when they are yes.
    """

    where: Where | None = None
    clear: Where | None = None
    clear_before: Limit | None = None
    covered: bool = False
    said_yes: bool = False

    def __post_init__(self) -> None:
        if (self.clear is None) != (self.clear_before is None):
            raise DeclarationError("A clear time needs both: none of what, and for how many days.")


@dataclass(frozen=True, slots=True, eq=False)
class Exclusion:
    """Why an index event is taken out. An exclusion that is off is shown and takes nobody out; because: the reason."""

    name: str
    when: Combines
    on: bool = True
    because: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Numerator:
    """One numerator of a standard, under a name (some count several: 28 days and 42 days)."""

    name: str
    met: Combines


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standard:
    """Who counts and what being met means.

    index: what starts the clock. measures: every fact its conditions look at. who: whom it counts (denominator).
    exclusions: who is taken out again. readings: what counts as met (numerator), at least one. better: whether a
    higher or a lower share is better; of an inverse measure "met" is the unwanted thing. like: the public measure it
    restates, "" when it is our own. on: one that rests on an unverified source ships off. status: draft until signed.
    """

    id: str
    index: Index
    measures: tuple[Measure, ...]
    who: Combines = EVERYONE
    exclusions: tuple[Exclusion, ...] = ()
    readings: tuple[Numerator, ...]
    better: str
    like: str = ""
    evidence: tuple[Argument, ...]
    on: bool = True
    status: str = "draft"

    def __post_init__(self) -> None:
        check_evidence(self.id, self.evidence)
        if self.better not in BETTER or not self.readings:
            raise DeclarationError(f'Standard "{self.id}" needs a reading, and better: {" or ".join(BETTER)}.')

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """Every condition by what it is for."""
        return {
            "who": self.who.condition(),
            **{f"excluded: {one.name}": one.when.condition() for one in self.exclusions},
            **{f"met: {one.name}": one.met.condition() for one in self.readings},
        }

    def as_of(self, day: date) -> Standard:
        """The standard with the numbers of a day. Raises NoValueError when one has none yet."""
        return replace(
            self,
            who=date_condition(self.who.condition(), day),
            exclusions=tuple(replace(e, when=date_condition(e.when.condition(), day)) for e in self.exclusions),
            readings=tuple(replace(r, met=date_condition(r.met.condition(), day)) for r in self.readings),
        )
