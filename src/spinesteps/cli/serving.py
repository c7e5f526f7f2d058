"""The command that opens the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spinesteps.cli.inputs import DEPLOYMENT
from spinesteps.errors import ScopeError

LAST_PORT = 65_535


def serve(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[str, typer.Option(help="The port, 1 to 65535. 0: any free one.", metavar="INTEGER")] = "8000",
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Open a page that takes a facts file or a FHIR Bundle and shows the assessment."""
    from spinesteps.web.app import run

    run(host, _port_of(port), browser, deployment)


def _port_of(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= LAST_PORT:
        return int(text)
    raise ScopeError(f"--port is a whole number from 1 to {LAST_PORT}, or 0 for any free one.")


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(serve)
