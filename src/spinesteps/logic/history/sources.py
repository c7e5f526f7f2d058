"""How a fact is read from the events of a record: declared with a summary, and every source of a fact together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from spinesteps.logic.facts import Answer, Fact, Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.event_filter import ProvenAnswer, Where
from spinesteps.logic.history.summaries import Elapsed, Exists, Latest, Summary

ANSWER = "answer"  # the kind of an event that answers a fact by its name: its one concept is that name

CODED = ("condition", "observation", "procedure", "imaging", "encounter", "medicine", "allergy", "mention")


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
    def asks(self) -> bool:
        """Whether finding something is only a question."""
        return isinstance(self.summary, Exists) and self.summary.gives is Silence.OUT_OF_DATE

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Every selection of events that this looks at."""
        parts = (getattr(self.summary, name, None) for name in ("where", "also", "other", "since"))
        return tuple(part for part in parts if isinstance(part, Where))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts this looks for."""
        return tuple(dict.fromkeys(concept for where in self.wheres for concept in where.concepts))

    def judge(self, events: Sequence[Event], day: date) -> ProvenAnswer:
        """The answer; a value that this fact does not accept is unreadable."""
        found = self.summary.judge(events, day)
        if found.answer is Silence.NOT_ASKED:
            return ProvenAnswer(self.absent, found.day, found.records)
        if isinstance(found.answer, Silence) or accepted(self.fact, found.answer):
            return found
        return ProvenAnswer(Silence.UNREADABLE, found.day, found.records)


def asks(fact: Fact, *concepts: str) -> FromRecord:
    """What may stand for one of these, wherever it is coded, is no answer to the fact but a question."""
    where = Where(CODED, concepts, suggested=True)
    return FromRecord(fact, Exists(where, gives=Silence.OUT_OF_DATE, about="noted"))


def accepted(fact: Fact, answer: Answer) -> bool:
    """Whether the fact takes this value."""
    return fact.accepts(answer.isoformat() if isinstance(answer, date) else answer)


@dataclass(frozen=True, slots=True)
class Sources:
    """The two sources of a fact: answers given to it by name (a form, our own code system), and what codes say.

    own: how answers by name are read. coded: tried in order. moving: a time since, which moves on with the day.
    history: for life, from a record of something that happened.
    """

    fact: Fact
    own: FromRecord
    coded: tuple[FromRecord, ...] = ()
    concepts: frozenset[str] = frozenset()  # of every event that can answer the fact

    @classmethod
    def of(cls, fact: Fact, declared: Iterable[FromRecord] = ()) -> Sources:
        """From everything that is declared for the fact."""
        declared = tuple(declared)
        plain = FromRecord(fact, Latest(Where(ANSWER, (fact.name,)), yes_wins=fact.danger))
        own = next((one for one in declared if isinstance(one.summary, Elapsed)), plain)
        coded = tuple(one for one in declared if not isinstance(one.summary, Elapsed))
        return cls(fact, own, coded, frozenset((fact.name, *(c for one in declared for c in one.concepts))))

    @property
    def moving(self) -> bool:
        """Whether an answer by name is a time that moves on."""
        return isinstance(self.own.summary, Elapsed)

    @property
    def history(self) -> bool:
        """Whether a record that the thing happened keeps for life."""
        lifelong = self.fact.kind == "yes_no" and self.fact.valid_days is None
        return lifelong and any(isinstance(one.summary, Exists) for one in self.coded)

    @property
    def silence_says(self) -> bool:
        """Whether finding nothing is an answer."""
        return any(one.absent is not Silence.NOT_ASKED for one in (self.own, *self.coded))


def sources_of(facts: Iterable[Fact], from_record: Iterable[FromRecord]) -> tuple[Sources, ...]:
    """The sources of each fact."""
    declared: dict[str, list[FromRecord]] = {}
    for one in from_record:
        declared.setdefault(one.fact.name, []).append(one)
    return tuple(Sources.of(fact, declared.get(fact.name, ())) for fact in facts)
