"""Rows of the views -> events: dates, statuses, codes, units. Knows FHIR's shapes and no medicine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from spinesteps.errors import plain
from spinesteps.fhir.closures import Row, Rows, TooManyRowsError
from spinesteps.fhir.dates import NEVER_ENDS, interval, moment
from spinesteps.fhir.doses import daily
from spinesteps.fhir.statuses import NEVER, UNCONFIRMED, UNFINISHED
from spinesteps.fhir.unrolled import unrolled
from spinesteps.fhir.values import ReadValue, fact_value, quantity, raw_value
from spinesteps.logic.facts import Fact, Silence
from spinesteps.logic.history.event import DEATH, UNRECOGNISED, Event
from spinesteps.person.tally import Tally

FACT_SYSTEM = "urn:spinesteps:fact"
VIEWS = Path(__file__).parent / "views"
STARTS = ("start", "start_instant", "start_period")
ENDS = ("end", "end_period")
MOST_KEPT = 50_000  # codes and names of products whose meaning is kept
KNOWN = frozenset(("record", "person"))
SUPPLY_DAYS = {"d": 1, "wk": 7, "mo": 30, "a": 365}


class Matched(Protocol):
    """What a code stands for."""

    @property
    def concepts(self) -> frozenset[str]: ...
    @property
    def suggests(self) -> frozenset[str]: ...


class Dosed(Protocol):
    """What a product adds to an amount a day."""

    @property
    def concept(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def left_out(self) -> bool: ...


class Codes(Protocol):
    """What the reader needs of the code tables."""

    def match(self, system: str, code: str) -> Matched: ...
    def named(self, text: str) -> Matched: ...
    def meaning(self, concept: str, system: str, code: str) -> tuple[str, bool] | None: ...
    def doses(
        self, concepts: frozenset[str], names: list[str], daily: tuple[float, str] | None
    ) -> Sequence[Dosed]: ...


@dataclass(frozen=True, slots=True)
class PatientResource:
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
        }  # fmt: skip

    def events(self, held: PatientResource, medicines: Mapping[str, Mapping[str, Any]], tally: Tally) -> list[Event]:
        """The events of one resource; [] when it does not count, with the reason in the tally."""
        kind = str(held.resource.get("resourceType"))
        try:
            rows = self.views[kind](held.resource)
        except TooManyRowsError:
            tally.fault(held.place, "The resource repeats its parts too often.", "at most 10,000 rows", "Split it.")
            return []
        if not rows:
            return []
        left_out = _left_out(rows[0])
        if left_out:
            tally.leave_out(left_out, kind)
            return []
        tally.used[kind] += 1
        if rows[0].get("reference") is not None:
            rows = _with_medicine(rows, held, medicines, tally)
        return self._makers.get(rows[0]["kind"], self._happened)(rows, held, tally)

    def _base(self, row: Row, held: PatientResource, tally: Tally) -> Event:
        """The event of a resource before its code and value: made only when there is something to say."""
        first, last, text = _when(row, STARTS, held.place, tally)
        _, end, _ = _when(row, ENDS, held.place, tally)
        _, recorded, written = _when(row, ("recorded",), held.place, tally)
        if first is None and last is None and row["kind"] in ("condition", "allergy"):
            last = recorded
        if end is not None and first is not None and end < first:
            tally.fault(held.place, "The end comes before the start.", "a start, then an end", "Correct the dates.")
            end = None
        return Event(
            person=held.person, kind=str(row["kind"]), start=first, start_last=last, end=end, recorded=recorded,
            status=_word(row.get("status")), region=_text(row.get("region")), quantity=_supply(row),
            actor=_text(row.get("actor")), source=str(held.resource.get("resourceType")), record=held.record,
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
        """A condition, procedure, medicine, allergy or image: one event, standing for what any of its codes means."""
        found = [self._match(row["system"], row["code"]) for row in rows if row.get("code") is not None]
        if rows[0]["kind"] in ("medicine", "allergy"):
            found += [self._named(name) for name in _names(rows)]
        concepts = frozenset().union(*(one.concepts for one in found))
        suggests = frozenset().union(*(one.suggests for one in found)) - concepts
        if not concepts and not suggests:
            _note_unmapped(rows, tally)
            if all(row.get("code") is None for row in rows):
                tally.leave_out("no_code", str(held.resource.get("resourceType")))
            return [] if rows[0]["kind"] != "medicine" else _unrecognised(rows, self._base(rows[0], held, tally))
        base = self._base(rows[0], held, tally)
        if _unconfirmed(rows[0], base):
            concepts, suggests = frozenset(), concepts | suggests
        code = next((row for row in rows if row.get("code") is not None), {})
        event = base._replace(system=_text(code.get("system")), code=_text(code.get("code")), concepts=concepts,
                        suggests=suggests)  # fmt: skip
        return [event, *self._doses(rows, held, event, tally)] if base.kind == "medicine" else [event]

    def _doses(self, rows: list[Row], held: PatientResource, event: Event, tally: Tally) -> list[Event]:
        """What the product adds to each amount a day, an event each; without a value where the dosage is silent."""
        found = []
        for dose in self.codes.doses(event.concepts, _product_names(rows), daily(rows[0])):
            if dose.left_out:
                tally.fault(held.place, f"It has no factor, so it is left out of {dose.concept}.",
                            "a medicine with a factor", "Weigh it beside the sum.")  # fmt: skip
                continue
            found.append(event._replace(concepts=frozenset((dose.concept,)), suggests=frozenset(), value=dose.value,
                                 unit="mg/day"))  # fmt: skip
        return found

    def _observed(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """An observation: an event for every concept its code, or a component's code, stands for."""
        found: list[Event] = []
        base: Event | None = None
        for row in rows:
            match = self._match(row.get("system"), row.get("code"))
            own = self.facts.get(_text(row.get("code"))) if row.get("system") == FACT_SYSTEM else None
            if own is None and not match.concepts and not match.suggests:
                _note_unmapped([row], tally)
                continue
            base = base or self._base(rows[0], held, tally)
            event = base._replace(system=_text(row.get("system")), code=_text(row.get("code")))
            if own is not None:
                found += self._fact_event(own, row, held, event, tally)
            for concept in sorted(match.concepts | match.suggests):
                if ":" not in concept:
                    found.append(self._measured(concept, concept in match.concepts, row, held, event, tally))
        return _without_empty(found)

    def _measured(self, concept: str, sure: bool, row: Row, held: PatientResource, event: Event, tally: Tally) -> Event:
        reading = raw_value(row)
        unit = ""
        if row.get("value_code") is not None:
            meaning = self.codes.meaning(concept, _text(row.get("value_system")), _text(row["value_code"]))
            if meaning is None:
                tally.unmapped[f"{_text(row.get('value_system'))}|{_text(row['value_code'])}"] += 1
                reading = ReadValue(None, Silence.UNREADABLE.value)
            else:
                reading, sure = ReadValue(meaning[0]), sure and meaning[1]
        elif concept in self.units and not reading.absent:
            unit = self.units[concept]
            reading = quantity(row, unit)
        if reading.wrong:
            tally.fault(f"{held.place}.value[x]", reading.wrong, "a number in a unit that fits", "Correct the value.")
        names = frozenset((concept,))
        return event._replace(
            concepts=names if sure else frozenset(), suggests=frozenset() if sure else names,
            value=reading.value, unit=unit, absent=reading.absent,
        )  # fmt: skip

    def _answered(self, rows: list[Row], held: PatientResource, tally: Tally) -> list[Event]:
        """A filled-in form: an answer for every item whose linkId is the name of a fact."""
        base = self._base(rows[0], held, tally)
        found: list[Event] = []
        for row in rows:
            link = row.get("link")
            if not isinstance(link, str) or link not in self.facts:
                tally.unmapped[f"linkId|{_text(link)}"] += 1
                continue
            found += self._fact_event(self.facts[link], row, held, base._replace(code=link), tally)
        return found

    def _fact_event(self, fact: Fact, row: Row, held: PatientResource, event: Event, tally: Tally) -> list[Event]:
        reading = fact_value(fact, row, self.codes.meaning)
        if reading.value is None and not reading.absent:
            return []
        if reading.wrong:
            tally.fault(f"{held.place}.value[x] ({fact.name})", reading.wrong, fact.expected(), "Correct the value.")
        return [event._replace(kind="answer", concepts=frozenset((fact.name,)), value=reading.value,
                        absent=reading.absent)]  # fmt: skip

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
    name = next((name for name in names if row.get(name) is not None), None)
    if name is None:
        return None, None, ""
    text = row[name]
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
        if (word := _word(row.get(name))) in NEVER:
            return word
    refused = row.get("refused")
    return "do-not-perform" if refused not in (None, False) else ""


def _unconfirmed(row: Row, base: Event) -> bool:
    return _word(row.get("verification")) in UNCONFIRMED or (base.kind == "procedure" and base.status in UNFINISHED)


def _word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ("" if value is None else "unknown")


def _text(value: object) -> str:
    return plain(value) if isinstance(value, str) else ""




def _supply(row: Row) -> float | None:
    value, unit = row.get("supply"), SUPPLY_DAYS.get(str(row.get("supply_unit")))
    if unit is None or isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 36_500:
        return None
    return value * unit


def _names(rows: list[Row]) -> list[str]:
    """The names of a product and the words of its route."""
    route = [rows[0].get("route"), rows[0].get("route_display")]
    return sorted({*_product_names(rows), *(name for name in route if isinstance(name, str))})


def _product_names(rows: list[Row]) -> list[str]:
    """The names of a product: what its codes display, else its text."""
    shown = [row.get("display") for row in rows if isinstance(row.get("display"), str)]
    return sorted({name for name in shown or [rows[0].get("text")] if isinstance(name, str)})


def _unrecognised(rows: list[Row], base: Event) -> list[Event]:
    """A medicine that no table knows: kept by its name, so that it can be said."""
    if base.kind != "medicine":
        return []
    codes = [_text(row.get("code")) for row in rows if isinstance(row.get("code"), str)]
    name = next(iter([*_product_names(rows), *codes]), "")
    return [base._replace(concepts=frozenset((UNRECOGNISED,)), value=plain(name))]


def _with_medicine(
    rows: list[Row], held: PatientResource, medicines: Mapping[str, Mapping[str, Any]], tally: Tally
) -> list[Row]:
    """The rows with the codes of the medicine they refer to: contained, in the same bundle or in its own file."""
    reference = rows[0]["reference"]
    found: Any = None
    if isinstance(reference, str):
        if reference.startswith("#"):
            contained = held.resource.get("contained")
            parts = contained if isinstance(contained, list) else []
            found = next((p for p in parts if isinstance(p, dict) and "#" + str(p.get("id")) == reference), None)
        else:
            key = reference.split("/_history/")[0]
            found = medicines.get(key) or medicines.get(key.rsplit(":" if key.startswith("urn:") else "/", 1)[-1])
    code = found.get("code") if isinstance(found, Mapping) else None
    if not isinstance(code, dict) or (found and "modifierExtension" in found):
        tally.fault(f"{held.place}.medicationReference", "The medicine it refers to is not here.",
                    "a Medication with a code", "Send the Medication along.")  # fmt: skip
        return rows
    codings = code.get("coding") if isinstance(code.get("coding"), list) else []
    read = [{name: coding.get(name) for name in ("system", "code", "display")} for coding in codings or []
            if isinstance(coding, dict)]  # fmt: skip
    return [{**rows[0], "text": code.get("text"), **one} for one in read or [{}]]


def _note_unmapped(rows: list[Row], tally: Tally) -> None:
    for row in rows:
        code = row.get("code")
        if isinstance(code, str):
            tally.unmapped[plain(f"{_text(row.get('system'))}|{code}")] += 1


def _without_empty(events: list[Event]) -> list[Event]:
    """One event a concept where several codings say the same, and none without a value beside one that has it."""
    valued = {e.concepts | e.suggests for e in events if e.value is not None}
    kept = [e for e in events if e.value is not None or (e.concepts | e.suggests) not in valued]
    return list(dict.fromkeys(kept))
