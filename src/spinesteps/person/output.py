"""An assessment written out: as JSON text, and as the plain data that the text holds (contract section 1).

The text is the one form: what is the same for many people is kept, and reasons that several trees share are written
once and stand in each of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from spinesteps.logic.conditions import Condition, Points
from spinesteps.logic.reasons import Reason
from spinesteps.logic.serial import ReasonTexts, encode
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.person.assess import Assessment
from spinesteps.person.conflicts import disputes
from spinesteps.person.decision import Finding
from spinesteps.person.questions import Question
from spinesteps.person.what_if import Flip
from spinesteps.version import __version__

MOST_TEXTS = 20_000


def to_text(assessment: Assessment, full: bool = True) -> str:
    """The assessment as JSON text on one line: the object of docs/specification.md#contract-1.

    full: with reasons, texts, evidence and changes_if; the decision form without. Sooner than writing `to_json`. Raises
    nothing of its own.
    """
    return _Writing(assessment, full).text()


def to_json(assessment: Assessment, full: bool = True) -> dict[str, Any]:
    """The assessment as plain data: the object of docs/specification.md#contract-1, decoded from `to_text`.

    full: with reasons, texts, evidence and changes_if; the decision form without. Raises nothing of its own.
    """
    data: dict[str, Any] = json.loads(to_text(assessment, full))
    return data


class _Writing:
    """Writes one assessment once."""

    def __init__(self, assessment: Assessment, full: bool) -> None:
        self.of = assessment
        self.full = full
        self.tables = _tables(assessment.pathway)
        self.open = bool(assessment.decision.emergency_open)
        self.first = frozenset(() if assessment.status == "checked" else assessment.decision.plan.first)
        self.changes: Mapping[str, tuple[Flip, ...]] = assessment.changes() if full else {}
        self.reason_texts: dict[int, str] = {}

    def text(self) -> str:
        """Everything, in the order of the contract."""
        of, decision = self.of, self.of.decision
        advice = self._full_advice if self.full else self._advice
        causes = (cause for cause in of.pathway.other_causes if cause.id in decision.other_causes)
        texts = {
            "status": encode(of.status),
            "urgency": encode(decision.urgency),
            "urgency_reasons": encode(decision.urgency_reasons),
            "emergency_open": encode(decision.emergency_open),
            "danger_open": encode(of.danger_open),
            "plan": encode(decision.plan._asdict()),
            "condition": self._condition(),
            "other_causes": _list(
                _object(id=encode(cause.id), reasons=_list([self._why(cause.when)] if self.full else []))
                for cause in causes
            ),
            "step": encode(decision.step),
            "step_open": encode(decision.step_open),
            "advice": _list(map(advice, decision.findings)),
            "questions": _list(map(self._question, of.questions)),
            "next_review": encode(of.review and {"on": of.review.on.isoformat(), "why": of.review.why}),
            "about": encode(about(of)),
            "review_status": encode("draft"),
            "conflicts": encode(disputes(of.pathway, decision)),
            "faults": encode([fault.to_json() for fault in of.faults]),
            "versions": encode(versions(of.pathway, of.day)),
        }
        if self.full:
            texts["card"] = encode(of.card_words())
            texts["red_flags"] = _list(map(self._flag, of.raised()))
            texts["deployment"] = encode(of.in_force.to_json(of.answers.get("country")))
        if of.notes:
            texts["record"] = encode(of.notes)
        return _object(**texts)

    def _why(self, condition: Condition) -> str:
        return self._reason(self.of.why(condition))

    def _reason(self, reason: Reason) -> str:
        return self.tables.reasons.write(reason, self.reason_texts)

    def _condition(self) -> str:
        cutoffs = self.tables.cutoffs
        scores = [
            {"id": id_, "low": _whole(low), "high": _whole(high), "cutoff": _whole(cutoffs[id_, reading])}
            | ({"reading": reading} if reading else {})
            for id_, reading, low, high in self.of.decision.scores
        ]
        cases = self.of.pathway.condition.cases if self.full else ()
        reasons = _list(_object(state=encode(case.name), reason=self._why(case.when)) for case in cases)
        odds = {"likelihoods": encode(list(self._likelihoods()))} if self.full else {}
        return _object(state=encode(self.of.decision.condition), scores=encode(scores), reasons=reasons, **odds)

    def _likelihoods(self) -> Iterator[dict[str, Any]]:
        """How each finding that is known shifts the odds. One may be applied, never several multiplied."""
        for likelihood, present in self.of.likelihoods():
            ratio = likelihood.plus if present else likelihood.minus
            interval = likelihood.plus_interval if present else likelihood.minus_interval
            yield {"finding": likelihood.finding, "present": present, "ratio": ratio, "interval": list(interval),
                   "source": likelihood.source}  # fmt: skip

    def _provisional(self, finding: Finding) -> bool:
        """An open question could still change it: everything permissive, and while not checked what comes first."""
        return (self.open and finding.rule.permissive) or finding.rule.id in self.first

    def _advice(self, finding: Finding) -> str:
        for_now = self._provisional(finding)
        key = (finding.rule.id, finding.state, finding.direction, finding.override, finding.needs, for_now)
        return self.tables.texts.get(key) or self.tables.keep(key, encode(self._head(finding) | self._tail(finding)))

    def _full_advice(self, finding: Finding) -> str:
        """What comes before and after the reason is kept; the reason and what would change it are this person's."""
        rule, tables = finding.rule, self.tables
        words = self.of.fill(self.of.pathway.wording.advice[rule.id]["patient"])
        before = (rule.id, finding.state, finding.direction, self._provisional(finding), words)
        after = (rule.id, finding.needs, finding.override)
        head = tables.texts.get(before) or tables.keep(before, encode(self._head(finding, words))[:-1])
        tail = tables.texts.get(after) or tables.keep(after, encode(self._tail(finding))[1:-1])
        reason = self._why(rule.criteria)
        if finding.override:
            reason = f"{reason[:-1]}, {encode({'overridden_by': str(finding.override)})[1:]}"
        changes = ", ".join(
            [f'{{"fact": "{c.fact}", "to": {encode(c.to)}, "then": "{c.then}"}}' for c in self.changes[rule.id]]
        )
        return f'{head}, "reason": {reason}, {tail}, "changes_if": [{changes}]}}'

    def _head(self, finding: Finding, text: str = "") -> dict[str, Any]:
        """What comes before the reason. text: for the patient, with its numbers filled in."""
        rule = finding.rule
        data: dict[str, Any] = {
            "id": rule.id,
            "state": finding.state,
            "direction": finding.direction,
            "provisional": self._provisional(finding),
            "step": rule.step,
            "urgency": rule.urgency,
        }
        if self.full:
            words = self.of.pathway.wording.advice[rule.id]
            data |= {"title": words["title"], "patient_text": text, "clinician_text": words["clinician"]}
        return data

    def _tail(self, finding: Finding) -> dict[str, Any]:
        """What comes after the reason. The decision form names no evidence: a rule's is the same for everybody."""
        data: dict[str, Any] = {"evidence": self.tables.evidence_of(finding.rule)} if self.full else {}
        data["needs"] = list(finding.needs)
        return data | {"because": str(finding.override)} if finding.override else data

    def _flag(self, flag: RedFlag) -> str:
        words = self.of.pathway.wording.red_flags[flag.id]
        return _object(
            id=encode(flag.id),
            level=encode(self.of.decision.flags[flag.id]),
            title=encode(words["title"]),
            patient_text=encode(self.of.fill(words["patient"])),
            clinician_text=encode(words["clinician"]),
            reason=self._reason(self.of.flag_reason(flag)),
            evidence=encode(self.tables.evidence_of(flag)),
        )

    def _question(self, question: Question) -> str:
        key = (question, self.full)
        return self.tables.texts.get(key) or self.tables.keep(key, encode(self._question_data(question)))

    def _question_data(self, question: Question) -> dict[str, Any]:
        data: dict[str, Any] = {"fact": question.fact, "why": question.why, "could_change": list(question.could_change)}
        if self.full:
            pathway = self.of.pathway
            fact, words = pathway.by_name[question.fact], pathway.wording.facts[question.fact]
            data |= {"question": words["question"], "asks": words["asks"], "answer": fact.expected()}
        return data


class _Tables:
    """What is the same for everybody: evidence rows, cutoffs, and JSON texts of the decision form met before."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.cutoffs: dict[tuple[str, str], float] = {}
        for score in pathway.scores:
            assert isinstance(score.points, Points)
            self.cutoffs[score.id, score.reading] = score.points.bound.value
        self.texts: dict[object, str] = {}
        self.reasons = ReasonTexts()
        self._evidence: dict[str, list[dict[str, Any]]] = {}

    def evidence_of(self, item: Rule | RedFlag) -> list[dict[str, Any]]:
        """The arguments for and against."""
        if item.id not in self._evidence:
            self._evidence[item.id] = _evidence(self.pathway, item)
        return self._evidence[item.id]

    def keep(self, key: object, text: str) -> str:
        """Keep a text for the next person; when there are too many, start again."""
        if len(self.texts) >= MOST_TEXTS:
            self.texts.clear()
        self.texts[key] = text
        return text


@lru_cache(maxsize=8)
def _tables(pathway: Pathway) -> _Tables:
    return _Tables(pathway)


def _evidence(pathway: Pathway, item: Rule | RedFlag) -> list[dict[str, Any]]:
    found = []
    for argument in item.evidence:
        source = pathway.evidence[argument.source]
        found.append(
            {"source": source.id, "for": argument.supports, "strength": source.strength, "certainty": source.certainty}
            | ({"because": argument.because} if argument.because else {})
        )
    return found


def about(assessment: Assessment) -> dict[str, Any]:
    """Who it is about and how old the record is; null where that is not known."""
    who, age = assessment.record.about, assessment.answers.get("age")
    return {
        "id": who.id or None,
        "name": who.name or None,
        "birth_date": who.birth_date or None,
        "age": int(age) if isinstance(age, int | float) else None,
        "newest_record": who.newest.isoformat() if who.newest else None,
    }


def versions(pathway: Pathway, day: date) -> dict[str, str]:
    """Software, knowledge, fingerprint and day of judging: what an output can be replayed from."""
    return {
        "software": __version__,
        "knowledge": pathway.version,
        "fingerprint": pathway.fingerprint,
        "judged_on": day.isoformat(),
    }


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _object(**texts: str) -> str:
    """An object of JSON texts by key."""
    return "{" + ", ".join([f'"{key}": {text}' for key, text in texts.items()]) + "}"


def _list(texts: Iterable[str]) -> str:
    """A list of JSON texts."""
    return f"[{', '.join(texts)}]"
