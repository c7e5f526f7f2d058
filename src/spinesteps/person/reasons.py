"""Why, as nested words: the reason trees of an assessment for faces that draw a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spinesteps.logic.conditions import Named, Not
from spinesteps.logic.judge import Reason, judge
from spinesteps.logic.serial import ANSWER
from spinesteps.logic.words import Words
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.person.assess import Assessment


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a reason and the lines it rests on. answer: yes, no or not_known."""

    answer: str
    text: str
    parts: tuple[Said, ...]


def of_rule(assessment: Assessment, rule: Rule) -> Said:
    """Why a rule's criteria hold, do not hold or are not known."""
    return _said(assessment.reason(rule), _words(assessment))


def of_flag(assessment: Assessment, flag: RedFlag) -> Said:
    """Why a red flag holds at its level."""
    return _said(assessment.flag_reason(flag), _words(assessment))


def of_conditions(assessment: Assessment) -> Iterator[tuple[str, Said]]:
    """Each state of the condition, with the reason for it or against it."""
    for case in assessment.pathway.condition.cases:
        yield case.name, _said(judge(case.when, assessment.answers), _words(assessment))


def of_cause(assessment: Assessment, id_: str) -> Said:
    """Why another cause fits."""
    cause = next(cause for cause in assessment.pathway.other_causes if cause.id == id_)
    return _said(judge(cause.when, assessment.answers), _words(assessment))


def _words(assessment: Assessment) -> Words:
    return Words(assessment.pathway.wording.labels)


def _said(reason: Reason, words: Words) -> Said:
    _, text = next(words.lines(reason)).split(None, 1)
    inner = reason.parts[0] if isinstance(reason.node, Not) else reason
    folded = isinstance(reason.node, Named) and reason.node.folded
    return Said(ANSWER[reason.answer], text, () if folded else tuple(_said(part, words) for part in inner.parts))
