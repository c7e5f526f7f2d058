"""Answers, reasons and sources as short texts that a paper prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from spinesteps.logic.conditions import Compare, Is, Known, Not, Unclear, fact_of
from spinesteps.logic.facts import Answer, Fact, Number, Silence
from spinesteps.logic.reasons import Reason
from spinesteps.logic.words import Words
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.person.assess import Assessment

SILENCES = {
    Silence.NOT_ASKED: "not asked", Silence.NOT_SURE: "not sure", Silence.DECLINED: "did not want to say",
    Silence.OUT_OF_DATE: "out of date", Silence.UNREADABLE: "unreadable", Silence.IN_CONFLICT: "contradicts itself",
}  # fmt: skip


def plain(answer: Answer, fact: Fact | None = None) -> str:
    """An answer in words, with its unit."""
    if isinstance(answer, Silence):
        return f"not known ({SILENCES[answer]})"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, int | float):
        unit = f" {fact.unit}" if isinstance(fact, Number) and fact.unit else ""
        return f"{round(answer, 1):g}{unit}"
    return answer.isoformat() if isinstance(answer, date) else answer.replace("_", " ")


def row(assessment: Assessment, fact: Fact) -> dict[str, str]:
    """A fact with its answer, for a table of two columns."""
    answer = assessment.answers.get(fact.name, Silence.NOT_ASKED)
    return {"label": assessment.pathway.wording.labels[fact.name], "answer": plain(answer, fact)}


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
    words = Words(assessment.pathway.wording.labels)
    found: dict[str, dict[str, None]] = {"because": {}, "not_because": {}, "could_not_check": {}}
    for reason in reasons:
        for leaf, answer in leaves(reason):
            fact = fact_of(leaf.node)
            if fact is None or isinstance(leaf.node, Known):
                continue
            label = words.label(fact)
            if isinstance(leaf.node, Unclear):
                if leaf.answer and isinstance(leaf.met, Silence):
                    found["could_not_check"][f"{label}: {SILENCES[leaf.met]}"] = None
            elif isinstance(leaf.met, Silence):
                found["could_not_check"][f"{label}: {SILENCES[leaf.met]}"] = None
            elif isinstance(leaf.node, Is | Compare) and leaf.met is not None:
                shown = f"{label}: {plain(leaf.met, fact)}"
                found["because" if answer else "not_because"][shown] = None
    return {name: [text for text in texts if text not in found["because"] or name == "because"]
            for name, texts in found.items()}  # fmt: skip


def since(assessment: Assessment, fact: Fact) -> str:
    """When it began: so many days ago and about which day; or that nobody knows."""
    answer = assessment.answers.get(fact.name, Silence.NOT_ASKED)
    if isinstance(answer, Silence):
        return f"start not known ({SILENCES[answer]})"
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return "start not known"
    began = assessment.day - timedelta(days=int(answer))
    days = "today" if answer < 1 else f"{answer:g} day{'' if answer == 1 else 's'} ago"
    return f"began or got worse {days}, about {began.isoformat()}"


def sources(assessment: Assessment, items: Iterable[Rule | RedFlag], most: int) -> list[dict[str, Any]]:
    """The sources of rules and flags, each once, for and against, no more than so many."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        for argument in item.evidence:
            source = assessment.pathway.evidence[argument.source]
            row = {"id": source.id, "title": source.title, "year": source.year, "status": source.status,
                   "for": argument.supports, "link": source.link if source.link.startswith("http") else ""}  # fmt: skip
            found.setdefault(source.id, row)
    return list(found.values())[:most]


def versions(assessment: Assessment) -> dict[str, str]:
    """What a paper can be made again from."""
    pathway = assessment.pathway
    return {"knowledge": pathway.version, "fingerprint": pathway.fingerprint, "judged_on": assessment.day.isoformat()}
