"""Each example is found by the id of its rule, or by its own, with the line where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spinesteps.knowledge.spine import PATHWAY

FOLDER = PATHWAY.folder / "examples"


def test_every_red_flag_and_advice_has_examples_that_are_found(spinesteps: Callable[..., Any]) -> None:
    for id_ in ("RF-01a", "nsaid-stop", "C-06", "walking_distance_m"):
        rows = spinesteps("examples", id_).out.splitlines()
        assert rows
        for row in rows[:5]:
            place, _, rest = row.partition("  ")
            file, _, line = place.partition(":")
            text = (FOLDER / file).read_text("utf-8").splitlines()[int(line) - 1]
            assert text == f'id = "{rest.partition(":")[0]}"'


def test_an_id_is_met_whole(spinesteps: Callable[..., Any]) -> None:
    """RF-0 is no flag, though many begin so."""
    outcome = spinesteps("examples", "RF-0")
    assert outcome.code == 2 and "RF-0" in outcome.err and outcome.out == ""


def test_one_by_its_own_id_can_be_judged(spinesteps: Callable[..., Any], person: Callable[[Any], str]) -> None:
    found = spinesteps("examples", "legs-zero-day-fourteen")
    assert "danger_weakness_time.toml:" in found.err
    facts = found.json()
    answer = spinesteps("assess", "--facts", person(facts), "--on", "2026-11-21", "--json").json()
    row = spinesteps("examples", "legs-zero-day-fourteen", "--json").json()
    assert row["facts"] == facts and row["expect"]["urgency"] == answer["urgency"] == "emergency"
