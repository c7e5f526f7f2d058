"""The command that opens the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spinesteps.cli.inputs import DEPLOYMENT


def serve(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port.")] = 8000,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Open a page that takes a facts file or a FHIR Bundle and shows the assessment."""
    from spinesteps.web.app import run

    run(host, port, browser, deployment)


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(serve)
