"""Generated pages are current, links inside docs lead somewhere, every hazard is linked to its control and test."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.rule_pages.rule import pages
from tests.spec import manual

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WRITTEN_ON = date(2026, 11, 21)
LINK = re.compile(r"\]\(([^)#\s]+)|^\[[^\]]+\]: (\S+)", re.MULTILINE)
NAMED = re.compile(r"\[([\w-]+)\](?!\()")


def test_pages_are_current():
    wanted = pages(PATHWAY, WRITTEN_ON)
    stale = [name for name, text in wanted.items() if not (DOCS / name).exists() or (DOCS / name).read_text() != text]
    odd = {f"knowledge/{path.name}" for path in (DOCS / "knowledge").glob("*.md")} - wanted.keys()
    assert not stale and not odd, "run `make docs`"


def test_the_manual_of_the_logic_is_current():
    assert manual.PAGE.read_text("utf-8") == manual.page(), "run `make docs`"


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")]), ids=lambda p: p.name)
def test_links_lead_somewhere(path):
    found = [inline or named for inline, named in LINK.findall(path.read_text())]
    targets = [target for target in found if "://" not in target and "mailto:" not in target]
    assert not [target for target in targets if not (path.parent / target.split("#")[0]).exists()]


def test_the_index_names_every_page():
    index = (DOCS / "README.md").read_text("utf-8")
    linked = {inline.split("#")[0] for inline, _ in LINK.findall(index)}
    there = {path.relative_to(DOCS).as_posix() for folder in (DOCS, DOCS / "tutorials") for path in folder.glob("*.md")}
    assert there - linked - {"README.md"} == set()


def test_every_hazard_names_its_control_and_test():
    text = (DOCS / "hazards.md").read_text()
    links = set(re.findall(r"^\[([\w-]+)\]: ", text, re.MULTILINE))
    rows = [line for line in text.splitlines() if re.match(r"\| HZ\d\d", line)]
    assert len(rows) >= 35
    for row in rows:
        named = set(NAMED.findall(row))
        assert named <= links, row
        assert named or "not built yet" in row.lower(), row


def test_nothing_names_this_machine_or_a_registry():
    machine = re.compile(r"/root/|/work/|/tmp/|pypi\.org|registry\.npmjs|files\.pythonhosted|localhost:\d+/simple")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob("*.lock"), *DOCS.rglob("*.md")]:
        assert not machine.search(path.read_text()), path.name
