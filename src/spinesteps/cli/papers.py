"""The commands that write papers: one for each entry of reports/papers.py, made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import typer

from spinesteps.cli.inputs import (
    DEPLOYMENT,
    FHIR,
    ON,
    ONE_FACTS,
    OUT,
    PATIENT,
    day_of,
    here_of,
    judge,
    read_record,
)
from spinesteps.person.record import Record
from spinesteps.reports.paper import Paper
from spinesteps.reports.papers import PAPERS


def add_to(app: typer.Typer) -> None:
    """Add a command for each paper to the command line."""
    for paper in PAPERS:
        app.command(paper.name, help=paper.help)(_command(paper))


def _command(paper: Paper) -> Callable[..., None]:
    """The function of a paper's command: its options are those of every paper and its own."""

    def command(**given: Any) -> None:
        _make(paper, given)

    parameters = list(_parameters(paper))
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


def _parameters(paper: Paper) -> Iterator[Parameter]:
    def option(name: str, kind: object, default: object = Parameter.empty) -> Parameter:
        return Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=default)

    yield option("out", Annotated[Path, OUT])
    if paper.of_record:
        yield option("fhir", Annotated[Path, FHIR])
    else:
        yield option("facts", Annotated[str | None, ONE_FACTS], None)
        yield option("fhir", Annotated[Path | None, FHIR], None)
    yield option("patient", Annotated[str | None, PATIENT], None)
    yield option("on", Annotated[str | None, ON], None)
    for own in paper.options:
        kind = Annotated[str, typer.Option(*own.flags, help=own.help, show_default=bool(own.default))]
        yield option(own.name, kind, Parameter.empty if own.default is None else own.default)
    yield option("deployment", Annotated[Path | None, DEPLOYMENT], None)


def _make(paper: Paper, given: dict[str, Any]) -> None:
    from spinesteps.knowledge.policies import PAYERS
    from spinesteps.knowledge.sheet import SHEET
    from spinesteps.reports import render
    from spinesteps.reports.paper import PaperRequest

    day, here = day_of(given["on"], given["deployment"]), here_of(given["deployment"])
    record = read_record(given.get("facts"), given["fhir"], given["patient"], day)
    own = {option.name: given[option.name] for option in paper.options}
    request = PaperRequest(
        assessment=judge(record, day, here), record=record, sheet=SHEET, payers=PAYERS, given=own
    )
    text = render.html(paper.name, paper.load()(request))
    _write(given["out"], paper.file_name(own), text, day, record, paper.one_page)


def _write(out: Path, name: str, text: str, day: date, record: Record, one_page: bool = False) -> None:
    from spinesteps.reports import render
    from spinesteps.reports.keeping import about

    written = render.write(out, name, text, day, about(record), one_page)
    for path in written:
        typer.echo(str(path))
    if len(written) == 1:
        typer.echo(render.NO_PDF, err=True)
