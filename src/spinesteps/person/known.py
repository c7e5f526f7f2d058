"""What every face shows of a person known from a record: who, what was found and when, what was not read, how old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from spinesteps.logic.facts import Fact, Number
from spinesteps.logic.history.event import Event, as_of
from spinesteps.person.assess import Assessment
from spinesteps.person.gloss import gloss
from spinesteps.person.output import about
from spinesteps.person.record import Entry

MOST = 8  # lines of a group
REPORTS = ("Binary", "Composition", "DiagnosticReport", "DocumentReference", "Media")  # their text is never read
OVER = ("stopped", "completed", "cancelled")


class FoundGroup(NamedTuple):
    """Things found of one kind, in words with their day; more: how many are not listed."""

    title: str
    rows: tuple[str, ...]
    more: int


def who(assessment: Assessment) -> str:
    """Name, birth date, age and id as the record has them, and how old the record is; "" without a record."""
    newest, say = assessment.record.about.newest, assessment.pathway.wording.faces["known"]
    told = about(assessment)
    if not told["id"]:
        return ""
    parts = [say[key].format(value=told[key]) for key in ("birth_date", "age", "id") if told[key] is not None]
    name = told["name"] or say["no_name"]
    age = say["no_record"] if newest is None else say["newest"].format(day=newest, days=(assessment.day - newest).days)
    return f"{', '.join([name, *parts])}. {age}"


def found(assessment: Assessment) -> list[FoundGroup]:
    """What the record holds that was read and stands on the day, group by group; none without a record."""
    record, day = assessment.record, assessment.day
    if not record.about.id:
        return []
    say, events = assessment.pathway.wording.faces["known"], as_of(list(record.events), day)
    groups = {
        "facts": _facts(assessment),
        "medicines": medicines(assessment),
        "results": _results(assessment),
        "scans": _dated(assessment, (e for e in events if e.kind == "imaging")),
        "operations": _dated(assessment, (e for e in events if e.kind == "procedure")),
    }
    held = ((say[name], rows) for name, rows in groups.items() if rows)
    return [FoundGroup(title, tuple(rows[:MOST]), max(len(rows) - MOST, 0)) for title, rows in held]


def not_read(assessment: Assessment) -> list[str]:
    """What the record holds that nothing here has read: reports, unknown medicines by name, unknown codes."""
    say, notes = assessment.pathway.wording.faces["known"], assessment.record.notes
    seen, names, codes = notes.get("seen"), notes.get("medicines_not_recognised"), notes.get("unmapped")
    told = []
    if isinstance(seen, dict) and (reports := [f"{seen[kind]} {kind}" for kind in REPORTS if seen.get(kind)]):
        told.append(say["reports"].format(names=", ".join(reports)))
    if isinstance(names, list) and names:
        told.append(say["unknown_medicines"].format(names="; ".join(names)))
    if isinstance(codes, dict) and codes:
        told.append(say["unknown_codes"].format(count=len(codes)))
    return told


def medicines(assessment: Assessment) -> list[str]:
    """The medicines of the record that may still be taken, by name."""
    return named(assessment, "medicine")


def named(assessment: Assessment, kind: str) -> list[str]:
    """Medicines or allergies of the record by name, those that may still hold."""
    day = assessment.day
    held = (e for e in assessment.record.events if e.kind == kind and e.value is None and not _over(e, day))
    return sorted({_since(assessment, event) for event in held})


def _over(event: Event, day: date) -> bool:
    ended = event.end is not None and event.end < day
    return ended or event.status in OVER or bool(event.start and event.start > day)


def _since(assessment: Assessment, event: Event) -> str:
    say = assessment.pathway.wording.faces["handover"]["named_since"]
    return say.format(name=gloss(event), day=event.start) if event.start else gloss(event)


def _dated(assessment: Assessment, events: Iterable[Event]) -> list[str]:
    """Events by what they are, with their day, the newest first."""
    say = assessment.pathway.wording.faces["known"]
    rows = {(event.last or date.min, gloss(event)) for event in events}
    return [
        say["dated"].format(name=name, day=say["no_day"] if day == date.min else day)
        for day, name in sorted(rows, reverse=True)
    ]


def _entries(assessment: Assessment) -> Iterator[tuple[Fact, Entry]]:
    """The facts that stand on the day, those of danger first, then the newest."""
    held = [(assessment.pathway.by_name[name], entry) for name, entry in assessment.record.entries.items()]
    standing = [(fact, entry) for fact, entry in held if assessment.given.get(fact.name) is entry.answer]
    yield from sorted(standing, key=lambda one: (not one[0].danger, -(one[1].day or date.min).toordinal(), one[0].name))


def _facts(assessment: Assessment) -> list[str]:
    labels, say = assessment.pathway.wording.labels, assessment.pathway.wording.faces["known"]
    return [
        say["dated"].format(name=labels[fact.name], day=entry.day or say["no_day"])
        for fact, entry in _entries(assessment)
        if entry.answer is True and not (entry.records and all(r.startswith("Medication") for r in entry.records))
    ]


def _results(assessment: Assessment) -> list[str]:
    labels, say = assessment.pathway.wording.labels, assessment.pathway.wording.faces["known"]
    return [
        say["result"].format(name=labels[fact.name], value=f"{entry.answer:g}", unit=fact.unit, day=entry.day)
        for fact, entry in _entries(assessment)
        if isinstance(fact, Number) and isinstance(entry.answer, int | float)
        and entry.day and any(r.startswith("Observation") for r in entry.records)
    ]  # fmt: skip
