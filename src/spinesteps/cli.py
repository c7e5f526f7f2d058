"""The command line. Data goes to standard output, words and faults to standard error.

Exit 0: done. 2: the input has faults. 3: we could not check (a failure inside).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spinesteps import __version__, paper
from spinesteps.errors import Fault, InputError, ScopeError

if TYPE_CHECKING:
    from spinesteps.pathway.deployment import Deployment
    from spinesteps.pathway.pathway import Pathway
    from spinesteps.person.assess import Assessment
    from spinesteps.person.record import Record

app = typer.Typer(
    help="One cited care pathway for spinal stenosis. Draft: no clinician has signed these rules.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

FACTS = typer.Option(help="A JSON object of facts, a .jsonl file with one a line, or - for standard input.")
EVERYONE = typer.Option("--everyone", help="Every patient of an NDJSON folder, one a line.")
FHIR = typer.Option(help="A FHIR R4 Bundle (JSON), or a folder of NDJSON files.")
ON = typer.Option("--on", help="The day of judging, such as 2026-11-21. Default: today.")
JSON = typer.Option("--json", help="Print JSON.")
DEPLOYMENT = typer.Option("--deployment", help="Where it is used: a deployment.toml. Without one the defaults hold.")


def main() -> None:
    """Entry point: a failure inside answers "could not check" and exit 3, whatever it was."""
    try:
        app()
    except InputError as error:
        _fail(error.faults)
    except ScopeError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
    except Exception as error:
        answer = could_not_check()
        typer.echo(json.dumps(answer, ensure_ascii=False) if "--json" in sys.argv else answer["text"])
        typer.echo(f"A failure inside ({type(error).__name__}). This is our fault, please report it.", err=True)
        raise SystemExit(3) from None


def could_not_check() -> dict[str, Any]:
    """What every face answers when it failed inside."""
    from spinesteps.person.assess import COULD_NOT_CHECK

    return {"urgency": None, "error": "could_not_check", "text": COULD_NOT_CHECK}


@app.command()
def assess(
    facts: Annotated[str | None, FACTS] = None,
    fhir: Annotated[Path | None, FHIR] = None,
    patient: Annotated[str | None, typer.Option(help="The id of the patient, when there are several.")] = None,
    everyone: Annotated[bool, EVERYONE] = False,
    on: Annotated[str | None, ON] = None,
    as_json: Annotated[bool, JSON] = False,
    reasons: Annotated[bool, typer.Option("--reasons", help="Add reasons (and texts, for .jsonl).")] = False,
    all_advice: Annotated[bool, typer.Option("--all", help="List every advice, whatever its state.")] = False,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Judge one person, or one a line, and say why."""
    day = _day(on)
    here = _deployment(deployment)
    if (facts is None) == (fhir is None):
        raise ScopeError("Give either --facts or --fhir.")
    if facts is not None and facts.endswith(".jsonl"):
        _assess_lines(facts, day, reasons, here)
    elif everyone:
        _assess_everyone(_existing(fhir), day, reasons, here)
    else:
        record = _read_facts(facts, day) if facts is not None else _read_fhir(_existing(fhir), patient, day)
        _show(_judge(record, day, here), as_json, reasons, all_advice)


@app.command()
def questions(
    facts: Annotated[str, FACTS],
    on: Annotated[str | None, ON] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """What to ask next, safety first."""
    day = _day(on)
    assessment = _judge(_read_facts(facts, day), day)
    data = assessment.to_json()["questions"]
    if as_json:
        _print_json(data)
        return
    for question in data:
        could = ", ".join(question["could_change"][:4]) + (" …" if len(question["could_change"]) > 4 else "")
        typer.echo(f"{question['question']}  ({question['fact']}, {question['asks']})")
        typer.echo(f"    {question['why']} Could change: {could}")


@app.command()
def explain(
    rule: Annotated[str | None, typer.Argument(help="A red flag or advice id, such as RF-01a.")] = None,
    on: Annotated[str | None, ON] = None,
    out: Annotated[Path | None, typer.Option(help="Write the page of every rule into this docs folder.")] = None,
) -> None:
    """What a rule says, when, and on what evidence."""
    from spinesteps.pathway.page import ids, page, pages

    pathway = _pathway().as_of(_day(on))
    if out is not None:
        (out / "knowledge").mkdir(parents=True, exist_ok=True)
        written = pages(_pathway(), _day(on))
        for name, text in written.items():
            (out / name).write_text(text, "utf-8")
        typer.echo(f"{len(written)} pages in {out}", err=True)
    elif rule is None:
        for id_ in ids(pathway):
            typer.echo(id_)
    else:
        typer.echo(page(pathway, rule), nl=False)


@app.command("facts")
def list_facts(as_json: Annotated[bool, JSON] = False) -> None:
    """Every fact: its kind, unit, range and question."""
    from spinesteps.terminal import fact_rows

    rows = fact_rows(_pathway())
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['name']:<36} {row['kind']:<8} {row['unit'] or '':<16} {row['label']}")


@app.command()
def lint(
    as_json: Annotated[bool, JSON] = False,
    on: Annotated[str | None, ON] = None,
    seen: Annotated[list[str] | None, typer.Option(help="The words of this rule (or all) were read: note it.")] = None,
) -> None:
    """Check the pathway itself and list every fault."""
    from spinesteps.knowledge.from_record import FROM_RECORD
    from spinesteps.knowledge.records import codes
    from spinesteps.pathway.lint import check
    from spinesteps.pathway.seen import note_seen, seen_file

    pathway, day = _pathway(), _day(on)
    if seen:
        noted = note_seen(pathway.as_of(day), seen_file(pathway), seen)
        typer.echo(f"Noted as read: {', '.join(noted) or 'nothing new'}", err=True)
    faults = check(pathway, day, FROM_RECORD, codes())
    if as_json:
        _print_json([fault.to_json() for fault in faults])
    else:
        for fault in faults:
            typer.echo(str(fault))
        typer.echo(f"{len(faults)} faults", err=True)
    raise typer.Exit(2 if faults else 0)


@app.command()
def prove(on: Annotated[str | None, ON] = None, as_json: Annotated[bool, JSON] = False) -> None:
    """Prove the pathway's laws over every possible person, or print the smallest person that breaks one."""
    from spinesteps.pathway.laws import Result
    from spinesteps.pathway.laws import prove as prove_laws

    def show(result: Result) -> None:
        mark = "holds " if result.holds else "BROKEN"
        if not as_json:
            typer.echo(f"{mark} {result.seconds:6.2f} s  {result.law.name}: {result.law.sentence}")
            for what in result.broken:
                typer.echo(f"        {what}")
            for person in (result.person, result.then):
                if person is not None:
                    _print_json(person)

    results = prove_laws(_pathway(), _day(on), show)
    if as_json:
        _print_json([
            {"law": r.law.name, "holds": r.holds, "seconds": round(r.seconds, 3), "claims": r.claims,
             "broken": list(r.broken), "person": r.person, "then": r.then}
            for r in results
        ])  # fmt: skip
    raise typer.Exit(0 if all(result.holds for result in results) else 2)


@app.command()
def score(
    instrument: Annotated[str | None, typer.Argument(help="An instrument id, such as odi. See --list.")] = None,
    items: Annotated[str | None, typer.Option(help="A JSON object item -> answer, or - for standard input.")] = None,
    before: Annotated[str | None, typer.Option(help="The items of an earlier time: says what changed.")] = None,
    setting: Annotated[str | None, typer.Option(help="conservative or surgery; else those of both.")] = None,
    months: Annotated[float | None, typer.Option(help="Months between the two times.")] = None,
    every: Annotated[bool, typer.Option("--list", help="List every instrument.")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Score a questionnaire, walking test or grade, and the change since an earlier time."""
    from spinesteps.person import scoring

    if every:
        rows = scoring.listing(_pathway().instruments)
        _print_json(rows) if as_json else _print_lines([("", line) for line in scoring.listed(rows)])
        return
    if instrument is None or items is None:
        raise ScopeError("Give an instrument and --items, or --list.")
    one = scoring.chosen(_pathway().instruments, instrument)
    data = scoring.answer(
        one, _bytes_of(items), None if before is None else _bytes_of(before), _pathway().by_name, setting, months
    )
    _print_json(data) if as_json else _print_lines([("", line) for line in scoring.lines(data)])


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port.")] = 8000,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
) -> None:
    """Open a page that takes a facts file or a FHIR Bundle and shows the assessment."""
    from spinesteps.web.app import run

    run(host, port, browser, deployment)


@app.command()
def version() -> None:
    """Versions of software and knowledge, and the fingerprint of today's pathway."""
    from spinesteps.person.assess import versions

    _print_json({**versions(_pathway().as_of(_day(None)), _day(None)), "software": __version__})


paper.add_to(app)  # after assess, which stands first in the list of commands


def _pathway() -> Pathway:
    from spinesteps.knowledge.spine import PATHWAY

    return PATHWAY


def _judge(record: Record, day: date, here: Deployment | None = None) -> Assessment:
    from spinesteps.person.assess import assess as judge_person

    here = here or _deployment(None)
    return judge_person(record, here.speaking(_pathway()), day, here)


@cache
def _deployment(path: Path | None) -> Deployment:
    """Where it is used. A faulty file is refused before anybody is judged."""
    from spinesteps.pathway.deployment import read_deployment

    return read_deployment(path, _pathway())


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScopeError("--on takes a day such as 2026-11-21.") from None


def _existing(path: Path | None) -> Path:
    if path is None or not path.exists():
        fault = Fault(str(path), "There is no such file or folder.", "a path that exists", "Check the path.")
        raise InputError([fault])
    return path


def _bytes_of(name: str) -> bytes:
    from spinesteps.person.answers import LARGEST

    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    path = _existing(Path(name))
    if path.is_dir():
        raise InputError([Fault(name, "This is a folder.", "a file of facts", "Use --fhir for a folder of NDJSON.")])
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _read_facts(name: str, day: date) -> Record:
    from spinesteps.person.answers import read_person

    return read_person(_bytes_of(name), _pathway().by_name, day)


def _read_fhir(path: Path, patient: str | None, day: date) -> Record:
    from spinesteps.fhir.read import read_bundle_file, read_folder
    from spinesteps.knowledge.from_record import FROM_RECORD
    from spinesteps.knowledge.records import codes

    read: Callable[..., Record] = read_folder if path.is_dir() else read_bundle_file
    return read(path, _pathway().by_name, codes(), FROM_RECORD, day, patient)


def _assess_lines(name: str, day: date, reasons: bool, here: Deployment) -> None:
    from spinesteps.person.answers import read_people

    worst = 0
    with _existing(Path(name)).open("rb") as stream:
        for number, record in read_people(stream, _pathway().by_name, day):
            if isinstance(record, InputError):
                worst = max(worst, 2)
                _print_json({"line": number, "faults": [fault.to_json() for fault in record.faults]})
                continue
            worst = max(worst, _print_one(record, day, reasons, {"line": number}, here))
    raise typer.Exit(worst)


def _assess_everyone(folder: Path, day: date, reasons: bool, here: Deployment) -> None:
    from spinesteps.fhir.read import read_everyone
    from spinesteps.knowledge.from_record import FROM_RECORD
    from spinesteps.knowledge.records import codes

    worst = 0
    for record in read_everyone(folder, _pathway().by_name, codes(), FROM_RECORD, day):
        worst = max(worst, _print_one(record, day, reasons, {"patient": record.person}, here))
    raise typer.Exit(worst)


def _print_one(record: Record, day: date, reasons: bool, who: dict[str, Any], here: Deployment) -> int:
    """One line for one person; a failure inside answers in its place and does not stop the others."""
    try:
        assessment = _judge(record, day, here)
        if "patient" in who:
            _print_json({**who, **assessment.to_json(full=reasons)})
        else:
            typer.echo(assessment.to_text(full=reasons))
    except Exception:
        _print_json({**who, **could_not_check()})
        return 3
    return 0


def _show(assessment: Assessment, as_json: bool, reasons: bool, every: bool) -> None:
    if as_json:
        _print_json(assessment.to_json())
        return
    from spinesteps.terminal import lines

    _print_lines(list(lines(assessment, reasons, every)))


def _print_lines(lines: list[tuple[str, str]]) -> None:
    if not sys.stdout.isatty():
        for _, text in lines:
            typer.echo(text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for style, text in lines:
        console.print(Text(text, style=style))


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, allow_nan=False))


def _fail(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        typer.echo(str(fault), err=True)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
