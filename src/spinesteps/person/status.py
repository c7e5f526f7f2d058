"""Whether a person was asked about every danger: what a program and every face read before the urgency.

    not_checked   an emergency question is open    not_finished   another danger question is open
    checked       none is open, or the urgency is today or above: the level stands
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Literal

from spinesteps.logic.facts import Answers, Silence
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import HURRY
from spinesteps.person.decision import Decision, layout_of
from spinesteps.person.questions import Opened, judge_open

Status = Literal["not_checked", "not_finished", "checked"]
NO_ANSWER = (Silence.UNREADABLE, Silence.IN_CONFLICT)  # a person can still answer these; not sure and declined are said


def status_of(decision: Decision, danger_open: tuple[str, ...]) -> Status:
    """Whether every danger was asked about, for this urgency and these open questions."""
    if decision.urgency in HURRY:
        return "checked"
    if decision.emergency_open:
        return "not_checked"
    return "not_finished" if danger_open else "checked"


def danger_open(pathway: Pathway, answers: Answers, decision: Decision, opened: Opened) -> tuple[str, ...]:
    """The danger questions not answered yet that could still give today or emergency, alone or with others.

    Read off open judging (docs/decisions/014): the needs of every level of today or above that is not settled.
    """
    layout = layout_of(pathway)
    if any(silence in answers.values() for silence in NO_ANSWER):
        opened = judge_open(pathway, {name: said for name, said in answers.items() if said not in NO_ANSWER})
    ours = opened.askable & layout.danger_questions
    senseless = layout.senseless(decision.settled)
    needed, before = _needs(opened, layout.hurry) & ours, 0
    while needed != before:  # what makes a question sensible is asked before it
        before = needed
        for bit, places in layout.follow_ups:
            if needed & senseless & bit:
                needed |= _needs(opened, places) & ours
    return layout.closed.named(needed & ~senseless)


def _needs(opened: Opened, places: list[int]) -> int:
    """The facts that could settle what is not settled at these places."""
    return reduce(or_, (opened.needs[place] for place in places if opened.settled[place] is None), 0)
