"""The evidence library: every study with its figures or why not, statements that can be cited, what is unverified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import textstat

from spinesteps.errors import DeclarationError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.library import library_of
from spinesteps.library.statements import Statement, read_statements
from spinesteps.pathway.evidence import STUDIES, TRIAL, Source, read_evidence
from spinesteps.quality.lint.ledger import check_register, check_statements
from spinesteps.quality.lint.words import GRADE
from spinesteps.rule_pages.ledgers import evidence_page, ledger_pages, statements_page, unverified_page

SPINE = PATHWAY.as_of(date(2026, 11, 21))
EVIDENCE = SPINE.evidence
STATEMENTS = library_of(SPINE).statements
REGISTER = library_of(SPINE).unverified
LINES = (Path(__file__).parent / "evidence_ids.txt").read_text("utf-8").splitlines()
NAMED = [id_ for line in LINES if not line.startswith("#") for id_ in line.split()]


# --- sources -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", NAMED)
def test_everything_the_evidence_names_is_a_source(id_: str) -> None:
    source = EVIDENCE[id_]
    assert source.title and source.says and 1985 <= source.year <= 2026 and source.kind
    assert source.read and source.status and source.link and source.review_by > source.read_on


@pytest.mark.parametrize("id_", [id_ for id_ in NAMED if EVIDENCE[id_].kind in STUDIES])
def test_a_study_gives_its_figures_or_says_why_not(id_: str) -> None:
    source = EVIDENCE[id_]
    assert source.gaps == ()
    assert source.comparison and source.population
    assert all(len(why) > 7 for why in source.silent.values())


def test_the_list_is_whole() -> None:
    assert len(NAMED) == len(set(NAMED)) == 160


def test_most_trials_give_n_result_and_follow_up_themselves() -> None:
    trials = [EVIDENCE[id_] for id_ in NAMED if EVIDENCE[id_].kind == TRIAL]
    assert len(trials) >= 40
    for name in ("n", "result", "follow_up"):
        assert sum(bool(getattr(trial, name)) for trial in trials) >= 0.93 * len(trials), name


def test_an_interval_stands_in_the_result_it_belongs_to() -> None:
    lost = [s.id for s in map(EVIDENCE.__getitem__, NAMED) if s.interval and s.interval.split(" (")[0] not in s.result]
    assert lost == []


@pytest.mark.parametrize(
    ("id_", "n", "years", "figure"),
    [
        ("T-SP4", 654, 4, "−9.4 (−12.6 to −6.2)"),
        ("T-DEL", 169, 2, "0.9 (−7.9 to 9.6)"),
        ("T-LESS", 400, 0.115, "−1.0 (−2.1 to 0.1)"),
        ("T-ND2", 267, 2, "0.7 (−2.8 to 4.3)"),
        ("T-BOOT", 104, 1, "+421.0 m (181.4 to 660.6)"),
        ("T-PREG", 29, 0.027, "−1.08 (−2.25 to 0.08)"),
        ("T-TENS", 104, 0, ""),
        ("R-ZAINA16", 643, 2, "−4.43 (−7.91 to −0.96)"),
        ("K-PREV", 26723, None, "22.0 %"),
    ],
)
def test_figures_are_those_of_the_evidence(id_: str, n: int, years: float | None, figure: str) -> None:
    source = EVIDENCE[id_]
    assert (source.n, figure in source.result) == (n, True)
    assert source.follow_up_years == (years if years is None else pytest.approx(years, abs=0.002))


def test_crossovers_and_harms_that_readers_must_see() -> None:
    assert "43 %" in EVIDENCE["T-SP2"].crossovers and "57 %" in EVIDENCE["T-DEL"].crossovers
    assert "29 % against 8 %" in EVIDENCE["T-IPD"].harms and "5.88" in EVIDENCE["T-GPMA"].harms


# --- how a source is written ---------------------------------------------------------------------------------------

PLAIN = """
title = "t"
year = 2020
kind = "randomised trial"
says = "s"
strength = ""
certainty = "low"
read = "abstract"
status = "verified"
link = ""
read_on = 2026-11-21
review_by = 2028-11-21
"""


def read(tmp_path: Path, *more: str) -> Source:
    (tmp_path / "some.toml").write_text("[X]" + PLAIN + "\n".join(more))
    read_evidence.cache_clear()
    return read_evidence(tmp_path)["X"]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    read_evidence.cache_clear()


def test_a_bare_trial_is_a_source_with_gaps(tmp_path: Path) -> None:
    source = read(tmp_path)
    assert source.gaps == ("n", "result", "follow_up")
    assert (source.n, source.follow_up_years, source.also, source.silent) == (None, None, (), {})


def test_what_is_given_or_explained_is_no_gap(tmp_path: Path) -> None:
    source = read(tmp_path, "n = 3", 'follow_up = "6 weeks"', 'silent = { result = "cut off" }', 'also = ["a", "b"]')
    assert source.gaps == () and source.also == ("a", "b")


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ('follow_up = "some time"', r"\[X\] follow_up: .* begins with a time"),
        ("n = 0", r"\[X\] n: It is '0'. Expected a whole number of people"),
        ("n = 2.5", r"\[X\] n: It is '2.5'. Expected a whole number"),
        ('n = 3\nsilent = { n = "why" }', "which it gives or does not know"),
        ('silent = { colour = "why" }', "which it gives or does not know"),
        ("colour = 1", r"\[X\] colour: This entry is not known"),
        ('[Y]\ntitle = "t"', r"\[Y\] year: It is missing"),
    ],
)
def test_a_source_written_wrongly_is_refused(tmp_path: Path, more: str, wrong: str) -> None:
    with pytest.raises(DeclarationError, match=wrong):
        read(tmp_path, more)


# --- statements ----------------------------------------------------------------------------------------------------


def test_the_statements_as_they_stand_have_no_fault() -> None:
    assert [str(fault) for fault in check_statements(STATEMENTS, EVIDENCE)] == []
    assert len(STATEMENTS) >= 70


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=list(STATEMENTS))
def test_a_statement_is_plain_and_names_its_ids(statement: Statement) -> None:
    assert textstat.flesch_kincaid_grade(statement.patient) <= GRADE
    assert "[" in statement.clinician


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"sources": ()}, "do not exist"),
        ({"sources": ("NOBODY99",)}, "do not exist"),
        ({"sources": ("T-GP25",)}, "unverified sources only"),
        ({"sources": ("S003",), "certainty": "low"}, "seed texts alone"),
        ({"clinician": "Without brackets."}, "do not name ['T-ACU24'"),
        ({"patient": "Multidisciplinary rehabilitation necessitates considerable individualisation."}, "at grade"),
        ({"patient": "This will cure you."}, "promise"),
        ({"patient": "It happens to 1 in 20 people."}, "words for patients"),
    ],
)
def test_a_statement_that_cannot_be_cited_is_found(change: dict[str, object], wrong: str) -> None:
    one = replace(STATEMENTS["acupuncture"], **change)  # type: ignore[arg-type]
    found = [str(fault) for fault in check_statements({one.id: one}, EVIDENCE)]
    assert any(wrong in line for line in found), found


def test_every_statement_has_its_words_and_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "wording" / "en").mkdir(parents=True)
    one, other = 'topic = "care"\nsources = ["S003"]', 'patient = "Walk."\nclinician = "Walking [S003]."'
    (tmp_path / "statements.toml").write_text(f'[silent]\n{one}\ncertainty = "low"\n[sure]\n{one}\ncertainty = "very"')
    (tmp_path / "wording" / "en" / "statements.toml").write_text(f'[sure]\n{other}\n[lost]\npatient = "Sit."')
    with pytest.raises(DeclarationError) as error:
        read_statements(tmp_path, "en")
    assert [line.partition(". Expected")[0] for line in str(error.value).splitlines()] == [
        "statements.toml [sure] certainty: It is 'very'",
        "en/statements.toml [lost]: It belongs to nothing",
        "en/statements.toml [lost] clinician: It is missing",
        "en/statements.toml [silent]: It is missing",
    ]
    with pytest.raises(DeclarationError, match=r"xx/statements\.toml: There is no such file"):
        read_statements(tmp_path, "xx")


# --- what is unverified --------------------------------------------------------------------------------------------


def test_the_register_as_it_stands_has_no_fault() -> None:
    assert [str(fault) for fault in check_register(REGISTER, EVIDENCE)] == []
    assert {entry.state for entry in REGISTER.values()} == {"open", "found", "none found"}


def test_an_open_figure_that_is_shown_is_found() -> None:
    shown = replace(EVIDENCE["T-ND2"], harms="Second operations 12.5 % against 9.1 %.")
    found = [str(fault) for fault in check_register(REGISTER, {**EVIDENCE, "T-ND2": shown})]
    assert any(line.startswith("T-ND2: It shows") for line in found)


def test_every_unverified_source_is_on_the_page_and_carries_no_statement_alone() -> None:
    page = "\n".join(unverified_page(SPINE))
    unverified = {source.id for source in EVIDENCE.values() if source.status == "unverified"}
    assert all(f"| {id_} |" in page for id_ in unverified | set(REGISTER))
    assert not [s.id for s in STATEMENTS.values() if set(s.sources) <= unverified]


def test_what_was_verified_says_where_and_when() -> None:
    found = [entry for entry in REGISTER.values() if entry.state == "found"]
    assert len(found) >= 6
    for entry in found:
        assert entry.found and entry.looked_on == date(2026, 11, 21)
    for id_ in ("T-AQUA", "G-ASIPP21", "T-LESS12", "T-SPDURO"):
        source = EVIDENCE[id_]
        assert (source.status, source.read_on) == ("verified", date(2026, 11, 21)) and source.link.startswith("http")


# --- pages ---------------------------------------------------------------------------------------------------------


def test_the_page_of_evidence_has_one_table_a_kind_and_every_source_once() -> None:
    page = "\n".join(evidence_page(SPINE))
    kinds = {source.kind for source in EVIDENCE.values()}
    assert page.count("\n## ") == len(kinds)
    assert all(page.count(f"\n| {id_} |") == 1 for id_ in EVIDENCE)


def test_the_page_of_statements_leads_back_to_claims() -> None:
    page = "\n".join(statements_page(SPINE))
    assert all(f"\n| {id_} |" in page for id_ in STATEMENTS) and "S000-01" in page


def test_tables_hold_together() -> None:
    for name, text in ledger_pages(SPINE).items():
        width = 0
        for line in text.splitlines():
            bars = line.replace("\\|", "").count("|")
            if not line.startswith("|"):
                width = 0
            elif width:
                assert bars == width, f"{name}: {line[:80]}"
            else:
                width = bars
