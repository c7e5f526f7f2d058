"""The commands that judge people: assess, questions and a person's own programme."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spinesteps.cli.inputs import (
    DEPLOYMENT,
    EVERYONE,
    FACTS,
    FHIR,
    JSON,
    ON,
    ONE_FACTS,
    PATIENT,
    day_of,
    existing,
    here_of,
    is_lines,
    judge,
    read_lines,
    read_record,
    spine,
)
from spinesteps.cli.printing import as_line, could_not_check, print_json, print_lines
from spinesteps.errors import InputError, ScopeError

if TYPE_CHECKING:
    from spinesteps.pathway.deployment import Deployment
    from spinesteps.person.assess import Assessment
    from spinesteps.person.record import Record

LEVEL = typer.Option(help="start, build, strong or keep. Default: by the weeks done so far.")
FAILED, REFUSED = "could_not_be_read", "refused"  # notes of a record that failed inside, or cannot be judged


def assess(
    facts: Annotated[str | None, FACTS] = None,
    fhir: Annotated[Path | None, FHIR] = None,
    patient: Annotated[str | None, PATIENT] = None,
    everyone: Annotated[bool, EVERYONE] = False,
    on: Annotated[str | None, ON] = None,
    as_json: Annotated[bool, JSON] = False,
    reasons: Annotated[bool, typer.Option("--reasons", help="Add reasons (and texts, for .jsonl).")] = False,
    all_advice: Annotated[bool, typer.Option("--all", help="List every advice, whatever its state.")] = False,
    disputes: Annotated[bool, typer.Option("--disputes", help="List every disagreement of sources.")] = False,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Judge one person, or one a line, and say why."""
    day, here = day_of(on, deployment), here_of(deployment)
    if (everyone or is_lines(facts)) and facts is not None and fhir is not None:
        raise ScopeError("--facts on top of --fhir is for one person at a time.")
    if facts is not None and is_lines(facts):
        _assess_lines(facts, day, reasons, here)
    elif everyone:
        if fhir is None:
            raise ScopeError("--everyone needs a folder: give --fhir.")
        _assess_everyone(existing(fhir), day, reasons, here)
    else:
        _show(judge(read_record(facts, fhir, patient, day), day, here), as_json, reasons, all_advice, disputes)


def questions(
    facts: Annotated[str | None, FACTS] = None,
    fhir: Annotated[Path | None, FHIR] = None,
    patient: Annotated[str | None, PATIENT] = None,
    on: Annotated[str | None, ON] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """What to ask next, safety first. Of a .jsonl file a line of JSON for each person."""
    from spinesteps.person.output import to_json

    day = day_of(on)
    if facts is not None and fhir is None and is_lines(facts):
        _questions_lines(facts, day)
        return
    assessment = judge(read_record(facts, fhir, patient, day), day)
    data = to_json(assessment)["questions"]
    if as_json:
        print_json(data)
        return
    say = assessment.pathway.wording.faces["terminal"]
    for question in data:
        could = ", ".join(question["could_change"][:4]) + (" …" if len(question["could_change"]) > 4 else "")
        typer.echo(f"{question['question']}  ({question['fact']}, {question['asks']})")
        typer.echo(say["could_change"].format(why=question["why"], names=could))


def _assess_lines(name: str, day: date, reasons: bool, here: Deployment) -> None:
    worst = 0
    for number, record in read_lines(name, day):
        if isinstance(record, InputError):
            worst = max(worst, 2)
            print_json({"line": number, "faults": [fault.to_json() for fault in record.faults]})
            continue
        worst = max(worst, print_one(record, day, reasons, {"line": number}, here))
    raise typer.Exit(worst)


def _questions_lines(name: str, day: date) -> None:
    """One list of questions a line, in the order of the people."""
    from spinesteps.person.output import to_json

    worst = 0
    for number, record in read_lines(name, day):
        if isinstance(record, InputError):
            worst = 2
            print_json({"line": number, "faults": [fault.to_json() for fault in record.faults]})
        else:
            print_json(to_json(judge(record, day))["questions"])
    raise typer.Exit(worst)


def _assess_everyone(folder: Path, day: date, reasons: bool, here: Deployment) -> None:
    from spinesteps.fhir.read import read_everyone
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD

    worst = 0
    for record in read_everyone(folder, spine().by_name, codes(), FROM_RECORD, day):
        worst = max(worst, print_one(record, day, reasons, {"patient": record.person}, here))
    raise typer.Exit(worst)


def print_one(record: Record, day: date, reasons: bool, who: dict[str, Any], here: Deployment) -> int:
    """One line for one person; a failure inside answers in its place and does not stop the others."""
    from spinesteps.person.output import to_json, to_text

    if record.notes.get(REFUSED):
        print_json({**who, "faults": [fault.to_json() for fault in record.faults]})
        return 2
    try:
        if record.notes.get(FAILED):
            raise ValueError
        assessment = judge(record, day, here)
        if "patient" in who:
            text = as_line({**who, **to_json(assessment, full=reasons)})
        else:
            text = to_text(assessment, full=reasons)
    except Exception:
        print_json({**who, **could_not_check()})
        return 3
    typer.echo(text)
    return 0


def _show(assessment: Assessment, as_json: bool, reasons: bool, every: bool, disputes: bool) -> None:
    from spinesteps.person.output import to_text

    if as_json:
        typer.echo(to_text(assessment))
        return
    from spinesteps.cli.terminal import lines

    print_lines(list(lines(assessment, reasons, every, disputes)))


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
    items = own(assessment, level)
    if as_json:
        print_json({"card": assessment.card_words(), "programme": items})
        return
    print_lines(list(programme_lines(assessment, items)))


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (assess, questions, programme):
        app.command()(command)
