"""The claim ledger: every claim of the five texts has an end, every end exists, and conflicts know their claims."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spinesteps.cli.terminal import lines
from spinesteps.errors import DeclarationError
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.claims import Claim, End, read_claims
from spinesteps.library.library import library_of
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import EVERYONE, Ranking, Rule
from spinesteps.person.answers import read_person
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.output import to_json, to_text
from spinesteps.quality.lint.ledger import check_claims, check_ledgers
from spinesteps.rule_pages.ledgers import claims_page, conflicts_page, readings_page

DAY = date(2026, 11, 21)
SPINE = PATHWAY.as_of(DAY)
CLAIMS = library_of(SPINE).claims
STATEMENTS = library_of(SPINE).statements
COUNTS = {"S000": 23, "S001": 16, "S002": 28, "S003": 67, "S004": 17}
SETTLED = (
    "floor", "RF-01", "RF-01f", "RF-06a", "RF-02", "single signs", "RF-04", "RF-05c", "RF-07", "ids", "medicines",
    "RF-03a, Q08", "condition", "codes", "fair trial (C-04)", "injection relief", "steps",
)  # fmt: skip


def faults(claims: dict[str, Claim]) -> list[str]:
    return [f"{fault.place}: {fault.wrong}" for fault in check_claims(SPINE, claims, STATEMENTS)]


def with_ends(id_: str, *ends: End) -> list[str]:
    """Faults when one claim ends so."""
    return faults({**CLAIMS, id_: replace(CLAIMS[id_], became=ends)})


def test_every_claim_of_the_five_texts_is_there() -> None:
    for seed, count in COUNTS.items():
        named = [id_ for id_, claim in CLAIMS.items() if claim.seed == seed]
        assert named == [f"{seed}-{number:02d}" for number in range(1, count + 1)]
    assert len(CLAIMS) == 151


def test_every_claim_has_an_end_that_exists() -> None:
    assert faults(dict(CLAIMS)) == []


def test_the_ledgers_as_they_stand_have_no_fault() -> None:
    assert [str(fault) for fault in check_ledgers(SPINE)] == []


def test_a_claim_without_an_end_is_found() -> None:
    assert "S003-64: This claim has no end." in with_ends("S003-64")


@pytest.mark.parametrize(
    "end",
    [
        End("rule", "RF-99"),
        End("rule", "no-such-rule"),
        End("advice", "no-such-advice"),
        End("advice", "RF-01a"),
        End("statement", "no-such-statement"),
        End("conflict", "C-99", "early-surgery"),
        End("conflict", "C-01", "no-such-side"),
        End("not_used", "too short"),
    ],
    ids=lambda end: f"{end.kind} {end.name}",
)
def test_an_end_that_does_not_exist_is_found(end: End) -> None:
    assert any(
        line.startswith("S003-64: It ends in") and "does not exist" in line for line in with_ends("S003-64", end)
    )


def test_all_faults_are_told_at_once() -> None:
    bare = {id_: replace(claim, became=(), conflicts=()) for id_, claim in CLAIMS.items()}
    assert sum("has no end" in line for line in faults(bare)) == len(CLAIMS)


def test_a_position_and_a_claim_must_name_each_other() -> None:
    found = with_ends("S000-21", End("advice", "surgical-opinion-early"))
    assert any("C-10 surgery-first: Only one of the position and the claim" in line for line in found)
    assert any("S000-21: Its conflicts are not those of its ends." in line for line in found)


def test_a_conflict_that_no_rule_carries_is_found() -> None:
    rules = tuple(replace(rule, conflicts=()) for rule in SPINE.rules)
    found = [fault.place for fault in check_claims(replace(SPINE, rules=rules), CLAIMS, STATEMENTS)]
    assert set(SPINE.conflicts) <= set(found)


WHOLE = 'says="x"\ntopic="t"\npopulation="all"\ndirection="for"\nbecame=[]'


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ('says = "x"', r"\[S000-01\] topic: It is missing"),
        (WHOLE.replace('"for"', '"up"'), "direction: It is 'up'. Expected one of for, against"),
        (WHOLE.replace("[]", '[{gone="a"}]'), "became 1 gone: This entry is not known"),
        (WHOLE.replace("[]", '[{advice="a", rule="b"}]'), "became 1 advice: This entry is not known"),
        (WHOLE.replace("[]", '[{advice="a", side="b"}]'), "became 1: It has a side and is no conflict"),
        (f"{WHOLE}\nodd=1", "odd: This entry is not known"),
    ],
)
def test_a_row_written_wrongly_is_refused_with_its_place(tmp_path: Path, row: str, wrong: str) -> None:
    (tmp_path / "S000.toml").write_text(f"[S000-01]\n{row}\n[S001-01]\n{WHOLE}\n")
    with pytest.raises(DeclarationError, match=wrong) as caught:
        read_claims(tmp_path)
    assert "S000.toml [S000-01]" in str(caught.value) and "belongs into another file" in str(caught.value)


# --- pages ---------------------------------------------------------------------------------------------------------


def test_the_page_of_claims_shows_each_claim_and_its_end() -> None:
    page = "\n".join(claims_page(SPINE))
    assert all(f"| {id_} |" in page for id_ in CLAIMS)
    assert "[surgical-opinion-early](knowledge/surgical-opinion-early.md)" in page
    assert "[C-10](conflicts.md) (surgery-first)" in page and "not used: " in page


def test_the_page_of_conflicts_shows_sides_claims_lean_and_rules() -> None:
    page = "\n".join(conflicts_page(SPINE))
    for id_, conflict in SPINE.conflicts.items():
        assert f"## {id_} " in page and conflict.default in page and conflict.would_change in page
    assert "S000-21" in page and "surgical-opinion-early before reasonable-to-wait" in page


def test_the_27_conflicts_of_the_evidence_are_there() -> None:
    assert {f"C-{number:02d}" for number in range(1, 28)} <= set(SPINE.conflicts)
    for conflict in SPINE.conflicts.values():
        assert len({position.side for position in conflict.positions}) == len(conflict.positions) >= 2
        assert all((conflict.question, conflict.default, conflict.certainty, conflict.would_change))


def test_every_row_of_settled_readings_is_a_reading_with_alternatives() -> None:
    rows = {reading.row for reading in SPINE.interpretations.values()}
    assert set(SETTLED) <= rows
    page = "\n".join(readings_page(SPINE))
    assert all(f"| {id_} |" in page for id_ in SPINE.interpretations)
    assert all(reading.alternatives for reading in SPINE.interpretations.values())


# --- which conflicts bear on a person (decision 016) ---------------------------------------------------------------


QUIET: dict[str, Any] = {ask.fact.name: False for ask in SPINE.emergency_questions}
STENOSIS = {**QUIET, "age": 74, "stenosis_diagnosed": True, "leg_pain": True, "cancer_history": False}


def judged(**facts: Any) -> Assessment:
    return assess(read_person(json.dumps(facts).encode(), SPINE.by_name, DAY), SPINE, DAY)


def bearing(**facts: Any) -> set[str]:
    found = to_json(judged(**facts), full=False)["conflicts"]
    assert found == sorted(found)
    return set(found)


def test_a_conflict_of_an_advised_rule_bears() -> None:
    assert "C-10" in bearing(**STENOSIS, walking_distance_m=80)
    assert {"C-01", "C-04"} <= bearing(**STENOSIS, exercise_programme_weeks=14, function_unacceptable=True)


def planted(*rules: Rule, rankings: tuple[Ranking, ...] = (), **facts: Any) -> list[str]:
    """The conflicts of a person with stenosis under these rules alone."""
    record = read_person(json.dumps({**STENOSIS, **facts}).encode(), SPINE.by_name, DAY)
    changed = replace(PATHWAY, rules=rules, rankings=rankings)
    return list(to_json(assess(record, changed, DAY), full=False)["conflicts"])


def rule(id_: str = "stay-active", **more: Any) -> Rule:
    plain = {"direction": "do", "step": "self_management", "when": EVERYONE, "conflicts": ("C-16",)}
    return Rule(id=id_, evidence=(For("S000"), Against("DESIGN")), **plain | more)


def test_the_planted_person_is_on_the_first_step() -> None:
    assert judged(**STENOSIS).decision.step == "self_management"


@pytest.mark.parametrize(
    ("what", "rules", "bears"),
    [
        ("advised", (rule(),), True),
        ("settled no", (rule(when=f.fever),), False),
        ("does not concern", (rule(who=f.fever),), False),
        ("waits, concerns, own step", (rule(who=f.leg_pain, when=f.dialysis),), True),
        ("waits on another step", (rule(who=f.leg_pain, when=f.dialysis, step="surgery"),), False),
        ("waits, and whom it concerns is not known", (rule(who=f.dialysis, when=f.leg_pain),), False),
        ("waits, and is about everyone", (rule(when=f.dialysis),), False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_bears(what: str, rules: tuple[Rule, ...], bears: bool) -> None:
    assert planted(*rules) == (["C-16"] if bears else []), what


def test_danger_first_raises_no_dispute() -> None:
    assert planted(rule(), saddle_numbness=True) == []
    assert planted(rule(delays=False), saddle_numbness=True) == ["C-16"]


def test_the_conflict_that_decided_between_opposites_bears() -> None:
    winner, loser = rule(conflicts=()), rule("positions-that-ease", conflicts=("C-16",))
    ranked = (Ranking("stay-active", "positions-that-ease", "C-10"),)
    assert planted(winner, loser, rankings=ranked) == ["C-10"]
    assert planted(winner, loser) == ["C-16"]


def test_whoever_has_said_nothing_is_not_shown_every_dispute() -> None:
    assert len(bearing()) <= 3


def test_danger_comes_before_disputes() -> None:
    calm, danger = bearing(**STENOSIS), bearing(**{**STENOSIS, "saddle_numbness": True})
    assert len(danger) < len(calm)
    person = judged(**{**STENOSIS, "saddle_numbness": True})
    shown = {id_ for found in person.decision.findings if found.state == "advised" for id_ in found.rule.conflicts}
    assert danger <= shown


def test_conflicts_are_ids_in_json_and_questions_in_words() -> None:
    person = judged(**STENOSIS, walking_distance_m=80)
    words = "\n".join(text for _, text in lines(person, disagreements=True))
    for id_ in to_json(person)["conflicts"]:
        conflict = person.pathway.conflicts[id_]
        assert conflict.question in words and conflict.default in words
    assert json.loads(to_text(person, full=False))["conflicts"] == to_json(person, full=False)["conflicts"]
