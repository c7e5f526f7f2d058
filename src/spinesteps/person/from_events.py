"""Events of one person -> the Record: every fact weighed, and what is to be said about the reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from spinesteps.errors import Fault, plain
from spinesteps.logic.facts import Fact, Number, Silence
from spinesteps.logic.history.event import DEATH, UNRECOGNISED, Event, as_of
from spinesteps.logic.history.event_filter import is_active
from spinesteps.logic.history.once import counted_once
from spinesteps.logic.history.sources import FromRecord, Sources, sources_of
from spinesteps.logic.history.summaries import BestSince, ChangeSince, First, Latest, Sum
from spinesteps.logic.history.weighing import recorded
from spinesteps.person.coded import Dangers
from spinesteps.person.medicines import Unsure, perhaps_taken, said_of_amounts, said_of_contradictions, said_of_unsure
from spinesteps.person.record import Entry, Record
from spinesteps.person.tally import Tally

VALUED = (Latest, First, Sum, ChangeSince, BestSince)


def units_wanted(from_record: Sequence[FromRecord]) -> dict[str, str]:
    """The unit of the numbers of every concept that a number fact is read from."""
    return {
        concept: one.fact.unit
        for one in from_record
        if isinstance(one.fact, Number) and isinstance(one.summary, VALUED) and one.summary.where.kind != "person"
        for concept in one.summary.where.concepts
    }


class Settler:
    """Makes Records. Prepared once for all persons."""

    def __init__(self, facts: Mapping[str, Fact], from_record: Sequence[FromRecord], day: date) -> None:
        self.day = day
        self.sources = {one.fact.name: one for one in sources_of(facts.values(), from_record)}
        self.dangers = Dangers(self.sources.values())
        self.declared = tuple(dict.fromkeys(one.fact.name for one in from_record if not one.asks))

    def record(self, person: str, events: Sequence[Event], tally: Tally, more: Mapping[str, object]) -> Record:
        """The Record of one person."""
        events, twice = counted_once(events, self.day)
        by_concept: dict[str, list[Event]] = defaultdict(list)
        hints: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            for concept in event.concepts:
                by_concept[concept].append(event)
            for concept in event.suggests:
                hints[concept].append(event)
        entries: dict[str, Entry] = {}
        for name, one in self.sources.items():
            entry = self._entry(one, _distinct((by_concept, hints), one.concepts), tally)
            if entry is not None:
                entries[name] = entry
        tally.first(self.dangers.told(events, entries, self.day))
        until = as_of(list(events), self.day)
        medicines = [event for event in until if event.kind == "medicine"]
        unsure = perhaps_taken(medicines, self.day)
        tally.add([*said_of_unsure(unsure), *said_of_amounts(medicines, twice, self.day),
                   *said_of_contradictions(until, self.day)])  # fmt: skip
        names = self._unrecognised(by_concept.get(UNRECOGNISED, ()), tally)
        if as_of(by_concept.get(DEATH, []), self.day):
            tally.fault("Patient.deceased", "The record says that this person has died.", "somebody who is alive",
                        "Check that this is the right record.")  # fmt: skip
        notes = {**tally.notes(), **more, **self._missing(entries, events, unsure), "medicines_not_recognised": names}
        return Record(entries, plain(person), tuple(tally.faults), notes, tuple(events))

    def _entry(self, sources: Sources, events: list[Event], tally: Tally) -> Entry | None:
        if not events and not sources.silence_says:
            return None
        fact = sources.fact
        found, by_name = recorded(sources, events, self.day)
        if found.answer is Silence.NOT_ASKED:
            return None
        if not by_name and found.answer is True and sources.own.judge(events, self.day).answer is False:
            tally.add([Fault(f"record ({fact.name})", "A code says yes, an answer says no. The yes of the code stands.",
                             "an answer that fits the code", "Ask again, and correct what is wrong.")])  # fmt: skip
        if found.answer is Silence.UNREADABLE and not by_name:
            tally.add([Fault(f"record ({fact.name})", "What the record holds cannot be used.", fact.expected(),
                             "Check its value, unit and date.")])  # fmt: skip
        answer = found.answer if isinstance(found.answer, Silence) else fact.read(found.answer)
        return Entry(answer, found.day, "answer" if by_name else "record", found.records)

    def _unrecognised(self, events: Sequence[Event], tally: Tally) -> list[str]:
        """The names of the medicines taken on the day that no table knows; how many is said as a fault."""
        taken = [event for event in as_of(list(events), self.day) if is_active(event, self.day)]
        if taken:
            tally.fault("record (medicines)", f"{len(taken)} medicines taken now are not recognised and not checked.",
                        "medicines by a name, RxNorm or ATC code that is known",
                        "Look at medicines_not_recognised, and check them by hand.")  # fmt: skip
        return sorted({str(event.value) for event in taken if event.value})

    def _missing(self, entries: Mapping[str, Entry], events: Sequence[Event], unsure: Unsure) -> dict[str, object]:
        suggested = {concept for found in unsure.values() for event in found for concept in event.concepts}
        suggested |= {concept for event in as_of(list(events), self.day) for concept in event.suggests}
        open_facts = [name for name in self.declared if name not in entries]
        return {
            "not_found": sorted(open_facts),
            "suggested": sorted(name for name, one in self.sources.items()
                                if name not in entries and suggested & one.concepts),
        }


def _distinct(grouped: Sequence[Mapping[str, list[Event]]], concepts: frozenset[str]) -> list[Event]:
    found = [event for concept in sorted(concepts) for group in grouped for event in group.get(concept, ())]
    return list({id(event): event for event in found}.values())
