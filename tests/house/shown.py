"""The output that README shows, as the commands give it. Written by `python -m tests.spec.manual`."""

from __future__ import annotations

import re
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "README.md"
BLOCK = re.compile(r"<!-- begins: spinesteps (.+) -->\n(.*?)<!-- ends -->", re.DOTALL)
COMMAND = re.compile(r"`(spinesteps [^`]+)`|^ *(spinesteps .+)$", re.MULTILINE)
LONGEST = 26  # lines; what follows changes with every rule


def output(arguments: str) -> str:
    """What a command prints, run in the folder of the repository."""
    from spinesteps.cli.app import main

    said = StringIO()
    with chdir(ROOT), redirect_stdout(said), patch("sys.argv", ["spinesteps", *arguments.split()]):
        try:
            main()
        except SystemExit as end:
            assert not end.code, arguments
    return said.getvalue()


def page() -> str:
    """README with the output of today between its marks."""

    def shown(block: re.Match[str]) -> str:
        lines = output(block[1]).splitlines()
        kept = lines[:LONGEST] + (["…"] if len(lines) > LONGEST else [])
        text = "\n".join(["```console", f"$ spinesteps {block[1]}", *kept, "```"])
        return f"<!-- begins: spinesteps {block[1]} -->\n{text}\n<!-- ends -->"

    return BLOCK.sub(shown, PAGE.read_text("utf-8"))


def commands() -> list[str]:
    """Every command that README names, in order, each once."""
    text = BLOCK.sub("", PAGE.read_text("utf-8"))
    return list(dict.fromkeys(span or line for span, line in COMMAND.findall(text)))
