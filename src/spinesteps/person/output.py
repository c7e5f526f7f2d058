"""An assessment written out: as plain data and as JSON text (contract section 1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spinesteps.logic.conditions import Condition, Points
from spinesteps.logic.serial import Data, ReasonTexts, encode, write_reason
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import OtherCause, RedFlag, Rule
from spinesteps.person.conflicts import disputes
from spinesteps.person.decision import Finding
from spinesteps.person.questions import Question
from spinesteps.person.what_if import Flip
from spinesteps.version import __version__

if TYPE_CHECKING:
    from spinesteps.person.assess import Assessment

MOST_TEXTS = 20_000


class Output:
    """Writes one assessment once. Reasons that several trees share are written once and stand in each of them."""

    def __init__(self, assessment: Assessment, full: bool) -> None:
        self.of = assessment
        self.full = full
        self.tables = _tables(assessment.pathway)
        self.provisional = bool(assessment.decision.emergency_open)
        self.changes: Mapping[str, tuple[Flip, ...]] = assessment.changes() if full else {}
        self.reasons: dict[int, Data] = {}
        self.reason_texts: dict[int, str] = {}

    def data(self) -> dict[str, Any]:
        """As plain data."""
        advice = [self._advice(finding) for finding in self.of.decision.findings]
        return self._around(advice, [self._question(question) for question in self.of.questions])

    def text(self) -> str:
        """As JSON text. Many people get the same advice and questions, so their texts are kept."""
        texts = {key: encode(value) for key, value in self._around([], []).items()}
        write = self._full_advice_text if self.full else self._advice_text
        texts["advice"] = f"[{', '.join(map(write, self.of.decision.findings))}]"
        texts["questions"] = f"[{', '.join(map(self._question_text, self.of.questions))}]"
        return "{" + ", ".join(f'"{key}": {text}' for key, text in texts.items()) + "}"

    def _advice_text(self, finding: Finding) -> str:
        key = (finding.rule.id, finding.state, finding.direction, finding.because, finding.needs, self.provisional)
        return self.tables.texts.get(key) or self.tables.keep(key, encode(self._advice(finding)))

    def _full_advice_text(self, finding: Finding) -> str:
        """What comes before and after the reason is kept; the reason and what would change it are this person's."""
        rule, tables = finding.rule, self.tables
        words = self.of.fill(self.of.pathway.wording.advice[rule.id]["patient"])
        before = (rule.id, finding.state, finding.direction, self.provisional, words)
        after = (rule.id, finding.needs, finding.because)
        head = tables.texts.get(before) or tables.keep(before, encode(self._head(finding, words))[:-1])
        tail = tables.texts.get(after) or tables.keep(after, encode(self._tail(finding))[1:-1])
        reason = tables.reasons.write(self.of.why(rule.criteria), self.reason_texts)
        if finding.because:
            reason = f"{reason[:-1]}, {encode(_override(finding))[1:]}"
        changes = ", ".join(
            [f'{{"fact": "{c.fact}", "to": {encode(c.to)}, "then": "{c.then}"}}' for c in self.changes[rule.id]]
        )
        return f'{head}, "reason": {reason}, {tail}, "changes_if": [{changes}]}}'

    def _question_text(self, question: Question) -> str:
        key = (question, self.full)
        return self.tables.texts.get(key) or self.tables.keep(key, encode(self._question(question)))

    def _around(self, advice: list[Any], questions: list[Any]) -> dict[str, Any]:
        of, decision = self.of, self.of.decision
        data: dict[str, Any] = {
            "urgency": decision.urgency,
            "urgency_reasons": list(decision.urgency_reasons),
            "emergency_open": list(decision.emergency_open),
            "condition": self._condition(),
            "other_causes": [self._cause(c) for c in of.pathway.other_causes if c.id in decision.other_causes],
            "step": decision.step,
            "step_open": list(decision.step_open),
            "advice": advice,
            "questions": questions,
            "next_review": {"on": of.review.on.isoformat(), "why": of.review.why},
            "conflicts": list(disputes(of.pathway, decision)),
            "faults": [fault.to_json() for fault in of.faults],
            "versions": versions(of.pathway, of.day),
        }
        if self.full:
            data["card"] = of.card_words()
            data["red_flags"] = [self._flag(flag) for flag in of.raised()]
            data["status"] = "draft: no clinician has signed these rules"
            data["deployment"] = of.in_force.to_json(of.answers.get("country"))
        if of.notes:
            data["record"] = dict(of.notes)
        return data

    def _reason(self, condition: Condition) -> Data:
        return write_reason(self.of.why(condition), self.reasons)

    def _condition(self) -> dict[str, Any]:
        cutoffs = self.tables.cutoffs
        scores = [
            {"id": id_, "low": _whole(low), "high": _whole(high), "cutoff": _whole(cutoffs[id_, reading])}
            | ({"reading": reading} if reading else {})
            for id_, reading, low, high in self.of.decision.scores
        ]
        cases = self.of.pathway.condition.cases if self.full else ()
        reasons = [{"state": case.name, "reason": self._reason(case.when)} for case in cases]
        data = {"state": self.of.decision.condition, "scores": scores, "reasons": reasons}
        return data | {"likelihoods": list(self._likelihoods())} if self.full else data

    def _likelihoods(self) -> Iterator[dict[str, Any]]:
        """How each finding that is known shifts the odds. One may be applied, never several multiplied."""
        for likelihood in self.of.pathway.likelihoods:
            answer = self.of.why(likelihood.when).answer
            if answer is not None:
                ratio = likelihood.plus if answer else likelihood.minus
                interval = likelihood.plus_interval if answer else likelihood.minus_interval
                found = {"finding": likelihood.finding, "present": answer, "ratio": ratio, "interval": list(interval)}
                yield found | {"source": likelihood.source}

    def _cause(self, cause: OtherCause) -> dict[str, Any]:
        return {"id": cause.id, "reasons": [self._reason(cause.when)] if self.full else []}

    def _advice(self, finding: Finding) -> dict[str, Any]:
        rule = finding.rule
        if not self.full:
            return self._head(finding) | self._tail(finding)
        data = self._head(finding, self.of.fill(self.of.pathway.wording.advice[rule.id]["patient"]))
        data["reason"] = self._reason(rule.criteria) | _override(finding)
        data |= self._tail(finding)
        data["changes_if"] = [{"fact": c.fact, "to": c.to, "then": c.then} for c in self.changes[rule.id]]
        return data

    def _head(self, finding: Finding, text: str = "") -> dict[str, Any]:
        """What comes before the reason. text: for the patient, with its numbers filled in."""
        rule = finding.rule
        data: dict[str, Any] = {
            "id": rule.id,
            "state": finding.state,
            "direction": finding.direction,
            "provisional": self.provisional and rule.permissive,
            "step": rule.step,
            "urgency": rule.urgency,
        }
        if self.full:
            words = self.of.pathway.wording.advice[rule.id]
            data |= {"title": words["title"], "patient_text": text, "clinician_text": words["clinician"]}
        return data

    def _tail(self, finding: Finding) -> dict[str, Any]:
        """What comes after the reason."""
        data: dict[str, Any] = {"evidence": self.tables.evidence_of(finding.rule), "needs": list(finding.needs)}
        return data | {"because": finding.because} if finding.because else data

    def _flag(self, flag: RedFlag) -> dict[str, Any]:
        words = self.of.pathway.wording.red_flags[flag.id]
        return {
            "id": flag.id,
            "level": self.of.decision.flags[flag.id],
            "title": words["title"],
            "patient_text": self.of.fill(words["patient"]),
            "clinician_text": words["clinician"],
            "reason": write_reason(self.of.flag_reason(flag), self.reasons),
            "evidence": self.tables.evidence_of(flag),
        }

    def _question(self, question: Question) -> dict[str, Any]:
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
        """The arguments for and against, as rows of their own for every reader."""
        if item.id not in self._evidence:
            self._evidence[item.id] = _evidence(self.pathway, item)
        return [row.copy() for row in self._evidence[item.id]]

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


def versions(pathway: Pathway, day: date) -> dict[str, str]:
    """Software, knowledge, fingerprint and day of judging: what an output can be replayed from."""
    return {
        "software": __version__,
        "knowledge": pathway.version,
        "fingerprint": pathway.fingerprint,
        "judged_on": day.isoformat(),
    }


def _override(finding: Finding) -> dict[str, Any]:
    return {"overridden_by": finding.because} if finding.because else {}


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
