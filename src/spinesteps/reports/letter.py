"""The letter to the doctor: danger first, what fits and why, what is advised, what could not be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spinesteps.library.library import library_of
from spinesteps.logic.facts import Silence
from spinesteps.person.assess import Assessment
from spinesteps.person.decision import Finding
from spinesteps.person.reading import parts
from spinesteps.person.what_if import Flip
from spinesteps.reports import handover
from spinesteps.reports.paper import Data, PaperRequest
from spinesteps.reports.words import answered, dated, plain, row, said, sources, uncited

MOST_REQUESTS = 5
MOST_LEAVES = 5
MOST_SOURCES = 4
MOST_TITLES = 5


def page(request: PaperRequest) -> Data:
    """Everything the letter shows, in its order: what the handover sheet shows, and the rest."""
    assessment, sheet = request.assessment, request.sheet
    words, decision = assessment.pathway.wording, assessment.decision
    everything = _for_a_doctor(assessment)
    advised = everything[:MOST_REQUESTS]
    waiting = [finding for finding in decision.findings if finding.state == "needs_answer"]
    changes = assessment.changes()
    split = said(assessment, _reasons(assessment))
    return handover.page(request) | {
        "title": words.faces["letter"]["title"],
        "condition": words.conditions["condition"][decision.condition],
        "causes": [words.conditions["other_causes"][cause]["name"] for cause in decision.other_causes],
        "step": words.conditions["steps"][decision.step]["name"],
        "name": request.given.get("name", ""),
        "sender": request.given.get("sender", ""),
        "requests": [_request(assessment, finding) for finding in advised],
        "more_advice": [words.advice[finding.rule.id]["title"] for finding in everything[MOST_REQUESTS:]][:MOST_TITLES],
        "kidney_doses": [dose for finding in everything for dose in _doses(assessment, finding.rule.id)],
        "findings": dated(assessment, request.record, sheet.findings),
        "waiting": [words.advice[finding.rule.id]["title"] for finding in waiting][:4],
        "waiting_more": max(len(waiting) - 4, 0),
        "because": split["because"][:MOST_LEAVES],
        "not_because": split["not_because"][:MOST_LEAVES],
        "could_not_check": split["could_not_check"][:MOST_LEAVES],
        "would_change": _would_change(assessment, advised, changes)[:5],
        "walking": [row(assessment, fact) for fact in sheet.walking if answered(assessment, fact)],
        "review": {"on": assessment.planned.on.isoformat(), "why": uncited(assessment.planned.why)},
        "sources": sources(assessment, [*assessment.raised(), *(f.rule for f in advised)], MOST_SOURCES),
    }


def _for_a_doctor(assessment: Assessment) -> list[Finding]:
    """What stands in the plan: what comes first and what cannot wait, then medicines, as the doctor can change them."""
    pressing = assessment.decision.pressing
    ordered = [(part.name, finding) for part in parts(assessment) if part.name != "more" for finding in part.findings]
    ordered.sort(key=lambda row: row[0] != "first" and row[1].rule.id not in pressing)
    return [finding for _, finding in ordered]


def _reasons(assessment: Assessment) -> list[Any]:
    """Why the danger stands; without danger, why the condition is named as it is."""
    flags = assessment.raised()
    if flags:
        return [assessment.flag_reason(flag) for flag in flags]
    return [assessment.why(case.when) for case in assessment.pathway.condition.cases]


def _request(assessment: Assessment, finding: Finding) -> Data:
    """One thing that is asked of the doctor: what, and the first sentence the pathway tells a clinician about it."""
    words = assessment.pathway.wording
    return {
        "direction": words.conditions["directions"][finding.direction],
        "title": words.advice[finding.rule.id]["title"],
        "clinician": f"{uncited(words.advice[finding.rule.id]['clinician']).split('. ')[0].rstrip('.')}.",
        "provisional": assessment.for_now(finding),
    }


def _doses(assessment: Assessment, advice: str) -> Iterator[Data]:
    """Doses by kidney function beside an advice, from the tables that the deployment chose, if any."""
    medicines = library_of(assessment.pathway).medicines
    for table in medicines.tables_beside(advice, assessment.in_force.drug_doses):
        clearance = assessment.answers.get(table.fact, Silence.NOT_ASKED)
        band = table.band(clearance) if isinstance(clearance, int | float) else None
        if band is not None:
            yield {"medicine": table.medicine, "table": table.name, "source": table.source,
                   "least": f"{band.least:g}", "most": f"{band.most:g}"}  # fmt: skip


def _would_change(assessment: Assessment, advised: list[Finding], changes: dict[str, tuple[Flip, ...]]) -> list[str]:
    said = [_change(assessment, change) for finding in advised for change in changes.get(finding.rule.id, ())[:1]]
    return list(dict.fromkeys(said))


def _change(assessment: Assessment, change: Flip) -> str:
    words = assessment.pathway.wording
    fact = assessment.pathway.by_name[change.fact]
    state = words.conditions["states"][change.then]["name"]
    return f"{words.labels[change.fact]}: {plain(words, change.to, fact)} ({state})"

