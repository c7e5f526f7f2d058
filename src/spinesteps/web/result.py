"""What a person is shown of their assessment: what to do first, where they stand, then the rest, folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spinesteps.library.library import library_of
from spinesteps.person.assess import Assessment
from spinesteps.person.programme import programme

Data = dict[str, Any]
MOST_QUESTIONS = 6  # that would help, by name


def result(assessment: Assessment) -> Data:
    """Everything the result page shows, in its order. Titles and texts come from the pathway's words."""
    words, decision = assessment.pathway.wording, assessment.decision
    plan = decision.plan
    own = programme(assessment)
    return {
        "card": assessment.card_words(),
        "status": assessment.status,
        "urgency": decision.urgency,
        "shows_urgency": assessment.card == decision.urgency,
        "flags": [(words.red_flags[flag.id]["title"], assessment.fill(words.red_flags[flag.id]["patient"]))
                  for flag in assessment.raised()],
        "condition": {**words.conditions["condition"][decision.condition], "id": decision.condition},
        "causes": [words.conditions["other_causes"][id_] for id_ in decision.other_causes],
        "step": decision.step,
        "steps": list(_ladder(assessment)),
        "first": list(_items(assessment, plan.first, own)),
        "parts": [(name, list(_items(assessment, ids, own))) for name, ids in _rest(assessment) if ids],
        "review": assessment.review,
        "left": len(assessment.danger_open),
        "ask": [words.facts[q.fact]["question"] for q in assessment.questions[:MOST_QUESTIONS]],
        "closing": words.urgency["closing"]["text"],
        "day": assessment.day.isoformat(),
    }  # fmt: skip


def _ladder(assessment: Assessment) -> Iterator[Data]:
    """The steps of care in the order in which they are told, and which one this is."""
    for step, words in assessment.pathway.wording.conditions["steps"].items():
        yield {**words, "here": step == assessment.decision.step}


def _rest(assessment: Assessment) -> list[tuple[str, tuple[str, ...]]]:
    """The plan after its head: medicines being taken, the rest, what to leave, what is to come."""
    plan, pathway = assessment.decision.plan, assessment.pathway
    lines = library_of(pathway).medicines.lines.values()
    about = {id_ for line in lines for id_ in line.rules}
    medicines = tuple(id_ for id_ in (*plan.avoid, *plan.also) if id_ in about or id_.startswith(pathway.tapered))
    return [
        ("medicines", medicines),
        ("also", tuple(id_ for id_ in plan.also if id_ not in medicines)),
        ("leave", tuple(id_ for id_ in plan.avoid if id_ not in medicines)),
        ("later", plan.later),
    ]


def _items(assessment: Assessment, ids: Iterable[str], own: Data) -> Iterator[Data]:
    """Advice by its id: title, text, why, and how to do it where the programme tells that."""
    words = assessment.pathway.wording
    rules = {finding.rule.id: finding for finding in assessment.decision.findings}
    for id_ in ids:
        finding = rules[id_]
        yield {
            "id": id_,
            "state": finding.state,
            "title": words.advice[id_]["title"],
            "text": assessment.fill(words.advice[id_]["patient"]),
            "direction": finding.direction,
            "direction_words": words.conditions["directions"][finding.direction],
            "said": assessment.words.brief(assessment.reason(finding.rule)),
            "programme": own.get(id_),
            "for_now": assessment.for_now(finding),
        }
