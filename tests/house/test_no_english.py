"""No sentence that a reader sees stands in Python: it stands in `knowledge/wording` or in a template.

The line. A *reader* is a person who is judged, who helps them or who cares for them: what they see comes from the words
of their language. An *operator* hands something in or runs a command, and an *engineer* calls a function: for them
English may stand in the code, where they alone see it: `Fault` (what is wrong with an input), exceptions, the help of
commands and options, what goes to standard error, the log. The pages under docs/ (rule_pages) are English by decision.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import FILES, module_of, name_of, room_of, tree

ROOMS = {"audits", "cli", "person", "reports", "web"}
SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:.]? +[A-Za-z{(]|\b[A-Z][a-z]+: ")
FOR_OPERATORS = {"Fault", "Option", "PaperOption", "Argument", "Typer", "bad_day", "too_large", "_fault", "field"}
# Modules that hold nothing but the faults of an input, and how a PDF is printed.
OPERATORS_ONLY = {"person/answers.py", "person/tally.py", "web/intake.py", "web/guard.py", "reports/render.py"}
STILL = {  # what is left, and may only get shorter
    "audits/proof.py": {"no date"},
    "person/gloss.py": {"not recognised", ", by a code nobody verified"},  # glosses of codes
}
STYLE = re.compile(r"(bold|dim|red|yellow| )+")


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _for_operators(node: ast.AST) -> bool:
    """A fault, an exception, help, standard error, the log: not for readers."""
    if isinstance(node, ast.Raise | ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.keyword) and node.arg == "help"
    to_error = any(k.arg in ("err", "file") for k in node.keywords)
    return _called(node) in FOR_OPERATORS or _called(node).endswith("Error") or to_error or _called(node) == "error"


def sentences(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text with words in it that is neither a docstring nor for operators: (line, text)."""
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        if _for_operators(node):
            continue
        body = getattr(node, "body", None)
        docstring = body[0] if isinstance(body, list) and body and isinstance(body[0], ast.Expr) else None
        waiting += [child for child in ast.iter_child_nodes(node) if child is not docstring]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if SENTENCE.search(node.value) and not STYLE.fullmatch(node.value):
                yield node.lineno, node.value
        elif isinstance(node, ast.AnnAssign):
            waiting.remove(node.annotation)


def told(path: Path) -> list[tuple[int, str]]:
    """The sentences of a file but for those that are left."""
    still = tuple(STILL.get(name_of(path), ()))
    return [(line, text) for line, text in sentences(tree(path)) if not (still and text.startswith(still))]


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if room_of(module_of(path)) in ROOMS and name_of(path) not in OPERATORS_ONLY],
    ids=name_of,
)
def test_no_sentence_for_readers_stands_in_code(path: Path) -> None:
    found = [f"{name_of(path)}:{line} {text!r}" for line, text in told(path)]
    assert found == [], "move it to knowledge/wording/en/faces_*.toml or into a template"


def test_what_is_left_is_still_there() -> None:
    by_name = {name_of(path): path for path in FILES}
    gone = [
        text
        for name, texts in STILL.items()
        for text in texts
        if not any(one.startswith(text) for _, one in sentences(tree(by_name[name])))
    ]
    assert gone == [], "take these out of the list: they are mended"


def test_a_sentence_is_found() -> None:
    module = ast.parse('"""Doc of it."""\nx = "Ask next"\nraise ValueError("not so good")\nF = f"Next check: {x}"')
    assert sorted(text for _, text in sentences(module)) == ["Ask next", "Next check: "]
