"""What commands print: JSON on one line, or lines of words, styled on a terminal and plain in a pipe."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer


def print_lines(lines: list[tuple[str, str]]) -> None:
    """Lines of (style, text)."""
    if not sys.stdout.isatty():
        for _, text in lines:
            typer.echo(text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for style, text in lines:
        console.print(Text(text, style=style))


def print_json(data: Any) -> None:
    """Plain data as JSON on one line."""
    typer.echo(json.dumps(data, ensure_ascii=False, allow_nan=False))


def could_not_check() -> dict[str, Any]:
    """What every face answers when it failed inside."""
    from spinesteps.person.assess import COULD_NOT_CHECK

    return {"urgency": None, "error": "could_not_check", "text": COULD_NOT_CHECK}
