"""The source files of the package, parsed once, for the tests of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "spinesteps"
FILES = sorted(SRC.rglob("*.py"))
INNER_ROOMS = ("logic/history", "logic/engines")


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


def room_of(module: str) -> str:
    """The room of a dotted module: its first folder below spinesteps; logic has three, `logic/history` among them."""
    parts = module.split(".")[1:]
    inner = "/".join(parts[:2])
    return inner if inner in INNER_ROOMS else "".join(parts[:1])


def module_of(path: Path) -> str:
    """The dotted name by which a file is imported."""
    return ".".join(path.relative_to(SRC.parent).with_suffix("").parts).removesuffix(".__init__")


def _is_module(dotted: str) -> bool:
    file = SRC.parent.joinpath(*dotted.split("."))
    return dotted.startswith("spinesteps.") and (file.is_dir() or file.with_suffix(".py").exists())


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module imported anywhere in a file, lazy imports too: (line, dotted name)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: write the whole name of the module"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if _is_module(inner) else str(node.module)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "import_module",
            "__import__",
        ):
            name = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "?"
            yield node.lineno, str(name)
