"""What seldom happens: rules that have ended, tables that are full, lists too long to draw, values that are days."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from spinesteps.errors import InputError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.conditions import AllOf, AnyOf, Known
from spinesteps.logic.engines import compiled
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Day, Silence, YesNo
from spinesteps.logic.serial import ReasonTexts
from spinesteps.logic.words import MOST_LINES, MOST_PARTS, Words
from spinesteps.pathway.deployment import Telephone, read_deployment
from spinesteps.person import output
from spinesteps.person.assess import assess
from spinesteps.person.decision import decide
from spinesteps.person.output import to_text
from spinesteps.person.record import Record

DAY = date(2026, 11, 21)
EVERY_RANKED = {one for ranking in PATHWAY.rankings for one in (ranking.winner, ranking.loser)}


def test_a_rule_that_has_ended_is_gone_from_rankings_and_from_the_plan() -> None:
    ended = replace(
        PATHWAY, rules=tuple(replace(rule, until=DAY) if rule.id in EVERY_RANKED else rule for rule in PATHWAY.rules)
    )
    today, tomorrow = ended.as_of(DAY), ended.as_of(DAY + timedelta(days=1))
    assert {rule.id for rule in today.rules} - {rule.id for rule in tomorrow.rules} == EVERY_RANKED
    states = {finding.rule.id for finding in decide(tomorrow, {}).findings}
    assert states == {rule.id for rule in tomorrow.rules}


def test_what_is_kept_between_people_starts_again_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    person = assess(Record({}), PATHWAY, DAY)
    once = to_text(person)
    monkeypatch.setattr(output, "MOST_TEXTS", 0)
    monkeypatch.setattr(compiled, "MOST_NAMED", 0)
    assert to_text(assess(Record({}), PATHWAY, DAY)) == once


def test_a_day_that_a_reason_met_is_told() -> None:
    on = Day("on")
    reason, done = judge(Known(on), {"on": DAY}), {}  # type: ignore[var-annotated]
    texts = ReasonTexts()
    assert '"2026-11-21"' in texts.write(reason, done)
    assert texts.write(reason, done) is texts.write(reason, done)


def test_a_list_too_long_to_draw_is_shortened() -> None:
    facts = [YesNo(f"f{place}") for place in range(MOST_PARTS + 1)]
    parts = [AllOf.of(fact, *(YesNo(f"{fact.name}_{inner}") for inner in range(5))) for fact in facts]
    drawn = Words({}).brief(judge(AnyOf.of(*parts), {facts[0].name: False, facts[1].name: Silence.NOT_SURE}))
    assert drawn.left_out == (1, MOST_PARTS) and drawn.parts == ()
    assert list(drawn.lines(shortened="{no} no, {unknown} open"))[-1].strip() == f"1 no, {MOST_PARTS} open"
    assert Words({}).whole(judge(AnyOf.of(*parts), {})).height > MOST_LINES


def test_a_telephone_number_is_not_verified_without_a_page() -> None:
    line = Telephone(number="1", source="", read_on=DAY, status="verified")
    assert [wrong for wrong, _ in line.faults()] == ["It is verified and has no source."]


def test_a_time_zone_that_there_is_not_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deployment.toml").write_text('time_zone = "Mars/Base"\n', "utf-8")
    with pytest.raises(InputError, match="no time zone"):
        read_deployment(tmp_path / "deployment.toml", PATHWAY)


def test_a_language_without_words_for_numbers_is_refused(tmp_path: Path) -> None:
    shutil.copytree(PATHWAY.folder / "wording", tmp_path / "wording")
    (tmp_path / "wording" / "en" / "deployment.toml").unlink()
    with pytest.raises(InputError, match="lacks deployment"):
        read_deployment(None, replace(PATHWAY, folder=tmp_path))
