"""What is looked for around an index day: a summary over events in a window, and what finding nothing means.

Standards and payers' policies are made of measures and conditions only, so one declaration serves one person and, as
columns, a population.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from spinesteps.errors import DeclarationError
from spinesteps.logic.facts import Answer, Fact, Silence
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Summary
from spinesteps.logic.thresholds import Bound, Limit, Threshold

SELECTIONS = ("where", "also", "other", "since")
WINDOWED = ("where", "also", "other")


@dataclass(frozen=True, slots=True)
class Window:
    """Days around an index day, both ends counted.

    before: so many days before it; None: ever before. after: so many days after it. from_after: begins so many days
    after it instead of before. without_index: the index day itself is left out. complete_days: for "ever before", how
    many days before the index a record must be complete so that finding nothing means no.
    """

    before: Limit | None = 0
    after: Limit = 0
    from_after: Limit | None = None
    without_index: bool = False
    complete_days: Limit | None = None

    def __post_init__(self) -> None:
        if self.before is None and self.complete_days is None:
            raise DeclarationError('A window "ever before" needs complete_days: how long a record must be complete.')

    def days(self, index: date, on: date) -> tuple[date | None, date]:
        """First and last day, numbers as they stand `on` a day. The first is None for ever before."""
        last = index + timedelta(days=number(self.after, on))
        if self.without_index and last == index:
            last = index - timedelta(days=1)
        if self.from_after is not None:
            return index + timedelta(days=number(self.from_after, on)), last
        if self.before is None:
            return None, last
        first = index - timedelta(days=number(self.before, on))
        return (index + timedelta(days=1) if self.without_index and first == index else first), last

    def must_be_whole_from(self, index: date, on: date) -> date:
        """From which day on a record must be complete so that finding nothing means no."""
        first, _ = self.days(index, on)
        if first is not None:
            return first
        return index - timedelta(days=number(self.complete_days or 0, on))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measure:
    """One fact about the time around an index day.

    fact: what it answers, for conditions. summary: over the events of the window. said_yes: answers and observations
    count only when their value is yes. at_least, more_than: the number found is turned into yes from there on.
    silence: the answer when nothing is found in a record that is complete for the window; None: never concluded.
    absent, why: the answer when nothing is found in any record, and the reason for that.
    """

    fact: Fact
    summary: Summary
    window: Window
    said_yes: bool = False
    at_least: Limit | None = None
    more_than: Limit | None = None
    silence: Answer | None = None
    absent: Answer = Silence.NOT_ASKED
    why: str = ""

    def __post_init__(self) -> None:
        if self.absent is not Silence.NOT_ASKED and not self.why:
            raise DeclarationError(f'Measure "{self.fact.name}" turns silence into an answer and gives no reason.')

    @property
    def selections(self) -> tuple[Where, ...]:
        """Every selection of its summary."""
        parts = (getattr(self.summary, name, None) for name in SELECTIONS)
        return tuple(part for part in parts if isinstance(part, Where))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of events it looks at."""
        kinds = (where.kind for where in self.selections)
        return frozenset(k for kind in kinds for k in ((kind,) if isinstance(kind, str) else kind))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts it looks for."""
        return tuple(dict.fromkeys(c for where in self.selections for c in where.concepts))

    def enough(self, on: date) -> float | None:
        """From which whole number on the answer is yes; None when the number itself is the answer."""
        if self.more_than is not None:
            return number(self.more_than, on) + 1
        return None if self.at_least is None else number(self.at_least, on)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Every number it is declared with."""
        window = self.window
        limits = (window.before, window.after, window.from_after, window.complete_days, self.at_least, self.more_than)
        return tuple(limit for limit in limits if limit is not None)


def number(limit: Limit, on: date) -> int:
    """The whole number a limit has on a day."""
    if isinstance(limit, Threshold):
        return int(limit.on(on).value)
    return int(limit.value if isinstance(limit, Bound) else limit)
