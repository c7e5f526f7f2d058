"""Answers, reasons and sources as short texts that a paper prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from spinesteps.logic.conditions import Compare, Is, Known, Not, Unclear, fact_of
from spinesteps.logic.facts import Answer, Fact, Number, Silence
from spinesteps.logic.reasons import Reason
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.pathway.wording import Wording
from spinesteps.person.assess import Assessment
from spinesteps.person.record import Record


def silence(wording: Wording, why: Silence) -> str:
    """Why an answer is not known, in a few words."""
    return wording.faces["silences"][why.value]


def plain(wording: Wording, answer: Answer, fact: Fact | None = None) -> str:
    """An answer in words, with its unit."""
    say = wording.faces["answers"]
    if isinstance(answer, Silence):
        return say["not_known"].format(why=silence(wording, answer))
    if isinstance(answer, bool):
        return say["yes"] if answer else say["no"]
    if isinstance(answer, int | float):
        unit = f" {fact.unit}" if isinstance(fact, Number) and fact.unit else ""
        return f"{round(answer, 1):g}{unit}"
    return answer.isoformat() if isinstance(answer, date) else answer.replace("_", " ")


def row(assessment: Assessment, fact: Fact) -> dict[str, str]:
    """A fact with its answer, for a table of two columns."""
    answer = assessment.answers.get(fact.name, Silence.NOT_ASKED)
    wording = assessment.pathway.wording
    return {"label": wording.labels[fact.name], "answer": plain(wording, answer, fact)}


def answered(assessment: Assessment, fact: Fact) -> bool:
    """Whether the fact has an answer."""
    return not isinstance(assessment.answers.get(fact.name, Silence.NOT_ASKED), Silence)


def dated(assessment: Assessment, record: Record, facts: Iterable[Fact]) -> list[dict[str, str]]:
    """The facts that are known, each with its answer and the day it is about."""
    found = []
    for fact in facts:
        if answered(assessment, fact):
            entry = record.entries.get(fact.name)
            day = entry.day.isoformat() if entry is not None and entry.day is not None else ""
            found.append(row(assessment, fact) | {"day": day})
    return found


def uncited(text: str) -> str:
    """A clinician's text without the ids of its sources and rules."""
    return re.sub(r"\s*\[[^\]]*\]|\s*\((?:[A-Z]+-\w+(?:, )?|[a-z]+(?:-\w+)+)+\)", "", text)


def asked(assessment: Assessment, fact: Fact) -> bool:
    """Whether a fact was asked at all, or stood in a record."""
    return assessment.answers.get(fact.name, Silence.NOT_ASKED) is not Silence.NOT_ASKED


def leaves(reason: Reason, turned: bool = False) -> Iterator[tuple[Reason, bool | None]]:
    """Every leaf of a reason with what it says; inside a "not", turned round."""
    if fact_of(reason.node) is not None:
        yield reason, reason.answer if not turned or reason.answer is None else not reason.answer
        return
    if isinstance(reason.node, Known):
        return
    for part in reason.parts:
        yield from leaves(part, turned != isinstance(reason.node, Not))


def said(assessment: Assessment, reasons: Iterable[Reason]) -> dict[str, list[str]]:
    """What the leaves of reasons say: because (yes), not because (no), could not check (not known). Each once."""
    words, wording = assessment.words, assessment.pathway.wording
    texts_of: dict[str, dict[str, None]] = {"because": {}, "not_because": {}, "could_not_check": {}}
    for reason in reasons:
        for leaf, answer in leaves(reason):
            fact = fact_of(leaf.node)
            if fact is None or isinstance(leaf.node, Known):
                continue
            label = words.label(fact)
            if isinstance(leaf.node, Unclear):
                if leaf.answer and isinstance(leaf.met, Silence):
                    texts_of["could_not_check"][f"{label}: {silence(wording, leaf.met)}"] = None
            elif isinstance(leaf.met, Silence):
                texts_of["could_not_check"][f"{label}: {silence(wording, leaf.met)}"] = None
            elif isinstance(leaf.node, Is | Compare) and leaf.met is not None:
                shown = f"{label}: {plain(wording, leaf.met, fact)}"
                texts_of["because" if answer else "not_because"][shown] = None
    return {name: [text for text in texts if text not in texts_of["because"] or name == "because"]
            for name, texts in texts_of.items()}  # fmt: skip


def since(assessment: Assessment, fact: Fact) -> str:
    """When it began: so many days ago and about which day; or that nobody knows."""
    wording = assessment.pathway.wording
    say, answer = wording.faces["since"], assessment.answers.get(fact.name, Silence.NOT_ASKED)
    if isinstance(answer, Silence):
        return say["unknown_why"].format(why=silence(wording, answer))
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return say["unknown"]
    began = assessment.day - timedelta(days=int(answer))
    key = "today" if answer < 1 else "one" if answer == 1 else "many"
    return say[key].format(days=f"{answer:g}", day=began.isoformat())


def sources(assessment: Assessment, items: Iterable[Rule | RedFlag], most: int) -> list[dict[str, Any]]:
    """The sources of rules and flags, each once, for and against, no more than so many."""
    rows: dict[str, dict[str, Any]] = {}
    for item in items:
        for argument in item.evidence:
            source = assessment.pathway.evidence[argument.source]
            row = {"id": source.id, "title": source.title, "year": source.year, "status": source.status,
                   "for": argument.supports, "link": source.link if source.link.startswith("http") else ""}  # fmt: skip
            rows.setdefault(source.id, row)
    return list(rows.values())[:most]
