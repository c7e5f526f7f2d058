"""The programme, the time after an operation and the table of blood thinners, as pages for docs/."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spinesteps.library.antithrombotics import RISKS, Drug
from spinesteps.library.library import library_of
from spinesteps.library.programme import Programme, ProgrammeItem, walking_plan
from spinesteps.library.timetable import Phase
from spinesteps.pathway.pathway import Pathway
from spinesteps.rule_pages.ledgers import DRAFT, heads, row

SHOWN_M = 200  # the walking plan that the page shows


def care_pages(pathway: Pathway, day: date) -> dict[str, str]:
    """Path under docs/ to text. `pathway` is undated; the days of the timetable are those of the day."""
    pages = {
        "programme.md": _programme(library_of(pathway).programme),
        "after-surgery.md": _timetable(pathway, day),
        "blood-thinners.md": _thinners(pathway),
    }
    return {name: "\n".join(lines) + "\n" for name, lines in pages.items()}


def _programme(whole: Programme) -> Iterator[str]:
    yield from ("# The programme", "", f"Exercise and self-care, as a person reads it. {DRAFT}")
    yield "What a trial did is kept apart from our own choice, for what is done and for how much of it."
    yield "`spinesteps programme` prints the part that is advised to one person."
    yield from ("", "## Levels", *heads("level", "lasts at least", "what", "go on when", "go back"))
    for level in whole.levels:
        words = level.words
        yield row((words["title"], f"{level.weeks} weeks", words["how"], words["next"], words["back"]))
    for topic in dict.fromkeys(item.topic for item in whole.items.values()):
        yield from ("", f"## {topic.replace('_', ' ').capitalize()}")
        yield from heads("what", "how", "how much", "basis", "sources", "beside", "stop rules")
        yield from (_item(whole, item) for item in whole.of(topic))
    yield from ("", "## The numbers of the walking plan", *heads("name", "value", "unit", "basis", "sources"))
    for name, figure in whole.walking.items():
        yield row((name, f"{figure.value:g}", figure.unit, figure.basis, ", ".join(figure.sources)))
    plan = walking_plan(whole, SHOWN_M)
    assert plan is not None
    yield from ("", f"## Somebody who can walk {SHOWN_M} metres", "", f"First goal: {plan.goal_m} metres.")
    yield from heads("week", "metres", "minutes", "walks a day", "metres a day", "days")
    for week in plan.weeks:
        yield row((week.week, week.bout_m, f"{week.minutes:g}", week.bouts, week.total_m, week.days))


def _item(whole: Programme, item: ProgrammeItem) -> str:
    words = item.words
    how = " ".join(filter(None, (words.get("start"), words["how"], whole.phrases["support"] if item.support else "")))
    if "harder" in words:
        how += f" Harder: {words['harder']} Easier: {words['easier']}"
    basis = item.basis if not item.dose or item.dose_basis == item.basis else f"{item.basis}; dose: {item.dose_basis}"
    beside = ", ".join(f"[{id_}](knowledge/{id_}.md)" for id_ in whole.advised_by(item))
    return row((words["title"], how, whole.dose(item), basis, ", ".join(item.sources), beside, ", ".join(item.stops)))


def _timetable(pathway: Pathway, day: date) -> Iterator[str]:
    table = library_of(pathway).timetable
    yield from ("# After an operation", "", f"What one hospital says, what studies say, and the default. {DRAFT}")
    yield table.about
    yield from heads("when", "days", "one hospital", "studies", "default", "basis", "sources", "advice")
    for phase in table.phases:
        advice = ", ".join(f"[{id_}](knowledge/{id_}.md)" for id_ in phase.advice)
        yield row((phase.name, _days(phase, pathway, day), phase.one_hospital, phase.evidence, phase.default,
                   phase.basis, ", ".join(phase.sources), advice))  # fmt: skip


def _days(phase: Phase, pathway: Pathway, day: date) -> str:
    days = phase.days(pathway, day)
    return "before" if days is None else f"{days[0]:g} to {days[1] - 1:g}"


def _thinners(pathway: Pathway) -> Iterator[str]:
    table = library_of(pathway).antithrombotics
    yield from ("# Blood thinners around a procedure", "", f"{table.about} {DRAFT}")
    yield f"Source: {table.source}; look again by {table.review_by}. What was seen on no page shows no figure."
    for risk in RISKS:
        yield f"\n{risk.capitalize()} risk of bleeding: {', '.join(table.procedures[risk])}."
    yield from heads("drug", "class", *(f"last dose, {risk} risk" for risk in RISKS), "restart", "note", "page")
    for drug in table.drugs:
        yield row((drug.name, drug.group, *(drug.last(risk) for risk in RISKS), *_seen(drug)))


def _seen(drug: Drug) -> tuple[str, str, str]:
    """Restart, note and page; of what was seen on no page nothing, as a note may hold figures."""
    return (drug.restart, drug.note, f"<{drug.link}>") if drug.on else ("", "", "unverified")
