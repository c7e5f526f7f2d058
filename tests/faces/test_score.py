"""`spinesteps score`: items in, scores and changes out; every fault at once; the one-person path does not load it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

ODI = {str(n): 2 for n in range(1, 11)}


@pytest.fixture
def items(tmp_path):
    """Write items to a file of this name and give its path."""

    def write(content, name="items.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return write


def test_a_score_as_json(spinesteps, items):
    done = spinesteps("score", "odi", "--items", items(ODI), "--json")
    data = done.json()
    assert done.code == 0
    assert data["scores"][0]["value"] == 40 and data["scores"][0]["band"] == "moderate"
    assert data["facts"] == {"odi": 40}
    assert data["draft"].startswith("Draft")


def test_its_facts_can_be_assessed(spinesteps, items, person):
    facts = spinesteps("score", "phq2", "--items", items({"interest": 3, "mood": 2}), "--json").json()["facts"]
    assert spinesteps("assess", "--facts", person(facts), "--json").code == 0


def test_what_cannot_be_scored_says_so_and_feeds_no_fact(spinesteps, items):
    data = spinesteps("score", "odi", "--items", items({"1": 2}), "--json").json()
    (score,) = data["scores"]
    assert score["status"] == "cannot be scored" and score["value"] is None and score["band"] is None
    assert len(score["missing"]) == 9 and data["facts"] == {}


def test_a_slip_beyond_the_fact_is_scored_and_feeds_nothing(spinesteps, items):
    slip = items({"displacement_mm": 40, "endplate_mm": 36})
    data = spinesteps("score", "meyerding", "--items", slip, "--json").json()
    assert data["scores"][0]["band"] == "V" and data["facts"] == {}


def test_a_change_says_what_it_stands_on(spinesteps, items):
    later = items(dict.fromkeys(ODI, 1), "later.json")
    done = spinesteps(
        "score", "odi", "--items", later, "--before", items(ODI), "--setting", "conservative", "--json"
    )  # fmt: skip
    (one,) = done.json()["change"]
    assert one["verdict"] == "improved" and one["points"] == -20
    assert one["decided_by"] == ["odi-2-months", "odi-6-months", "odi-error"]
    assert {size["source"] for size in one["sizes"] if size["use"] == "decides"} == {"CARLESSO21", "LSS-MDC25"}
    assert done.json()["facts"] == {"odi": 20, "odi_change": -20}


def test_words(spinesteps, items):
    done = spinesteps("score", "phq9", "--items", items({str(n): 1 for n in range(1, 10)}))
    assert "9 points, mild" in done.out
    assert "NOW: Ask about self-harm" in done.out
    assert done.out.rstrip().splitlines()[-1].startswith("Draft")


def test_an_open_alert_is_told(spinesteps, items):
    assert "not answered: item 9" in spinesteps("score", "phq9", "--items", items({"1": 1})).out


def test_every_fault_at_once(spinesteps, items):
    done = spinesteps("score", "odi", "--items", items({"1": 9, "11": 1, "2": "bad", "3": 2}), "--json")
    assert done.code == 2 and done.out == ""
    assert [line.split(":")[0] for line in done.err.splitlines()] == ["odi item 11", "odi item 1", "odi item 2"]
    assert "bad" not in done.err


@pytest.mark.parametrize("content", [b"[1]", b"{", b'{"1": NaN}', b'{"1": 1, "1": 2}', b"\xff"])
def test_what_is_no_object_of_items_is_refused(spinesteps, items, content):
    done = spinesteps("score", "odi", "--items", items(content))
    assert done.code == 2 and done.out == "" and done.err


def test_an_unknown_instrument_is_told_with_the_nearest(spinesteps, items):
    done = spinesteps("score", "oddi", "--items", items(ODI))
    assert done.code == 2 and 'Did you mean "odi"?' in done.err


def test_what_lacks_is_told(spinesteps, items):
    assert spinesteps("score").code == 2
    assert spinesteps("score", "odi").code == 2
    assert spinesteps("score", "odi", "--items", items(ODI), "--months", "3").code == 2
    assert spinesteps("score", "odi", "--items", "/nowhere.json").code == 2


def test_the_list_holds_items_ranges_and_facts(spinesteps):
    rows = {row["id"]: row for row in spinesteps("score", "--list", "--json").json()}
    assert rows["odi"]["scales"][0] == {
        "id": "percent", "title": "disability", "low": 0, "high": 100, "unit": "%",
        "direction": "higher is worse", "fact": "odi",
    }  # fmt: skip
    assert all(item["about"] is None for item in rows["odi"]["items"])
    assert rows["comi"]["imported_only"] and not rows["comi"]["wording_may_be_shipped"]
    words = spinesteps("score", "--list").out
    assert all(id_ in words for id_ in rows)


def test_judging_one_person_loads_no_instrument():
    code = (
        "import sys; from datetime import date; from spinesteps.knowledge.spine import PATHWAY;"
        "from spinesteps.person.answers import read_person; from spinesteps.person.assess import assess;"
        "from spinesteps.person.output import to_json;"
        "d = date(2026, 11, 21); to_json(assess(read_person(b'{}', PATHWAY.by_name, d), PATHWAY, d));"
        "print([m for m in sys.modules if 'instrument' in m or m in ('fractions', 'spinesteps.instruments.scoring')])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
