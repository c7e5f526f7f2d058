"""The steps of docs/tutorials/add-a-face.md, carried out on a copy: the paper is written and the page is served."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

PAGE = ROOT / "docs" / "tutorials" / "add-a-face.md"
STEP = re.compile(r"<!-- into: ([\w/.]+)(?:, (after|before|replace): ([^\n]+?))? -->\n```\w+\n(.*?)```", re.DOTALL)
SERVED = """
from starlette.testclient import TestClient
from spinesteps.web.app import spine
answer = TestClient(spine(), base_url="http://127.0.0.1").get("/advices")
print(answer.status_code, answer.text)
"""


def carry_out(package: Path) -> int:
    """Every step of the page on a copy of the package; how many there were."""
    steps = STEP.findall(PAGE.read_text("utf-8"))
    for name, how, mark, text in steps:
        path = package / name
        if not how:
            assert not path.exists(), f"{name} is there already"
            path.write_text(text, "utf-8")
            continue
        before = path.read_text("utf-8")
        assert before.count(mark) == 1, f"{name} has not one {mark!r}: the tutorial is out of date"
        new = {"after": f"{mark}\n{text.rstrip()}", "before": f"{text}{mark}", "replace": text.rstrip()}[how]
        path.write_text(before.replace(mark, new), "utf-8")
    return len(steps)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources with the tutorial carried out."""
    place = tmp_path_factory.mktemp("face")
    shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
    assert carry_out(place / "src" / "spinesteps") == 9
    return place


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_the_paper_has_a_command_and_is_written(changed: Path) -> None:
    (changed / "person.json").write_text('{"age": 71, "saddle_numbness": true}', "utf-8")
    facts = ("--facts", str(changed / "person.json"), "--on", "2026-11-21")
    done = run(changed, "-m", "spinesteps", "reminder", *facts, "--out", str(changed / "out"))
    assert done.returncode == 0, done.stderr
    text = (changed / "out" / "reminder.html").read_text("utf-8")
    assert "Your next check" in text and "2026-11-21. A danger sign sets this day" in text


def test_the_page_is_served(changed: Path) -> None:
    done = run(changed, "-c", SERVED)
    assert done.stdout.startswith("200") and "Every advice" in done.stdout, done.stderr


def test_without_its_line_there_is_no_such_face() -> None:
    done = run(ROOT, "-m", "spinesteps", "reminder", "--help")
    assert done.returncode == 2
