"""The public API says what the command line says, from each shape of input; faults come all at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import spinesteps
from tests.faces.conftest import DAY

ON = date.fromisoformat(DAY)
PERSON: dict[str, object] = {"age": 74, "leg_pain": True, "saddle_numbness": "not_sure", "walking_distance_m": 80}
BUNDLE = Path(__file__).parents[1] / "data" / "fhir_bundle.json"


def test_facts_in_every_shape_give_what_the_command_gives(
    command: Callable[..., Any], person: Callable[[Any], str]
) -> None:
    path = person(PERSON)
    wanted = command("assess", "--facts", path, "--on", DAY, "--json").json()
    text = json.dumps(PERSON)
    for given in (PERSON, text, text.encode(), Path(path), spinesteps.read_facts(PERSON, ON)):
        found = spinesteps.assess(given, ON)
        assert spinesteps.to_json(found) == wanted
        assert json.loads(spinesteps.to_text(found)) == wanted
    asked = [question.fact for question in spinesteps.questions(PERSON, ON)]
    assert asked == [row["fact"] for row in wanted["questions"]]


def test_a_record_in_every_shape_gives_what_the_command_gives(command: Callable[..., Any]) -> None:
    wanted = command("assess", "--fhir", str(BUNDLE), "--on", DAY, "--json").json()
    for given in (BUNDLE, BUNDLE.read_text("utf-8"), BUNDLE.read_bytes(), json.loads(BUNDLE.read_bytes())):
        assert spinesteps.to_json(spinesteps.assess(spinesteps.read_fhir(given, on=ON), ON)) == wanted


def test_standards_are_those_of_the_command(command: Callable[..., Any]) -> None:
    record = spinesteps.read_fhir(BUNDLE, on=ON)
    for since in (None, date(2020, 1, 1)):
        more = () if since is None else ("--whole-since", since.isoformat(), "--whole-kinds",
                                         "procedure,imaging,medicine,condition,encounter")
        said = command("standards", "--fhir", str(BUNDLE), "--on", DAY, "--json", *more)
        assert spinesteps.standards(record, ON, since) == said.json()


def test_everyone_of_a_folder(tmp_path: Path) -> None:
    patients = [{"resourceType": "Patient", "id": id_, "birthDate": "1950-01-01"} for id_ in ("one", "two")]
    (tmp_path / "Patient.ndjson").write_text("\n".join(map(json.dumps, patients)), "utf-8")
    records = list(spinesteps.read_everyone(tmp_path, ON))
    assert [record.person for record in records] == ["one", "two"]
    assert spinesteps.read_fhir(tmp_path, "two", ON).person == "two"
    assert all(spinesteps.assess(record, ON).answers["age"] == 76 for record in records)


def test_a_score_feeds_facts() -> None:
    found = spinesteps.score("phq2", {"interest": 1, "mood": 2})
    assert found["facts"] == {"phq2": 3}
    assert spinesteps.assess({**PERSON, **found["facts"]}, ON).answers["phq2"] == 3
    with pytest.raises(spinesteps.ScopeError):
        spinesteps.score("phq22", {})


def test_every_fault_at_once_and_no_answer_in_it() -> None:
    with pytest.raises(spinesteps.InputError) as caught:
        spinesteps.assess({"age": 977, "leg_pian": True, "fever": None}, ON)
    assert [fault.place for fault in caught.value.faults] == ["age", "leg_pian", "fever"]
    assert "977" not in str(caught.value)
    with pytest.raises(spinesteps.InputError):
        spinesteps.read_facts(Path("nowhere.json"))
    with pytest.raises(spinesteps.InputError):
        spinesteps.read_fhir({"resourceType": "Patient"})
    with pytest.raises(spinesteps.ScopeError):
        spinesteps.read_facts({"age": {74}})
    with pytest.raises(spinesteps.NoValueError):
        spinesteps.load_pathway(date(1990, 1, 1))


def test_a_deployment_is_used(tmp_path: Path) -> None:
    path = tmp_path / "deployment.toml"
    path.write_text('country = "GB"\n', "utf-8")
    here = spinesteps.load_deployment(path)
    card = spinesteps.to_json(spinesteps.assess({"saddle_numbness": True}, ON, here))["card"]
    assert "999" in card["text"]
    assert spinesteps.load_pathway(ON, here).fingerprint == spinesteps.load_pathway(ON).fingerprint


@pytest.fixture(name="command")
def command_line(request: pytest.FixtureRequest) -> Any:
    """The command line, under a name of its own beside the package."""
    return request.getfixturevalue("spinesteps")
