"""The spec as a page: docs/logic.md. `python -m tests.spec.manual` writes it, and the pages made from the code
(docs/api.md, the drawing of the rooms, the output that README shows); tests hold them current."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "docs" / "logic.md"
ORDER = (
    "leaves", "joins", "opposites_and_counts", "known_and_unclear", "points", "outcomes", "implied", "unsure", "words",
)  # fmt: skip
TREES = ("condition", "outcome", "or_unsure", "one_sure", "implied", "fact")


def page() -> str:
    """The whole manual as Markdown, in the order in which it is best read."""
    lines = [
        "# The logic, case by case",
        "",
        "Printed from `tests/spec/*.json`: every engine is held to these tables.",
        "A fact left out of a row was not asked.",
        "An answer is yes, no or not known; *needs* are the facts that could settle it.",
    ]
    for name in ORDER:
        data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        lines += ["", f"## {data['title']}", "", data["about"]]
        for case in data["cases"]:
            lines += _case(case)
    return "\n".join(lines) + "\n"


def _case(case: dict[str, Any]) -> Iterator[str]:
    yield from ("", f"### {case['title']}", "")
    for tree in TREES:
        if tree in case:
            yield from (f"`{tree}`: `{json.dumps(case[tree], ensure_ascii=False)}`", "")
    rows = case.get("rows", [])
    columns = list(dict.fromkeys(key for row in rows for key in row))
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(_cell(row.get(column)) for column in columns) + " |"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.replace("|", "\\|").replace("_", " ") if isinstance(value, str) else f"`{text}`"


if __name__ == "__main__":
    from tests.house import architecture, reference, shown

    PAGE.write_text(page(), "utf-8")
    reference.PAGE.write_text(reference.page(), "utf-8")
    architecture.PICTURE.write_text(architecture.picture(), "utf-8")
    shown.PAGE.write_text(shown.page(), "utf-8")
