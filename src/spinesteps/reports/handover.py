"""The sheet for an emergency department: danger first with its times, what was not checked, medicines, allergy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spinesteps.logic.facts import Fact, Silence
from spinesteps.pathway.rules import RedFlag
from spinesteps.pathway.sheet import Sheet
from spinesteps.person import known
from spinesteps.person.assess import Assessment
from spinesteps.person.output import versions
from spinesteps.person.record import Record
from spinesteps.reports.paper import Data, PaperRequest
from spinesteps.reports.words import answered, asked, dated, row, said, silence, since, sources, uncited

MOST_SOURCES = 5
MOST_ROWS = 10


def page(request: PaperRequest) -> Data:
    """Everything the sheet shows, in its order. Without a contact a line is left to write on."""
    assessment, record, sheet = request.assessment, request.record, request.sheet
    flags = assessment.raised()
    split = said(assessment, (assessment.flag_reason(flag) for flag in flags))
    return {
        "language": assessment.pathway.language,
        "title": assessment.pathway.wording.faces["handover"]["title"],
        "card": assessment.card_words(),
        "checked": assessment.status == "checked",
        "so_far": _so_far(assessment),
        "flags": list(_flags(assessment, sheet, flags)),
        "because": split["because"][:MOST_ROWS],
        "not_because": _denied(assessment)[:MOST_ROWS],
        "not_checked": _open(assessment),
        "could_change": _could_change(assessment)[:5],
        "thinners": [row(assessment, fact) for fact in sheet.thinners],
        "medicines": known.medicines(assessment) or _yes(assessment, sheet.medicines),
        "medicines_from_record": bool(known.medicines(assessment)),
        "not_recognised": _unmapped(record),
        "allergies": [row(assessment, fact) for fact in sheet.allergies],
        "allergies_named": known.named(assessment, "allergy"),
        "conditions": _yes(assessment, sheet.conditions),
        "about": [row(assessment, fact) for fact in sheet.about if asked(assessment, fact)],
        "doses": dated(assessment, record, sheet.doses),
        "examined": dated(assessment, record, _examination(assessment)),
        "contact": request.given.get("contact", ""),
        "who": known.who(assessment),
        "found": known.found(assessment),
        "not_read": known.not_read(assessment),
        "known": assessment.pathway.wording.faces["known"],
        "sources": sources(assessment, flags, MOST_SOURCES),
        "closing": assessment.fill(assessment.pathway.wording.urgency["closing"]["text"]),
        "versions": versions(assessment.pathway, assessment.day),
    }


def _so_far(assessment: Assessment) -> str:
    """The level as it stands and how many danger questions are open, until everything is checked."""
    if assessment.status == "checked":
        return ""
    wording = assessment.pathway.wording
    level = wording.urgency[assessment.decision.urgency]["heading"]
    return wording.faces["handover"]["so_far"].format(level=level, count=len(assessment.danger_open))


def _flags(assessment: Assessment, sheet: Sheet, flags: tuple[RedFlag, ...]) -> Iterator[Data]:
    words = assessment.pathway.wording
    for flag in flags:
        level = assessment.decision.flags[flag.id]
        dates = [since(assessment, fact) for starts, fact in sheet.onsets if flag.id.startswith(starts)]
        yield {
            "id": flag.id,
            "level": words.urgency[level]["heading"],
            "title": words.red_flags[flag.id]["title"],
            "request": uncited(words.red_flags[flag.id]["clinician"]),
            "since": dates[0] if dates else words.faces["handover"]["no_date_asked"],
            "status": flag.status,
        }


def _examination(assessment: Assessment) -> list[Fact]:
    """The findings of an examination that a red flag or a cause looks at, and that are known."""
    wording = assessment.pathway.wording.facts
    facts = [fact for fact in assessment.pathway.facts if fact.danger and wording[fact.name]["asks"] == "clinician"]
    return [fact for fact in facts if answered(assessment, fact)]


def _denied(assessment: Assessment) -> list[str]:
    """Emergency questions answered no: said by the person, not examined."""
    labels = assessment.pathway.wording.labels
    names = dict.fromkeys(ask.fact.name for ask in assessment.pathway.emergency_questions)
    return [labels[name] for name in names if assessment.answers.get(name) is False]


def _open(assessment: Assessment) -> list[Data]:
    """Emergency questions answered without certainty, out of date or not asked, by the reason; none is left out."""
    wording = assessment.pathway.wording
    by_silence: dict[Silence, dict[str, None]] = {}
    for ask in assessment.pathway.emergency_questions:
        name = ask.fact.name
        answer = assessment.answers.get(name, Silence.NOT_ASKED)
        if isinstance(answer, Silence) and (answer.unclear or name in assessment.decision.emergency_open):
            by_silence.setdefault(answer, {})[wording.labels[name]] = None
    order = sorted(by_silence, key=lambda why: (why is Silence.NOT_ASKED, list(Silence).index(why)))
    return [{"why": silence(wording, why), "labels": list(by_silence[why])} for why in order]


def _could_change(assessment: Assessment) -> list[str]:
    labels = assessment.pathway.wording.labels
    return [labels[question.fact] for question in assessment.questions if "urgency" in question.could_change]


def _yes(assessment: Assessment, facts: tuple[Any, ...]) -> list[str]:
    labels = assessment.pathway.wording.labels
    return [labels[fact.name] for fact in facts if assessment.answers.get(fact.name) is True]


def _unmapped(record: Record) -> int:
    """How many codes of the record were not recognised: a medicine may be among them."""
    unmapped = record.notes.get("unmapped")
    return len(unmapped) if isinstance(unmapped, dict) else 0
