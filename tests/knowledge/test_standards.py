"""Standards on hand-written histories: every result, both sides of every window, and nothing shipped as approved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from spinesteps.audits.judged import RESULTS, judge_standard, judge_standards, records_in, to_json
from spinesteps.audits.measured import KINDS_OF_CLAIMS, Complete, History, measure
from spinesteps.errors import ContentError
from spinesteps.knowledge.limits import HERE
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.knowledge.standards import NUMBERS, STANDARDS
from spinesteps.library.library import library_of
from spinesteps.logic.conditions import Compare, facts_in, walk
from spinesteps.logic.thresholds import Threshold
from spinesteps.pathway import as_of as dating
from spinesteps.quality.histories import read_event, read_histories

HISTORIES = read_histories(HERE / "examples" / "standards")
BY_ID = {standard.id: standard for standard in STANDARDS}
TEXTS = library_of(PATHWAY).standard_words


def history_of(case):
    kinds = KINDS_OF_CLAIMS | ({"answer", "observation"} if case.complete_scores else set())
    whole = Complete() if case.complete is None else Complete(case.complete, case.on, frozenset(kinds))
    return History.of(case.events, case.on, whole)


def results(case):
    """Result by reading on the index day the case is about; "absent" when that day is no index event."""
    found = [one for one in judge_standard(BY_ID[case.standard], history_of(case)) if one.index == case.index]
    return {name: next((one.result for one in found if one.reading == name), "absent") for name in case.expect}


@pytest.mark.parametrize("case", HISTORIES, ids=[f"{case.standard}: {case.story}" for case in HISTORIES])
def test_history(case):
    assert results(case) == case.expect


def test_every_standard_is_there_in_order_and_draft():
    assert [standard.id for standard in STANDARDS] == [f"QI-{number:02}" for number in range(1, 26)]
    assert {standard.status for standard in STANDARDS} == {"draft"}


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda s: s.id)
def test_every_result_is_shown(standard):
    shown = {result for case in HISTORIES if case.standard == standard.id for result in case.expect.values()}
    assert {"met", "not_met", "not_known"} <= shown
    assert "excluded" in shown or not standard.exclusions
    assert shown - {"absent"} <= set(RESULTS)
    assert len([case for case in HISTORIES if case.standard == standard.id]) >= 4


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda s: s.id)
def test_conditions_look_at_declared_measures_only(standard):
    measured = [one.fact for one in standard.measures]
    assert len({fact.name for fact in measured}) == len(measured)
    used = {fact for condition in standard.conditions.values() for fact in facts_in(condition)}
    assert used == set(measured), "a fact without a measure, or a measure that nothing looks at"


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda s: s.id)
def test_words_sources_and_names(standard):
    words = TEXTS["standards"][standard.id]
    assert {"title", "who", "met", "why"} <= words.keys()
    assert all(TEXTS["measures"].get(one.fact.name) for one in standard.measures)
    assert {argument.source for argument in standard.evidence} <= PATHWAY.evidence.keys()
    if standard.like:
        assert standard.like.endswith("-like"), "a licensed measure is only ever restated"
    assert not re.search(r"HEDIS(?!-like)", words["title"])


def test_every_number_is_used_and_has_a_source():
    used = {
        limit.name for standard in STANDARDS for one in standard.measures for limit in one.limits
        if isinstance(limit, Threshold)
    } | {
        node.limit.name for standard in STANDARDS for condition in standard.conditions.values()
        for node in walk(condition) if isinstance(node, Compare)
    } | {standard.index.clear_before.name for standard in STANDARDS if standard.index.clear_before}  # fmt: skip
    assert used == {limit.name for limit in NUMBERS}
    assert {value.source for limit in NUMBERS for value in limit.values} <= PATHWAY.evidence.keys()
    assert not [limit.name for limit in NUMBERS if re.search(r"\d", limit.name)]


def test_what_is_unverified_is_off():
    off = [exclusion for standard in STANDARDS for exclusion in standard.exclusions if not exclusion.on]
    assert [exclusion.because[:3] for exclusion in off] == ["[U]"]


def test_what_was_written_down_later_counts():
    """A scan of January entered in June is a scan of January; one that lies after the day of judging is not known."""
    lines = ["person birth_date 1960-05-05", "condition low_back_pain 2026-01-10", "imaging lumbar_mri 2026-01-20"]
    events = [read_event(line, place) for place, line in enumerate(lines)]
    late = [*events[:2], events[2]._replace(recorded=date(2026, 6, 1))]
    whole = Complete(date(2015, 1, 1), date(2026, 11, 21))
    judged = judge_standard(BY_ID["QI-01"], History.of(late, date(2026, 11, 21), whole))
    assert {one.result for one in judged} == {"met"}
    early = Complete(date(2015, 1, 1), date(2026, 4, 1))
    assert {one.result for one in judge_standard(BY_ID["QI-01"], History.of(late, date(2026, 4, 1), early))} == {
        "not_met"
    }


def test_order_of_events_changes_nothing():
    for case in HISTORIES:
        turned = History.of(case.events[::-1], case.on, history_of(case).complete)
        assert [to_json(one) for one in judge_standard(BY_ID[case.standard], turned)] == [
            to_json(one) for one in judge_standard(BY_ID[case.standard], history_of(case))
        ]


def test_a_complete_record_only_settles_what_was_open():
    """Saying that a record is complete never turns a yes into a no or the reverse."""
    for case in HISTORIES:
        partly = judge_standard(BY_ID[case.standard], History.of(case.events, case.on))
        for one in partly:
            for name, found in (one.proof or {}).items():
                if isinstance(found.answer, bool):
                    declared = next(m for m in BY_ID[case.standard].measures if m.fact.name == name)
                    again = measure(declared, history_of(case), one.index)
                    assert again.answer == found.answer, (case.story, name)


def test_records_prove_a_result():
    case = next(c for c in HISTORIES if c.standard == "QI-01" and c.story == "a scan on day 28 is early")
    found = judge_standard(BY_ID["QI-01"], history_of(case))[0]
    assert records_in(found) == ("2", "3")


def test_nobody_without_events_is_judged_met():
    found = judge_standards(STANDARDS, History.of([], date(2026, 11, 21)))
    assert {one.result for one in found} <= {"does_not_concern", "not_known"}


@pytest.mark.parametrize(
    "line", ["condition x", "condition x 2026-13-01", "condition x 2026-01-01 until 3", "medicine x 2026-01-01 for"]
)
def test_a_line_that_is_no_event_is_refused(line):
    with pytest.raises((ValueError, IndexError)):
        read_event(line, 0)


def test_every_fault_of_a_history_is_told_with_its_place(tmp_path):
    (tmp_path / "a.toml").write_text(
        '[QI-01]\non = 2026-11-21\ncomplete_since = 2015-01-01\nindex = 3\nbase = []\n'
        'case = [{ story = "x", add = ["condition x"], expect = {}, complete = "no", odd = 1 }]\n'
        '[QI-02]\non = 2026-11-21\ncomplete_since = 2015-01-01\nindex = ""\nbase = []\n'
        'case = [{ story = "x", add = ["condition x"], expect = {} }]\n', "utf-8",
    )
    with pytest.raises(ContentError) as error:
        read_histories(tmp_path)
    assert [fault.place for fault in error.value.faults] == [
        "a.toml [QI-01] index", "a.toml [QI-01] case 1 complete", "a.toml [QI-01] case 1 odd", "a.toml [QI-02] case 1",
    ]


@pytest.mark.parametrize("step", [1, -1])
def test_a_number_that_is_off_by_one_is_noticed(monkeypatch, step):
    """Every window and count has a history on both sides of it."""
    real, off = Threshold.on, ""

    def on(self, day):
        bound = real(self, day)
        return replace(bound, value=bound.value + step) if self.name == off else bound

    monkeypatch.setattr(Threshold, "on", on)
    unnoticed = []
    for limit in NUMBERS:
        off = limit.name
        dating._dated.cache_clear()
        if all(results(case) == case.expect for case in HISTORIES):
            unnoticed.append(limit.name)
    dating._dated.cache_clear()
    assert unnoticed == []
