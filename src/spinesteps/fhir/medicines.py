"""Orders, dispenses, administrations and statements of medicines -> events: what is taken, from when to when, how much.

A pure function of one resource. That a medicine counts once is settled over all events (logic/history/once).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol

from spinesteps.errors import plain
from spinesteps.fhir.addresses import parts as address_parts
from spinesteps.fhir.closures import Row
from spinesteps.fhir.doses import Step, Stretch, quantity, read_steps, timeline, words_of
from spinesteps.fhir.timings import length_in_days, number
from spinesteps.logic.facts import Silence
from spinesteps.logic.history.amounts import Dose, Taken, measure
from spinesteps.logic.history.event import UNRECOGNISED, Event
from spinesteps.logic.history.once import WHEN
from spinesteps.person.tally import Tally

DISPENSE, GIVEN = "MedicationDispense", "MedicationAdministration"
DOSAGES = ("dosageInstruction", "dosage")
# What says of which other record this one is: an order's earlier order, a fill's order, what a statement is drawn from.
BASES = ("basedOn", "derivedFrom", "priorPrescription", "authorizingPrescription", "request", "prescription", "partOf")
REFUSALS = frozenset(("n", "not-taking"))
# How it stands with what FHIR R5 calls adherence, by the start of the code; and with STU3's taken.
STANDS = (("taking", "active"), ("on-hold", "on-hold"), ("stopped", "stopped"), ("y", "active"))
LOCAL = "local_form"
MOST_STEPS = 100
UNREADABLE = Silence.UNREADABLE.value


class Products(Protocol):
    """What is needed of the tables of products."""

    def by_mouth(self, names: Iterable[str], route: Iterable[str], codes: Iterable[tuple[str, str]]) -> bool: ...
    def adds_to(self, concepts: frozenset[str]) -> set[str]: ...
    def doses(self, concepts: frozenset[str], names: Iterable[str], taken: Taken) -> Sequence[Dose]: ...


def r4(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """A resource with its medicine where FHIR R4 has it; R5 puts concept and reference into one element."""
    held = resource.get("medication")
    if not isinstance(held, dict):
        return resource
    named = {"concept": "medicationCodeableConcept", "reference": "medicationReference"}
    return {**resource, **{named[name]: part for name, part in held.items() if name in named}}


def status_of(row: Row, kind: str) -> str:
    """How it stands with a medicine: `active`, `on-hold`, `stopped`, `completed`, or `unknown`."""
    status = _word(row.get("status"))
    said = next((_word(row[name]) for name in ("taken", "adherence") if row.get(name) is not None), "")
    if said:
        return next((stands for start, stands in STANDS if said.startswith(start)), "unknown")
    if kind == GIVEN and status == "in-progress":
        return "active"
    return "unknown" if status == "recorded" else status


def not_taken(row: Row) -> bool:
    """Whether the record says that it was not taken, not given, or shall not be."""
    refused = any(row.get(name) not in (None, False) for name in ("refused", "refused_r3", "refused_r2"))
    return refused or any(_word(row.get(name)) in REFUSALS for name in ("taken", "adherence"))


def only_planned(row: Row) -> bool:
    """Whether it is a plan, and no report of what a person takes."""
    reported = any(row.get(name) not in (None, False) for name in ("reported", "reported_by", "reported_r5"))
    return _word(row.get("intent")) == "plan" and not reported


def _word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ("" if value is None else "unknown")


def dosages_of(resource: Mapping[str, Any]) -> list[Any]:
    """The dosages of a resource as it writes them."""
    held: Any = next((resource[name] for name in DOSAGES if resource.get(name) is not None), [])
    return held if isinstance(held, list) else [held]


def routes_of(resource: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Words and codes of the way it is taken; none where its dosages name different ways."""
    found = set()
    for dosage in dosages_of(resource):
        route = dosage.get("route") if isinstance(dosage, dict) else None
        codings = route.get("coding") if isinstance(route, dict) else None
        codes = [(one.get("system"), one.get("code")) for one in codings if isinstance(one, dict)] if isinstance(
            codings, list) else []  # fmt: skip
        known = tuple((s if isinstance(s, str) else "", c) for s, c in codes if isinstance(c, str))
        found.add((tuple(words_of(route)), known))
    return found.pop() if len(found) == 1 else ((), ())


def laid_out(resource: Mapping[str, Any], event: Event, place: str, tally: Tally) -> tuple[Event, list[Stretch]]:
    """The event with the days that its dosages give it, and its stretches of time with an amount a day."""
    kind = event.source
    if kind == GIVEN:
        return event._replace(end=event.end or (event.last if event.status == "completed" else None)), []
    dosages = dosages_of(resource)
    if not dosages and kind != DISPENSE:
        return event, []
    steps = read_steps(dosages[: MOST_STEPS + 1])
    if len(steps) > MOST_STEPS:
        tally.fault(place, f"It has more than {MOST_STEPS} dosages; how much is taken is not known.",
                    "the dosages of one medicine", "Read them by hand.")  # fmt: skip
        steps = [Step(None, None, None, None, None, frozenset(), True)]
    wrong = [s for s in steps if s.last is not None and (s.first or event.start or date.min) > s.last]
    if wrong:
        tally.fault(place, "The end comes before the start.", "a start, then an end", "Correct the dates.")
        steps = [replace(s, last=None, daily=None) if s in wrong else s for s in steps]
    found = timeline(steps, event.start)
    event = _bounded(event, found)
    if kind == DISPENSE and event.end is None:
        event = _supplied(event)
    return event, found


def _bounded(event: Event, found: list[Stretch]) -> Event:
    """The event from the first day of its stretches to the last, unless it has days of its own."""
    firsts, lasts = [one.first for one in found], [one.last for one in found]
    if firsts and firsts[0] is not None and firsts[0] != event.start:
        event = event._replace(start=firsts[0], start_last=firsts[0], moment=None)
    if lasts and event.end is None and None not in lasts:
        event = event._replace(end=max(last for last in lasts if last is not None))
    return event


def _supplied(event: Event) -> Event:
    """A supply handed over lasts its days; without them it is not known whether any is left."""
    if event.last is None or event.quantity is None:
        return event._replace(status="unknown") if event.status in ("completed", "in-progress") else event
    return event._replace(end=event.last + timedelta(days=max(int(event.quantity), 1) - 1))


def supply_of(resource: Mapping[str, Any]) -> int | None:
    """Days that what was handed over, or ordered with its refills, lasts."""
    order = resource.get("dispenseRequest")
    if isinstance(order, dict):
        days, repeats = length_in_days(order.get("expectedSupplyDuration")), number(order.get("numberOfRepeatsAllowed"))
        return None if days is None else int(days * (1 + (repeats or 0)))
    held = resource.get("daysSupply")
    if isinstance(held, dict) and held.get("unit") is None and held.get("code") is None:
        held = {**held, "code": "d"}  # the element says days
    return length_in_days(held)


def based_on(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the records it is about, fills or follows: "MedicationRequest/m1", or the last part of a urn."""
    found = set()
    for held in [resource[name] for name in BASES if name in resource]:
        for one in held if isinstance(held, list) else [held]:
            text = one.get("reference") if isinstance(one, dict) else None
            if isinstance(text, str) and not text.startswith("#"):
                _, kind, own = address_parts(text)
                found.add(f"{kind}/{own}" if kind else own)
    return tuple(sorted(found))


def dose_events(
    products: Products, resource: Mapping[str, Any], event: Event, names: Sequence[str], stretches: list[Stretch]
) -> tuple[list[Event], list[str]]:
    """An event for each amount a day and stretch of time; and the amounts that have no factor.

    One without a value has a dosage that gives none ("unreadable"), or no dosage at all.
    """
    if not products.adds_to(event.concepts):
        return [], []
    words, codes = routes_of(resource)
    mouth = products.by_mouth(names, words, codes)
    unsaid = [Stretch(None, None, None)]
    found, left_out = [], set()
    for stretch in stretches or unsaid:
        taken = Taken(stretch.daily, bool(stretches) or event.source == GIVEN, mouth)
        for dose in products.doses(event.concepts, names, taken):
            if dose.left_out:
                left_out.add(dose.concept)
                continue
            course = dose.course + (WHEN + ",".join(sorted(stretch.when)) if stretch.when else "")
            found.append(_amount(event, stretch, dose, course, UNREADABLE if stretches and dose.value is None else ""))
    return found, sorted(left_out)


def _amount(event: Event, stretch: Stretch, dose: Dose, course: str, absent: str) -> Event:
    ends = [day for day in (stretch.last, event.end) if day is not None]
    first, last = (stretch.first, stretch.first) if stretch.first else (event.start, event.start_last)
    return event._replace(concepts=frozenset((dose.concept,)), suggests=frozenset(), value=dose.value, unit="mg/day",
                   start=first, start_last=last, end=min(ends, default=None), absent=absent, course=course)  # fmt: skip


def unrecognised(event: Event, name: str) -> Event:
    """A medicine, or a part of one, that no table knows: kept by its name, so that it can be said."""
    return event._replace(concepts=frozenset((UNRECOGNISED,)), suggests=frozenset(), value=plain(name))


def with_medicine(
    rows: list[Row], resource: Mapping[str, Any], medicines: Mapping[str, Mapping[str, Any]], place: str, tally: Tally
) -> list[Row]:
    """The rows with the codes of the medicine they refer to: contained, in the same bundle or in its own file."""
    found = _medication(str(rows[0]["reference"]), resource, medicines)
    if found is None or "modifierExtension" in found:
        tally.fault(f"{place}.medicationReference", "The medicine it refers to is not here.",
                    "a Medication with a code", "Send the Medication along.")  # fmt: skip
        return rows
    code = found.get("code") if isinstance(found.get("code"), dict) else {}
    parts = _ingredients(found)
    text, read = code.get("text"), _codings(code)
    if text is None and not any(row.get("display") for row in read):
        text = " / ".join(name for name, _ in parts if name) or None
    read += [{**row, "display": None, "part": name} for name, codings in parts for row in codings or [{}]]
    return [{**rows[0], "text": text, **one} for one in read or [{}]]


def _medication(key: str, resource: Mapping[str, Any], medicines: Mapping[str, Mapping[str, Any]]) -> Any:
    found: Any
    if key.startswith("#"):
        contained = resource.get("contained")
        parts = contained if isinstance(contained, list) else []
        found = next((p for p in parts if isinstance(p, dict) and "#" + str(p.get("id")) == key), None)
    else:
        key = key.split("/_history/")[0]
        found = medicines.get(key) or medicines.get(key.rsplit(":" if key.startswith("urn:") else "/", 1)[-1])
    if not isinstance(found, Mapping) or not (isinstance(found.get("code"), dict) or found.get("ingredient")):
        return None
    return found


def _codings(concept: Any) -> list[Row]:
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return [{name: one.get(name) for name in ("system", "code", "display")} for one in codings or []
            if isinstance(one, dict)] if isinstance(codings, list) else []  # fmt: skip


def _ingredients(medication: Mapping[str, Any]) -> list[tuple[str, list[Row]]]:
    """The active ingredients of a Medication: name with strength, and codes."""
    held = medication.get("ingredient")
    items = [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
    found = []
    for one in items:
        item = one.get("item")
        concept = one.get("itemCodeableConcept") or (item.get("concept") if isinstance(item, dict) else None)
        if one.get("isActive") is not False and isinstance(concept, dict):
            name = next(iter(words_of(concept)), "")
            found.append((f"{name}{_strength(one)}" if name else "", _codings(concept)))
    return found


def _strength(ingredient: Mapping[str, Any]) -> str:
    """An ingredient's strength as a name has it: " 500 mg", " 10 mg/5 mL"; "" for none that can be read."""
    ratio = ingredient.get("strength", ingredient.get("strengthRatio"))
    if isinstance(ingredient.get("strengthQuantity"), dict):
        ratio = {"numerator": ingredient["strengthQuantity"], "denominator": {"value": 1}}
    held = ratio if isinstance(ratio, dict) else {}
    top, below = quantity(held.get("numerator")), quantity(held.get("denominator"))
    kind = None if below is None else measure(below[1])
    if top is None or below is None or kind not in ("", "ml"):
        return ""
    return f" {top[0] / below[0]:.6g} {top[1]}" + ("/mL" if kind else "")
