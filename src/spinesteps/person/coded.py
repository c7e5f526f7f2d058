"""Codes of a record that no fact was read from: a danger is told first with what it asks, the rest by its number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from spinesteps.errors import Fault
from spinesteps.logic.facts import Fact, Silence
from spinesteps.logic.history.event import DEATH, UNRECOGNISED, Event, as_of
from spinesteps.logic.history.sources import Sources
from spinesteps.logic.history.weighing import standing
from spinesteps.person.record import Entry

APART = frozenset((UNRECOGNISED, DEATH))  # concepts that are told in words of their own
MOST_ASKED = 5  # facts that one line names


class Dangers:
    """What every concept is read for, and which danger facts it asks."""

    def __init__(self, sources: Collection[Sources]) -> None:
        self.facts = frozenset(source.fact.name for source in sources)
        self.answers: set[tuple[str, str]] = set()
        self.asks: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for source in sources:
            for one in (source.own, *source.coded):
                pairs = {(kind, concept) for where in one.wheres for kind in where.kinds for concept in where.concepts}
                if not one.asks:
                    self.answers |= pairs
                    continue
                for pair in pairs:
                    self.asks[pair].append(source.fact)

    def unread(self, events: Sequence[Event], day: date) -> Counter[str]:
        """How many events stand for something that no fact is read from, by what they stand for."""
        found: Counter[str] = Counter()
        for event in events:
            named = {name for name in event.concepts | event.suggests if ":" not in name} - APART
            read = any((event.kind, name) in self.answers or name in self.facts for name in named)
            if named and not read and not any(self._asked(event, name, day) for name in named):
                found[" or ".join(sorted(named)).replace("_", " ")] += 1
        return found

    def _asked(self, event: Event, concept: str, day: date) -> list[str]:
        """The facts that the event asks on the day: those whose answers would keep from when it was until then."""
        about = max(filter(None, (event.last, event.recorded)), default=None)
        facts = self.asks.get((event.kind, concept), ())
        return [fact.name for fact in facts if standing(fact, True, about, day) is True]

    def told(self, events: Sequence[Event], entries: Mapping[str, Entry], day: date) -> list[Fault]:
        """A fault for each coded danger that is no answer, while something that it asks has none."""
        asked: dict[tuple[str, str], set[str]] = defaultdict(set)
        number: Counter[tuple[str, str]] = Counter()
        used = {(record, fact) for fact, entry in entries.items() if entry.answer is True
                for record in entry.records if "/" in record}  # fmt: skip
        for event in as_of(list(events), day):
            for concept in sorted(event.concepts | event.suggests):
                if any((event.record, fact.name) in used for fact in self.asks.get((event.kind, concept), ())):
                    continue
                left = [name for name in self._asked(event, concept, day) if _open(entries.get(name))]
                if left:
                    key = (concept.replace("_", " "), event.source)
                    asked[key].update(left)
                    number[key] += 1
        return [_fault(concept, number[concept, kind], kind, sorted(names)) for (concept, kind), names in asked.items()]


def _open(entry: Entry | None) -> bool:
    return entry is None or isinstance(entry.answer, Silence)


def _fault(concept: str, number: int, kind: str, names: list[str]) -> Fault:
    shown = ", ".join(names[:MOST_ASKED])
    return Fault(f"record ({names[0]})", f"Found and not used as an answer: {concept} ({number} {kind}).",
                 f"an answer to {shown}", "Ask this first.")  # fmt: skip
