"""Which source answers a fact when two do, and how long an answer keeps. Rules as data, in order: the first decides.

One person is judged here; logic/engines/columns/weighed.py writes the same rules as columns of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto

from spinesteps.logic.facts import Answer, Fact, Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import NOTHING, ProvenAnswer
from spinesteps.logic.history.sources import Sources


class Kind(Enum):
    """What a rule is about: every fact of the kind."""

    DANGER = auto()  # its answers may raise an urgency
    MOVING = auto()  # a time since
    HISTORY = auto()  # something that happened once, for life
    NUMBER = auto()


class Trait(Enum):
    """What can hold of one answer on a day."""

    NOTHING = auto()  # not asked
    SILENT = auto()  # not asked, or no usable answer
    YES = auto()
    NO = auto()
    ASKS = auto()  # found, and no answer: to be asked (again)
    NUMBER = auto()
    UNDATED = auto()
    STANDS = auto()  # not older than the fact's answers keep; undated ones stand


class Between(Enum):
    """What can hold between the answer by name and the coded one."""

    NO_MORE = auto()  # two numbers, and the one by name is no larger
    NOT_LATER = auto()  # the one by name is not surely about a later day
    NO_OLDER = auto()  # the one by name is about the same day or a later one; undated is the oldest


@dataclass(frozen=True, slots=True)
class SpeaksRule:
    """Where all of this holds the answer by name speaks (own_speaks), or the coded one."""

    own_speaks: bool
    own: tuple[Trait, ...] = ()
    coded: tuple[Trait, ...] = ()
    between: tuple[Between, ...] = ()
    of: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepsRule:
    """Where all of this holds an answer keeps, or is out of date. Where no rule holds it keeps."""

    keeps: bool
    when: tuple[Trait, ...] = ()
    of: tuple[Kind, ...] = ()


# A standing yes of a danger fact wins, and what may be a danger sets an older no aside. Of two times since, the
# shorter. A coded history is not undone by a later no. Else an answer wins over none, the newest speaks, and on the
# same day the one given by name.
WEIGHING = (
    SpeaksRule(True, coded=(Trait.NOTHING,)),
    SpeaksRule(True, own=(Trait.NOTHING,), coded=(Trait.ASKS,), of=(Kind.DANGER,)),
    SpeaksRule(False, own=(Trait.NOTHING,)),
    SpeaksRule(True, own=(Trait.YES, Trait.STANDS), of=(Kind.DANGER,)),
    SpeaksRule(False, coded=(Trait.YES, Trait.STANDS), of=(Kind.DANGER,)),
    SpeaksRule(False, (Trait.NO,), (Trait.ASKS, Trait.STANDS), (Between.NOT_LATER,), (Kind.DANGER,)),
    SpeaksRule(True, (Trait.NUMBER,), (Trait.NUMBER,), (Between.NO_MORE,), (Kind.MOVING,)),
    SpeaksRule(False, (Trait.NUMBER,), (Trait.NUMBER,), of=(Kind.MOVING,)),
    SpeaksRule(False, coded=(Trait.YES,), of=(Kind.HISTORY,)),
    SpeaksRule(True, coded=(Trait.SILENT,)),
    SpeaksRule(False, own=(Trait.SILENT,)),
    SpeaksRule(True, between=(Between.NO_OLDER,)),
    SpeaksRule(False),
)
# Before weighing, of facts whose answers keep for a time only: nobody knows how old an undated answer is. What spoke
# may then be too old (`standing`).
UNDATED = (
    KeepsRule(True, (Trait.SILENT,)),
    KeepsRule(True, (Trait.YES,), (Kind.DANGER,)),
    KeepsRule(True, of=(Kind.DANGER, Kind.NUMBER)),
    KeepsRule(False, (Trait.UNDATED,)),
)


def weighing(sources: Sources) -> tuple[SpeaksRule, ...]:
    """The rules that can decide between the two sources of this fact."""
    kinds = kinds_of(sources)
    return tuple(rule for rule in WEIGHING if kinds.issuperset(rule.of))


def keeping(sources: Sources) -> tuple[KeepsRule, ...]:
    """The rules that tell whether an undated answer keeps; none when the fact's answers keep for life."""
    if sources.fact.valid_days is None:
        return ()
    kinds = kinds_of(sources)
    return tuple(rule for rule in UNDATED if kinds.issuperset(rule.of))


def kinds_of(sources: Sources) -> frozenset[Kind]:
    """The kinds that the fact is of."""
    fact = sources.fact
    holds = {Kind.DANGER: fact.danger, Kind.MOVING: sources.moving, Kind.HISTORY: sources.history,
             Kind.NUMBER: fact.kind == "number"}  # fmt: skip
    return frozenset(kind for kind, there in holds.items() if there)


def recorded(sources: Sources, events: Sequence[Event], day: date) -> tuple[ProvenAnswer, bool]:
    """What the events say of the fact, and whether it was said by name. How old it is then is left to `standing`."""
    keeps = keeping(sources)
    own = _dated(sources.own.judge(events, day), keeps, sources.fact, day)
    coded = NOTHING
    for one in sources.coded:
        if coded.answer is Silence.NOT_ASKED:
            coded = _dated(one.judge(events, day), keeps, sources.fact, day)
    rule = next(rule for rule in weighing(sources) if _decides(rule, sources.fact, own, coded, day))
    return (own, True) if rule.own_speaks else (coded, False)


def standing(fact: Fact, answer: Answer, about: date | None, day: date) -> Answer:
    """The answer about a day as it stands on another: out of date when it is older than the fact's answers keep."""
    return answer if isinstance(answer, Silence) or _stands(fact, about, day) else Silence.OUT_OF_DATE


def _stands(fact: Fact, about: date | None, day: date) -> bool:
    return fact.valid_days is None or about is None or about + timedelta(days=fact.valid_days) >= day


def _dated(found: ProvenAnswer, keeps: Sequence[KeepsRule], fact: Fact, day: date) -> ProvenAnswer:
    """Out of date, where the first rule that holds says that an undated answer does not keep."""
    kept = next((rule.keeps for rule in keeps if all(_has(trait, fact, found, day) for trait in rule.when)), True)
    return found if kept else replace(found, answer=Silence.OUT_OF_DATE)


def _decides(rule: SpeaksRule, fact: Fact, own: ProvenAnswer, coded: ProvenAnswer, day: date) -> bool:
    return (
        all(_has(trait, fact, own, day) for trait in rule.own)
        and all(_has(trait, fact, coded, day) for trait in rule.coded)
        and all(_between(between, own, coded) for between in rule.between)
    )


def _has(trait: Trait, fact: Fact, found: ProvenAnswer, day: date) -> bool:
    answer = found.answer
    if trait is Trait.NOTHING:
        return answer is Silence.NOT_ASKED
    if trait is Trait.SILENT:
        return isinstance(answer, Silence)
    if trait is Trait.YES:
        return answer is True
    if trait is Trait.NO:
        return answer is False
    if trait is Trait.ASKS:
        return answer is Silence.OUT_OF_DATE
    if trait is Trait.NUMBER:
        return isinstance(answer, int | float) and not isinstance(answer, bool)
    if trait is Trait.UNDATED:
        return found.day is None
    return _stands(fact, found.day, day)


def _between(between: Between, own: ProvenAnswer, coded: ProvenAnswer) -> bool:
    if between is Between.NOT_LATER:
        return own.day is None or coded.day is None or own.day <= coded.day
    if between is Between.NO_OLDER:
        return (own.day or date.min) >= (coded.day or date.min)
    return own.answer <= coded.answer  # type: ignore[operator]
