"""How a fact is read from the events of a record: declared with a summary, settled between several sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spinesteps.logic.facts import Answer, Fact, Number, Silence, YesNo
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import NOTHING, ProvenAnswer, Where
from spinesteps.logic.history.summaries import Elapsed, Exists, Latest, Summary


@dataclass(frozen=True, slots=True)
class FromRecord:
    """A fact as a summary over events. absent, why: what finding nothing means, and the reason for that.

    Several for one fact are tried in the declared order within one source: the first that finds something speaks.
    """

    fact: Fact
    summary: Summary
    absent: Answer = Silence.NOT_ASKED
    why: str = "a record that says nothing has not asked"

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts this looks for."""
        parts = (getattr(self.summary, name, None) for name in ("where", "also", "other", "since"))
        return tuple(dict.fromkeys(c for part in parts if isinstance(part, Where) for c in part.concepts))

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        """The answer; a value that this fact does not accept is unreadable."""
        found = self.summary.judge(events, day)
        if found.answer is Silence.NOT_ASKED:
            return ProvenAnswer(self.absent, found.day, found.records)
        if isinstance(found.answer, Silence) or accepted(self.fact, found.answer):
            return found
        return ProvenAnswer(Silence.UNREADABLE, found.day, found.records)


def accepted(fact: Fact, answer: Answer) -> bool:
    """Whether the fact takes this value."""
    return fact.accepts(answer.isoformat() if isinstance(answer, date) else answer)


def said(fact: Fact, declared: Iterable[FromRecord], events: Sequence[Event], day: date) -> ProvenAnswer:
    """The answer given to the fact by name: a form's answer, or an observation in our own code system."""
    moving = [one for one in declared if isinstance(one.summary, Elapsed)]
    if moving:
        return moving[0].judge(events, day)
    return FromRecord(fact, Latest(Where("answer", (fact.name,)), yes_wins=fact.danger)).judge(events, day)


def recorded(
    fact: Fact, declared: Sequence[FromRecord], events: Sequence[Event], day: date
) -> tuple[ProvenAnswer, bool]:
    """What the events say of the fact, and whether it was said by name; its own answers and the codes weighed.

    A standing yes of a danger fact wins. A coded history (no day to keep) is not undone by a later no. Else the newest
    speaks, and on the same day the answer given by name.
    """
    own = _dated(fact, said(fact, declared, events, day))
    coded = NOTHING
    for one in declared:
        if coded.answer is Silence.NOT_ASKED and not isinstance(one.summary, Elapsed):
            coded = _dated(fact, one.judge(events, day))
    return (own, True) if _own_speaks(fact, declared, own, coded, day) else (coded, False)


def _own_speaks(fact: Fact, declared: Sequence[FromRecord], own: ProvenAnswer, coded: ProvenAnswer, day: date) -> bool:
    if Silence.NOT_ASKED in (own.answer, coded.answer):
        return coded.answer is Silence.NOT_ASKED
    for found in (own, coded):
        if fact.danger and found.answer is True and _stands(fact, found, day):
            return found is own
    if any(isinstance(d.summary, Elapsed) for d in declared) and _number(own.answer) and _number(coded.answer):
        return float(str(own.answer)) <= float(str(coded.answer))  # of two times since, the shorter one
    lifelong = isinstance(fact, YesNo) and fact.valid_days is None
    history = lifelong and any(isinstance(d.summary, Exists) for d in declared)
    if history and coded.answer is True:
        return False
    if isinstance(coded.answer, Silence) or isinstance(own.answer, Silence):
        return isinstance(coded.answer, Silence)
    return (coded.day or date.min) <= (own.day or date.min)


def _number(answer: Answer) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _stands(fact: Fact, found: ProvenAnswer, day: date) -> bool:
    return fact.valid_days is None or found.day is None or found.day + timedelta(days=fact.valid_days) >= day


def _dated(fact: Fact, found: ProvenAnswer) -> ProvenAnswer:
    """An undated answer to a fact that keeps only for a time is out of date, unless it is a danger sign's yes."""
    if fact.valid_days is None or found.day is not None or isinstance(found.answer, Silence):
        return found
    if fact.danger and (found.answer is True or isinstance(fact, Number)):
        return found
    return ProvenAnswer(Silence.OUT_OF_DATE, None, found.records)
