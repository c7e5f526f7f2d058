"""What the self-check shows next: danger first, then what decides, then what a person adds. No page is remembered.

Everything follows from the answers, from what was left open on purpose, and from the sections that were added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from spinesteps.library.library import library_of
from spinesteps.library.self_check import MOST_ROWS, Section, SelfCheck
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.facts import Answer, Choice, Fact, Number, YesNo
from spinesteps.pathway.rules import Ask
from spinesteps.person.assess import Assessment
from spinesteps.person.decision import decide

Kind = Literal["group", "question", "sections", "section", "check-answers", "emergency", "result"]
MOST_FOLLOW_UPS = 3  # of a yes that is an emergency: help must not wait behind a form
DECIDES = frozenset({"urgency", "condition", "step"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is.

    answers: as in a facts file. left: facts that were shown and left open. sections: those added, in order; None before
    the list was shown. gates: what was answered to a gate question. helper: somebody else answers. ended: the person
    asked for what is known, or has looked the answers through. trail: what to go back to, as pages' names.
    """

    answers: Mapping[str, object]
    left: frozenset[str] = frozenset()
    sections: tuple[str, ...] | None = None
    gates: Mapping[str, str] | None = None
    helper: bool = False
    ended: bool = False
    country: str = ""


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One page of the self-check. id: of its group or section. warns: "get help now" stands above its questions."""

    kind: Kind
    id: str = ""
    facts: tuple[str, ...] = ()
    warns: bool = False


def next_page(assessment: Assessment, progress: Progress) -> CheckPage:
    """What comes next for somebody with these answers."""
    return next(_pages(assessment, progress))


def _pages(assessment: Assessment, progress: Progress) -> Iterator[CheckPage]:
    check = library_of(assessment.pathway).self_check
    if assessment.decision.urgency == "emergency":
        yield _emergency(assessment, progress)
    if progress.ended:
        yield CheckPage("result")
    yield from _danger(assessment, progress, check)
    yield from _single(assessment, progress, check)
    if progress.sections is None:
        yield CheckPage("sections")
    for id_ in progress.sections or ():
        yield from _section(assessment, progress, check.by_id[id_])
    yield CheckPage("check-answers")


def _emergency(assessment: Assessment, progress: Progress) -> CheckPage:
    """The emergency page; before it the follow-ups of the sign, at most three, while one of them could lower it."""
    follow_ups = _follow_ups(assessment)
    open_ = [name for name in follow_ups if _is_open(name, assessment, progress)]
    open_ = open_[: MOST_FOLLOW_UPS - (len(follow_ups) - len(open_))]
    if open_ and _could_lower(assessment, open_):
        return CheckPage("group", "follow-up", tuple(open_), warns=True)
    return CheckPage("emergency")


def _could_lower(assessment: Assessment, names: list[str]) -> bool:
    """Whether some answers to these would no longer be an emergency."""
    facts = assessment.pathway.by_name
    for values in product(*(_extremes(facts[name]) for name in names)):
        answers = imply({**assessment.given, **dict(zip(names, values, strict=True))}, assessment.pathway.implied)
        if decide(assessment.pathway, answers).urgency != "emergency":
            return True
    return False


def _extremes(fact: Fact) -> tuple[Answer, ...]:
    """The answers that matter most: both of yes/no, every option, both ends of a range."""
    if isinstance(fact, Number):
        return fact.low, fact.high
    if isinstance(fact, Choice):
        return fact.options
    return (True, False) if isinstance(fact, YesNo) else ()


def _follow_ups(assessment: Assessment) -> list[str]:
    """Danger questions that make sense because of an answer that was given, in the pathway's order."""
    danger = {ask.fact.name for ask in _danger_asks(assessment)}
    asks = (*assessment.pathway.follow_ups, *_danger_asks(assessment))
    holds = (ask.fact.name for ask in asks if ask.after is not None and assessment.why(ask.after).answer)
    return [name for name in dict.fromkeys(holds) if name in danger]


def _later(assessment: Assessment) -> set[str]:
    """Questions that make no sense before an answer that was not given."""
    asks = (*_danger_asks(assessment), *assessment.pathway.follow_ups)
    sensible = {ask.fact.name for ask in asks if ask.after is None or assessment.why(ask.after).answer}
    return {ask.fact.name for ask in asks} - sensible


def _danger_asks(assessment: Assessment) -> tuple[Ask, ...]:
    return (*assessment.pathway.emergency_questions, *assessment.pathway.danger_questions)


def _danger(assessment: Assessment, progress: Progress, check: SelfCheck) -> Iterator[CheckPage]:
    """The groups of danger questions, then what their answers raise."""
    matter = {*assessment.decision.emergency_open, *assessment.danger_open}
    if assessment.decision.danger:  # the level stands, and a graver one could still be found
        matter = set(check.danger) - _later(assessment)
    for group in check.groups:
        rows = tuple(name for name in group.facts if name in matter and _is_open(name, assessment, progress))
        if rows:
            yield CheckPage("group", group.id, rows[:MOST_ROWS])
    rest = [name for name in assessment.danger_open if _is_open(name, assessment, progress)]
    if rest:
        yield CheckPage("group", "follow-up", tuple(rest[:MOST_ROWS]))


def _single(assessment: Assessment, progress: Progress, check: SelfCheck) -> Iterator[CheckPage]:
    """One question a page: what could change the urgency, the condition or the step."""
    ours = check.by_id[check.single].facts
    if sum(name in ours for name in (*progress.answers, *progress.left)) >= check.questions:
        return
    for question in assessment.questions:
        name = question.fact
        if name not in ours or not _is_open(name, assessment, progress):
            continue
        if DECIDES & set(question.could_change):
            yield CheckPage("question", facts=(name,))


def _section(assessment: Assessment, progress: Progress, section: Section) -> Iterator[CheckPage]:
    """A section: its gate question, then what is still worth asking, a few at a time."""
    gates = progress.gates or {}
    if section.gate and section.id not in gates and any(name not in progress.answers for name in section.settles):
        yield CheckPage("section", section.id)
    worth = {question.fact for question in assessment.questions}
    if assessment.decision.danger:  # then only danger is asked of oneself; who adds a section may tell all of it
        worth = set(section.facts) - _later(assessment)
    rows = [n for n in section.facts if n in worth and _is_open(n, assessment, progress)]
    if rows:
        yield CheckPage("group", section.id, tuple(rows[:MOST_ROWS]))


def _is_open(name: str, assessment: Assessment, progress: Progress) -> bool:
    return name in assessment.pathway.by_name and name not in progress.left and name not in progress.answers


def after_gate(progress: Progress, section: Section, said: str) -> Progress:
    """The progress once a gate question was answered: a no settles what it names, nothing else settles anything."""
    settled = {name: value for name, value in section.settles.items() if name not in progress.answers}
    answers = {**progress.answers, **(settled if said == "no" else {})}
    return replace(progress, answers=answers, gates={**(progress.gates or {}), section.id: said})
