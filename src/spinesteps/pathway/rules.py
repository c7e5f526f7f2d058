"""What a pathway says: red flags that raise an urgency, rules that advise, and which advice wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import AllOf, AnyOf, Case, Condition, Highest
from spinesteps.logic.facts import Combines, Fact, YesNo
from spinesteps.pathway.evidence import Argument

URGENCIES = ("emergency", "today", "two_weeks", "routine", "self_care")
FLAG_LEVELS = URGENCIES[:4]
HURRY, CALM = URGENCIES[:2], URGENCIES[3:]
DIRECTIONS = ("do", "consider", "avoid", "stop")
START = date(2020, 1, 1)
EVERYONE = AllOf(())
NEVER = AnyOf(())


def check_evidence(id_: str, evidence: tuple[Argument, ...]) -> None:
    """Evidence for and against. Raises DeclarationError when a side is missing."""
    if not any(a.supports for a in evidence) or all(a.supports for a in evidence):
        raise DeclarationError(
            f'"{id_}" needs evidence for and against. Where no source argues against it, '
            "name what limits it, for example Against(\"DESIGN\", \"no study tests this number\")."
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class RedFlag:
    """A sign of danger: under which condition it raises which urgency.

    on: a flag whose source is unverified ships off; it raises nothing, but `blocks` every permissive advice
    until it is settled no. topic: short, for tables. status: draft until a named clinician signs.
    """

    id: str
    topic: str
    emergency: Combines | None = None
    today: Combines | None = None
    two_weeks: Combines | None = None
    routine: Combines | None = None
    evidence: tuple[Argument, ...]
    on: bool = True
    since: date = START
    until: date | None = None
    status: str = "draft"

    def __post_init__(self) -> None:
        check_evidence(self.id, self.evidence)
        if not self.levels.cases:
            raise DeclarationError(f'Red flag "{self.id}" raises no level.')

    @cached_property
    def levels(self) -> Highest:
        """Its levels, the gravest first."""
        parts = [(level, getattr(self, level)) for level in FLAG_LEVELS]
        return Highest(tuple(Case(level, part.condition()) for level, part in parts if part is not None), "none")


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One advice: whom it concerns, when it applies, what speaks against it, at which step, on what evidence.

    who: whom it concerns. when: when it is advised. unless: contraindications; each must be settled no.
    considered: a weaker ground on which the advice is given as `consider` only.
    direction: do | consider | avoid | stop. delays: could delay urgent care, so is never advised at emergency
    or today. urgency: its own urgency, None when it has none. conflicts: ids of conflicts it takes part in.
    opposes: ids of rules that advise the opposite; each pair needs a Ranking.
    review_weeks: after how many weeks to look again when this is the advice that sets the next review.
    """

    id: str
    direction: str
    step: str
    when: Combines
    who: Combines = EVERYONE
    unless: tuple[Combines, ...] = ()
    considered: Combines | None = None
    delays: bool = True
    urgency: str | None = None
    evidence: tuple[Argument, ...]
    conflicts: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()
    review_weeks: str | None = None
    on: bool = True
    since: date = START
    until: date | None = None
    status: str = "draft"

    def __post_init__(self) -> None:
        check_evidence(self.id, self.evidence)
        if self.direction not in DIRECTIONS:
            raise DeclarationError(f'Rule "{self.id}": direction is one of {", ".join(DIRECTIONS)}.')
        if self.urgency is not None and self.urgency not in URGENCIES:
            raise DeclarationError(f'Rule "{self.id}": urgency is one of {", ".join(URGENCIES)}.')

    @cached_property
    def criteria(self) -> Condition:
        """Everything that must hold for the advice, danger apart."""
        return AllOf.of(self.who, self.when, *(~part.condition() for part in self.unless))

    @property
    def permissive(self) -> bool:
        """Whether it lets somebody do something (and so is provisional while an emergency question is open)."""
        return self.direction in ("do", "consider")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Of two opposing advices the first wins wherever both apply, because of a conflict settled this way."""

    winner: str
    loser: str
    because: str


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """A score shown beside the condition, with the name of its reading where sources disagree.

    on: a score whose weights are unverified ships off and is not computed.
    """

    id: str
    points: Condition
    evidence: tuple[Argument, ...]
    reading: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class OtherCause:
    """Another condition that the answers point to. It never cancels stenosis or a red flag."""

    id: str
    when: Condition
    evidence: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A fact to ask, and while which condition it is worth asking (always when None)."""

    fact: Fact
    after: Condition | None = None


@dataclass(frozen=True, slots=True)
class Describes:
    """A danger fact that says which sign it is: beside it, a yes to `sign` may choose a calmer rule.

    place: a fact that is not of danger and must be yes as well, such as where the pain is; None when there is none.
    """

    fact: YesNo
    sign: YesNo
    place: YesNo | None = None


def reached(flags: tuple[RedFlag, ...], level: str, even_off: bool = False) -> Condition:
    """Any of these flags that are on (or all of them, `even_off`) reaches this level or a graver one."""
    return AnyOf.of(*(flag.levels.reaches(level, URGENCIES) for flag in flags if flag.on or even_off))


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """How a single finding shifts the odds, when present (plus) and when absent (minus), with 95 % intervals.

    Findings of one syndrome are not independent: one of them is applied, never several multiplied.
    """

    finding: str
    when: Condition
    plus: float
    plus_interval: tuple[float, float]
    minus: float
    minus_interval: tuple[float, float]
    source: str
