"""The decision aid and the answers as pages for docs/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spinesteps.library.answers import AnswerPage
from spinesteps.library.decision_aids import Aid, Average, Frequency, Gap, Option
from spinesteps.library.library import library_of
from spinesteps.pathway.evidence import Source
from spinesteps.pathway.pathway import Pathway

DRAFT = "Draft: no clinician has signed. Nothing here rules out a grave cause; danger signs come first."


def choices_page(pathway: Pathway) -> str:
    """Every decision aid as Markdown: options, counts out of 100, gaps, averages, and the IPDASi list."""
    lines: list[str] = ["# Choices", "", DRAFT]
    for aid in library_of(pathway).aids.values():
        lines += _aid(aid)
    lines += ["", "## The IPDASi list", "", "| id | kind | item | met | where, or why not |", "|---|---|---|---|---|"]
    for id_, item in library_of(pathway).ipdas.items():
        lines.append(f"| {id_} | {item.kind} | {item.item} | {item.met.replace('_', ' ')} | {item.where} |")
    return "\n".join(lines) + "\n"


def _aid(aid: Aid) -> Iterator[str]:
    about = aid.about
    yield from ("", f"## {about.decision}", "", about.condition, "", about.for_whom, "", about.people)
    yield from ("", "### How to decide", "", *(f"{place}. {step}" for place, step in enumerate(about.steps, 1)))
    yield from ("", "### What matters to you", "", *(f"- {outcome.matters}" for outcome in aid.outcomes))
    for option in aid.options:
        yield from _option(option)
    for outcome in aid.outcomes:
        yield from ("", f"### {outcome.label}: how many out of 100", "")
        yield "| way | out of 100 | after | among whom | basis | source | sure? |"
        yield "|---|---|---|---|---|---|---|"
        for option in aid.options:
            yield from (_shown(option.title, row) for row in aid.shown(option.id, outcome.id))
    yield from ("", "### Averages on scales", "", "| between | scale | difference | after | basis | source |")
    yield "|---|---|---|---|---|---|"
    yield from map(_average, aid.averages)
    yield from ("", f"### {about.gained}", "")
    yield from ("| who | effect | the others | effect | source |", "|---|---|---|---|---|")
    for row in aid.subgroups:
        yield f"| {row.who} | {row.value:g} | {row.others} | {row.others_value:g} | {row.source} |"
    yield from ("", "### To ask at the visit", "", *(f"- {question}" for question in about.worksheet))
    made = f"Made {about.produced}, looked at again by {about.review_by}."
    yield from ("", "### About this aid", "", f"{made} {about.updates}")
    yield from (part for text in (about.selection, about.paid_by, about.authors, about.reading) for part in ("", text))


def _option(option: Option) -> Iterator[str]:
    yield from ("", f"### {option.title}", "", option.what, "", f"Living with it: {option.living}", "")
    yield from ("| good | bad |", "|---|---|")
    yield from (f"| {good} | {bad} |" for good, bad in zip(option.good, option.bad, strict=True))
    yield from ("", f"Sources: {', '.join(option.sources)}. Advice: {', '.join(option.advice)}.")


def _shown(title: str, row: Frequency | Gap) -> str:
    if isinstance(row, Gap):
        return f"| {title} | not known | | {row.because} | | {', '.join(row.sources)} | |"
    count = f"{row.count:g}" if row.count_to is None else f"{row.count:g} to {row.count_to:g}"
    if row.compared is not None:
        count += f"; {row.compared:g} with {row.compared_with}"
    if row.interval:
        count += f" (difference {row.difference:g}, {row.interval[0]:g} to {row.interval[1]:g})"
    people = row.people + (f" (n = {row.n})" if row.n else "")
    return f"| {title} | {count} | {after(row.months)} | {people} | {row.basis} | {row.source} | {row.certainty} |"


def _average(row: Average) -> str:
    span = f"{row.value:g} ({row.interval[0]:g} to {row.interval[1]:g})"
    between = " and ".join(row.between)
    return f"| {between} | {row.scale} | {span} | {after(row.months)} | {row.basis} | {row.source} |"


def after(months: float) -> str:
    """A time in the unit people would use: weeks, months or years."""
    if months < 2:
        return "30 days" if months == 1 else f"{months * 4:g} weeks"
    if months < 24 and months != 12:
        return f"{months:g} months"
    years = months / 12
    return f"{years:.1f} years".replace(".0", "") if years != 1 else "1 year"


def answers_page(pathway: Pathway) -> str:
    """Every answer as Markdown, those of the five texts first."""
    lines = ["# Answers", "", DRAFT]
    answers = library_of(pathway).answers
    ordered = sorted(answers.values(), key=lambda answer: (not answer.from_text, answer.from_text, answer.id))
    for answer in ordered:
        lines += _answer(answer, pathway.evidence, answers)
    return "\n".join(lines) + "\n"


def _answer(answer: AnswerPage, evidence: Mapping[str, Source], answers: Mapping[str, AnswerPage]) -> Iterator[str]:
    yield from ("", f"## {answer.question}", "", f"**{answer.short}**", "")
    for point in answer.points:
        named = "; ".join(f"{id_} ({evidence[id_].year}, {evidence[id_].certainty})" for id_ in point.sources)
        taken = f" Takes up {', '.join(point.claims)}." if point.claims else ""
        yield f"- {point.text} [{named}]{taken}"
    if answer.conflict:
        yield from ("", f"Sources disagree: {answer.conflict}.")
    if answer.advice:
        yield from ("", f"Advice: {', '.join(answer.advice)}.")
    if answer.related:
        yield from ("", "See also: " + " · ".join(answers[id_].question for id_ in answer.related))
