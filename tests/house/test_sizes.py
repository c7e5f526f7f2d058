"""Files under 400 lines, functions under 40. Data files and templates are apart."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import FILES, name_of, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 40


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines < LONGEST_FILE, f"{name_of(path)} has {lines} lines: split it by topic"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 >= LONGEST_FUNCTION
    ]
    assert long == []


def test_the_median_file_is_readable() -> None:
    sizes = sorted(len(path.read_text("utf-8").splitlines()) for path in FILES if path.name != "__init__.py")
    assert sizes[len(sizes) // 2] <= 200
