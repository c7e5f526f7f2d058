"""One thing that happened to one person: the single shape every record is turned into."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

UNRECOGNISED = "medicine_not_recognised"  # a concept: a medicine that no table knows
NOT_TAKEN = "not_taken"  # a kind: a record says that a medicine is not taken; `course` names what it stands for
DEATH = "death"  # a concept: the person has died


class Event(NamedTuple):
    """A row of the event table.

    person: id. kind: condition | observation | medicine | procedure | imaging | encounter | allergy | answer | person |
    mention (a code that stands as a reason, a conclusion or a value: what it names may be so).
    system, code: as recorded ("" when text only). concepts: names from the code tables this code stands for.
    start, start_last: first and last day it can have begun (equal unless the date is partial; None: undated).
    end: last day, None when open or unknown. recorded: day it was written down. value: number, bool or text.
    unit: UCUM of `value` after conversion. status: as recorded. region, side, site: body place. quantity: days of
    supply or similar. actor: who. source: resource type or table. record: id of the record.
    suggests: concepts it may stand for by a code nobody verified, or by an unconfirmed record: never an answer.
    absent: the name of a Silence when the record says why there is no value. moment, recorded_moment: seconds since
    1970 of when it was and when it was written down, where a time of day says so. course: of an amount a day, which
    product it is of. based_on: ids of the records that this one is about, fills or follows.
    """

    person: str
    kind: str
    system: str = ""
    code: str = ""
    concepts: frozenset[str] = frozenset()
    start: date | None = None
    start_last: date | None = None
    end: date | None = None
    recorded: date | None = None
    value: bool | float | str | None = None
    unit: str = ""
    status: str = ""
    region: str = ""
    side: str = ""
    quantity: float | None = None
    site: str = ""
    actor: str = ""
    source: str = ""
    record: str = ""
    suggests: frozenset[str] = frozenset()
    absent: str = ""
    moment: float | None = None
    recorded_moment: float | None = None
    course: str = ""
    based_on: tuple[str, ...] = ()

    @property
    def last(self) -> date | None:
        """The last day it can have begun: the more urgent reading of a partial date."""
        return self.start_last or self.start


def as_of(events: list[Event], day: date) -> list[Event]:
    """The events known on a day: what was recorded later, or begins later, is hidden."""
    return [
        event
        for event in events
        if not (event.recorded and event.recorded > day) and not (event.start and event.start > day)
    ]
