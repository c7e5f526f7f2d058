"""knowledge/ is declarations and data: nothing there decides, loops or computes (law 9)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import FILES, name_of, package_of, tree

CODE = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.If,
    ast.IfExp,
    ast.Match,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.Try,
    ast.TryStar,
    ast.With,
    ast.Assert,
    ast.Raise,
    ast.Delete,
    ast.AugAssign,
    ast.NamedExpr,
    ast.BoolOp,
    ast.Global,
    ast.Yield,
    ast.Await,
)
KNOWLEDGE = [path for path in FILES if package_of(path) == "knowledge"]


def is_fact_list(node: ast.AST) -> bool:
    """A list of facts has the form of a class (FactGroup): one line a fact, and nothing else in it."""
    return (
        isinstance(node, ast.ClassDef)
        and ast.unparse(node).startswith(f"class {node.name}(FactGroup):")
        and all(isinstance(line, ast.Assign) for line in node.body[1:])
    )


def code_in(module: ast.Module) -> list[str]:
    found = [node for node in ast.walk(module) if isinstance(node, CODE) and not is_fact_list(node)]
    return [f"line {getattr(n, 'lineno', 0)}: {type(n).__name__}" for n in found]


@pytest.mark.parametrize("path", KNOWLEDGE, ids=name_of)
def test_no_code(path: Path) -> None:
    assert code_in(tree(path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1 if y else 2",
        "x = [a for a in b]",
        "def f(): pass",
        "x = y or z",
        "x = tuple(a for a in b)",
        "x = lambda: 1",
        "class Facts: age = Number()",
        "class Facts(FactGroup):\n    'Facts.'\n    def age(self): pass",
    ],
)
def test_code_would_be_seen(text: str) -> None:
    assert code_in(ast.parse(text))


def test_all_of_it_is_looked_at() -> None:
    assert len(KNOWLEDGE) >= 10
    assert any("red_flags" in name_of(path) for path in KNOWLEDGE)
