"""The steps of docs/tutorials/add-a-red-flag.md, carried out on a copy: lint is content and the flag fires."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

PAGE = ROOT / "docs" / "tutorials" / "add-a-red-flag.md"
STEP = re.compile(r"<!-- into: ([\w/.]+), (?:after: ([^\n]+?)|at the end) -->\n```\w+\n(.*?)```", re.DOTALL)
DAY = "2026-11-21"


def carry_out(knowledge: Path) -> int:
    """Every step of the page on a copy of knowledge/; how many there were."""
    steps = STEP.findall(PAGE.read_text("utf-8"))
    for name, after, text in steps:
        path = knowledge / name
        lines = path.read_text("utf-8").splitlines(keepends=True)
        places = [number for number, line in enumerate(lines) if after and after.rstrip() in line]
        assert places or not after, f"{name} has no line with {after!r}: the tutorial is out of date"
        place = places[0] + 1 if after else len(lines)
        path.write_text("".join([*lines[:place], text, *lines[place:]]), "utf-8")
    return len(steps)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources with the tutorial carried out."""
    place = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
    assert carry_out(place / "src" / "spinesteps" / "knowledge") == 5
    return place


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    return subprocess.run(
        [sys.executable, "-m", "spinesteps", *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_lint_finds_nothing_wrong(changed: Path) -> None:
    assert "RF-16" in run(changed, "lint", "--on", DAY).stdout  # its words were not read yet
    run(changed, "lint", "--on", DAY, "--read", "RF-16")
    linted = run(changed, "lint", "--on", DAY)
    assert linted.stdout == "" and linted.returncode == 0, linted.stdout


def test_its_examples_say_what_was_expected(changed: Path) -> None:
    rows = [json.loads(line) for line in run(changed, "examples", "RF-16", "--json").stdout.splitlines()]
    assert len(rows) == 3
    people = changed / "people.jsonl"
    people.write_text("\n".join(json.dumps(row["facts"]) for row in rows), "utf-8")
    found = run(changed, "assess", "--facts", str(people), "--on", DAY, "--json", "--reasons")
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    raised = [any(flag["id"] == "RF-16" for flag in answer["red_flags"]) for answer in answers]
    assert raised == [True, False, True]
    assert answers[0]["urgency"] == rows[0]["expect"]["urgency"] == "two_weeks"
    assert answers[0]["urgency_reasons"] == rows[0]["expect"]["reasons"]
