"""Every section that code, tests, data or docs cite has an anchor in docs; every hazard and decision cited exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import ROOT

SUFFIXES = {".py", ".toml", ".md", ".json", ".csv", ".txt", ".html", ".cfg", ".yaml"}
FOLDERS = ("src", "tests", "docs", "bench", "fuzz", "examples")
NUMBERS = r"((?:[A-F]?\d+(?:\.\d+)*)(?:(?:, | and |, and )(?:[A-F]?\d+(?:\.\d+)*)\b(?![-%]| (?:days|weeks|months)))*)"
# The page that is cited, and how it is written: with the word "section", or by the bare number where that is custom.
SECTION = r"(?:\.md)?(?:'s)?,?\s*\(?sections?\s+"
CITED = (
    ("contract", re.compile(rf"\bcontract{SECTION}(\d(?:(?:, | and |, and )\d)*)(?!\.\d)", re.I)),
    ("contract", re.compile(r"\bcontract (\d(?:(?:, | and )\d)*)(?![.\d])", re.I)),
    ("design", re.compile(rf"\bdesign{SECTION}(\d)", re.I)),
    ("safety", re.compile(rf"\bsafety(?:-and-codes| evidence)?{SECTION}{NUMBERS}", re.I)),
    ("safety", re.compile(rf"\bsafety-and-codes(?:\.md)? {NUMBERS}", re.I)),
    ("interventions", re.compile(rf"\b(?:interventions|follow-up){SECTION}{NUMBERS}", re.I)),
    ("interventions", re.compile(rf"\binterventions(?:\.md)?,? {NUMBERS}", re.I)),
    ("instruments", re.compile(rf"\binstruments{SECTION}{NUMBERS}", re.I)),
    ("instruments", re.compile(r"\binstruments,? ([A-F]\d+(?:\.\d+)*)")),
    ("any paper", re.compile(rf"\bevidence,?{SECTION}{NUMBERS}", re.I)),
    ("any paper", re.compile(r"\bevidence (\d\.\d+)", re.I)),
    ("any paper", re.compile(r"(?<![a-z,'(] )(?<!contract )\bsections? (\d\.\d+)")),
)
PAGES = {"contract": "specification.md", "design": "specification.md"}
PAPERS = ("safety", "interventions", "instruments")
LAW = re.compile(r"\burgency law (\d)", re.I)


def files() -> Iterator[Path]:
    """Every text that may cite: sources, tests, data and docs."""
    for folder in FOLDERS:
        found = sorted((ROOT / folder).rglob("*"))
        yield from (path for path in found if path.suffix in SUFFIXES and "node_modules" not in path.parts)
    yield from sorted([*ROOT.glob("*.md"), ROOT / "Makefile"])


@cache
def anchors(page: str) -> frozenset[str]:
    """The ids that a page of docs has."""
    return frozenset(re.findall(r'<a id="([\w-]+)"></a>', (ROOT / "docs" / page).read_text("utf-8")))


def lacking(text: str) -> Iterator[str]:
    """The citations of a text that lead nowhere."""
    for where, pattern in CITED:
        for found in pattern.finditer(text):
            for number in re.split(r", and |, | and ", found[1]):
                ends = [f"{one}-{number.lower().replace('.', '-')}" for one in ((where,) if where in PAGES else PAPERS)]
                if where in PAPERS:
                    ends = ends[PAPERS.index(where) : PAPERS.index(where) + 1]
                page = PAGES.get(where, "evidence-papers.md")
                if not anchors(page).intersection(ends):
                    yield f"{found[0]!r}: {where} has no section {number}"
    for found in LAW.finditer(text):
        if f"urgency-law-{found[1]}" not in anchors("specification.md"):
            yield f"{found[0]!r}: there is no such law"


def test_every_cited_section_exists() -> None:
    count, wrong = 0, []
    for path in files():
        text = path.read_text("utf-8")
        count += sum(len(pattern.findall(text)) for _, pattern in CITED)
        wrong += [f"{path.relative_to(ROOT)}: {one}" for one in lacking(text)]
    assert wrong == []
    assert count > 1_000, "the patterns find fewer citations than there were"


def test_a_section_that_is_not_there_is_told() -> None:
    made_up = [f"{paper} {number}" for paper, number in (
        ("contract section", 8), ("contract", 7), ("safety-and-codes section", 2.9), ("instruments", "A77"),
    )]  # fmt: skip
    assert [len(list(lacking(text))) for text in made_up] == [1, 1, 1, 1]
    assert list(lacking("contract section 1 and 5; interventions 6.2; instruments C8; evidence 6.7")) == []


def test_hazards_and_decisions_that_are_cited_exist() -> None:
    hazards = set(re.findall(r"^\| (HZ\d\d)", (ROOT / "docs" / "hazards.md").read_text("utf-8"), re.MULTILINE))
    decisions = {path.name[:3] for path in (ROOT / "docs" / "decisions").glob("*.md")}
    wrong = []
    for path in files():
        text = path.read_text("utf-8")
        gone = set(re.findall(r"\bHZ\d\d\b", text)) - hazards
        gone |= {f"decision {one}" for one in re.findall(r"\bdecision (\d{3})\b", text, re.I) if one not in decisions}
        wrong += [f"{path.relative_to(ROOT)}: {one}" for one in sorted(gone)]
    assert wrong == []
