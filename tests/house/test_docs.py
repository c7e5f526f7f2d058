"""Generated pages are current, links inside docs lead somewhere, every hazard is linked to its control and test."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.pathway.page import pages

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WRITTEN_ON = date(2026, 11, 21)
LINK = re.compile(r"\]\(([^)#\s]+)")


def test_pages_are_current():
    wanted = pages(PATHWAY, WRITTEN_ON)
    stale = [name for name, text in wanted.items() if not (DOCS / name).exists() or (DOCS / name).read_text() != text]
    odd = {f"knowledge/{path.name}" for path in (DOCS / "knowledge").glob("*.md")} - wanted.keys()
    assert not stale and not odd, "run `make docs`"


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")]), ids=lambda p: p.name)
def test_links_lead_somewhere(path):
    targets = [target for target in LINK.findall(path.read_text()) if "://" not in target and "mailto:" not in target]
    assert not [target for target in targets if not (path.parent / target).exists()]


def test_every_hazard_names_its_control_and_test():
    rows = [line for line in (DOCS / "hazards.md").read_text().splitlines() if re.match(r"\| HZ\d\d", line)]
    assert len(rows) >= 35
    for row in rows:
        assert LINK.search(row) or "not built yet" in row, row[:60]


def test_nothing_names_this_machine_or_a_registry():
    machine = re.compile(r"/root/|/work/|/tmp/|pypi\.org|registry\.npmjs|files\.pythonhosted|localhost:\d+/simple")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob("*.lock"), *DOCS.rglob("*.md")]:
        assert not machine.search(path.read_text()), path.name
