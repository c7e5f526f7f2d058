"""Whether a person was asked about every danger: what a program and every face read before the urgency."""

from __future__ import annotations

from typing import Literal

from spinesteps.pathway.rules import HURRY
from spinesteps.person.decision import Decision

Status = Literal["not_checked", "not_finished", "checked"]


def status_of(decision: Decision, danger_open: tuple[str, ...]) -> Status:
    """not_checked: an emergency question is open; not_finished: another danger question is.

    checked: none is open, or the urgency is today or above: the level stands.
    """
    if decision.urgency in HURRY:
        return "checked"
    if decision.emergency_open:
        return "not_checked"
    return "not_finished" if danger_open else "checked"
