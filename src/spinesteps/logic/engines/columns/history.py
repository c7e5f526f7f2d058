"""Facts read from events, for many people at once: every summary of history/summaries.py, in a few grouped passes.

    summarised(events, people, {"nsaid": FromRecord(…), …})

gives the people, each with a day, and for each name `<name>`, `<name>__status` and `<name>__day` (the day the answer
is about, in days since 1970): what `FromRecord.judge` says of that person's events as of that day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from spinesteps.errors import DeclarationError
from spinesteps.logic.engines.columns.changes import best_since, change_since
from spinesteps.logic.engines.columns.events import (
    KEY,
    NUMBER,
    SILENT,
    TEXT,
    YES_NO,
    AnswerColumns,
    Selections,
    day_number,
    joined_to_days,
)
from spinesteps.logic.engines.columns.facts import KNOWN, type_of
from spinesteps.logic.engines.columns.kinds import count_kinds, texts_of
from spinesteps.logic.engines.columns.layers import kept_apart, number, one_of, status_of
from spinesteps.logic.engines.columns.runs import RUNS, SeriesColumns, selections_of
from spinesteps.logic.engines.columns.steps import NOT_ASKED, UNREADABLE, Aggregate, Finish, FoundColumns, Steps
from spinesteps.logic.engines.columns.summaries import Steppers
from spinesteps.logic.facts import Answer, Choice, Fact, Number, Silence, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.sources import FromRecord
from spinesteps.logic.history.summaries import (
    AgeOn,
    BestSince,
    ChangeSince,
    Count,
    DaysSince,
    Elapsed,
    Exists,
    First,
    Latest,
    NoneBefore,
    Sum,
    Summary,
)

Declared = Mapping[str, FromRecord]


def summarised(events: ir.Table, people: ir.Table, declared: Declared) -> ir.Table:
    """One row for each person and day, with the answers of everything declared."""
    people = found_in(events, people, [one.summary for one in declared.values()])
    answers: dict[str, ir.Value] = {name: people[name] for name in KEY}
    for place, (name, one) in enumerate(declared.items()):
        said = AnswerColumns(people[f"tag_{place}"], people[f"number_{place}"], people[f"text_{place}"])
        value, status = read_as(one.fact, said, one.absent)
        answers |= {name: value, status_of(name): status, f"{name}__day": people[f"day_{place}"]}
    return people.select(**answers)


def found_in(
    events: ir.Table, people: ir.Table, summaries: Sequence[Summary], key: Sequence[str] = KEY
) -> ir.Table:
    """What each summary finds, before any fact takes it: columns `tag_<n>`, `number_<n>`, `text_<n>`, `day_<n>`.

    key: the columns that make a row; events and people share them, but for the day.
    """
    births = [s.where for s in summaries if isinstance(s, AgeOn)]
    selections = Selections([where for s in summaries for where in _wheres(s)])
    ready = kept_apart(selections.add_to(joined_to_days(events, people, key), births))
    days = kept_apart(people.select(*key, today=day_number(people["day"])).distinct())
    measured = SeriesColumns(summaries, selections)
    texts = texts_of(events, summaries)
    steppers = Steppers(selections)
    steps = [_steps(summary, steppers, measured, texts) for summary in summaries]
    passes = _Passes(ready, measured.beside(days, ready), tuple(key))
    raw: dict[str, ir.Value] = {}
    for place, finish in enumerate(passes.run(steps)):
        raw |= _raw(finish(passes.people), place)
    return kept_apart(passes.people.select(*key, **raw))


def _wheres(summary: object) -> list[Where]:
    """Every selection of a summary, births apart."""
    if isinstance(summary, AgeOn):
        return []
    if isinstance(summary, RUNS):
        return list(selections_of(summary))
    parts = [getattr(summary, name, None) for name in ("where", "also", "other", "since")]
    return [part for part in parts if isinstance(part, Where)]


def _steps(summary: object, steppers: Steppers, measured: SeriesColumns, texts: tuple[str, ...]) -> Steps:
    if isinstance(summary, RUNS):
        return measured.steps(summary, steppers)
    if isinstance(summary, Count) and summary.each == "kind":
        return count_kinds(steppers, summary, texts)
    if isinstance(summary, ChangeSince):
        return change_since(steppers, summary)
    if isinstance(summary, BestSince):
        return best_since(steppers, summary)
    makers = {
        Latest: steppers.latest, First: steppers.first, Exists: steppers.exists, Count: steppers.count,
        Sum: steppers.sum, DaysSince: steppers.days_since, Elapsed: steppers.elapsed, AgeOn: steppers.age,
        NoneBefore: steppers.none_before,
    }  # fmt: skip
    maker = makers.get(type(summary))
    if maker is None:
        raise DeclarationError(f"{type(summary).__name__} has no form as columns.")
    return maker(summary)  # type: ignore[operator, no-any-return]


@dataclass
class _Passes:
    """Grouped passes over the events, and the people with what was found so far."""

    events: ir.Table
    people: ir.Table
    key: tuple[str, ...] = KEY
    made: int = 0

    def run(self, steps: list[Steps]) -> list[Finish]:
        """Ask all steps in turn until each is finished."""
        asked = {place: next(one) for place, one in enumerate(steps)}
        finished: dict[int, Finish] = {}
        while asked:
            names = self._answer(asked)
            going = {}
            for place, asks in asked.items():
                try:
                    going[place] = steps[place].send({name: names[place, name] for name in asks})
                except StopIteration as end:
                    finished[place] = end.value
            if going:
                self.events = kept_apart(self._beside(self.events))
            asked = going
        return [finished[place] for place in range(len(steps))]

    def _answer(self, asked: Mapping[int, Mapping[str, Aggregate]]) -> dict[tuple[int, str], str]:
        """One grouped pass; what several ask alike is made once."""
        names: dict[tuple[int, str], str] = {}
        columns: dict[str, ir.Value] = {}
        seen: dict[object, str] = {}
        for place, asks in asked.items():
            for name, ask in asks.items():
                value = ask(self.events)
                key = value.op()
                if key not in seen:
                    seen[key] = f"found_{self.made}"
                    columns[seen[key]] = value
                    self.made += 1
                names[place, name] = seen[key]
        self.latest = kept_apart(self.events.group_by(self.key).aggregate(**columns))
        self.people = kept_apart(self._beside(self.people))
        return names

    def _beside(self, table: ir.Table) -> ir.Table:
        found = [name for name in self.latest.columns if name not in self.key]
        return table.left_join(self.latest, self.key).select(*table.columns, *found)


def _raw(found: FoundColumns, place: int) -> dict[str, ir.Value]:
    return {
        f"tag_{place}": found.said.tag, f"number_{place}": found.said.number,
        f"text_{place}": found.said.text, f"day_{place}": found.day.cast("int64"),
    }  # fmt: skip


def read_as(fact: Fact, said: AnswerColumns, absent: Answer = Silence.NOT_ASKED) -> tuple[ir.Value, ir.Value]:
    """Value and status: what was found, if the fact accepts it; what finding nothing means."""
    value, accepted = _accepted(fact, said.tag, said.number, said.text)
    nothing = (said.tag == SILENT) & (said.text == NOT_ASKED)
    null = ibis.null(type_of(fact))
    if isinstance(absent, Silence):
        no_value, no_status = null, ibis.literal(absent.value)
    else:
        no_value, no_status = ibis.literal(absent).cast(type_of(fact)), ibis.literal(KNOWN)
    silent, known = (said.tag == SILENT, said.text), (accepted, ibis.literal(KNOWN))
    status = ibis.cases((nothing, no_status), silent, known, else_=UNREADABLE)
    return ibis.cases((nothing, no_value), (accepted, value), else_=null), status


def _accepted(fact: Fact, tag: ir.Value, amount: ir.Value, text: ir.Value) -> tuple[ir.Value, ir.BooleanValue]:
    """The value as the fact's type, and whether the fact takes it."""
    if isinstance(fact, YesNo):
        return amount == 1, tag == YES_NO
    if isinstance(fact, Number):
        fits = (tag == NUMBER) & (amount >= number(fact.low)) & (amount <= number(fact.high))
        return amount, (fits & (amount == amount.floor()) if fact.whole else fits)
    if isinstance(fact, Choice):
        fits = tag == TEXT
        return text, (fits & one_of(text, fact.options) if fact.options else fits)
    raise DeclarationError(f'Fact "{fact.name}" is a {fact.kind} fact; no record is read as one in a table yet.')
