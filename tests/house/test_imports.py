"""Imports go one way (design section 3), lazy ones too; the packages that decide need the standard library alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.house.source import FILES, INNER_ROOMS, SRC, imports, module_of, name_of, package_of, room_of

# room: what it may import of spinesteps besides itself and the version; who may import logic may import all of it
MAY = {
    "": {"api"},
    "version": set(),
    "api": {"audits", "fhir", "files", "instruments", "library", "person", "pathway", "errors"},
    "errors": set(),
    "files": {"errors"},
    "content": {"errors"},
    "json_pairs": {"errors"},
    "logic": {"content", "errors"},
    "logic/history": {"logic", "errors"},
    "logic/engines": {"logic", "logic/history", "errors"},
    "pathway": {"content", "files", "logic", "errors"},
    "library": {"content", "instruments", "pathway", "logic", "errors"},
    "instruments": {"content", "json_pairs", "logic", "errors"},
    "audits": {"content", "person", "pathway", "logic", "errors"},
    "quality": {"content", "library", "instruments", "pathway", "logic", "errors"},
    "rule_pages": {"library", "instruments", "pathway", "logic", "errors"},
    "knowledge": {"audits", "library", "pathway", "logic"},
    "person": {"json_pairs", "library", "pathway", "logic", "errors"},
    "fhir": {"files", "person", "logic", "errors"},
    "reports": {"audits", "library", "person", "pathway", "logic", "errors"},
    "web": {"json_pairs", "library", "person", "fhir", "pathway", "logic", "errors"},
}
EVERYTHING = {"cli", "__main__"}
HANDS_OVER = {"api.py", "cli/inputs.py", "cli/pathway.py", "cli/people.py", "cli/papers.py", "cli/standards.py",
              "web/app.py"}  # hand a Pathway on
STANDARD_ONLY = {"errors", "content", "json_pairs", "logic", "pathway", "library", "instruments", "audits", "quality",
                 "knowledge", "person"}  # fmt: skip
BUT = ("logic/engines/columns", "logic/engines/prove")


def may(room: str) -> set[str]:
    """The rooms that a room may import."""
    whole = "logic" in MAY[room] and room not in INNER_ROOMS
    return MAY[room] | set(INNER_ROOMS) if whole else MAY[room]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_of_our_own_go_one_way(path: Path) -> None:
    room, wrong = room_of(module_of(path)), []
    assert room in MAY.keys() | EVERYTHING, f"{room} has no row in the import table"
    for line, module in imports(path):
        if not module.startswith("spinesteps."):
            continue
        other = room_of(module)
        if other == "knowledge" and room != "knowledge":
            allowed = name_of(path) in HANDS_OVER
        else:
            allowed = other in (room, "version") or room in EVERYTHING or other in may(room)
        if not allowed:
            wrong.append(f"{name_of(path)}:{line} imports {module}")
    assert wrong == []


@pytest.mark.parametrize("path", [p for p in FILES if package_of(p) in STANDARD_ONLY], ids=name_of)
def test_what_decides_needs_the_standard_library_alone(path: Path) -> None:
    if name_of(path).startswith(BUT):
        return
    roots = {module.split(".")[0] for _, module in imports(path)} - {"spinesteps"}
    assert roots <= sys.stdlib_module_names, f"{name_of(path)}: {roots - sys.stdlib_module_names}"


def test_no_import_is_hidden_from_this_test() -> None:
    hidden = [f"{name_of(path)}:{line}" for path in FILES for line, module in imports(path) if module == "?"]
    assert hidden == []


def test_the_table_names_no_package_that_is_gone() -> None:
    there = {room_of(module_of(path)) for path in FILES}
    assert MAY.keys() <= there
    assert (SRC / "py.typed").exists()
