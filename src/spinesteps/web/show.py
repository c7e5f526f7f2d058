"""An assessment as the data of its page. No medicine here: every word comes from the pathway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spinesteps.pathway.pathway import Pathway
from spinesteps.person import reasons
from spinesteps.person.assess import Assessment
from spinesteps.person.decision import STATES, decide
from spinesteps.person.programme import programme
from spinesteps.person.reading import parts

Data = dict[str, Any]
UNSETTLED = ("urgency", "condition", "step")


def show(assessment: Assessment) -> Data:
    """Everything the page of an assessment shows, in its order."""
    data = assessment.to_json()
    pathway, words = assessment.pathway, assessment.pathway.wording
    asked = set(data["emergency_open"])
    groups = list(_groups(assessment, data["advice"]))
    return {
        **data,
        "flags": list(_flags(assessment, data["red_flags"])),
        "open": [_question(pathway, question) for question in data["questions"] if question["fact"] in asked],
        "ask": [_question(pathway, question) for question in data["questions"] if question["fact"] not in asked],
        "condition": data["condition"] | words.conditions["condition"][data["condition"]["state"]],
        "why": [(words.conditions["condition"][state], said) for state, said in reasons.of_conditions(assessment)],
        "causes": [
            (words.conditions["other_causes"][cause["id"]], reasons.of_cause(assessment, cause["id"]))
            for cause in data["other_causes"]
        ],
        "step": words.conditions["steps"][data["step"]],
        "step_open": [words.conditions["steps"][step]["name"] for step in data["step_open"]],
        "parts": list(_parts(assessment, groups)),
        "groups": groups[1:],
        "conflicts": [{"id": id_, **pathway.conflicts[id_]} for id_ in data["conflicts"]],
        "review": data["next_review"],
        "notes": data.get("record", {}),
        "closing": words.urgency["closing"],
    }


def danger_signs(pathway: Pathway) -> list[Data]:
    """For the start page: the emergency questions that count alone, by how soon a lone yes needs help."""
    signs: dict[str, list[str]] = {"emergency": [], "today": []}
    for ask in pathway.emergency_questions:
        urgency = decide(pathway, {ask.fact.name: True}).urgency
        if ask.after is None and urgency in signs:
            signs[urgency].append(pathway.wording.labels[ask.fact.name])
    return [{"level": level, "signs": found, **pathway.wording.urgency[level]} for level, found in signs.items()]


def _flags(assessment: Assessment, rows: list[Data]) -> Iterator[Data]:
    pathway = assessment.pathway
    for flag, row in zip(assessment.raised(), rows, strict=True):
        level = pathway.wording.urgency[row["level"]]["heading"]
        evidence = _evidence(pathway, row["evidence"])
        yield row | {"heading": level, "said": reasons.of_flag(assessment, flag), "evidence": evidence}


def _groups(assessment: Assessment, rows: list[Data]) -> Iterator[Data]:
    words = assessment.pathway.wording
    pairs = list(zip(assessment.decision.findings, rows, strict=True))
    own = programme(assessment)
    for state in STATES:
        found = [
            row
            | {
                "for_now": assessment.for_now(finding),
                "programme": own.get(row["id"]),
                "said": reasons.of_rule(assessment, finding.rule),
                "evidence": _evidence(assessment.pathway, row["evidence"]),
                "direction_words": words.conditions["directions"][row["direction"]],
                "because": _because(assessment.pathway, finding.because),
                "needs": [words.labels[name] for name in row["needs"]],
                "changes_if": [_change(assessment.pathway, change) for change in row["changes_if"]],
            }
            for finding, row in pairs
            if finding.state == state
        ]
        yield {"state": state, "advice": found, **words.conditions["states"][state]}


def _parts(assessment: Assessment, groups: list[Data]) -> Iterator[Data]:
    """What is advised, in the order of reading. folded: shown by its title first."""
    advised = {row["id"]: row for row in groups[0]["advice"]}
    words = assessment.pathway.wording.conditions["parts"]
    for part in parts(assessment.pathway, assessment.decision):
        rows = [advised[finding.rule.id] for finding in part.findings]
        shown = [row | {"folded": row["id"] in part.folded} for row in rows]
        yield {"name": part.name, "words": words[part.name], "advice": shown}


def _evidence(pathway: Pathway, rows: list[Data]) -> list[Data]:
    return [row | {"about": pathway.evidence[row["source"]]} for row in rows]


def _because(pathway: Pathway, because: str) -> str:
    if because.startswith("outranked:"):
        return f"Other advice goes first: {pathway.wording.advice[because.partition(':')[2]]['title']}."
    return "Danger comes first. This could delay help." if because == "danger_first" else because.replace("_", " ")


def _change(pathway: Pathway, change: Data) -> Data:
    to, words = change["to"], pathway.wording
    if isinstance(to, bool):
        to = "yes" if to else "no"
    return {
        "fact": words.labels[change["fact"]],
        "to": to,
        "then": words.conditions["states"][change["then"]]["name"],
    }


def _question(pathway: Pathway, question: Data) -> Data:
    titles = pathway.wording.advice
    could = [titles[name]["title"] if name in titles else name for name in question["could_change"]]
    order = sorted(could, key=lambda name: name not in UNSETTLED)
    return question | {"could_change": order, "hint": pathway.wording.facts[question["fact"]].get("hint", "")}
