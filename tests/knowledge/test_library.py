"""The decision aid and the answers: complete, sourced, plain, and honest about what nobody counted."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from spinesteps.errors import DeclarationError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library import answers
from spinesteps.library import decision_aids as choices
from spinesteps.library.decision_aids import Aid, Frequency, Gap, read_aid
from spinesteps.library.library import library_of
from spinesteps.library.statements import statements_on
from spinesteps.quality.lint.library import aid_faults, answer_faults, hard_texts, library
from spinesteps.quality.lint.suppressions import read_reviewed
from spinesteps.rule_pages.library import after

DAY = date(2026, 11, 21)
LIBRARY = library_of(PATHWAY)
AID = LIBRARY.aids["next_step"]
VERIFIED = {source.id for source in PATHWAY.evidence.values() if source.status == "verified"}
RULES = {rule.id for rule in PATHWAY.rules}
TABLES = {"aid": choices.About, "option": choices.Option, "outcome": choices.Outcome, "figure": choices.Frequency}
TITLES = {"S000", "S001", "S002", "S003", "S004"}


def wrong(aid: Aid) -> list[str]:
    return [text for _, text in aid_faults(aid, VERIFIED, RULES)]


def test_lint_finds_nothing():
    reviewed = read_reviewed(PATHWAY.folder / "lint.toml")
    assert list(library(PATHWAY, reviewed, DAY)) == []
    assert list(hard_texts(PATHWAY.as_of(DAY), reviewed)) == []


def test_lint_looks_at_the_day():
    late = list(library(PATHWAY, read_reviewed(PATHWAY.folder / "lint.toml"), date(2031, 1, 1)))
    assert any("look again" in fault.wrong for fault in late)


# The decision aid


def test_waiting_exercise_injection_and_both_operations_are_compared():
    assert [option.id for option in AID.options] == [
        "wait", "exercise", "injection", "decompression", "decompression-fusion",
    ]  # fmt: skip


def test_every_field_of_the_table_is_filled_or_says_why_not():
    for option in AID.options:
        for outcome in AID.outcomes:
            shown = AID.shown(option.id, outcome.id)
            assert shown, (option.id, outcome.id)
            assert {type(row) for row in shown} in ({Frequency}, {Gap})


def test_counts_are_those_of_the_evidence():
    """Read by hand from interventions.md 4.1 to 4.6."""
    counts = {(f.option, f.outcome, f.months): (f.count, f.compared) for f in AID.figures}
    assert counts["exercise", "walking", 6] == (82, 63)  # T-BOOT
    assert counts["exercise", "operation-later", 24] == (57, None)  # T-DEL
    assert counts["decompression", "main-symptom", 48] == (70, 52)  # T-MLSSS
    assert counts["decompression", "main-symptom", 24] == (71.4, 72.9)  # T-ND2
    assert counts["decompression", "grave-harm", 1] == (2.3, None)  # K-DEYO
    assert counts["decompression-fusion", "operation-later", 60] == (13.6, None)  # K-ASD


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda a: replace(a, options=(replace(a.options[0], bad=["No."]), *a.options[1:])), "good points"),
        (lambda a: replace(a, gaps=a.gaps[1:]), "figures or a gap"),
        (lambda a: replace(a, figures=(replace(a.figures[0], count=133.0), *a.figures[1:])), "out of 100"),
        (lambda a: replace(a, figures=(replace(a.figures[0], source="T-TENS"), *a.figures[1:])), "verified"),
        (lambda a: replace(a, figures=(replace(a.figures[0], option="yoga"), *a.figures[1:])), "no such option"),
        (lambda a: replace(a, figures=(replace(a.figures[0], compared=3.0), *a.figures[1:])), "name of the others"),
        (lambda a: replace(a, figures=(replace(a.figures[2], count_to=1.0), *a.figures[3:])), "smaller to the larger"),
        (lambda a: replace(a, averages=(replace(a.averages[0], value=99.0),)), "outside its interval"),
        (lambda a: replace(a, options=(replace(a.options[0], advice=["rest-in-bed"]), *a.options[1:])), "no advice"),
    ],
)  # fmt: skip
def test_planted_faults_are_found(change, says):
    assert wrong(AID) == []
    assert any(says in text for text in wrong(change(AID)))


def test_every_fault_of_the_shape_is_listed_at_once(tmp_path: Path):
    text = (PATHWAY.folder / "choices" / "en" / "next_step.toml").read_text("utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace("paid_by", "payed_by").replace('certainty = "low"', 'sure = "low"', 1), "utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_aid(broken)
    said = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in said] == [
        "broken.toml aid paid_by", "broken.toml aid payed_by", "broken.toml figure 2 certainty",
        "broken.toml figure 2 sure",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("months", "says"),
    [(1, "30 days"), (1.5, "6 weeks"), (6, "6 months"), (12, "1 year"), (40, "3.3 years"), (48, "4 years")],
)
def test_a_time_is_told_in_its_unit(months, says):
    assert after(months) == says


# The IPDASi list


def test_the_list_is_whole():
    kinds = [row.kind for row in LIBRARY.ipdas.values()]
    assert (kinds.count("qualifying"), kinds.count("certification"), kinds.count("quality")) == (6, 10, 28)


def test_every_qualifying_and_certifying_item_is_met_or_about_tests():
    for id_, row in LIBRARY.ipdas.items():
        if row.kind != "quality":
            assert row.met == "yes" or "test" in row.where, id_


def test_what_is_met_can_be_looked_up():
    raw = tomllib.loads((PATHWAY.folder / "choices" / "en" / "next_step.toml").read_text("utf-8"))
    for id_, row in LIBRARY.ipdas.items():
        table, _, field = row.where.partition(".")
        if row.met == "yes" and table in TABLES and field:
            assert field in {f.name for f in fields(TABLES[table])}, id_
            rows = raw[table] if isinstance(raw[table], list) else [raw[table]]
            assert all(one.get(field) not in (None, "", []) for one in rows), id_


def test_what_was_not_done_is_not_claimed():
    undone = [id_ for id_, row in LIBRARY.ipdas.items() if row.met == "no"]
    assert {f"quality-{n}" for n in (12, 13, 14, 15, 16, 17, 22, 23)} <= set(undone)


# Answers


def test_every_title_has_its_answer():
    assert {answer.from_text for answer in LIBRARY.answers.values()} - {""} == TITLES
    assert len(LIBRARY.answers) >= 18


def test_every_answer_leads_on_and_each_is_led_to():
    led = {id_ for answer in LIBRARY.answers.values() for id_ in answer.related}
    assert led == LIBRARY.answers.keys()
    assert all(answer.advice and len(answer.points) >= 2 for answer in LIBRARY.answers.values())


def test_a_point_without_a_verified_source_is_a_fault():
    page = LIBRARY.answers["brace"]
    for sources in ((), ("T-TENS",), ("no-such",)):
        bad = replace(page, points=(replace(page.points[0], sources=sources),))
        assert any("verified" in text for _, text in _faults({"brace": bad}))


def test_a_lost_link_is_a_fault():
    page = replace(LIBRARY.answers["brace"], related=("nowhere",), advice=("rest-in-bed",), conflict="C-99")
    said = " ".join(text for _, text in _faults({"brace": page}))
    assert "nowhere" in said and "rest-in-bed" in said and "C-99" in said


def _faults(pages):
    return list(answer_faults(pages, VERIFIED, RULES, PATHWAY.conflicts.keys()))


def test_an_odd_answer_file_is_refused(tmp_path: Path):
    odd = '[one]\nquestion = "?"\nshort = "Yes."\npoints = []\nmore = 1\n[two]\nshort = ""\n'
    (tmp_path / "odd.toml").write_text(odd)
    with pytest.raises(DeclarationError) as caught:
        answers.read_answers(tmp_path)
    assert "[one]" in str(caught.value) and "[two]" in str(caught.value)


# For a person's page


def test_an_option_shows_what_its_advice_comes_to():
    rule = AID.options[2].advice[0]
    assert AID.concerns({rule: "advised", "other": "advised"})[AID.options[2].id] == {rule: "advised"}
    assert set(AID.concerns({})) == {option.id for option in AID.options}
    assert all(option.advice for option in AID.options)


def test_answers_stand_beside_advice():
    brace = LIBRARY.answers["brace"]
    assert brace in answers.answers_beside(LIBRARY.answers, {brace.advice[0]})
    assert answers.answers_beside(LIBRARY.answers, set()) == ()


def test_statements_of_a_source():
    one = next(iter(LIBRARY.statements.values()))
    assert one in statements_on(LIBRARY.statements, one.sources[0])
    assert statements_on(LIBRARY.statements, "NOBODY") == ()
