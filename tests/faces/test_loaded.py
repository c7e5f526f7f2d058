"""Nothing is loaded that a command does not use: every command in a process of its own, and what it loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from spinesteps.cli.app import app
from tests.house.source import ROOT, SRC

# What serves one purpose each: packages of others, and rooms of ours.
PURPOSES = {
    "fhir": {"fhirkit", "orjson", "spinesteps.fhir"},
    "paper": {"jinja2", "weasyprint", "spinesteps.reports.render"},
    "web": {"fastapi", "starlette", "uvicorn", "multipart", "anyio", "spinesteps.web"},
    "prove": {"z3", "spinesteps.logic.engines.prove"},
    "audit": {"ibis", "duckdb", "sqlglot", "spinesteps.logic.engines.columns"},
    "terminal": {"rich"},
    "score": {"spinesteps.instruments"},
    "history": {"spinesteps.audits"},
    "check": {"spinesteps.quality"},
    "docs": {"spinesteps.rule_pages"},
    "person": {"spinesteps.person.assess"},
}
PERSON, BUNDLE = "examples/person.json", "examples/bundle.json"
USES = {
    ("--help",): set(),
    ("facts",): {"person"},
    ("version",): {"person"},
    ("examples", "RF-12"): {"check"},
    ("explain", "RF-12"): {"docs", "check", "score"},
    ("lint",): {"check", "score"},
    ("prove", "--help"): set(),
    ("score", "odi", "--items", "examples/odi.json"): {"score", "person"},
    ("assess", "--facts", PERSON): {"person"},
    ("questions", "--facts", PERSON): {"person"},
    ("programme", "--facts", "examples/quiet.json"): {"person"},
    ("assess", "--fhir", BUNDLE): {"person", "fhir"},
    ("standards", "--fhir", BUNDLE): {"person", "fhir", "history"},
    ("letter", "--facts", PERSON, "--out", "{out}"): {"person", "paper", "history"},
    ("handover", "--facts", PERSON, "--out", "{out}"): {"person", "paper", "history"},
    ("packet", "--fhir", BUNDLE, "--procedure", "mri", "--out", "{out}"): {"person", "fhir", "paper", "history"},
    ("serve", "--help"): set(),
}
CODE = """
import contextlib, io, json, sys
from spinesteps.cli.app import main
said = io.StringIO()
with contextlib.redirect_stdout(said):
    try:
        main()
    except SystemExit as end:
        assert not end.code, end.code
assert said.getvalue() or "lint" in sys.argv
print(json.dumps(sorted(sys.modules)))
"""


def loaded(code: str, *arguments: str) -> set[str]:
    """The modules that a fresh process has loaded after the code, read from its last line."""
    environment = {**os.environ, "PYTHONPATH": str(SRC.parent)}
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def too_many(modules: set[str], uses: set[str]) -> list[str]:
    """What was loaded for a purpose that is not among those used."""
    forbidden = set().union(*(names for purpose, names in PURPOSES.items() if purpose not in uses))
    return sorted(forbidden & modules)


@pytest.mark.parametrize("arguments", USES, ids=lambda words: " ".join(words[:2]))
def test_a_command_loads_only_what_it_uses(arguments: tuple[str, ...], tmp_path: Path) -> None:
    modules = loaded(CODE, *(part.format(out=tmp_path) for part in arguments))
    assert too_many(modules, USES[arguments]) == []


def test_importing_the_package_or_judging_facts_loads_no_face() -> None:
    code = "import json, sys, spinesteps; {}; print(json.dumps(sorted(sys.modules)))"
    assert too_many(loaded(code.format("0")), set()) == []
    assert too_many(loaded(code.format("spinesteps.assess({'age': 71})")), {"person"}) == []


def test_every_command_is_looked_at() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert names == {arguments[0] for arguments in USES} - {"--help"}
