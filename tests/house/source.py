"""The source files of the package, parsed once, for the tests of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "spinesteps"
FILES = sorted(SRC.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def name_of(path: Path) -> str:
    """The path below the package, for messages and ids."""
    return path.relative_to(SRC).as_posix()


def package_of(path: Path) -> str:
    """The first folder below spinesteps; a module directly there is its own package, __init__ is ""."""
    first = path.relative_to(SRC).parts[0]
    return first.removesuffix(".py").replace("__init__", "")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module imported anywhere in a file, lazy imports too: (line, dotted name)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: write the whole name of the module"
            for alias in node.names:
                inside = node.module == "spinesteps" and (SRC / alias.name).is_dir()
                inside = inside or (node.module == "spinesteps" and (SRC / f"{alias.name}.py").exists())
                yield node.lineno, f"{node.module}.{alias.name}" if inside else str(node.module)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "import_module",
            "__import__",
        ):
            name = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "?"
            yield node.lineno, str(name)
