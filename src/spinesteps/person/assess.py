"""One person in, one assessment out (contract section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from spinesteps import __version__
from spinesteps.errors import Fault
from spinesteps.logic.facts import Answer
from spinesteps.logic.implied import contradictions
from spinesteps.logic.judge import Reason, judge
from spinesteps.logic.serial import write_reason
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.person.changes import Change, changes
from spinesteps.person.decision import Decision, Finding, decide
from spinesteps.person.plan import Review, next_review
from spinesteps.person.questions import Question, ask
from spinesteps.person.record import Record

NUMBERS = {
    "emergency_number": "your emergency number (112, 911 or 999)",
    "same_day_number": "your doctor or out-of-hours service",
}
COULD_NOT_CHECK = (
    "We could not check. If you have new trouble with your bladder or bowel, new numbness between your legs, "
    "weakness in both legs, trouble with breathing, chest pain, or sudden very bad pain, go now. "
    "If you have none of these, speak to a clinician today."
)


@dataclass(frozen=True)
class Assessment:
    """What the pathway says of one person on one day. `pathway` is dated; `answers` are those of the day."""

    pathway: Pathway
    answers: Mapping[str, Answer]
    day: date
    decision: Decision
    questions: tuple[Question, ...]
    review: Review
    faults: tuple[Fault, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)

    @property
    def card(self) -> str:
        """Which card a face shows: the urgency, or `not_checked` while an emergency question is open."""
        calm = self.decision.urgency not in ("emergency", "today", "two_weeks")
        return "not_checked" if calm and self.decision.emergency_open else self.decision.urgency

    def reason(self, rule: Rule) -> Reason:
        """Why a rule's criteria hold, do not hold or are not known."""
        return judge(rule.criteria, self.answers)

    def flag_reason(self, flag: RedFlag) -> Reason:
        """Why a red flag holds at its level; the gravest level when it holds at none."""
        level = self.decision.flags[flag.id]
        case = next((c for c in flag.levels.cases if c.name == level), flag.levels.cases[0])
        return judge(case.when, self.answers)

    def changes(self) -> dict[str, tuple[Change, ...]]:
        """For each rule, the nearest single facts that would flip it."""
        return changes(self.pathway, self.answers, self.decision)

    def to_json(self, full: bool = True, numbers: Mapping[str, str] = NUMBERS) -> dict[str, Any]:
        """The assessment as plain data; without reasons, texts and changes_if when not `full`."""
        decision = self.decision
        found = self.changes() if full else {}
        data: dict[str, Any] = {
            "urgency": decision.urgency,
            "urgency_reasons": list(decision.urgency_reasons),
            "emergency_open": list(decision.emergency_open),
            "condition": self._condition(full),
            "other_causes": [self._cause(id_, full) for id_ in decision.other_causes],
            "step": decision.step,
            "step_open": list(decision.step_open),
            "advice": [self._advice(finding, full, found) for finding in decision.findings],
            "questions": [self._question(question, full) for question in self.questions],
            "next_review": {"on": self.review.on.isoformat(), "why": self.review.why},
            "conflicts": self._conflicts(),
            "faults": [fault.to_json() for fault in self.faults],
            "versions": versions(self.pathway, self.day),
        }
        if full:
            data["card"] = self.card_words(numbers)
            data["red_flags"] = [self._flag(flag) for flag in self.raised()]
            data["status"] = "draft: no clinician has signed these rules"
        if self.notes:
            data["record"] = dict(self.notes)
        return data

    def raised(self) -> tuple[RedFlag, ...]:
        """The red flags that hold at some level, the gravest first."""
        order = ("emergency", "today", "two_weeks", "routine")
        held = [flag for flag in self.pathway.red_flags if self.decision.flags.get(flag.id) in order]
        return tuple(sorted(held, key=lambda flag: order.index(self.decision.flags[flag.id])))

    def card_words(self, numbers: Mapping[str, str]) -> dict[str, str]:
        """Heading and text of the card, with the deployment's telephone numbers."""
        words = self.pathway.wording.urgency[self.card]
        text = words["text"]
        for name, value in {**NUMBERS, **numbers}.items():
            text = text.replace("{" + name + "}", value)
        return {"level": self.card, "heading": words["heading"], "text": text}

    def _condition(self, full: bool) -> dict[str, Any]:
        cutoffs = {(s.id, s.reading): s.points.bound.value for s in self.pathway.scores}  # type: ignore[attr-defined]
        scores = [
            {"id": id_, "low": _whole(low), "high": _whole(high), "cutoff": _whole(cutoffs[id_, reading])}
            | ({"reading": reading} if reading else {})
            for id_, reading, low, high in self.decision.scores
        ]
        reasons: list[Any] = []
        for case in self.pathway.condition.cases if full else ():
            reasons.append({"state": case.name, "reason": write_reason(judge(case.when, self.answers))})
        return {"state": self.decision.condition, "scores": scores, "reasons": reasons}

    def _cause(self, id_: str, full: bool) -> dict[str, Any]:
        cause = next(cause for cause in self.pathway.other_causes if cause.id == id_)
        return {"id": id_, "reasons": [write_reason(judge(cause.when, self.answers))] if full else []}

    def _advice(self, finding: Finding, full: bool, found: Mapping[str, tuple[Change, ...]]) -> dict[str, Any]:
        rule = finding.rule
        data: dict[str, Any] = {
            "id": rule.id,
            "state": finding.state,
            "direction": finding.direction,
            "provisional": bool(self.decision.emergency_open) and rule.permissive,
            "step": rule.step,
            "urgency": rule.urgency,
        }
        if full:
            words = self.pathway.wording.advice[rule.id]
            data |= {"title": words["title"], "patient_text": words["patient"], "clinician_text": words["clinician"]}
            data["reason"] = write_reason(self.reason(rule)) | _override(finding)
        data["evidence"] = _evidence(self.pathway, rule)
        data["needs"] = list(finding.needs)
        if finding.because:
            data["because"] = finding.because
        if full:
            data["changes_if"] = [{"fact": c.fact, "to": c.to, "then": c.then} for c in found[rule.id]]
        return data

    def _flag(self, flag: RedFlag) -> dict[str, Any]:
        words = self.pathway.wording.red_flags[flag.id]
        return {
            "id": flag.id,
            "level": self.decision.flags[flag.id],
            "title": words["title"],
            "patient_text": words["patient"],
            "clinician_text": words["clinician"],
            "reason": write_reason(self.flag_reason(flag)),
            "evidence": _evidence(self.pathway, flag),
        }

    def _question(self, question: Question, full: bool) -> dict[str, Any]:
        data: dict[str, Any] = {"fact": question.fact, "why": question.why, "could_change": list(question.could_change)}
        if full:
            fact, words = self.pathway.by_name[question.fact], self.pathway.wording.facts[question.fact]
            data |= {"question": words["question"], "asks": words["asks"], "answer": fact.expected()}
        return data

    def _conflicts(self) -> list[str]:
        bearing = ("advised", "needs_answer")
        ids = {id_ for f in self.decision.findings if f.state in bearing for id_ in f.rule.conflicts}
        return sorted(ids)


def assess(record: Record, pathway: Pathway, day: date) -> Assessment:
    """Judge one person as of a day. `pathway` may be undated; it is frozen here."""
    dated = pathway.as_of(day)
    answers = record.answers_on(day, dated.by_name, dated.implied)
    decision = decide(dated, answers)
    return Assessment(
        pathway=dated,
        answers=answers,
        day=day,
        decision=decision,
        questions=ask(dated, answers, decision),
        review=next_review(dated, decision, day),
        faults=(*record.faults, *_contradictions(record, dated)),
        notes=record.notes,
    )


def versions(pathway: Pathway, day: date) -> dict[str, str]:
    """Software, knowledge, fingerprint and day of judging: what an output can be replayed from."""
    return {
        "software": __version__,
        "knowledge": pathway.version,
        "fingerprint": pathway.fingerprint,
        "judged_on": day.isoformat(),
    }


def _contradictions(record: Record, pathway: Pathway) -> tuple[Fault, ...]:
    said = {name: entry.answer for name, entry in record.entries.items()}
    return tuple(
        Fault(other, f'The answer contradicts "{fact}".', "answers that fit together", "Ask both again.")
        for fact, other in contradictions(said, pathway.implied)
    )


def _override(finding: Finding) -> dict[str, Any]:
    return {"overridden_by": finding.because} if finding.because else {}


@lru_cache(maxsize=None)
def _evidence_of(pathway: Pathway, rule: Rule | RedFlag) -> tuple[dict[str, Any], ...]:
    found = []
    for argument in rule.evidence:
        source = pathway.evidence[argument.source]
        found.append(
            {"source": source.id, "for": argument.supports, "strength": source.strength, "certainty": source.certainty}
            | ({"because": argument.because} if argument.because else {})
        )
    return tuple(found)


def _evidence(pathway: Pathway, rule: Rule | RedFlag) -> list[dict[str, Any]]:
    return [dict(row) for row in _evidence_of(pathway, rule)]


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
