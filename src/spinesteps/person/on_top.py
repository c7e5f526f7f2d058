"""Answers given today on top of a record: the answer wins, but a `no` never undoes what the record still holds.

A yes of the record to a history, to a medicine in force or to a danger sign still in date stands beside a `no`, a "not
sure" or a "declined"; that the two disagree is told. Neither value is ever written into what is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from spinesteps.errors import Fault
from spinesteps.logic.facts import Fact, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.sources import FromRecord
from spinesteps.logic.history.summaries import Exists
from spinesteps.person.record import Entry, Record


def on_top(
    record: Record, answers: Record, facts: Mapping[str, Fact], declared: Iterable[FromRecord], day: date
) -> Record:
    """The record with the answers on top of it. declared: how facts are read from records."""
    standing = record.given_on(day, facts)
    lasting = {one.fact.name for one in declared if _lasts(one)}
    entries, told = dict(record.entries), []
    for name, entry in answers.entries.items():
        before = standing.get(name)
        if before is None or before == entry.answer:
            entries[name] = entry
            continue
        fact = facts[name]
        keeps = isinstance(fact, YesNo) and before is True and (fact.danger or name in lasting)
        if not keeps:
            entries[name] = entry
        told.append(_told(name, keeps))
    faults = (*told, *record.faults, *answers.faults)
    return replace(record, entries=entries, faults=faults, notes={**record.notes, "answered": _names(answers.entries)})


def _lasts(one: FromRecord) -> bool:
    """Whether a fact is a history, or a medicine in force."""
    where = getattr(one.summary, "where", None)
    kinds = (where.kind,) if isinstance(where, Where) and isinstance(where.kind, str) else getattr(where, "kind", ())
    return isinstance(one.summary, Exists) and bool({"condition", "medicine", "allergy", "procedure"} & set(kinds))


def _names(entries: Mapping[str, Entry]) -> list[str]:
    return sorted(entries)


def _told(name: str, keeps: bool) -> Fault:
    if keeps:
        return Fault(name, "The answer and the record disagree. The record's yes stands.",
                     "an answer that fits the record", "Ask again, and correct the record if it is wrong.")  # fmt: skip
    return Fault(name, "The answer and the record disagree. The answer counts.", "an answer that fits the record",
                 "Check that the answer is right.")  # fmt: skip
