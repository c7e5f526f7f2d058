"""Standards judged on one person: for each index event whether it counts, is taken out, is met, or why not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from spinesteps.audits.measured import SAYING, History, MeasureAnswer, answers_of, measure, measure_all
from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Standard
from spinesteps.logic.conditions import facts_in
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Answer, Silence, YesNo
from spinesteps.logic.history.summaries import CoveredDays, Exists
from spinesteps.logic.reasons import Reason, Settled

RESULTS = ("met", "not_met", "excluded", "does_not_concern", "not_known")
CLEAR = YesNo("clear_time_broken")
Start = tuple[date | None, tuple[str, ...], bool]  # index day, records, whether it is unsure


@dataclass(frozen=True, slots=True)
class JudgedStandard:
    """A standard on one index event.

    result: one of RESULTS. reading: which numerator. because: the exclusion, or
    why it does not concern or is not known. proof: each measure with its records. reason: the tree of the numerator.
    """

    standard: Standard
    reading: str
    result: str
    index: date | None
    records: tuple[str, ...] = ()
    because: str = ""
    proof: Mapping[str, MeasureAnswer] | None = None
    reason: Reason | None = None


def judge_standards(standards: Iterable[Standard], history: History) -> tuple[JudgedStandard, ...]:
    """Every standard that is on, on every index event of the person, in order of id and day."""
    judged: list[JudgedStandard] = []
    for standard in standards:
        if standard.on:
            judged += judge_standard(standard, history)
    return tuple(judged)


def judge_standard(standard: Standard, history: History) -> list[JudgedStandard]:
    """One standard on every index event; one line that it does not concern when there is none."""
    dated = standard.as_of(history.on)
    broken = _clear_time(dated)
    rows: list[JudgedStandard] = []
    for index, records, unsure in _starts(dated, history):
        if index is None or unsure:
            rows += _all(dated, "not_known", index, records, "index_unsure")
            continue
        clear = False if broken is None else measure(broken, history, index).answer
        if clear is True:
            continue
        if isinstance(clear, Silence):
            rows += _all(dated, "not_known", index, records, "clear_time_not_known")
            continue
        rows += _judged(dated, history, index, records)
    return rows or list(_all(dated, "does_not_concern", None, (), "no_index_event"))


def _starts(standard: Standard, history: History) -> list[Start]:
    """The index days with their records; unsure where only a part of the date or an unverified code is known."""
    where = standard.index.where
    if where is None:
        return [(history.on, (), False)]
    sure: dict[date, set[str]] = {}
    unsure: list[Start] = []
    for event in history.naming(where):
        if standard.index.said_yes and event.kind in SAYING and event.value is not True:
            continue
        exact = event.start is not None and event.start == event.start_last
        if exact and event.start is not None and not event.concepts.isdisjoint(where.concepts):
            sure.setdefault(event.start, set()).add(event.record)
        else:
            unsure.append((event.last, (event.record,), True))
    known: list[Start] = [(day, tuple(sorted(records)), False) for day, records in sure.items()]
    rows = {row[:2]: row for row in [*known, *(row for row in unsure if row[0] not in sure)]}
    return sorted(rows.values(), key=lambda row: (row[0] or date.min, row[1]))


def _clear_time(standard: Standard) -> Measure | None:
    """What breaks the clear time before an index day; None where none is asked for."""
    one = standard.index
    if one.clear is None:
        return None
    window = Window(before=one.clear_before, without_index=True)
    summary = CoveredDays(one.clear) if one.covered else Exists(one.clear)
    return Measure(
        fact=CLEAR, summary=summary, window=window, at_least=1 if one.covered else None, said_yes=one.said_yes,
        silence=False,
    )  # fmt: skip


def _all(
    standard: Standard, result: str, index: date | None, records: tuple[str, ...], because: str
) -> Iterator[JudgedStandard]:
    for reading in standard.readings:
        yield JudgedStandard(standard, reading.name, result, index, records, because)


def _judged(standard: Standard, history: History, index: date, records: tuple[str, ...]) -> Iterator[JudgedStandard]:
    proof = measure_all(standard.measures, history, index)
    answers = answers_of(proof)
    who = judge(standard.who.condition(), answers).answer
    if who is False:
        yield from _all(standard, "does_not_concern", index, records, "not_counted")
        return
    taken_out = [(e.name, judge(e.when.condition(), answers).answer) for e in standard.exclusions if e.on]
    excluded = next((name for name, answer in taken_out if answer), None)
    unknown = [name for name, answer in taken_out if answer is None]
    for reading in standard.readings:
        reason = judge(reading.met.condition(), answers)
        if excluded is not None:
            result, because = "excluded", excluded
        elif who is None:
            result, because = "not_known", "who_not_known"
        elif unknown:
            result, because = "not_known", f"exclusion_not_known: {', '.join(unknown)}"
        else:
            result, because = _met(reason.answer, reason, proof)
        yield JudgedStandard(standard, reading.name, result, index, records, because, proof, reason)


def _met(answer: Settled, reason: Reason, proof: Mapping[str, MeasureAnswer]) -> tuple[str, str]:
    if answer is not None:
        return ("met" if answer else "not_met"), ""
    needs = [fact.name for fact in reason.needs()]
    whys = {proof[name].why for name in needs if name in proof}
    return "not_known", "window_not_over" if "not_over" in whys else f"needs: {', '.join(needs)}"


def records_in(judged: JudgedStandard) -> tuple[str, ...]:
    """The records that prove a result: the index event's and those of every measure its numerator looks at."""
    ids = set(judged.records)
    if judged.proof is not None and judged.reason is not None:
        for fact in facts_in(judged.reason.node):
            if fact.name in judged.proof:
                ids |= set(judged.proof[fact.name].records)
    return tuple(sorted(ids))


def to_json(judged: JudgedStandard) -> dict[str, object]:
    """One line of the result as plain data."""
    standard = judged.standard
    data: dict[str, object] = {
        "standard": standard.id,
        "reading": judged.reading,
        "index": None if judged.index is None else judged.index.isoformat(),
        "result": judged.result,
        "better": standard.better,
        "status": standard.status,
    }
    if judged.because:
        data["because"] = judged.because
    data["records"] = list(records_in(judged))
    if judged.proof is not None:
        data["measures"] = {
            name: {"answer": _plain(one.answer)} | ({"why": one.why} if one.why else {})
            | ({"records": list(one.records)} if one.records else {})
            | ({"perhaps": list(one.perhaps)} if one.perhaps else {})
            | ({"more_records": True} if one.more else {})
            for name, one in judged.proof.items()
        }  # fmt: skip
    return data


def _plain(answer: Answer) -> object:
    if isinstance(answer, Silence):
        return answer.value
    return answer.isoformat() if isinstance(answer, date) else answer

