"""Resources in any order -> the events of every person: the one reader behind the Bundle and the folder.

Each resource is turned into events once, under whom it names (`SubjectKey`). Who that is, which version counts and
what was deleted is settled at the end, when everything has been seen: three keyed steps, as on a table of events.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from spinesteps.errors import LOST, Fault
from spinesteps.fhir.addresses import parts, unversioned
from spinesteps.fhir.contents import Deleted, Found
from spinesteps.fhir.decode import decode_line, encode
from spinesteps.fhir.doubts import REPEATED, RULES, WORDS, doubt, unclear
from spinesteps.fhir.medicines import r4
from spinesteps.fhir.people import ELSEWHERE, OTHER, TWO, UNKNOWN, UNNAMED, UNRESOLVED, People, Person
from spinesteps.fhir.reader import Reader
from spinesteps.fhir.subjects import NAMED, SubjectKey, patient_id, subject_key
from spinesteps.fhir.validate import TWICE, check
from spinesteps.fhir.versions import UNKNOWN as NO_VERSION
from spinesteps.fhir.versions import Version, version_of
from spinesteps.logic.history.event import Event
from spinesteps.person.about import about_of
from spinesteps.person.days import by_the_clock, later
from spinesteps.person.record import Record
from spinesteps.person.tally import Tally

TYPE_NAME = re.compile(r"[A-Z][A-Za-z]{1,40}")
PATIENT = "patient"  # the key of a Patient itself
MEDICINE = "Medication"
OF_MEDICINE = ("code", "ingredient", "form", "amount", "modifierExtension", "status")  # what is kept of it
MOST_SHARED = 5  # faults of a folder that are told with each person
NOT_USED = {
    UNKNOWN: "They name a patient who is not here; not used",
    ELSEWHERE: "They name a patient of another address; not used",
    UNRESOLVED: "Whom they are about cannot be told; not used",
    UNNAMED: "No subject is named; not used",
}


class Stored(NamedTuple):
    """What was made of a resource: its server and version, whose it is, and its stretch of that one's events."""

    server: str
    version: Version
    key: SubjectKey
    start: int
    stop: int
    kind: str


class Gathered:
    """Everything read so far. `take` every resource, `finish`, then ask for the `record` of a person."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.types, self.people = reader, reader.types, People()
        self.events: dict[SubjectKey, list[Event | None]] = defaultdict(list)
        self.tallies: dict[SubjectKey, Tally] = defaultdict(Tally)
        self.places: dict[SubjectKey, str] = {}
        self.shared = Tally()  # what belongs to nobody
        self.twice = False  # whether a key stands twice somewhere in what is taken
        self._stored: dict[int, list[Stored] | None] = {}
        self._deleted: list[Deleted] = []
        self._waiting: list[tuple[Found, bytes]] = []
        self._medicines: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._same_id: dict[str, set[str]] = defaultdict(set)
        self._keys: dict[int, list[tuple[SubjectKey, str]]] = defaultdict(list)

    def take(self, found: Found | Deleted | Fault, data: bytes | None = None) -> None:
        """Take in one resource (data: its JSON, when it is at hand), a deletion, or what the source says is missing."""
        if isinstance(found, Fault):
            self.shared.add([found])
        elif isinstance(found, Deleted):
            self._deleted.append(found)
        else:
            self._resource(found, data)

    def _resource(self, found: Found, data: bytes | None) -> None:
        kind = found.resource.get("resourceType")
        if kind.__class__ is not str or kind not in self.types:
            kind = kind_of(found.resource)
        if kind == MEDICINE:
            self._medicine(found)
        if kind not in self.types:
            self.shared.seen[kind] += 1
            return
        data = encode(found.resource) if data is None else data
        if self._waits(found):
            self._waiting.append((found, data))
            return
        self._read(found, kind, data)

    def _read(self, found: Found, kind: str, data: bytes) -> None:
        faults = check(data)
        twice = any(fault.wrong == TWICE for fault in faults)
        if twice:
            found = found._replace(resource=decode_line(data, slowly=True))
        resource, server = found.resource, parts(found.url)[0] if found.url else ""
        if kind == "Patient":
            self.people.add(resource, found.url, found.rank)
            key = SubjectKey(PATIENT, patient_id(resource, found.url), server)
        else:
            key = subject_key(resource, server)
        tally = self.tallies[key]
        tally.seen[kind] += 1
        self.places.setdefault(key, found.place)
        if faults:
            tally.add([_placed(fault, found.place, kind) for fault in faults])
        if b'"contained"' in data:
            self._inside(resource, tally)
        own = resource.get("id")
        named = hash((kind, own)) if isinstance(own, str) and own else hash((kind, data))
        if named in self._stored and not self._newer(named, found, server, kind):
            tally.leave_out("older_version", kind)
            return
        events = self._events(found, kind, key, data, tally, twice or self.twice)
        start = len(self.events[key])
        stored = Stored(server, version_of(resource, found.rank), key, start, start + len(events), kind)
        self._store(named, stored, events)

    def _inside(self, resource: Mapping[str, Any], tally: Tally) -> None:
        """Count contained resources of a type that is read: what they say of the person is not looked for."""
        held = resource.get("contained")
        for part in held if isinstance(held, list) else ():
            if isinstance(part, dict) and (kind := kind_of(part)) in self.types and kind != "Patient":
                tally.leave_out("contained", kind)

    def _events(
        self, found: Found, kind: str, key: SubjectKey, data: bytes, tally: Tally, twice: bool
    ) -> list[Event]:
        """The events of a resource. twice: a key may stand twice in it."""
        resource = found.resource
        events = self.reader.events(resource, found.place, parts(key.reference)[2], self._medicine_of(found), tally)
        why = doubt(resource, data, twice)
        if not why:
            return events
        tally.leave_out(why, kind)
        if why in WORDS:
            expected = f"a resource without {RULES if why == RULES else why}"
            tally.fault(found.place, WORDS[why], expected, "Ask the source what it means.")
        return events if kind == "Patient" and why in ("SUBSETTED", REPEATED) else unclear(events)

    def _newer(self, named: int, found: Found, server: str, kind: str) -> bool:
        """Whether to read a further resource of an id: not when it is older than one that was read."""
        version = version_of(found.resource, found.rank)
        for stored in self._stored[named] or ():
            if _one_server(stored.server, server) and version.after(stored.version) is False:
                return False
        return True

    def _store(self, named: int, stored: Stored, events: list[Event]) -> None:
        """Keep the events of a resource, and let go those of its older versions and copies."""
        for other in self._stored.get(named) or ():
            same = self.events[other.key][other.start : other.stop] == events
            if same and (other.start < other.stop or other.key == stored.key):
                self._drop(stored.kind, stored.key, "copy")
                return
            if not _one_server(other.server, stored.server):
                continue
            if stored.version.after(other.version):
                self._forget(named, other, "older_version")
            elif other.start < other.stop:
                self.tallies[stored.key].fault(
                    self.places[stored.key], f"Two {stored.kind} share an id, and which is newer cannot be told.",
                    "versions with meta.lastUpdated", "Both were read. Look which one holds.")  # fmt: skip
        self.events[stored.key] += events
        kept = self._stored.get(named) or []
        if events or kept or stored.version != NO_VERSION or self._deleted:
            kept.append(stored)
        self._stored[named] = kept or None

    def _forget(self, named: int, stored: Stored, why: str) -> None:
        self.events[stored.key][stored.start : stored.stop] = [None] * (stored.stop - stored.start)
        self._stored[named] = [one for one in self._stored[named] or () if one is not stored]
        self._drop(stored.kind, stored.key, why)

    def _drop(self, kind: str, key: SubjectKey, why: str) -> None:
        tally = self.tallies[key]
        tally.leave_out(why, kind)
        if tally.used[kind]:
            tally.used[kind] -= 1

    def _medicine(self, found: Found) -> None:
        resource = found.resource
        slim: dict[str, Any] = {name: resource[name] for name in OF_MEDICINE if name in resource}
        own = resource.get("id")
        server, _, tail = parts(found.url)
        for name in {own if isinstance(own, str) else "", tail} - {""}:
            self._medicines[server, name] = slim
            self._same_id[name].add(server)

    def _asked(self, found: Found) -> tuple[str, str, str] | None:
        """Server, id and reference of the Medication that a resource refers to outside itself."""
        held = r4(found.resource).get("medicationReference")
        if held is None:
            return None
        text = held.get("reference") if isinstance(held, dict) else None
        if not isinstance(text, str) or text.startswith("#"):
            return None
        server, _, own = parts(text)
        return server or (parts(found.url)[0] if found.url else ""), own, unversioned(text)

    def _medicine_of(self, found: Found) -> dict[str, Mapping[str, Any]]:
        asked = self._asked(found)
        if asked is None:
            return {}
        server, own, text = asked
        held = self._medicines.get((server, own))
        if held is None and len(self._same_id.get(own, ())) == 1:
            held = self._medicines[next(iter(self._same_id[own])), own]
        return {} if held is None else {text: held}

    def _waits(self, found: Found) -> bool:
        return self._asked(found) is not None and not self._medicine_of(found)

    def finish(self) -> None:
        """Settle what can be settled only now: medicines by reference, deletions, who is who."""
        for found, data in self._waiting:
            self._read(found, kind_of(found.resource), data)
        self._waiting.clear()
        for gone in self._deleted:
            self._delete(gone)
        self.people.delete(self._deleted)
        self.people.settle()
        for key in self.tallies:
            if key.how != PATIENT:
                person, why = self.people.whose(key)
                if person is None and why == UNNAMED and len(self.people.persons) == 1:
                    person = self.people.persons[0]
                if person is None:
                    self._nobody(key, why)
                else:
                    self._keys[id(person)].append((key, why))
            elif (mine := self.people.patient(key.reference, key.server)) and mine.person:
                self._keys[id(mine.person)].append((key, "" if mine is mine.person.standing else OTHER))

    def _delete(self, gone: Deleted) -> None:
        named = hash((gone.kind, gone.id))
        for stored in self._stored.get(named) or ():
            if _one_server(stored.server, gone.server) and not stored.version.after(gone.version):
                self._forget(named, stored, "deleted")

    def _nobody(self, key: SubjectKey, why: str) -> None:
        """Counts of resources that are of nobody here. What another patient's would say is not kept."""
        seen = self.tallies[key].seen
        self.shared.seen.update(seen)
        self.shared.excluded[UNRESOLVED if why in (UNRESOLVED, UNNAMED) else OTHER] += sum(seen.values())
        named = ", ".join(f"{count} {kind}" for kind, count in sorted(seen.items()))
        self.shared.fault(self.places[key], f"{NOT_USED[why]}: {named}.", "a reference to a Patient that is here",
                          "Correct the subject, or send its Patient.")  # fmt: skip

    def record(self, person: Person, alone: bool, more: Mapping[str, object]) -> Record:
        """The Record of a person. alone: what belongs to nobody is told with it. It can be asked for once."""
        day = self.reader.settler.day
        tally, first = Tally(), [*self._addresses(person), *self.people.faults]
        events: list[Event] = []
        for key, why in self._keys.pop(id(person), []):
            held = self.tallies.pop(key)
            mine = [event for event in self.events.pop(key, []) if event is not None]
            if key.how == PATIENT and why:
                tally.seen.update(held.seen)
                continue
            first += self._said(key, why, held.seen)
            tally.merge(held)
            events += by_the_clock(unclear(mine) if why == TWO else mine, day)
        for event in {event.record: event for event in events if later(event, day)}.values():
            near = min(filter(None, (event.start, event.recorded))) <= day + timedelta(days=2)
            tally.leave_out("just_later" if near else "later", event.source)
        grave = [fault for fault in self.shared.faults if fault.level == LOST]
        if not alone and grave:
            wrong = f"It has {len(grave) + self.shared.more_faults} faults; what they concern may be this person's."
            first += [*grave[:MOST_SHARED], Fault("folder", wrong, "a whole export", "See the folder's own counts.")]
        if alone:
            others = (self.tallies[key].seen for keys in self._keys.values() for key, _ in keys if key.how != PATIENT)
            tally.excluded[OTHER] += sum(sum(seen.values()) for seen in others)
            tally.excluded = +tally.excluded
            tally.count(self.shared)
            first += self.shared.faults
        tally.unread = self.reader.settler.dangers.unread(events, day)
        tally.lead(first, tally.unused(self.types | {MEDICINE}))
        found = self.reader.settler.record(person.id, events, tally, more)
        return replace(found, about=about_of(found.person, person.standing.resource, events, day))

    def _said(self, key: SubjectKey, why: str, seen: Counter[str]) -> Iterator[Fault]:
        """What is to be said of resources that are taken as this person's all the same."""
        named, place = ", ".join(f"{count} {kind}" for kind, count in sorted(seen.items())), self.places[key]
        if why == UNNAMED:
            yield Fault(place, f"There is no subject in {named}; taken as the only patient's.", "a subject",
                        "Add the subject.")  # fmt: skip
        elif why == TWO:
            yield Fault(place, f"{WORDS['subject']} ({named})", "one patient", "Ask the source whom it is about.")
        elif why == ELSEWHERE:
            yield Fault(place, f"The subject stands under another address in {named}; taken as this patient's.",
                        "the address of the Patient", "Check that both addresses are one server.")  # fmt: skip

    def _addresses(self, person: Person) -> Iterator[Fault]:
        servers = {parts(key.reference)[0] for key, _ in self._keys.get(id(person), ()) if key.how == NAMED} - {""}
        if len(servers) > 1 and not person.standing.server:
            yield Fault("record", f"The patient is named under {len(servers)} addresses; taken as one person.",
                        "one address", "Check that all of it is one person's.")  # fmt: skip


def kind_of(resource: Mapping[str, Any]) -> str:
    """The type of a resource, or "unknown"."""
    kind = resource.get("resourceType")
    return kind if isinstance(kind, str) and TYPE_NAME.fullmatch(kind) else "unknown"


def _one_server(left: str, right: str) -> bool:
    return not left or not right or left == right


def _placed(fault: Fault, place: str, kind: str) -> Fault:
    """The fault of a resource at the place of the resource."""
    inside = fault.place.removeprefix(kind) if fault.place != "resource" else ""
    where = place + inside if place.startswith(("Bundle", "Parameters")) else f"{place}: {kind}{inside}"
    return Fault(where, fault.wrong, fault.expected, fault.todo)
