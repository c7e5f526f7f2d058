"""One person in, one assessment out (contract section 1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spinesteps.errors import COULD_NOT_CHECK, Fault
from spinesteps.logic.conditions import Condition
from spinesteps.logic.engines.filled import contradictions, imply
from spinesteps.logic.engines.judge import judge_in_order, judge_once
from spinesteps.logic.facts import Answer
from spinesteps.logic.reasons import Reason
from spinesteps.logic.words import Words
from spinesteps.pathway.deployment import Deployment, defaults
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import CALM, FLAG_LEVELS, HURRY, Likelihood, RedFlag, Rule
from spinesteps.person.decision import Decision, Finding, decide, layout_of
from spinesteps.person.questions import Question, ask
from spinesteps.person.record import Record
from spinesteps.person.review import Review, next_review
from spinesteps.person.status import Status, status_of
from spinesteps.person.what_if import Flip, changes


@dataclass(frozen=True)
class Assessment:
    """What the pathway says of one person on one day.

    pathway: dated. given: the answers as they stand on the day. answers: those with everything implied filled in.
    deployment: where it is used; None stands for the defaults.
    """

    pathway: Pathway
    given: Mapping[str, Answer]
    answers: Mapping[str, Answer]
    day: date
    decision: Decision
    questions: tuple[Question, ...]
    danger_open: tuple[str, ...]
    planned: Review
    faults: tuple[Fault, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    record: Record = field(default=Record(), repr=False, compare=False)
    deployment: Deployment | None = None
    _judged: dict[int, Reason] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def card(self) -> str:
        """Which card a face shows: the urgency, or the status while a calm one could still change."""
        calm = self.decision.urgency in CALM
        return self.status if calm and self.status != "checked" else self.decision.urgency

    @property
    def green(self) -> bool:
        """Whether a face may show a calm colour: all is checked, and nothing, a medicine neither, is for today."""
        hurry = (f for f in self.decision.findings if f.state == "advised" and f.rule.urgency in HURRY)
        return self.status == "checked" and self.card in CALM and all(f.rule.permissive for f in hurry)

    @cached_property
    def status(self) -> Status:
        """Whether every danger was asked about."""
        return status_of(self.decision, self.danger_open)

    @property
    def review(self) -> Review | None:
        """The day of the next check; none until every danger was asked about."""
        return self.planned if self.status == "checked" else None

    def why(self, condition: Condition) -> Reason:
        """The reason of any condition of the pathway; what several share is judged once."""
        if not self._judged:
            self._judged.update(judge_in_order(layout_of(self.pathway).reasoned, self.answers))
        return judge_once(condition, self.answers, self._judged)

    def reason(self, rule: Rule) -> Reason:
        """Why a rule's criteria hold, do not hold or are not known."""
        return self.why(rule.criteria)

    def flag_reason(self, flag: RedFlag) -> Reason:
        """Why a red flag holds at its level; the gravest level when it holds at none."""
        level = self.decision.flags[flag.id]
        case = next((c for c in flag.levels.cases if c.name == level), flag.levels.cases[0])
        return self.why(case.when)

    def changes(self) -> dict[str, tuple[Flip, ...]]:
        """For each rule, the nearest single facts that would flip it."""
        return changes(self.pathway, self.given, self.answers, self.decision)

    @cached_property
    def in_force(self) -> Deployment:
        """The deployment, or the defaults of the pathway's language."""
        return self.deployment or defaults(self.pathway)

    def for_now(self, finding: Finding) -> bool:
        """Whether readers are told that an open danger question could still change this; help itself never waits."""
        first = self.status != "checked" and finding.rule.id in self.decision.plan.first
        return finding.rule.delays and finding.rule.permissive and (first or bool(self.decision.emergency_open))

    @cached_property
    def words(self) -> Words:
        """Conditions, reasons and answers in words."""
        return Words(self.pathway.wording.labels)

    def held_back(self, finding: Finding) -> str:
        """Why a finding is not advised although its criteria hold: danger first, or opposite advice; "" else."""
        say = self.pathway.wording.faces["held_back"]
        override = finding.override
        title = self.pathway.wording.advice[override.by]["title"] if override.by else ""
        return say[override.ground].format(title=title) if override else ""

    def fill(self, text: str) -> str:
        """A text with the numbers of the day, and those that hold here or in the country the person named."""
        return self.in_force.fill(self.pathway.fill(text), self.answers.get("country"))

    def likelihoods(self) -> Iterator[tuple[Likelihood, bool]]:
        """Each finding that shifts the odds and is known, with whether it is present."""
        for likelihood in self.pathway.likelihoods:
            present = self.why(likelihood.when).answer
            if present is not None:
                yield likelihood, present

    def raised(self) -> tuple[RedFlag, ...]:
        """The red flags that hold at some level, the gravest first."""
        held = [flag for flag in self.pathway.red_flags if self.decision.flags.get(flag.id) in FLAG_LEVELS]
        return tuple(sorted(held, key=lambda flag: FLAG_LEVELS.index(self.decision.flags[flag.id])))

    def card_words(self) -> dict[str, str]:
        """Heading and text of the card, with the deployment's telephone numbers."""
        words = self.pathway.wording.urgency[self.card]
        heading = self.left() if self.card == "not_finished" else words["heading"]
        return {"level": self.card, "heading": heading, "text": self.fill(words["text"])}

    def left(self) -> str:
        """The status in words, and how many danger questions are left."""
        heading = self.pathway.wording.urgency[self.status]["heading"]
        say, count = self.pathway.wording.faces["card"], len(self.danger_open)
        return say["left_one" if count == 1 else "left"].format(heading=heading, count=count)


def unchecked(pathway: Pathway) -> tuple[str, str]:
    """Heading and text of "could not check" in the pathway's language; a constant when its words cannot be read."""
    try:
        words = pathway.wording.urgency["could_not_check"]
        return str(words["heading"]), str(words["text"])
    except Exception:  # this is said after a failure, and must not be the next one
        return COULD_NOT_CHECK


def assess(record: Record, pathway: Pathway, day: date, deployment: Deployment | None = None) -> Assessment:
    """Judge one person as of a day. `pathway` may be undated; it is frozen here. No deployment: the defaults."""
    dated = pathway.as_of(day)
    given = record.given_on(day, dated.by_name)
    answers = imply(given, dated.implied)
    decision = decide(dated, answers)
    asked = ask(dated, answers, decision)
    return Assessment(
        pathway=dated,
        given=given,
        answers=answers,
        day=day,
        decision=decision,
        questions=asked.questions,
        danger_open=asked.danger_open,
        planned=next_review(dated, decision, day),
        faults=(*record.faults, *_contradictions(record, dated)),
        notes=record.notes,
        record=record,
        deployment=deployment,
    )


def _contradictions(record: Record, pathway: Pathway) -> tuple[Fault, ...]:
    said = {name: entry.answer for name, entry in record.entries.items()}
    return tuple(
        Fault(other, f'The answer contradicts "{fact}".', "answers that fit together", "Ask both again.")
        for fact, other in contradictions(said, pathway.implied)
    )
