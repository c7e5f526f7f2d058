"""Rows of the views -> events: dates, statuses, codes, units. Knows FHIR's shapes and no medicine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from spinesteps.errors import Fault, plain
from spinesteps.fhir.allergies import allergens
from spinesteps.fhir.closures import Row, Rows, TooManyRowsError
from spinesteps.fhir.dates import NEVER_ENDS, interval, moment
from spinesteps.fhir.meant import NOTHING, Codes, Matched, Meant, alone, together
from spinesteps.fhir.medicines import (
    LOCAL,
    based_on,
    dose_events,
    laid_out,
    not_taken,
    only_planned,
    r4,
    routes_of,
    status_of,
    supply_of,
    unrecognised,
    with_medicine,
)
from spinesteps.fhir.statuses import NEVER, UNCONFIRMED, UNFINISHED, with_statuses
from spinesteps.fhir.unrolled import unrolled
from spinesteps.fhir.values import ReadValue, coded_value, fact_value, quantity, raw_value
from spinesteps.logic.facts import Fact, Silence
from spinesteps.logic.history.event import DEATH, NOT_TAKEN, Event
from spinesteps.person.tally import Tally

FACT_SYSTEM, LOINC = "urn:spinesteps:fact", "http://loinc.org"
ReadEvent = tuple[Event, Fault]  # what was read, and what is wrong with it (nothing when `wrong` is "")
VIEWS = Path(__file__).parent / "views"
STARTS = ("start", "start_instant", "start_period", "start_period_r5")
ENDS = ("end", "end_period", "end_period_r5")
RECORDED = ("recorded", "recorded_stu3", "recorded_dstu2")
MENTIONS = ("reason", "further")  # beginnings of the columns that hold codes which are only mentioned
FORM_CODE = re.compile(r"(?:^|[/|#.])(\d{1,7}-\d)$")  # a LOINC code at the end of a linkId
MOST_KEPT = 50_000  # codes and names of products whose meaning is kept
KNOWN = frozenset(("record", "person"))


class PatientResource(NamedTuple):
    """One resource to be read: where it stands, whose it is, its id for proofs."""

    resource: Mapping[str, Any]
    place: str
    person: str
    record: str


@cache
def load_views(folder: Path = VIEWS) -> Mapping[str, Rows]:
    """Every view by the resource type it reads, without the columns that the door knows itself."""
    views = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return {view["resource"]: unrolled(view, KNOWN) for view in views}


class Shaper:
    """Turns resources into events. `units`: the unit wanted of the numbers of a concept."""

    def __init__(self, facts: Mapping[str, Fact], codes: Codes, units: Mapping[str, str]) -> None:
        self.facts, self.codes, self.units = facts, codes, units
        self.views = load_views()
        self._matches: dict[tuple[str, str], Matched] = {}
        self._names: dict[str, Matched] = {}
        self._makers: dict[str, Callable[[list[Row], PatientResource, Tally], list[Event]]] = {
            "observation": self._observed, "answer": self._answered, "person": self._person,
            "medicine": self._medicine,
        }  # fmt: skip

    def events(self, held: PatientResource, medicines: Mapping[str, Mapping[str, Any]], tally: Tally) -> list[Event]:
        """The events of one resource; [] when it does not count, with the reason in the tally."""
        kind = str(held.resource.get("resourceType"))
        try:
            if "medication" in held.resource:
                held = held._replace(resource=r4(held.resource))
            rows = self.views[kind](held.resource)
        except TooManyRowsError:
            tally.fault(held.place, "The resource repeats its parts too often.", "at most 10,000 rows", "Split it.")
            return []
        if not rows:
            tally.leave_out("no_value", kind)
            return []
        rows = with_statuses(rows, self.codes.meaning)
        left_out = _left_out(rows[0])
        if left_out:
            tally.leave_out(left_out, kind)
            return self._denied(rows, held, medicines) if left_out == "not-taken" else []
        tally.used[kind] += 1
        if rows[0].get("reference") is not None:
            rows = with_medicine(rows, held.resource, medicines, held.place, tally)
        return self._makers.get(rows[0]["kind"], self._happened)(rows, held, tally) + self._mentions(rows, held, tally)

    def _base(self, row: Row, held: PatientResource, tally: Tally) -> Event:
        """The event of a resource before its code and value: made only when there is something to say."""
        first, last, text = _when(row, STARTS, held.place, tally)
        _, end, _ = _when(row, ENDS, held.place, tally)
        _, recorded, written = _when(row, RECORDED, held.place, tally)
        if first is None and last is None and row["kind"] in ("condition", "allergy", "medicine"):
            last = recorded
        if first is None and last is None and row["kind"] == "observation":
            first = last = recorded
            text = written
        if end is not None and first is not None and end < first:
            tally.fault(held.place, "The end comes before the start.", "a start, then an end", "Correct the dates.")
            end = None
        return Event(
            person=held.person, kind=str(row["kind"]), start=first, start_last=last, end=end, recorded=recorded,
            status=intern(_word(row.get("status"))), region=_text(row.get("region")),
            actor=_text(row.get("actor")), source=intern(str(held.resource.get("resourceType"))), record=held.record,
            moment=moment(text), recorded_moment=moment(written),
        )  # fmt: skip

    def _match(self, system: object, code: object) -> Matched:
        key = (system if isinstance(system, str) else "", code if isinstance(code, str) else "")
        found = self._matches.get(key)
        if found is None:
            if len(self._matches) > MOST_KEPT:
                self._matches.clear()
            found = self._matches[key] = self.codes.match(plain(key[0]), plain(key[1]))
        return found

    def _named(self, text: str) -> Matched:
        if text not in self._names:
            if len(self._names) > MOST_KEPT:
                self._names.clear()
            self._names[text] = self.codes.named(text)
        return self._names[text]

    def _happened(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """A condition, procedure, allergy or image: one event, standing for what any of its codes means."""
        found = self._matched(rows, allergens(rows) if rows[0]["kind"] == "allergy" else ())
        if found == NOTHING:
            self._meaningless(rows, held, tally)
            return []
        base = self._base(rows[0], held, tally)
        if _unconfirmed(rows[0], base):
            found = found.doubted()
        return [_coded(base, rows, found)]

    def _mentions(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """What is only mentioned (a reason, a conclusion, a complication): it may be so, and is never an answer."""
        named = {(row.get(f"{name}_system"), row[f"{name}_code"]) for name in MENTIONS for row in rows
                 if isinstance(row.get(f"{name}_code"), str)}  # fmt: skip
        return self._mentioned(named, rows[0], held, tally) if named else []

    def _mentioned(
        self, named: set[tuple[object, str]], row: Row, held: PatientResource, tally: Tally
    ) -> list[Event]:
        found = []
        for system, code in sorted(named, key=str):
            match = self._match(system, code)
            meant = Meant(match.concepts, match.suggests).doubted()
            if meant == Meant():
                _note_unmapped([{"system": system, "code": code}], tally)
                continue
            base = self._base(row, held, tally)
            found.append(base._replace(kind="mention", system=_text(system), code=_text(code), suggests=meant.suggests))
        return found

    def _matched(self, rows: list[Row], names: Iterable[str]) -> Meant:
        every = [self._match(row["system"], row["code"]) for row in rows if row.get("code") is not None]
        every += [self._named(name) for name in names]
        return together(every)

    def _meaningless(self, rows: list[Row], held: PatientResource, tally: Tally) -> None:
        """Count a resource that stands for nothing we know, and why."""
        _note_unmapped(rows, tally)
        unknown = any(isinstance(row.get("code"), str) for row in rows)
        tally.leave_out("unknown_code" if unknown else "no_code", str(held.resource.get("resourceType")))

    def _medicine(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """A medicine: an event for what it stands for, one for each amount a day, one for each part nobody knows."""
        kind, names = str(held.resource.get("resourceType")), _product_names(rows)
        words, codes = routes_of(held.resource)
        parts = [row["part"] for row in rows if row.get("part")]
        found = self._matched(rows, [*names, *parts, *words])
        ways = [self._match(*code) for code in codes]
        if any(LOCAL in way.concepts for way in ways):
            found = Meant(found.concepts | {LOCAL}, found.suggests)
        base = self._base(rows[0], held, tally)._replace(status=status_of(rows[0], kind),
                       quantity=supply_of(held.resource), based_on=based_on(held.resource))  # fmt: skip
        base, stretches = laid_out(held.resource, base, held.place, tally)
        if found == NOTHING:
            self._meaningless(rows, held, tally)
            name = next(iter([*names, *parts, *(_text(row.get("code")) for row in rows)]), "")
            return [unrecognised(base, name)]
        if only_planned(rows[0]):
            tally.used[kind] -= 1
            tally.leave_out("only_planned", kind)
            found = found.doubted()
        event = _coded(base, rows, found)
        doses, left_out = dose_events(self.codes.products, held.resource, event, names or parts, stretches)
        for concept in left_out:
            tally.fault(held.place, f"It has no factor, so it is left out of {concept}.",
                        "a medicine with a factor", "Weigh it beside the sum.")  # fmt: skip
        loose = min((self.codes.loose(name) for name in names), key=len, default=[])
        return [event, *doses, *(unrecognised(event, name) for name in loose)]

    def _denied(
        self, rows: list[Row], held: PatientResource, medicines: Mapping[str, Mapping[str, Any]]
    ) -> list[Event]:
        """That a medicine is not taken: no answer, but something to say where another record has it as taken."""
        if rows[0].get("reference") is not None:
            rows = with_medicine(rows, held.resource, medicines, held.place, Tally())
        found = self._matched(rows, _product_names(rows))
        base = self._base(rows[0], held, Tally())
        return [base._replace(kind=NOT_TAKEN, course=";".join(sorted(found.concepts)))] if found.concepts else []

    def _observed(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """An observation: an event for every concept its code, or a component's code, stands for."""
        found: list[ReadEvent] = []
        unknown: list[Row] = []
        base: Event | None = None
        for row in rows:
            match = self._match(row.get("system"), row.get("code"))
            own = self.facts.get(_text(row.get("code"))) if row.get("system") == FACT_SYSTEM else None
            if own is None and not match.concepts and not match.suggests:
                unknown.append(row)
                continue
            base = base or self._base(rows[0], held, tally)
            event = base._replace(system=_text(row.get("system")), code=_text(row.get("code")))
            if own is not None:
                found += self._fact_event(own, row, held, event)
            found += self._measured(match, row, held, event, tally)
        if base is None:
            named = {(row.get("value_system"), row["value_code"]) for row in rows
                     if isinstance(row.get("value_code"), str)}  # fmt: skip
            mentioned = self._mentioned(named, rows[0], held, tally)
            if mentioned:
                return mentioned
            self._meaningless(rows, held, tally)
        else:
            _note_unmapped(unknown, tally)
            if not found:
                tally.leave_out("no_value", str(held.resource.get("resourceType")))
        return _without_empty(found, tally)

    def _measured(
        self, match: Matched, row: Row, held: PatientResource, event: Event, tally: Tally
    ) -> Iterator[ReadEvent]:
        for concept in sorted(match.concepts | match.suggests):
            if ":" in concept:
                continue
            reading, sure, unit = raw_value(row), concept in match.concepts, ""
            means, verified = coded_value(concept, row, self.codes.meaning)
            if means:
                reading, sure = ReadValue(means), sure and verified
            elif self.codes.has_answers(concept) and reading.value is not None and row.get("value_code") is None:
                reading = ReadValue(None, Silence.UNREADABLE.value)
            elif row.get("value_code") is not None:
                tally.unmapped[f"{_text(row.get('value_system'))}|{_text(row['value_code'])}"] += 1
                reading = ReadValue(None, Silence.UNREADABLE.value)
            elif concept in self.units and not reading.absent:
                unit = self.units[concept]
                reading = quantity(row, unit)
            fault = Fault(f"{held.place}.value[x]", reading.wrong, "a number in a unit that fits", "Correct the value.")
            names = alone(concept)
            yield event._replace(
                concepts=names if sure else frozenset(), suggests=frozenset() if sure else names,
                value=reading.value, unit=unit, absent=reading.absent,
            ), fault  # fmt: skip

    def _answered(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """A filled-in form: an answer for every item whose linkId is the name of a fact, or a LOINC code we know."""
        base = self._base(rows[0], held, tally)
        found: list[ReadEvent] = []
        for row in rows:
            link = _text(row.get("link"))
            code = FORM_CODE.search(link)
            match = self._match(LOINC, code[1]) if code else None
            if link in self.facts:
                found += self._fact_event(self.facts[link], row, held, base._replace(code=link))
            elif match and code and (match.concepts or match.suggests):
                event = base._replace(kind="observation", system=LOINC, code=code[1])
                found += self._measured(match, row, held, event, tally)
            else:
                tally.unmapped[f"linkId|{link}"] += 1
        if not found:
            tally.leave_out("no_question", str(held.resource.get("resourceType")))
        return _without_empty(found, tally)

    def _fact_event(self, fact: Fact, row: Row, held: PatientResource, event: Event) -> Iterator[ReadEvent]:
        reading = fact_value(fact, row, self.codes.meaning)
        if reading.value is not None or reading.absent:
            place = f"{held.place}.value[x] ({fact.name})"
            names = frozenset((fact.name,))
            said = event._replace(kind="answer", concepts=names, value=reading.value, absent=reading.absent)
            yield said, Fault(place, reading.wrong, fact.expected(), "Correct the value.")

    def _person(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """Birth date (its days), gender (its value, undated) and death (dated or not), an event each."""
        base = self._base(rows[0], held, tally)
        found = []
        for row in rows:
            name, value = str(row["code"]), _text(row.get("value_text")) or None
            event = base._replace(code=name, concepts=frozenset((name,)), value=value, moment=None)
            if name == DEATH:
                if row.get("start") is not None or row.get("value_text") is True:
                    first, last, _ = _when(row, ("start",), f"{held.place}.deceased", tally)
                    found.append(event._replace(kind="encounter", start=first, start_last=last))
            else:
                found.append(event._replace(start=None, start_last=None) if value else event)
        return found


def _when(row: Row, names: Iterable[str], place: str, tally: Tally) -> tuple[date | None, date | None, str]:
    """First and last possible day and the text of the first of these columns that is filled."""
    for name in names:
        if (text := row.get(name)) is not None:
            break
    else:
        return None, None, ""
    if names is ENDS and isinstance(text, str) and text.startswith(NEVER_ENDS):
        return None, None, ""
    found = interval(text) if isinstance(text, str) else None
    if found is None:
        expected = "a date such as 2026-11-21, 2026-11 or 2026"
        tally.fault(f"{place} ({name})", "This is no date.", expected, "Correct it.")
        return None, None, ""
    return *found, text


def _left_out(row: Row) -> str:
    """The status for which the resource does not count, or ""."""
    for name in ("status", "verification", "intent"):
        value = row.get(name)
        if value is None:
            continue
        if (word := _word(value)) in NEVER and not (name == "intent" and word == "plan" and _medical(row)):
            return word
    if _medical(row) and not_taken(row):
        return "not-taken" if row.get("refused") in (None, False) else "do-not-perform"
    return "do-not-perform" if row.get("refused") not in (None, False) else ""


def _medical(row: Row) -> bool:
    return bool(row["kind"] == "medicine")


def _unconfirmed(row: Row, base: Event) -> bool:
    return _word(row.get("verification")) in UNCONFIRMED or (base.kind == "procedure" and base.status in UNFINISHED)


def _word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ("" if value is None else "unknown")


def _text(value: object) -> str:
    """A text of a record, one copy of it for everybody."""
    return intern(plain(value)) if isinstance(value, str) else ""


def _product_names(rows: list[Row]) -> list[str]:
    """The names of a product: what its codes display, and its text."""
    names = [row.get("display") for row in rows] + [rows[0].get("text")]
    return sorted({name for name in names if isinstance(name, str)})


def _coded(base: Event, rows: list[Row], found: Meant) -> Event:
    code = next((row for row in rows if row.get("code") is not None), {})
    return base._replace(system=_text(code.get("system")), code=_text(code.get("code")), concepts=found.concepts,
                   suggests=found.suggests)  # fmt: skip


def _note_unmapped(rows: list[Row], tally: Tally) -> None:
    for row in rows:
        code = row.get("code")
        if isinstance(code, str):
            tally.unmapped[plain(f"{_text(row.get('system'))}|{code}")] += 1


def _without_empty(found: list[ReadEvent], tally: Tally) -> list[Event]:
    """One event a concept where several codings say the same, and none without a value beside one that has it. What
    is wrong with those that stay is noted."""
    valued = {e.concepts | e.suggests for e, _ in found if e.value is not None}
    kept = [(e, fault) for e, fault in found if e.value is not None or (e.concepts | e.suggests) not in valued]
    tally.add([fault for _, fault in kept if fault.wrong])
    return list(dict.fromkeys(event for event, _ in kept))
