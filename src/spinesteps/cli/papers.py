"""The commands that judge a whole history and write papers: standards, packet, handover, letter, programme.

The record is complete only on somebody's word (--complete-since): without it, what is not found is not known.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spinesteps.cli.inputs import (
    DEPLOYMENT,
    FHIR,
    JSON,
    ON,
    ONE_FACTS,
    OUT,
    PATIENT,
    day_of,
    existing,
    here_of,
    judge,
    read_fhir,
    read_record,
    spine,
)
from spinesteps.cli.printing import print_json, print_lines
from spinesteps.errors import Fault, InputError, ScopeError

if TYPE_CHECKING:
    from spinesteps.audits.judged import JudgedStandard
    from spinesteps.audits.measured import History
    from spinesteps.person.record import Record

SINCE = typer.Option(
    "--complete-since",
    "--whole-since",  # until 0.2
    help="The record holds every event of --complete-kinds since this day. Default: nobody says so.",
)
KINDS = typer.Option(
    "--complete-kinds", "--whole-kinds", help="Kinds of events of which the record is complete, by comma."
)
CLAIMS = "procedure,imaging,medicine,condition"
CONTACT = typer.Option(help="Whom to reach, printed as it is. Default: a line to write on.")
PROCEDURE = typer.Option(help="epidural, decompression, fusion or mri.")
LEVEL = typer.Option(help="start, build, strong or keep. Default: by the weeks done so far.")
POLICY = typer.Option(help="The id of a policy, or all: side by side. Default: those of the deployment, else all.")


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (standards, packet, handover, letter, programme):
        app.command()(command)


def standards(
    fhir: Annotated[Path, FHIR],
    patient: Annotated[str | None, PATIENT] = None,
    on: Annotated[str | None, ON] = None,
    complete_since: Annotated[str | None, SINCE] = None,
    complete_kinds: Annotated[str, KINDS] = CLAIMS,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Judge the standards QI-01 to QI-25 on one person's record: who counts, is taken out, is met, or why not known."""
    from spinesteps.audits.judged import judge_standards, to_json
    from spinesteps.knowledge.standards import STANDARDS

    day = day_of(on)
    record = read_fhir(existing(fhir), patient, day)
    found = judge_standards(STANDARDS, _history(record, day, complete_since, complete_kinds))
    if as_json:
        print_json([to_json(one) for one in found])
        return
    for line in _lines(found):
        typer.echo(line)


def packet(
    fhir: Annotated[Path, FHIR],
    procedure: Annotated[str, PROCEDURE],
    out: Annotated[Path, OUT],
    policy: Annotated[str | None, POLICY] = None,
    patient: Annotated[str | None, PATIENT] = None,
    on: Annotated[str | None, ON] = None,
    complete_since: Annotated[str | None, SINCE] = None,
    complete_kinds: Annotated[str, KINDS] = CLAIMS,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Lay a record beside a payer's criteria: met, not met, not enough data, with the records that prove it."""
    from spinesteps.audits.packet import check
    from spinesteps.audits.policies import PROCEDURES
    from spinesteps.knowledge.policies import PAYERS
    from spinesteps.knowledge.sheet import SHEET
    from spinesteps.reports import render
    from spinesteps.reports.packet import packet_page

    if procedure not in PROCEDURES:
        raise ScopeError(f"--procedure is one of {', '.join(PROCEDURES)}.")
    day, here = day_of(on, deployment), here_of(deployment)
    record = read_fhir(existing(fhir), patient, day)
    history = _history(record, day, complete_since, complete_kinds)
    wanted = (policy,) if policy else here.policies
    made = check(PAYERS, procedure, wanted or ("all",), record, judge(record, day, here), history)
    name = f"packet-{procedure}-{policy or 'all'}"
    _write(out, name, render.html("packet", packet_page(made, PAYERS, SHEET)), day)


def handover(
    out: Annotated[Path, OUT],
    facts: Annotated[str | None, ONE_FACTS] = None,
    fhir: Annotated[Path | None, FHIR] = None,
    patient: Annotated[str | None, PATIENT] = None,
    on: Annotated[str | None, ON] = None,
    contact: Annotated[str, CONTACT] = "",
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Write a sheet for an emergency department: danger first with its times, what was not checked, medicines."""
    _paper("handover", out, facts, fhir, patient, on, contact, deployment)


def letter(
    out: Annotated[Path, OUT],
    facts: Annotated[str | None, ONE_FACTS] = None,
    fhir: Annotated[Path | None, FHIR] = None,
    patient: Annotated[str | None, PATIENT] = None,
    on: Annotated[str | None, ON] = None,
    contact: Annotated[str, CONTACT] = "",
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Write a letter to the doctor: what fits and why, what is advised, what could not be checked."""
    _paper("letter", out, facts, fhir, patient, on, contact, deployment)


def programme(
    facts: Annotated[str | None, ONE_FACTS] = None,
    fhir: Annotated[Path | None, FHIR] = None,
    patient: Annotated[str | None, PATIENT] = None,
    on: Annotated[str | None, ON] = None,
    level: Annotated[str | None, LEVEL] = None,
    as_json: Annotated[bool, JSON] = False,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Print a person's own programme: what is advised, move by move, with stop rules, and the walks week by week."""
    from spinesteps.cli.terminal import programme_lines
    from spinesteps.library.library import library_of
    from spinesteps.person.programme import programme as own

    day, here = day_of(on, deployment), here_of(deployment)
    assessment = judge(read_record(facts, fhir, patient, day), day, here)
    levels = [one.id for one in library_of(assessment.pathway).programme.levels]
    if level is not None and level not in levels:
        raise ScopeError(f"--level is one of {', '.join(levels)}.")
    found = own(assessment, level)
    if as_json:
        print_json({"card": assessment.card_words(), "programme": found})
        return
    print_lines(list(programme_lines(assessment, found)))


def _paper(
    kind: str, out: Path, facts: str | None, fhir: Path | None, patient: str | None, on: str | None, contact: str,
    deployment: Path | None,
) -> None:  # fmt: skip
    from spinesteps.knowledge.sheet import SHEET
    from spinesteps.reports import render
    from spinesteps.reports.doctor import letter as letter_page
    from spinesteps.reports.handover import handover as handover_page

    day, here = day_of(on, deployment), here_of(deployment)
    record = read_record(facts, fhir, patient, day)
    make = handover_page if kind == "handover" else letter_page
    page = make(judge(record, day, here), record, SHEET, contact)
    _write(out, kind, render.html(kind, page), day, one_page=True)


def _write(out: Path, name: str, text: str, day: date, one_page: bool = False) -> None:
    from spinesteps.reports import render

    if out.exists() and not out.is_dir():
        raise InputError([Fault(str(out), "This is a file.", "a folder", "Name a folder with --out.")])
    written = render.write(out, name, text, day, one_page)
    for path in written:
        typer.echo(str(path))
    if len(written) == 1:
        typer.echo(render.NO_PDF, err=True)


def _history(record: Record, day: date, since: str | None, kinds: str) -> History:
    from spinesteps.audits.measured import Complete, History

    if since is None:
        return History.of(record.events, day)
    try:
        first = date.fromisoformat(since)
    except ValueError:
        raise ScopeError("--complete-since takes a day such as 2024-01-01.") from None
    named = frozenset(kind.strip() for kind in kinds.split(",") if kind.strip())
    odd = named - {*CLAIMS.split(","), "observation", "answer", "encounter"}
    if odd:
        raise ScopeError(f"--complete-kinds does not know {', '.join(sorted(odd))}.")
    return History.of(record.events, day, Complete(first, day, named))


def _lines(found: tuple[JudgedStandard, ...]) -> list[str]:
    """The results in words: first those that say something, then the ids that nothing in the record starts."""
    from spinesteps.audits.judged import records_in
    from spinesteps.audits.policies import read_texts
    from spinesteps.knowledge.limits import HERE

    texts = read_texts(HERE / "wording" / "en" / "standards.toml")
    say = spine().wording.faces["standards"]
    lines: list[str] = []
    title = ""
    for one in found:
        if one.because == "no_index_event":
            continue
        words: dict[str, Any] = texts["standards"][one.standard.id]
        if title != one.standard.id:
            title = one.standard.id
            lines.append(say["title"].format(id=title, title=words["title"], better=one.standard.better))
            lines.append(say["counts"].format(met=words["met"]))
        key, _, rest = one.because.partition(": ")
        names = ", ".join(texts["measures"].get(name, name) for name in rest.split(", ")) if rest else ""
        why = f" ({texts['because'].get(key, key)}{': ' + names if names else ''})" if one.because else ""
        proof = records_in(one)
        shown = f" [{', '.join(proof[:5])}{' …' if len(proof) > 5 else ''}]" if proof else ""
        lines.append(f"    {one.index or say['no_date']}  {one.reading}: {texts['results'][one.result]}{why}{shown}")
    idle = sorted({one.standard.id for one in found if one.because == "no_index_event"})
    if idle:
        lines.append(say["idle"].format(ids=", ".join(idle)))
    return [*lines, say["draft"]]
