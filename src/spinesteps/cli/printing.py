"""What commands print: JSON on one line, or lines of words, styled on a terminal and plain in a pipe."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from spinesteps.errors import COULD_NOT_CHECK, printable


def print_lines(lines: list[tuple[str, str]]) -> None:
    """Lines of (style, text), each of them one line whatever stands in it."""
    lines = [(style, printable(text)) for style, text in lines]
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
    typer.echo(as_line(data))


def as_line(data: Any) -> str:
    """Plain data as JSON in one line."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def could_not_check() -> dict[str, Any]:
    """What every command answers when it failed inside, in the language of where it is used."""
    return {"status": "not_checked", "urgency": None, "error": "could_not_check", "text": _unchecked()}


def _unchecked() -> str:
    try:
        from spinesteps.cli.inputs import IN_FORCE, spine
        from spinesteps.person.assess import unchecked

        here = IN_FORCE.get()
        return unchecked(here.speaking(spine()) if here else spine())[1]
    except Exception:  # the pathway itself cannot be loaded
        return COULD_NOT_CHECK[1]
