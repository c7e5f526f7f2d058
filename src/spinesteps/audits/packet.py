"""A request held against payers' criteria: met, not met or not enough data, with the records that prove it.

A packet says what is there and what is missing. It never says what a payer decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from spinesteps.audits.measured import Complete, History, MeasureAnswer, answers_of, measure_all
from spinesteps.audits.policies import Criterion, Payers, Policy
from spinesteps.audits.proof import Proof, proofs
from spinesteps.errors import ScopeError
from spinesteps.logic.conditions import Condition, facts_in
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Answer, Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.reasons import Reason
from spinesteps.pathway.as_of import date_condition
from spinesteps.pathway.editions import Edition, read_editions
from spinesteps.person.assess import Assessment
from spinesteps.person.record import Record

RESULTS = ("met", "not_met", "not_enough_data", "waived_urgent", "waiver_applies", "no_waiver", "waiver_not_known")
WAIVER = "waiver"
NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing for a criterion. why: not_found, perhaps (records that may count), unreadable or a silence."""

    fact: str
    why: str
    perhaps: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A criterion on one person.

    result: one of RESULTS. tag: how sure the criterion itself is. seen: of what was looked at the fact, its answer, and
    whether that answer is drawn from finding nothing in a record said to be complete.
    """

    criterion: Criterion
    result: str
    tag: str
    reason: Reason
    proof: tuple[Proof, ...]
    missing: tuple[Missing, ...]
    seen: tuple[tuple[str, Answer, bool], ...]


@dataclass(frozen=True, slots=True)
class JudgedPolicy:
    """A policy on one person."""

    policy: Policy
    edition: Edition
    stands: str
    checked: tuple[Checked, ...]

    def count(self, *results: str) -> int:
        """How many criteria have one of these results."""
        return sum(one.result in results for one in self.checked)


@dataclass(frozen=True, slots=True)
class Packet:
    """A request for a procedure on a day, held against one policy or several.

    urgent: True, False or None (not known), with its reason. care: the list of conservative care and its records.
    """

    procedure: str
    day: date
    person: str
    urgent: bool | None
    urgent_reason: Reason
    policies: tuple[JudgedPolicy, ...]
    care: Mapping[str, MeasureAnswer]
    care_proof: tuple[Proof, ...]
    assessment: Assessment
    complete: Complete


def check(
    payers: Payers, procedure: str, wanted: Collection[str], record: Record, assessment: Assessment, history: History
) -> Packet:
    """Hold a request against the policies wanted, or ("all",) for the procedure. Raises ScopeError when none fits."""
    chosen = tuple(policy for policy in payers.of(procedure, "all") if "all" in wanted or policy.id in wanted)
    if not chosen:
        known = ", ".join(policy.id for policy in payers.of(procedure, "all"))
        raise ScopeError(f"No policy for {procedure} is called {' or '.join(wanted)}. Known: {known}; or all.")
    desk = _Desk(payers, record, assessment, history)
    return Packet(
        procedure=procedure,
        day=history.on,
        person=record.person,
        urgent=desk.urgent.answer,
        urgent_reason=desk.urgent,
        policies=tuple(desk.held(one) for one in chosen),
        care={one.fact.name: desk.found[one.fact.name] for one in payers.care},
        care_proof=desk.proofs_of({r for one in payers.care for r in desk.found[one.fact.name].records}),
        assessment=assessment,
        complete=history.complete,
    )


class _Desk:
    """Everything that is looked up again and again for one person."""

    def __init__(self, payers: Payers, record: Record, assessment: Assessment, history: History) -> None:
        self.payers, self.record, self.assessment, self.history = payers, record, assessment, history
        self.found = measure_all(payers.measures, history, history.on)
        self.answers: dict[str, Answer] = {**assessment.answers, **answers_of(self.found)}
        self.by_record: dict[str, list[Event]] = {}
        for event in history.events:
            self.by_record.setdefault(event.record, []).append(event)
        self.urgent = self.judged(payers.urgent.condition())

    def judged(self, condition: Condition) -> Reason:
        """A condition on this person, with the numbers of the day."""
        return judge(date_condition(condition, self.history.on), self.answers)

    def proofs_of(self, records: set[str]) -> tuple[Proof, ...]:
        """The records with these ids."""
        return proofs(records, [event for record in records for event in self.by_record.get(record, ())])

    def held(self, policy: Policy) -> JudgedPolicy:
        """One policy."""
        edition = read_editions(self.assessment.pathway.folder)[policy.id]
        own = None if policy.waiver is None else self.judged(policy.waiver.condition()).answer
        waived = self.urgent.answer is True or own is True
        checked = tuple(self.checked(one, edition, waived) for one in policy.criteria)
        return JudgedPolicy(policy, edition, edition.stands(self.history.on), checked)

    def checked(self, criterion: Criterion, edition: Edition, waived: bool) -> Checked:
        """One criterion."""
        reason = self.judged(criterion.when.condition())
        looked = [fact.name for fact in facts_in(reason.node)]
        decided = [name for name in looked if not isinstance(self.answers.get(name, Silence.NOT_ASKED), Silence)]
        records = {record for name in decided for record in self.records_of(name)}
        needs = () if reason.answer is not None else reason.needs()
        return Checked(
            criterion,
            _result(criterion, reason.answer, waived),
            criterion.tag or edition.tag,
            reason,
            self.proofs_of(records),
            tuple(self.missing(fact.name) for fact in needs),
            tuple((name, self.answers[name], self.from_silence(name)) for name in decided),
        )

    def records_of(self, name: str) -> tuple[str, ...]:
        """The records behind an answer: a measure's, or those of a fact read from the record."""
        if name in self.found:
            return self.found[name].records
        entry = self.record.entries.get(name)
        return () if entry is None else entry.records

    def from_silence(self, name: str) -> bool:
        """Whether the answer is that nothing was found."""
        return name in self.found and self.found[name].why in ("complete", "declared")

    def missing(self, name: str) -> Missing:
        """Why an answer is missing."""
        if name in self.found:
            one = self.found[name]
            return Missing(name, one.why or NOT_FOUND, self.proofs_of(set(one.perhaps)))
        met = self.answers.get(name, Silence.NOT_ASKED)
        return Missing(name, met.value if isinstance(met, Silence) else NOT_FOUND)


def _result(criterion: Criterion, answer: bool | None, waived: bool) -> str:
    if criterion.topic == WAIVER:
        return {True: "waiver_applies", False: "no_waiver", None: "waiver_not_known"}[answer]
    if answer:
        return "met"
    if criterion.waived and waived:
        return "waived_urgent"
    return "not_met" if answer is False else "not_enough_data"
