"""Why, as nested words: the reason trees of an assessment for faces that draw a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spinesteps.logic.conditions import Named
from spinesteps.logic.reasons import Reason
from spinesteps.logic.serial import ANSWER
from spinesteps.logic.words import Words, grounds
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.person.assess import Assessment

MOST_LINES = 60
MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One line of a reason and the lines it rests on. answer: yes, no or not_known.

    left_out: of a list too long to draw, how many parts are no and not known; those that are yes are drawn.
    """

    answer: str
    text: str
    parts: tuple[ReasonLine, ...] = ()
    left_out: tuple[int, int] | None = None

    @property
    def lines(self) -> int:
        """How many lines it takes to draw."""
        return 1 + sum(part.lines for part in self.parts)


def of_rule(assessment: Assessment, rule: Rule) -> ReasonLine:
    """Why a rule's criteria hold, do not hold or are not known."""
    return _said(assessment.reason(rule), _words(assessment))


def of_flag(assessment: Assessment, flag: RedFlag) -> ReasonLine:
    """Why a red flag holds at its level."""
    return _said(assessment.flag_reason(flag), _words(assessment))


def of_conditions(assessment: Assessment) -> Iterator[tuple[str, ReasonLine]]:
    """Each state of the condition, with the reason for it or against it."""
    for case in assessment.pathway.condition.cases:
        yield case.name, _said(assessment.why(case.when), _words(assessment))


def of_cause(assessment: Assessment, id_: str) -> ReasonLine:
    """Why another cause fits."""
    cause = next(cause for cause in assessment.pathway.other_causes if cause.id == id_)
    return _said(assessment.why(cause.when), _words(assessment))


def _words(assessment: Assessment) -> Words:
    return Words(assessment.pathway.wording.labels)


def _said(reason: Reason, words: Words) -> ReasonLine:
    _, text = next(words.lines(reason)).split(None, 1)
    parts = grounds(reason)
    if isinstance(reason.node, Named) and len(parts) == 1 and (inner := grounds(parts[0])):
        text, parts = f"{text}: {words.describe(parts[0].node)}", inner
    said = ReasonLine(ANSWER[reason.answer], text, tuple(_said(part, words) for part in parts))
    if len(said.parts) <= MOST_PARTS or said.lines <= MOST_LINES:
        return said
    answers = [part.answer for part in said.parts]
    kept = tuple(part for part in said.parts if part.answer == "yes")
    return replace(said, parts=kept, left_out=(answers.count("no"), answers.count("not_known")))
