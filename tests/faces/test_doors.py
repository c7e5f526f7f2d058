"""Inputs and outputs that are hostile, endless, gone or somebody else's: a clear line and exit 2, never a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spinesteps import files
from spinesteps.errors import plain
from spinesteps.logic.facts import Silence
from tests.faces.conftest import DAY, Outcome
from tests.faces.fhir_samples import DATA, PATIENT, bundle, condition, from_folder, medicine, observation, read

Run = Callable[..., Outcome]
CASES = DATA / "cases"
SADDLE = observation("saddle_numbness", valueBoolean=True)
BAD_SIGNS = "\x1b[2J\u202e\u2066\u200b\u2028\r\n\x07\x9b"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def known(data: Any) -> dict[str, Any]:
    return {name: entry.answer for name, entry in read(data).entries.items()}


def test_a_unit_that_differs_never_ends_a_record() -> None:
    assert known(case("2-hb-gdl.json")) == {"age": 76, "haemoglobin_g_l": 118, "fever": True}


def test_a_key_twice_makes_the_value_unclear() -> None:
    record = read(case("3-dupkey.json"))
    assert record.entries["saddle_numbness"].answer is Silence.UNREADABLE
    assert any("more than once" in fault.wrong for fault in record.faults)


def test_a_half_written_file_is_read_and_said() -> None:
    record = from_folder(CASES / "4a-folder-part")
    assert record.entries["saddle_numbness"].answer is True
    assert any(f.place.endswith(".part") and "in part" in f.wrong for f in record.faults)


def test_two_patients_of_one_id_are_two(spinesteps: Run) -> None:
    name = str(CASES / "5-same-id-two-people.json")
    for asked in ((), ("--patient", "p"), ("--patient", "Patient/p")):
        done = spinesteps("assess", "--fhir", name, "--on", DAY, *asked)
        assert done.code == 2 and "atient" in done.err
    first = read(case("5-same-id-two-people.json"), "http://a/Patient/p")
    second = read(case("5-same-id-two-people.json"), "http://b/Patient/p")
    assert "saddle_numbness" not in first.entries and second.entries["saddle_numbness"].answer is True
    assert (first.entries["sex"].answer, second.entries["sex"].answer) == ("female", "male")


def test_two_patients_of_one_id_without_an_address_are_refused(spinesteps: Run, person: Any) -> None:
    name = person(bundle(PATIENT | {"birthDate": "1990-01-01", "gender": "male"}))
    assert spinesteps("assess", "--fhir", name, "--on", DAY).code == 2


def test_a_line_twice_counts_once() -> None:
    record = from_folder(CASES / "7-folder-twice")
    assert record.entries["paracetamol_mg_day"].answer == 3000


@pytest.mark.parametrize("name", ["11-nulldate.json", "1-ces-after-no.json", "14-coded-no.json", "10-two-dosages.json"])
@pytest.mark.parametrize("command", ["standards", "assess"])
def test_no_case_ends_a_command(spinesteps: Run, name: str, command: str) -> None:
    assert spinesteps(command, "--fhir", str(CASES / name), "--on", DAY).code == 0


@pytest.mark.parametrize("year", ["0001", "1000", "9999"])
@pytest.mark.parametrize("place", ["onsetDateTime", "abatementDateTime", "recordedDate"])
def test_years_that_stand_for_nothing(year: str, place: str) -> None:
    held = condition("C50.911", **{place: f"{year}-01-01T00:00:00Z"})
    assert known(bundle(held)) == {"age": 74, "sex": "female", "cancer_history": True}


@pytest.mark.parametrize("day", ["0001-01-01", "1066-10-14", "1960-01-01", "9999-12-31", "tomorrow", "2026-13-01"])
@pytest.mark.parametrize("command", [("assess", "--json"), ("questions",), ("standards",), ("programme",)])
def test_any_day_is_judged_or_refused(spinesteps: Run, day: str, command: tuple[str, ...]) -> None:
    done = spinesteps(*command, "--fhir", str(DATA / "fhir_bundle.json"), "--on", day)
    assert done.code == 2 and done.err.count("\n") == 1


def test_parts_without_number_are_bounded(spinesteps: Run, person: Any) -> None:
    for unit in (b"{}", b'{"resource":{}}', b"[]", b'"a"', b"1"):
        data = b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":%s}' % json.dumps(PATIENT).encode()
        name = person(data + (b"," + unit) * (3_000_000 // len(unit)) + b"]}")
        done = spinesteps("assess", "--fhir", name, "--on", DAY)
        assert done.code in (0, 2) and "Traceback" not in done.err


def test_text_of_a_record_forges_nothing(spinesteps: Run, person: Any) -> None:
    told = f"Calm{BAD_SIGNS}Routine appointment"
    held = [
        condition(f"X{BAD_SIGNS}", id=f"c{BAD_SIGNS}"), medicine(told), observation(told, told, valueString=told),
        medicine("Warfarin 5 MG") | {"id": told}, {"resourceType": f"Ship{BAD_SIGNS}"}, {"resourceType": told},
        condition("M48.061", **{told: told}),
    ]  # fmt: skip
    name = person(bundle(*held, patient=PATIENT | {"id": f"p{BAD_SIGNS}", "name": [{"text": told}]}))
    for command in (("assess",), ("assess", "--json"), ("assess", "--reasons", "--all"), ("standards", "--json")):
        done = spinesteps(*command, "--fhir", name, "--on", DAY)
        text = done.out + done.err
        assert done.code == 0
        assert all(plain(line, 10**9) == line for line in text.split("\n"))
        assert not any(line.startswith("Routine appointment") for line in text.split("\n")[1:])


@pytest.mark.parametrize("argument", ["a\x1b[2J", "a\u202eb", "a\nEmergency", "\udcff"])
def test_an_argument_forges_nothing(spinesteps: Run, argument: str) -> None:
    for option in ("--fhir", "--patient", "--facts"):
        done = spinesteps("assess", option, argument, "--on", DAY)
        assert done.code == 2 and argument not in done.err + done.out


def test_files_that_are_none(spinesteps: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_WAIT", 0.1)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    names = [str(tmp_path / name) for name in ("pipe", "folder", "gone", "none", "x" * 5_000, "a\0b")] + ["/dev/zero"]
    for name in names[:-1] if not Path("/dev/zero").exists() else names:
        for option in ("--facts", "--fhir"):
            if "\0" in name:
                continue
            done = spinesteps("assess", option, name, "--on", DAY)
            assert done.code == 2 and done.err.count("\n") == 1 and len(done.err) < 1_000, (option, name)


def test_facts_as_they_are(spinesteps: Run) -> None:
    done = spinesteps("assess", "--facts", '{"age": 71,\n "saddle_numbness": true}', "--on", DAY, "--json")
    assert done.code == 0 and done.json()["urgency"] == "emergency"


def test_questions_of_a_record_and_of_lines(spinesteps: Run, tmp_path: Path) -> None:
    asked = spinesteps("questions", "--fhir", str(DATA / "fhir_bundle.json"), "--on", DAY, "--json")
    assert asked.code == 0 and asked.json()[0]["fact"]
    lines = tmp_path / "people.jsonl"
    lines.write_text('{"age": 71}\n{"agee": 1}\n{"age": 40, "leg_pain": true}\n')
    done = spinesteps("questions", "--facts", str(lines), "--on", DAY)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 2 and rows[1]["line"] == 2 and rows[0][0]["fact"] and rows[2][0]["fact"]


ON_TOP: list[tuple[str, list[Any], dict[str, Any], dict[str, Any], list[str]]] = [
    ("a history stands", [condition("C50.911")], {"cancer_history": False}, {"cancer_history": True},
     ["cancer_history"]),
    ("a medicine in force", [medicine("Warfarin 5 MG")], {"anticoagulant": False}, {"anticoagulant": True},
     ["anticoagulant"]),
    ("an anti-inflammatory", [medicine("Naproxen 500 MG")], {"nsaid": "not_sure"}, {"nsaid": True}, ["nsaid"]),
    ("a danger sign in date", [SADDLE], {"saddle_numbness": False}, {"saddle_numbness": True}, ["saddle_numbness"]),
    ("a danger sign out of date", [observation("saddle_numbness", at="2026-10-01", valueBoolean=True)],
     {"saddle_numbness": False}, {"saddle_numbness": False}, ["saddle_numbness"]),
    ("a yes wins", [observation("fever", valueBoolean=False)], {"fever": True}, {"fever": True}, ["fever"]),
    ("a symptom is as it is said today", [observation("leg_pain", valueBoolean=True)], {"leg_pain": False},
     {"leg_pain": False}, ["leg_pain"]),
    ("a number is as it is said today", [], {"age": 75}, {"age": 75}, ["age"]),
    ("what agrees is not told", [SADDLE], {"saddle_numbness": True}, {"saddle_numbness": True}, []),
]  # fmt: skip


@pytest.mark.parametrize(("held", "said", "stands", "told"), [row[1:] for row in ON_TOP], ids=[r[0] for r in ON_TOP])
def test_answers_on_top_of_a_record(
    tmp_path: Path, held: list[Any], said: dict[str, Any], stands: dict[str, Any], told: list[str]
) -> None:
    from datetime import date

    from spinesteps.cli.inputs import read_record

    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(bundle(*held)))
    record = read_record(json.dumps(said), path, None, date.fromisoformat(DAY))
    assert {name: record.entries[name].answer for name in stands} == stands
    assert [fault.place for fault in record.faults if "disagree" in fault.wrong] == told


def paper(spinesteps: Run, out: Path, facts: str) -> Outcome:
    return spinesteps("letter", "--facts", facts, "--out", str(out), "--on", DAY)


def test_nobody_else_s_paper_is_written_over(spinesteps: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert paper(spinesteps, out, '{"age": 71}').code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert paper(spinesteps, out, '{"age": 71}').code == 0
    done = paper(spinesteps, out, '{"age": 72}')
    assert done.code == 2 and "somebody else" in done.err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_folders_that_cannot_be_written(spinesteps: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    (tmp_path / "trap").mkdir()
    (tmp_path / "trap" / "letter.html").symlink_to(tmp_path / "file")
    (tmp_path / "named" / "letter.html").mkdir(parents=True)
    for out in ("file", "link", "trap", "named", "file/inside", "x" * 5_000, "there/" + "y" * 300):
        done = paper(spinesteps, tmp_path / out, '{"age": 71}')
        assert done.code == 2 and done.err.count("\n") == 1, out
    assert (tmp_path / "file").read_text() == "x" and list((tmp_path / "there").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_output_that_cannot_be_written_is_no_success(more: list[str]) -> None:
    command = [sys.executable, "-m", "spinesteps", "assess", "--facts", '{"age": 71}', "--on", DAY, *more]
    with open("/dev/full", "w") as full:
        assert subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False).returncode == 2
    closed = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], stderr=subprocess.PIPE, check=False)
    assert closed.returncode == 2 and b"closed" in closed.stderr


def test_one_person_that_fails_inside_is_one_line(
    spinesteps: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spinesteps.person import from_events

    people = [PATIENT, PATIENT | {"id": "q"}, PATIENT | {"id": "r"}]
    (tmp_path / "Patient.ndjson").write_text("".join(json.dumps(one) + "\n" for one in people))
    whole = from_events.Settler.record

    def failing(self: Any, person: str, *rest: Any) -> Any:
        if person == "q":
            raise RuntimeError
        return whole(self, person, *rest)

    monkeypatch.setattr(from_events.Settler, "record", failing)
    done = spinesteps("assess", "--fhir", str(tmp_path), "--everyone", "--on", DAY)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["patient"] for row in rows] == ["p", "q", "r"] and done.code == 3
    assert rows[1]["error"] == "could_not_check" and rows[0]["urgency"] and rows[2]["urgency"]



@pytest.mark.parametrize("name", ["/dev/zero", "pipe", "folder", "none", "x" * 5_000])
def test_a_deployment_that_is_no_file(
    spinesteps: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(files, "LONGEST_WAIT", 0.1)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    done = spinesteps("assess", "--facts", '{"age": 71}', "--on", DAY, "--deployment", str(tmp_path / name))
    assert done.code == 2 and done.err.count("\n") == 1 and done.out == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_fault_that_nobody_can_be_told_of_is_exit_2() -> None:
    command = [sys.executable, "-m", "spinesteps", "assess", "--facts", '{"agee": 71}', "--on", DAY]
    with open("/dev/full", "w") as full:
        assert subprocess.run(command, stderr=full, check=False).returncode == 2
