"""The package as others get it: built, complete, installed where nothing else of the repository is, and run."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest
from trove_classifiers import classifiers

from tests.house.source import ROOT, SRC

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (found,) = out.glob("*.whl")
    return found


def bare(place: Path) -> Path:
    """An empty environment; its interpreter."""
    venv.create(place, with_pip=False, symlinks=True)
    return place / "bin" / "python"


def run(*command: object) -> subprocess.CompletedProcess[str]:
    """Run with nothing of the repository in sight, and fail with what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment, cwd="/")
    assert done.returncode == 0, done.stderr
    return done


def test_every_file_is_inside_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = (path for path in SRC.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert inside == {path.relative_to(SRC.parent).as_posix() for path in files}


def test_the_metadata_is_complete(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    data = Parser().parsestr(archive.read(name).decode())
    assert data["Name"] == "spinesteps" and data["License-Expression"] == "Apache-2.0" and data["Requires-Python"]
    assert data["Summary"] and data["Keywords"] and data["Author"] and data["Version"] in wheel.name
    assert set(data.get_all("Classifier")) <= classifiers
    assert {"LICENSE", "NOTICE"} <= set(data.get_all("License-File"))
    assert set(data.get_all("Provides-Extra")) == PROJECT["optional-dependencies"].keys()
    assert str(data.get_payload()).startswith("# SpineSteps")


def test_each_extra_is_told_in_the_documents() -> None:
    told = (ROOT / "docs" / "install.md").read_text("utf-8")
    assert [name for name in PROJECT["optional-dependencies"] if f"| `[{name}]` |" not in told] == []


def doors(python: Path, person: Path) -> Iterator[str]:
    """What the installed command says, door by door."""
    command = python.with_name("spinesteps")
    yield run(command, "version").stdout
    yield run(command, "assess", "--facts", person, "--on", "2026-11-21", "--json").stdout
    yield run(command, "assess", "--fhir", ROOT / "examples" / "bundle.json", "--on", "2026-11-21").stdout
    yield run(command, "explain", "RF-01a").stdout
    yield run(python, "-c", "import spinesteps.web.app as app; app.spine(); print(app.__file__)").stdout


def test_it_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Beside the packages of the lock: they are seen from here, the repository is not."""
    python = bare(tmp_path / "venv")
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    (site / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    said = list(doors(python, ROOT / "examples" / "person.json"))
    assert '"urgency": "today"' in said[1]
    assert said[-1].strip().startswith(str(site)), "it came from the repository"


@pytest.mark.nightly
def test_it_runs_with_the_lock_alone(wheel: Path, tmp_path: Path) -> None:
    """Every package by its hash, nothing of the tests' environment. Needs the network."""
    python = bare(tmp_path / "venv")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*pip, "--no-deps", "--no-index", wheel)
    assert '"urgency": "today"' in list(doors(python, ROOT / "examples" / "person.json"))[1]
