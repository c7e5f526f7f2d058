"""A dosage as FHIR writes it -> how much is taken in a day, from one edition of FHIR to the next.

A closed world: a part that can change the number and is not listed here, or says something that is not understood,
makes the number not known. A range counts at its highest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from spinesteps.fhir.dates import NEVER_ENDS, interval
from spinesteps.fhir.timings import Often, length_in_days, number, often
from spinesteps.logic.history.amounts import Daily, measure

Node = Mapping[str, Any]
# What says nothing of the number.
IDLE = frozenset(("id", "extension", "sequence", "route", "method", "rate"))
READ = frozenset(
    ("text", "additionalInstruction", "additionalInstructions", "patientInstruction", "timing", "asNeededBoolean",
     "asNeededCodeableConcept", "asNeeded", "asNeededFor", "site", "siteCodeableConcept", "doseAndRate", "doseQuantity",
     "doseRange", "dose", "maxDosePerPeriod")
)  # fmt: skip
RATES = frozenset(("rateRatio", "rateRange", "rateQuantity", "rateSimpleQuantity"))
OF_DOSE = frozenset(("id", "extension", "type", "doseQuantity", "doseRange")) | RATES
OF_QUANTITY = frozenset(("id", "extension", "value", "unit", "system", "code"))
UCUM = "http://unitsofmeasure.org"
AS_NEEDED = re.compile(
    r"\b(as|when|if|where) (needed|required|necessary)\b|\bprn\b|\bbei bedarf\b|\bb\. ?b\.|\bsi besoin\b", re.I
)
CHANGES = re.compile(
    r"\b(then|thereafter|taper\w*|reduc\w+|increas\w+|titrat\w+|alternat\w+|every other|second day|stop|dann)\b", re.I
)
EACH_SITE = re.compile(r"\b(each|both|bilateral\w*|either|every|all|left and right|right and left|beid\w+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Step:
    """One dosage instruction. first, last: its own bounds (None: none); days: how long, where only that is said.

    order: its place among the steps. daily: what it adds up to in a day, None where that is not known. when: the times
    of day it names. regular: no "as needed".
    """

    order: int | None
    first: date | None
    last: date | None
    days: int | None
    daily: Daily | None
    when: frozenset[str]
    regular: bool


def read_steps(dosages: Any) -> list[Step]:
    """The steps of a list of dosages (or of one). What is no dosage at all is a step of which nothing is known."""
    held = dosages if isinstance(dosages, list) else [dosages]
    return [_step(one if isinstance(one, dict) else {"?": one}) for one in held if one is not None]


def _step(dosage: Node) -> Step:
    timing = dosage.get("timing")
    repeat = timing.get("repeat") if isinstance(timing, dict) else None
    repeat = repeat if isinstance(repeat, dict) else {}
    first, last, days = _bounds(repeat)
    how = often(timing)
    if days is None and last is None and how is not None and how.count is not None:
        days = how.count
    order = dosage.get("sequence")
    regular = not _as_needed(dosage)
    return Step(
        order if isinstance(order, int) and not isinstance(order, bool) else None, first, last, days,
        _daily(dosage, how) if regular else None, how.when if how else frozenset(), regular,
    )  # fmt: skip


def _bounds(repeat: Node) -> tuple[date | None, date | None, int | None]:
    """First and last day, and days, of the bounds of a timing. A range of length counts at its longest."""
    period, length, span = (repeat.get(name) for name in ("boundsPeriod", "boundsDuration", "boundsRange"))
    first = last = None
    if isinstance(period, dict):
        begins, ends = (_interval(period.get(name)) for name in ("start", "end"))
        first, last = begins and begins[0], ends and ends[1]
    if isinstance(span, dict) and length is None:
        length = span.get("high")
    return first, last, length_in_days(length)


def _interval(text: Any) -> tuple[date, date] | None:
    return interval(text) if isinstance(text, str) and not text.startswith(NEVER_ENDS) else None


def _as_needed(dosage: Node) -> bool:
    """Whether it is taken when needed, in any of the forms: then there is no regular amount."""
    said = [dosage.get(name) for name in ("asNeededBoolean", "asNeeded")]
    reasons = [dosage.get(name) for name in ("asNeededCodeableConcept", "asNeededFor")]
    return (any(one not in (None, False) for one in said) or any(one not in (None, []) for one in reasons)
            or any(AS_NEEDED.search(text) for text in _texts(dosage)))  # fmt: skip


def _texts(dosage: Node) -> list[str]:
    """The words that stand beside the numbers."""
    timing = dosage.get("timing")
    code = timing.get("code") if isinstance(timing, dict) else None
    more = [dosage.get(name) for name in ("additionalInstruction", "additionalInstructions")]
    concepts = [one for held in [*more, code] for one in (held if isinstance(held, list) else [held])]
    return [text for text in (dosage.get("text"), dosage.get("patientInstruction")) if isinstance(text, str)] + [
        text for concept in concepts for text in words_of(concept)
    ]


def words_of(concept: Any) -> list[str]:
    """The text and the displays of a CodeableConcept."""
    if not isinstance(concept, dict):
        return []
    codings = concept.get("coding")
    shown = [one.get("display") for one in codings if isinstance(one, dict)] if isinstance(codings, list) else []
    return [text for text in (concept.get("text"), *shown) if isinstance(text, str)]


def _daily(dosage: Node, how: Often | None) -> Daily | None:
    named = {name for name in dosage if not name.startswith("_")}
    if how is None or named - IDLE - READ - RATES or any(CHANGES.search(text) for text in _texts(dosage)):
        return None
    sites = [text for name in ("site", "siteCodeableConcept") for text in words_of(dosage.get(name))]
    amount = _amount(dosage)
    if amount is None or any(EACH_SITE.search(text) for text in sites):
        return None
    value, unit, ranged = amount
    found = Daily(value * how.times, unit, value * how.fullest, value, how.hours)
    return _at_most(found, dosage.get("maxDosePerPeriod"), ranged or how.ranged)


def _amount(dosage: Node) -> tuple[float, str, bool] | None:
    """What is taken at a time, its unit, whether it is the highest of a range."""
    held = dosage.get("doseAndRate")
    own = {name: dosage[name] for name in ("doseQuantity", "doseRange") if name in dosage}
    if isinstance(dosage.get("dose"), dict):
        own["doseQuantity"] = dosage["dose"]
    given = [own] if own else []
    if held is not None:
        given += held if isinstance(held, list) else [held]
    found = {_dose(one) for one in given}
    return found.pop() if len(found) == 1 else None


def _dose(held: Any) -> tuple[float, str, bool] | None:
    if not isinstance(held, dict) or {name for name in held if not name.startswith("_")} - OF_DOSE:
        return None
    if (held.get("doseQuantity") is None) == (held.get("doseRange") is None):
        return None
    if held.get("doseQuantity") is not None:
        exact = quantity(held["doseQuantity"])
        return (*exact, False) if exact else None
    span = held["doseRange"]
    if not isinstance(span, dict) or set(span) - {"id", "extension", "low", "high"}:
        return None
    low, high = quantity(span.get("low")), quantity(span.get("high"))
    if high is None or (low is not None and (low[1] not in ("", high[1]) or low[0] > high[0])):
        return None
    return high[0], high[1], low is None or low[0] < high[0]


def quantity(held: Any) -> tuple[float, str] | None:
    """A positive exact amount and its unit; None for "less than", for no number, for two units that differ."""
    if not isinstance(held, dict) or {name for name in held if not name.startswith("_")} - OF_QUANTITY:
        return None
    value = number(held.get("value"))
    unit, code = (held.get(name) for name in ("unit", "code"))
    if value is None or any(one is not None and not isinstance(one, str) for one in (unit, code)):
        return None
    units = [one for one in ((code, unit) if held.get("system") in (UCUM, None) or not unit else (unit,)) if one]
    known = {measure(one) for one in units} - {None}
    if len(known) > 1:
        return None
    return value, next((one for one in units if measure(one) is not None), units[0] if units else "")


def _at_most(daily: Daily, most: Any, ranged: bool) -> Daily | None:
    """The amount a day, no more than the most that is allowed; None where the most is not understood."""
    limits = most if isinstance(most, list) else [most] if most is not None else []
    for limit in limits:
        named = limit if isinstance(limit, dict) else {}
        top, span = quantity(named.get("numerator")), length_in_days(named.get("denominator"))
        if top is None or span is None or set(named) - {"id", "extension", "numerator", "denominator"}:
            return None
        if measure(top[1]) != measure(daily.unit):
            if ranged:
                return None
            continue
        day = top[0] / span
        daily = Daily(min(daily.amount, day), daily.unit, min(daily.fullest, top[0]), daily.dose, daily.hours)
    return daily


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the same is taken (None: open), with the amount a day, None where that is not known."""

    first: date | None
    last: date | None
    daily: Daily | None
    when: frozenset[str] = frozenset()


def timeline(steps: list[Step], start: date | None) -> list[Stretch]:
    """The steps laid out in time: one stretch after the other, those taken at once put together.

    Steps of different order follow one another: each begins where the one before ends. Where the days of a step cannot
    be told, everything from there on is one stretch of which no amount is known.
    """
    placed, sure = _placed(steps, start)
    edges = sorted({step.first or date.min for step in placed} | {
        step.last + timedelta(days=1) for step in placed if step.last is not None
    })  # fmt: skip
    found = []
    for place, edge in enumerate(edges):
        now = [s for s in placed if (s.first or date.min) <= edge and (s.last is None or s.last >= edge)]
        if not now:
            continue
        last = edges[place + 1] - timedelta(days=1) if place + 1 < len(edges) else None
        when = frozenset().union(*(one.when for one in now))
        first = None if edge == date.min else edge
        found.append(Stretch(first, last, _together(now) if sure else None, when))
    return found


def _placed(steps: list[Step], start: date | None) -> tuple[list[Step], bool]:
    """The steps with first and last day; whether all of them could be told."""
    orders = sorted({step.order for step in steps if step.order is not None})
    one_after_the_other = len(orders) > 1 and all(step.order is not None for step in steps)
    if not one_after_the_other:
        return [_from(step, step.first or start) for step in steps], True
    found: list[Step] = []
    begin, sure = start, True
    groups = [[step for step in steps if step.order == order] for order in orders]
    for place, group in enumerate(groups):
        here = [_from(step, step.first or begin) for step in group]
        after = [step.first for step in groups[place + 1] if step.first] if place + 1 < len(groups) else []
        if place + 1 < len(groups) and any(step.last is None for step in here):
            sure = sure and bool(after)
            until = min(after) - timedelta(days=1) if after else None
            here = [_ending(step, step.last or until) for step in here]
        found += here
        ends = [step.last for step in here if step.last is not None]
        begin = max(ends) + timedelta(days=1) if ends else begin
    return found, sure


def _from(step: Step, first: date | None) -> Step:
    last = step.last
    if last is None and step.days is not None and first is not None:
        last = first + timedelta(days=step.days - 1)
    return Step(step.order, first, last, step.days, step.daily, step.when, step.regular)


def _ending(step: Step, last: date | None) -> Step:
    return Step(step.order, step.first, last, step.days, step.daily, step.when, step.regular)


def _together(steps: list[Step]) -> Daily | None:
    """What steps that are taken at once come to: added where they say so, by one order or by times of day apart."""
    known = [step.daily for step in steps if step.daily is not None]
    if len(known) < len(steps):
        return None
    if len(known) == 1:
        return known[0]
    named = [step.when for step in steps]
    apart = all(named) and sum(map(len, named)) == len(frozenset().union(*named))
    at_once = len({step.order for step in steps}) == 1 and steps[0].order is not None
    if not (apart or at_once) or len({measure(one.unit) for one in known}) > 1:
        return None
    return Daily(sum(one.amount for one in known), known[0].unit, sum(one.fullest for one in known),
                 sum(one.dose for one in known), min(one.hours for one in known))  # fmt: skip
