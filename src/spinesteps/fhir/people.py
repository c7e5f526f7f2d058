"""The patients of a record, and who of them is meant: by address, identifier or an older id, never by a bare id of two.

Patients that were merged (`link`) are one person. Patients of two servers that share an id are two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from spinesteps.errors import Fault, refuse
from spinesteps.fhir.addresses import is_urn, parts, unversioned
from spinesteps.fhir.contents import Deleted
from spinesteps.fhir.decode import encode
from spinesteps.fhir.subjects import NAMED, NONE, Identifiers, SubjectKey, identifiers, patient_id
from spinesteps.fhir.versions import Version, version_of

OTHER, UNKNOWN, ELSEWHERE, UNNAMED, UNRESOLVED, TWO = (
    "other_patient", "not_here", "another_address", "no_subject", "subject_not_known", "two_patients")  # fmt: skip
MERGES = ("replaces", "replaced-by")
WHO = ("birthDate", "gender", "name")
TWO_OF_ONE_ID = (
    "Two patients have the same id.", "patients that can be told apart",
    "Name the one by its full address with --patient, or send each alone.",
)  # fmt: skip


@dataclass(eq=False)
class Patient:
    """One Patient of one server in its newest version, with every address it was sent under."""

    id: str
    server: str
    resource: Mapping[str, Any]
    version: Version
    urns: set[str] = field(default_factory=set)
    identifiers: Identifiers = frozenset()
    person: Person | None = None

    @property
    def links(self) -> Iterator[tuple[str, str]]:
        """Type and reference of each link."""
        held = self.resource.get("link")
        for link in held if isinstance(held, list) else []:
            other = link.get("other") if isinstance(link, dict) else None
            reference = other.get("reference") if isinstance(other, dict) else None
            if isinstance(reference, str):
                yield str(link.get("type")), reference


@dataclass(eq=False)
class Person:
    """One person: the Patient that stands, and those it took in."""

    id: str
    patients: list[Patient]
    aliases: set[str] = field(default_factory=set)

    @property
    def standing(self) -> Patient:
        """The Patient that stands for the person: the one that no other replaced."""
        return min(self.patients, key=_standing)

    def names(self) -> set[str]:
        """Everything a line about this person can hold: ids, ends of addresses, values of identifiers."""
        found = {patient.id for patient in self.patients} | {urn for p in self.patients for urn in p.urns}
        found |= {parts(alias)[2] or alias for alias in self.aliases}
        return {name for name in found | {v for p in self.patients for _, v in p.identifiers} if name}


class People:
    """Every patient met. `add` them all, then `settle`, then ask `whose` a resource is."""

    def __init__(self) -> None:
        self.patients: dict[tuple[str, str], Patient] = {}
        self.persons: list[Person] = []
        self.faults: list[Fault] = []
        self.clashes: set[str] = set()
        self._by_id: dict[str, list[Patient]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], set[Person]] = defaultdict(set)
        self._urns: dict[str, Patient] = {}
        self._aliases: dict[str, list[tuple[str, Person]]] = defaultdict(list)
        self._found: dict[SubjectKey, tuple[Person | None, str]] = {}

    def add(self, resource: Mapping[str, Any], url: str, rank: int | None = None) -> None:
        """Take in one Patient resource, the address it was sent under ("" when none), its place in a history."""
        own = patient_id(resource, url)
        server = parts(url)[0]
        held = self._same(own, server, resource)
        if held is None:
            held = self.patients[server, own] = Patient(own, server, resource, version_of(resource, rank))
            self._by_id[own].append(held)
        else:
            self._again(held, resource, server, version_of(resource, rank))
        if is_urn(url):
            held.urns.add(parts(url)[2])
            self._urns[parts(url)[2]] = held
        held.identifiers |= identifiers(resource)

    def _same(self, own: str, server: str, resource: Mapping[str, Any]) -> Patient | None:
        """The Patient that this is another copy or version of."""
        twins = self._by_id.get(own, [])
        found = self.patients.get((server, own)) or (self.patients.get(("", own)) if server else None)
        if found is None and twins and not server:
            return twins[0]
        return found or next((p for p in twins if _content(p.resource) == _content(resource)), None)

    def _again(self, held: Patient, resource: Mapping[str, Any], server: str, version: Version) -> None:
        later = version.after(held.version)
        if later is None and any(held.resource.get(name) != resource.get(name) for name in WHO):
            self.clashes.add(held.id)
        if later or (later is None and _written(resource) > _written(held.resource)):
            held.resource, held.version = resource, version
        if server and not held.server:
            self.patients[server, held.id] = self.patients.pop(("", held.id))
            held.server = server

    def delete(self, deleted: Iterable[Deleted]) -> None:
        """Let go every Patient that was deleted since."""
        for gone in deleted:
            for key, patient in list(self.patients.items()) if gone.kind == "Patient" else ():
                here = gone.server in (patient.server, "") or not patient.server
                if patient.id == gone.id and here and not patient.version.after(gone.version):
                    del self.patients[key]
                    self._by_id[patient.id].remove(patient)
                    self._urns = {urn: one for urn, one in self._urns.items() if one is not patient}

    def settle(self) -> None:
        """Find who was merged with whom, and give each person an id of its own."""
        for patient in self.patients.values():
            patient.person = Person(patient.id, [patient])
        for patient in list(self.patients.values()):
            for kind, reference in patient.links:
                if kind in MERGES:
                    self._merge(patient, reference)
        self.persons = list({id(p.person): p.person for p in self.patients.values() if p.person}.values())
        ids = Counter(person.standing.id for person in self.persons)
        for person in self.persons:
            standing = person.standing
            person.id = standing.id if ids[standing.id] == 1 else f"{standing.server}/Patient/{standing.id}"
            for system, value in (pair for patient in person.patients for pair in patient.identifiers):
                self._by_name[system, value].add(person)
                self._by_name["", value].add(person)

    def _merge(self, patient: Patient, reference: str) -> None:
        other, _ = self._by_reference(SubjectKey(NAMED, unversioned(reference), patient.server))
        mine = patient.person
        if mine is None or other is mine:
            return
        if other is None:
            self._aliases[parts(reference)[2]].append((unversioned(reference), mine))
            mine.aliases.add(unversioned(reference))
            return
        back = any(self._by_reference(SubjectKey(NAMED, unversioned(text), p.server))[0] is mine
                   for p in other.patients for kind, text in p.links if kind in MERGES)  # fmt: skip
        place = "Patient.link"
        if not back and any(patient.resource.get(n) != p.resource.get(n) for p in other.patients for n in WHO[:2]):
            self.faults.append(Fault(
                place, "A patient is said to be merged with one that differs and does not say so; they are kept apart.",
                "two patients that name each other", "Ask the source who is who."))  # fmt: skip
            return
        if not back:
            self.faults.append(Fault(
                place, "Two patients are taken as one, as one of them says so.", "two patients that name each other",
                "Check that they are one person."))  # fmt: skip
        for moved in other.patients:
            moved.person = mine
        mine.patients += other.patients
        mine.aliases |= other.aliases
        for named in self._aliases.values():
            named[:] = [(alias, mine if person is other else person) for alias, person in named]

    def patient(self, own: str, server: str) -> Patient | None:
        """The Patient of an id and a server, whatever was known of the server when it was met."""
        return self.patients.get((server, own)) or next(iter(self._by_id.get(own, ())), None)

    def whose(self, key: SubjectKey) -> tuple[Person | None, str]:
        """The person a resource is about and "", or nobody and why; a person and TWO when it names two of them."""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._whose(key)
        return found

    def _whose(self, key: SubjectKey) -> tuple[Person | None, str]:
        if key.how != NAMED:
            return None, UNNAMED if key.how == NONE else UNRESOLVED
        by_name = self._by_identifier(key)
        if not key.reference:
            return by_name, "" if by_name else UNRESOLVED
        person, why = self._by_reference(key)
        if person is None:
            return by_name, "" if by_name else why
        systems = {system: value for p in person.patients for system, value in p.identifiers if system}
        differs = any(systems.get(system, value) != value for system, value in key.identifiers)
        two = (by_name is not None and by_name is not person) or (differs and by_name is not person)
        return person, TWO if two else why

    def _by_identifier(self, key: SubjectKey) -> Person | None:
        found = {person for pair in key.identifiers for person in self._by_name.get(pair, ())}
        return found.pop() if len(found) == 1 else None

    def _by_reference(self, key: SubjectKey) -> tuple[Person | None, str]:
        """By address: first the full one, then the id where only one patient has it and nothing contradicts."""
        server, kind, own = parts(key.reference)
        urn = is_urn(key.reference)
        if not own or (kind != "Patient" and not urn):
            return None, UNRESOLVED
        if urn:
            return self._by_urn(own)
        exact = self.patients.get((server or key.server, own))
        if exact is not None:
            return exact.person, ""
        twins = self._by_id.get(own, [])
        alias = self._by_alias(server or key.server, own)
        if len(twins) != 1:
            return (alias, "") if alias else (None, UNKNOWN if not twins else UNRESOLVED)
        known = twins[0].server
        named = server or key.server
        if known and named and known != named and key.server != known:
            return None, ELSEWHERE
        return twins[0].person, ELSEWHERE if known and server and server != known else ""

    def _by_urn(self, own: str) -> tuple[Person | None, str]:
        found = self._urns.get(own)
        same = [p for p in (*self._by_id.get(own, ()), *self._by_id.get(own.upper(), ())) if not p.urns]
        if found is not None or len(same) == 1:
            return (found or same[0]).person, ""
        alias = self._by_alias("", own)
        return (alias, "") if alias else (None, UNKNOWN)

    def _by_alias(self, server: str, own: str) -> Person | None:
        """Who took in a patient that is not here itself."""
        for alias, person in self._aliases.get(own, ()):
            if not server or parts(alias)[0] in ("", server):
                return person
        return None

    def choose(self, asked: str | None) -> Person:
        """The person asked for, or the only one.

        Raises InputError when there is none, when several and none is named, or when two patients share the id.
        """
        if not self.persons:
            raise refuse("There is no Patient.", "a resource of type Patient", "Add the Patient to the records.")
        found = self.persons if asked is None else [p for p in self.persons if self._is(p, asked)]
        if asked is None and len(found) > 1:
            raise refuse(f"There are {len(found)} patients.", "one patient, or the id of one",
                         "Name the patient with --patient.")  # fmt: skip
        if not found:
            raise refuse("The patient asked for is not here.", "the id of a Patient that is here", "Check --patient.")
        if len(found) > 1 or self.clash(found[0]):
            raise refuse(*TWO_OF_ONE_ID)
        return found[0]

    def clash(self, person: Person) -> bool:
        """Whether two patients that differ share an id of the person's."""
        return any(patient.id in self.clashes for patient in person.patients)

    def _is(self, person: Person, asked: str) -> bool:
        server, _, own = parts(asked)
        if server:
            return self._by_reference(SubjectKey(NAMED, unversioned(asked)))[0] is person
        names = {n for p in person.patients for n in (p.id, *p.urns)} | {parts(a)[2] for a in person.aliases}
        return asked == person.id or bool({asked, own, asked.lower()} & (names | {n.lower() for n in p_ids(person)}))


def p_ids(person: Person) -> set[str]:
    """The ids of every Patient of the person."""
    return {patient.id for patient in person.patients}


def _standing(patient: Patient) -> tuple[bool, bool, str, str]:
    replaced = any(kind == "replaced-by" for kind, _ in patient.links)
    return replaced, patient.resource.get("active") is False, patient.server, patient.id


def _content(resource: Mapping[str, Any]) -> bytes:
    return encode({name: value for name, value in sorted(resource.items()) if name not in ("meta", "text")})


def _written(resource: Mapping[str, Any]) -> bytes:
    return encode(dict(sorted(resource.items())))
