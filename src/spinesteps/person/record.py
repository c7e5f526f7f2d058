"""What is known of one person: every answer with its day and origin, or why it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from spinesteps.errors import Fault
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Answer, Fact
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.weighing import standing
from spinesteps.logic.implied import Implied
from spinesteps.person.about import About


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: its value or silence, the day it is about, where it came from, the records that prove it."""

    answer: Answer
    day: date | None = None
    origin: str = "answer"
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one person. A fact without an entry was not asked.

    person: an id or "". about: who that is. notes: counts and remarks of the reader (never answers), for the output.
    events: what a record was read from, for papers that list it; none for answers given as facts.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    person: str = ""
    faults: tuple[Fault, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    events: tuple[Event, ...] = field(default=(), compare=False, repr=False)
    about: About = field(default=About())

    def answers_on(self, day: date, facts: Mapping[str, Fact], implied: Iterable[Implied]) -> dict[str, Answer]:
        """Every answer as it stands on a day: too old is out of date, implied facts are filled in."""
        return imply(self.given_on(day, facts), implied)

    def given_on(self, day: date, facts: Mapping[str, Fact]) -> dict[str, Answer]:
        """Every answer as it stands on a day, before anything is implied."""
        entries = self.entries.items()
        return {name: standing(facts[name], entry.answer, entry.day, day) for name, entry in entries}
