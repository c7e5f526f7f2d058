"""What a person sees of the programme: the parts whose advice is given, at a level, with walks by the own distance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spinesteps.library.library import library_of
from spinesteps.library.programme import PARTS, Programme, ProgrammeItem, walking_plan
from spinesteps.logic.facts import Silence
from spinesteps.person.assess import Assessment

Data = dict[str, Any]
WALKS = "walking"
EXERCISE = "exercise"


def programme(assessment: Assessment, level: str | None = None) -> dict[str, Data]:
    """By the id of each advice that is given: its items in words, and its level and walks where it has them.

    Nothing stands here while danger comes first, as none of its advice is given then. level: the id of another level
    than the one that the weeks done so far give. Raises DeclarationError for a level that there is not.
    """
    whole, found = library_of(assessment.pathway).programme, {}
    at = level or whole.level_after(_number(assessment, whole.person["weeks"]) or 0).id
    for finding in assessment.decision.findings:
        items = whole.beside(finding.rule.id, at) if finding.state == "advised" else ()
        if items:
            found[finding.rule.id] = {
                "level": _level(whole, at) if any(item.topic == EXERCISE for item in items) else None,
                "items": [_item(assessment, whole, item) for item in items],
                "stops": [_item(assessment, whole, stop) for stop in _stops(whole, items)],
                "walks": list(_walks(assessment, whole)) if any(item.topic == WALKS for item in items) else [],
            }
    return found


def _stops(whole: Programme, items: tuple[ProgrammeItem, ...]) -> Iterator[ProgrammeItem]:
    """Every stop rule of these items once, in the order of the data: the gravest first."""
    named = {name for item in items for name in item.stops}
    yield from (item for item in whole.of("stop") if item.id in named)


def _level(whole: Programme, at: str) -> Data:
    return next({"id": level.id, **level.words} for level in whole.levels if level.id == at)


def _item(assessment: Assessment, whole: Programme, item: ProgrammeItem) -> Data:
    words = {part: assessment.fill(item.words.get(part, "")) for part in PARTS}
    return {
        "id": item.id,
        **words,
        "dose": whole.dose(item),
        "support": whole.phrases["support"] if item.support else "",
        "basis": whole.phrases[item.basis],
        "dose_basis": whole.phrases[item.dose_basis] if item.dose and item.dose_basis != item.basis else "",
        "sources": list(item.sources),
    }


def _walks(assessment: Assessment, whole: Programme) -> Iterator[str]:
    """The walking plan in words, a week a line; or what to find out first."""
    distance, phrases = _number(assessment, whole.person["distance"]), whole.phrases
    if distance is None:
        yield phrases["unmeasured"]
        return
    plan = walking_plan(whole, distance, _number(assessment, whole.person["minutes"]))
    if plan is None:
        yield phrases["too_short"].format(metres=f"{whole.walking['least_m'].value:g}")
        return
    yield phrases["goal"].format(start=f"{plan.start_m:g}", goal=plan.goal_m)
    for week in plan.weeks:
        yield phrases["walks"].format(
            week=week.week, metres=week.bout_m, minutes=max(round(week.minutes), 1), bouts=week.bouts, days=week.days,
            rest=week.rest_minutes,
        )  # fmt: skip


def _number(assessment: Assessment, name: str) -> float | None:
    answer = assessment.answers.get(name, Silence.NOT_ASKED)
    return float(answer) if isinstance(answer, int | float) and not isinstance(answer, bool) else None
