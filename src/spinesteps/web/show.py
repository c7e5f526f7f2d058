"""What the page of an assessment shows, taken from the assessment. No medicine here: words come from the pathway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spinesteps.logic.conditions import Points
from spinesteps.logic.words import ReasonLine
from spinesteps.pathway.evidence import Argument
from spinesteps.pathway.outcomes import STATES
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.wording import Table
from spinesteps.person import known
from spinesteps.person.assess import Assessment
from spinesteps.person.conflicts import disputes
from spinesteps.person.output import versions
from spinesteps.person.programme import programme
from spinesteps.person.questions import Question
from spinesteps.person.reading import parts
from spinesteps.person.what_if import Flip

Data = dict[str, Any]
UNSETTLED = ("urgency", "condition", "step")


def show(assessment: Assessment) -> Data:
    """Everything the page of an assessment shows, in its order."""
    decision, pathway = assessment.decision, assessment.pathway
    words = pathway.wording
    asked = set(assessment.danger_open)
    rows = _advice(assessment)
    return {
        "who": known.who(assessment),
        "found": known.found(assessment),
        "not_read": known.not_read(assessment),
        "known": words.faces["known"],
        "card": assessment.card_words(),
        "status": assessment.status,
        "green": assessment.green,
        "left": "" if assessment.status == "checked" else assessment.left(),
        "urgency": decision.urgency,
        "flags": list(_flags(assessment)),
        "open": [_question(pathway, question) for question in assessment.questions if question.fact in asked],
        "ask": [_question(pathway, question) for question in assessment.questions if question.fact not in asked],
        "condition": words.conditions["condition"][decision.condition],
        "scores": list(_scores(assessment)),
        "likelihoods": list(assessment.likelihoods()),
        "why": list(_conditions(assessment)),
        "causes": list(_causes(assessment)),
        "step": words.conditions["steps"][decision.step],
        "step_open": [words.conditions["steps"][step]["name"] for step in decision.step_open],
        "parts": list(_parts(assessment, rows)),
        "groups": list(_groups(assessment, rows)),
        "conflicts": [pathway.conflicts[id_] for id_ in disputes(pathway, decision)],
        "review": assessment.review,
        "faults": assessment.faults,
        "notes": assessment.notes,
        "versions": versions(pathway, assessment.day),
        "deployment": assessment.in_force.to_json(assessment.answers.get("country")),
        "closing": words.urgency["closing"],
        "draft": words.faces["draft"]["status"],
    }


def _flags(assessment: Assessment) -> Iterator[Data]:
    words = assessment.pathway.wording
    for flag in assessment.raised():
        text = words.red_flags[flag.id]
        yield {
            "id": flag.id,
            "title": text["title"],
            "patient_text": assessment.fill(text["patient"]),
            "clinician_text": text["clinician"],
            "heading": words.urgency[assessment.decision.flags[flag.id]]["heading"],
            "said": assessment.words.brief(assessment.flag_reason(flag)),
            "evidence": _evidence(assessment.pathway, flag.evidence),
        }


def _scores(assessment: Assessment) -> Iterator[Data]:
    """Each score that counts towards the condition, as an interval over what is missing."""
    cutoffs = {}
    for score in assessment.pathway.scores:
        assert isinstance(score.points, Points)
        cutoffs[score.id, score.reading] = score.points.bound.value
    for id_, reading, low, high in assessment.decision.scores:
        yield {"id": id_, "reading": reading, "low": low, "high": high, "cutoff": cutoffs[id_, reading]}


def _conditions(assessment: Assessment) -> Iterator[tuple[Table, ReasonLine]]:
    """Each state of the condition, with the reason for it or against it."""
    names = assessment.pathway.wording.conditions["condition"]
    for case in assessment.pathway.condition.cases:
        yield names[case.name], assessment.words.brief(assessment.why(case.when))


def _causes(assessment: Assessment) -> Iterator[tuple[Table, ReasonLine]]:
    names = assessment.pathway.wording.conditions["other_causes"]
    for cause in assessment.pathway.other_causes:
        if cause.id in assessment.decision.other_causes:
            yield names[cause.id], assessment.words.brief(assessment.why(cause.when))


def _advice(assessment: Assessment) -> dict[str, Data]:
    """Every finding by the id of its rule, as the page shows it."""
    own, changes, words = programme(assessment), assessment.changes(), assessment.pathway.wording
    rows = {}
    for finding in assessment.decision.findings:
        rule = finding.rule
        text = words.advice[rule.id]
        rows[rule.id] = {
            "id": rule.id,
            "state": finding.state,
            "first": rule.id in assessment.decision.plan.first,
            "title": text["title"],
            "patient_text": assessment.fill(text["patient"]),
            "clinician_text": text["clinician"],
            "direction": finding.direction,
            "direction_words": words.conditions["directions"][finding.direction],
            "for_now": assessment.for_now(finding),
            "programme": own.get(rule.id),
            "said": assessment.words.brief(assessment.reason(rule)),
            "evidence": _evidence(assessment.pathway, rule.evidence),
            "because": assessment.held_back(finding),
            "needs": [words.labels[name] for name in finding.needs],
            "changes_if": [_change(assessment.pathway, change) for change in changes[rule.id]],
        }
    return rows


def _parts(assessment: Assessment, rows: dict[str, Data]) -> Iterator[Data]:
    """What is advised, in the order of reading. folded: shown when the part is opened."""
    words = assessment.pathway.wording.conditions["parts"]
    for part in parts(assessment):
        ids = [finding.rule.id for finding in part.findings]
        advice = [rows[id_] | {"folded": id_ in part.folded} for id_ in ids]
        yield {"name": part.name, "words": words[part.name], "advice": advice}


def _groups(assessment: Assessment, rows: dict[str, Data]) -> Iterator[Data]:
    """What is not advised, by its state."""
    for state in STATES[1:]:
        advice = [rows[f.rule.id] for f in assessment.decision.findings if f.state == state]
        yield {"state": state, "advice": advice, **assessment.pathway.wording.conditions["states"][state]}


def _evidence(pathway: Pathway, arguments: tuple[Argument, ...]) -> list[Data]:
    return [{"argument": argument, "source": pathway.evidence[argument.source]} for argument in arguments]


def _change(pathway: Pathway, change: Flip) -> Data:
    to, words = change.to, pathway.wording
    if isinstance(to, bool):
        to = words.faces["answers"]["yes" if to else "no"]
    return {"fact": words.labels[change.fact], "to": to, "then": words.conditions["states"][change.then]["name"]}


def _question(pathway: Pathway, question: Question) -> Data:
    titles, words = pathway.wording.advice, pathway.wording.facts[question.fact]
    could = [titles[name]["title"] if name in titles else name for name in question.could_change]
    order = sorted(could, key=lambda name: name not in UNSETTLED)
    return {"fact": question.fact, "question": words["question"], "hint": words.get("hint", ""), "could_change": order}
