"""Every command of README runs, what it shows is what is printed, and the example script runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.house import shown
from tests.house.source import ROOT

SLOW = {"spinesteps prove", "spinesteps lint"}  # tests/generative and tests/knowledge run them
COMMANDS = [pytest.param(one, marks=pytest.mark.nightly) if one in SLOW else one for one in shown.commands()]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples and nothing else of the repository."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_are_found() -> None:
    assert len(COMMANDS) >= 15
    named = {one.split()[1] for one in shown.commands()}
    assert named >= {"assess", "questions", "standards", "packet", "score", "serve"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command: str, place: Path, spinesteps: Callable[..., Any]) -> None:
    arguments = command.split()[1:]
    outcome = spinesteps(*arguments, *(["--help"] if arguments == ["serve"] else []))
    assert outcome.code == 0, outcome.err
    assert (outcome.out + outcome.err).strip()


def test_what_is_shown_is_what_is_printed() -> None:
    assert shown.PAGE.read_text("utf-8") == shown.page(), "run `make docs`"


def test_the_example_script_runs(place: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run(
        [sys.executable, "-W", "error", "examples/assess.py"], capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("today")
    assert "Did you mean" in run.stdout
