"""The locks: no address; the main one has one version for every Python, and nothing that only builds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT

LOCKS = sorted(ROOT.glob("requirements*.lock"))


def pins(name: str) -> list[str]:
    """The lines of a lock that name a package with its version."""
    return re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==.+?(?= \\$)", (ROOT / name).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-build.lock"])
def test_a_package_stands_once_whatever_the_python(name: str) -> None:
    names = [pin.partition("==")[0] for pin in pins(name)]
    assert len(names) > 5
    assert [one for one in names if names.count(one) > 1] == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_hashes_and_no_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    assert text.count("==") <= text.count("--hash=sha256:")


def test_what_only_builds_is_not_in_the_main_lock() -> None:
    building = {pin.partition("==")[0] for pin in pins("requirements-build.lock")} - {"pip"}
    assert building >= {"hatchling", "editables"}
    main = {pin.partition("==")[0] for pin in pins("requirements.lock")}
    assert "pip" in main and not main & building
