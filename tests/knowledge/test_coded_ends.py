"""Every row of knowledge/codes has an end: a fact is read from it, or it is told; a coded danger is never silent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from spinesteps.knowledge.danger_codes import QUESTIONS, SIGNS
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.facts import Silence
from spinesteps.logic.history.event import Event
from spinesteps.logic.history.summaries import Exists
from spinesteps.person.assess import assess
from spinesteps.person.from_events import Settler
from spinesteps.person.tally import Tally
from tests.faces.fhir_samples import DAY, FACTS, codes

YESTERDAY = DAY - timedelta(days=1)
SETTLER = Settler(FACTS, FROM_RECORD, DAY)
KINDS = ("condition", "observation", "procedure", "imaging", "encounter", "medicine", "allergy")
NOT_EVENTS = ("local_form",)  # a form of a product: it changes what the product counts for
ROWS = [row for row in codes().rows if row.concept not in NOT_EVENTS]
SIGN = sorted({concept for one in SIGNS if isinstance(one.summary, Exists) for concept in one.concepts})
DANGER = sorted({concept for one in QUESTIONS for concept in one.concepts} | set(SIGN))
C1 = "Condition/c1"
SAID_NO = {name for name, fact in FACTS.items() if fact.danger and fact.kind == "yes_no"}


def answered_no(about: date) -> list[Event]:
    return [Event("p", "answer", concepts=frozenset((name,)), start=about, start_last=about, value=False, source="form",
                  record=f"a-{name}") for name in sorted(SAID_NO)]  # fmt: skip


def coded(concept: str, kind: str = "condition", status: str = "active", sure: bool = True, at: date = YESTERDAY):
    names = frozenset((concept,))
    return Event("p", kind, concepts=names if sure else frozenset(), suggests=frozenset() if sure else names, start=at,
                 start_last=at, status=status, source=kind.title(), record=C1)  # fmt: skip


def settled(*events: Event):
    return SETTLER.record("p", events, Tally(), {})


def told(events) -> bool:
    record = settled(*events)
    named = any("Found and not used" in fault.wrong for fault in record.faults)
    return named or bool(SETTLER.dangers.unread(events, DAY))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.concept} {row.system} {row.code}")
def test_a_row_has_an_end(row) -> None:
    match = codes().match(row.system, row.code) if row.system != "name" else codes().named(row.code)
    assert match.concepts | match.suggests
    for kind in KINDS:
        event = Event("p", kind, concepts=match.concepts, suggests=match.suggests, start=YESTERDAY,
                      start_last=YESTERDAY, status="active", source=kind, record=C1, value=None)  # fmt: skip
        names = {name for name in match.concepts | match.suggests if ":" not in name}
        read = any((kind, name) in SETTLER.dangers.answers or name in FACTS for name in names)
        assert read or told([event]), kind


def calm(record) -> bool:
    """Whether a card could say that all is well."""
    decision = assess(record, PATHWAY, DAY).decision
    return decision.urgency in ("routine", "self_care") and not any(
        isinstance(record.given_on(DAY, FACTS).get(name, Silence.NOT_ASKED), Silence) for name in SAID_NO
    )


def test_no_danger_at_all_is_calm() -> None:
    assert calm(settled(*answered_no(YESTERDAY)))


@pytest.mark.parametrize("concept", SIGN)
def test_a_sign_stands_over_an_older_no_and_over_a_newer_one(concept: str) -> None:
    for about in (YESTERDAY - timedelta(days=4), YESTERDAY, DAY):
        record = settled(*answered_no(about), coded(concept))
        assert assess(record, PATHWAY, DAY).decision.urgency in ("emergency", "today", "two_weeks"), about
        assert any("The yes of the code stands" in fault.wrong for fault in record.faults)


@pytest.mark.parametrize("concept", DANGER)
@pytest.mark.parametrize(
    ("kind", "status", "sure"),
    [("condition", "active", False), ("condition", "resolved", True), ("condition", "inactive", False),
     ("observation", "final", True), ("encounter", "finished", True), ("procedure", "completed", False)],
)  # fmt: skip
def test_what_may_be_a_danger_sets_an_older_no_aside(concept: str, kind: str, status: str, sure: bool) -> None:
    event = coded(concept, kind, status, sure)
    for about in (YESTERDAY - timedelta(days=4), YESTERDAY):
        record = settled(*answered_no(about), event)
        assert proven(record) or (not calm(record) and concept.replace("_", " ") in record.faults[0].wrong)


def proven(record) -> bool:
    return any(entry.answer is True and C1 in entry.records for entry in record.entries.values())


@pytest.mark.parametrize("concept", DANGER)
def test_a_no_after_a_question_answers_it(concept: str) -> None:
    record = settled(*answered_no(DAY), coded(concept, sure=False))
    assert calm(record) and not any("Found and not used" in fault.wrong for fault in record.faults)


def test_an_old_sign_is_out_of_date_and_a_later_no_answers_it() -> None:
    old = coded("cauda_equina_syndrome", at=DAY - timedelta(days=400))
    assert settled(old).given_on(DAY, FACTS)["saddle_numbness"] is Silence.OUT_OF_DATE
    assert calm(settled(old, *answered_no(YESTERDAY)))
    noted = old._replace(recorded=YESTERDAY)
    assert not calm(settled(noted, *answered_no(YESTERDAY - timedelta(days=4))))


def test_a_sign_without_a_date_stands() -> None:
    undated = Event("p", "condition", concepts=frozenset(("cauda_equina_syndrome",)), status="active", record=C1)
    assert assess(settled(undated, *answered_no(DAY)), PATHWAY, DAY).decision.urgency == "emergency"
