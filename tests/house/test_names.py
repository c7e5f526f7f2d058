"""Plain names: none of the words that say nothing; and every public function and class says what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import FILES, name_of, tree

EMPTY = {
    "util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers", "engine",
    "processor", "processors", "service", "services", "common", "misc", "base", "core", "tools", "lib", "stuff",
}  # fmt: skip
SUFFIXES = ("Manager", "Handler", "Helper", "Utils", "Engine", "Processor", "Service", "Factory", "Impl")
Public = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(module: ast.Module) -> Iterator[Public]:
    """Public functions and classes of a module."""
    yield from (node for node in module.body if isinstance(node, Public) and not node.name.startswith("_"))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_or_class_has_an_empty_name(path: Path) -> None:
    words = {word for part in name_of(path).removesuffix(".py").split("/") for word in part.split("_")}
    assert not words & EMPTY
    classes = [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if name.endswith(SUFFIXES)] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_is_public_says_what_it_is_for(path: Path) -> None:
    module = tree(path)
    silent = [f"{name_of(path)}:{node.lineno} {node.name}" for node in public(module) if not ast.get_docstring(node)]
    assert silent == []


@pytest.mark.parametrize("path", [path for path in FILES if tree(path).body], ids=name_of)
def test_every_module_opens_with_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))
