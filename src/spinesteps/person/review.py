"""The plan: the step, the day of the next check, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from spinesteps.pathway.pathway import Pathway
from spinesteps.person.decision import Decision


@dataclass(frozen=True, slots=True)
class Review:
    """The day of the next check and the reason for it."""

    on: date
    why: str


DAYS = {"emergency": 0, "today": 0, "two_weeks": 14}


def next_review(pathway: Pathway, decision: Decision, day: date) -> Review:
    """Danger sets the day; else the first advised review; else the first review of a new plan."""
    say = pathway.wording.faces["review"]
    if decision.urgency in DAYS:
        why = say["danger"].format(flags=", ".join(decision.urgency_reasons))
        return Review(day + timedelta(days=DAYS[decision.urgency]), why)
    for finding in decision.findings:
        if finding.state == "advised" and finding.rule.review_weeks:
            weeks = getattr(pathway.limits, finding.rule.review_weeks).on(day).value
            title = pathway.wording.advice[finding.rule.id]["title"]
            return Review(day + timedelta(weeks=weeks), say["advice"].format(title=title, id=finding.rule.id))
    weeks = pathway.limits.review_first_weeks.on(day).value
    return Review(day + timedelta(weeks=weeks), say["new"].format(weeks=f"{weeks:g}"))
