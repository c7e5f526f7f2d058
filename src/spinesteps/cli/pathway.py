"""The commands about the pathway itself: explain, facts, lint, prove, score, version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spinesteps.cli.inputs import JSON, ON, bytes_of, day_of, spine
from spinesteps.cli.printing import print_json, print_lines
from spinesteps.errors import ScopeError
from spinesteps.version import __version__

READ = typer.Option("--read", "--seen", help="The words of this rule (or all) were read: note it.")  # --seen until 0.2


def explain(
    rule: Annotated[str | None, typer.Argument(help="A red flag or advice id, such as RF-01a.")] = None,
    on: Annotated[str | None, ON] = None,
    out: Annotated[Path | None, typer.Option(help="Write the page of every rule into this docs folder.")] = None,
) -> None:
    """What a rule says, when, and on what evidence."""
    from spinesteps.rule_pages.rule import ids, page, pages

    pathway = spine().as_of(day_of(on))
    if out is not None:
        (out / "knowledge").mkdir(parents=True, exist_ok=True)
        written = pages(spine(), day_of(on))
        for name, text in written.items():
            (out / name).write_text(text, "utf-8")
        typer.echo(f"{len(written)} pages in {out}", err=True)
    elif rule is None:
        for id_ in ids(pathway):
            typer.echo(id_)
    else:
        typer.echo(page(pathway, rule), nl=False)


def list_facts(as_json: Annotated[bool, JSON] = False) -> None:
    """Every fact: its kind, unit, range and question."""
    from spinesteps.cli.terminal import fact_rows

    rows = fact_rows(spine().as_of(day_of(None)))
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['name']:<36} {row['kind']:<8} {row['unit'] or '':<16} {row['label']}")


def lint(
    as_json: Annotated[bool, JSON] = False,
    on: Annotated[str | None, ON] = None,
    read: Annotated[list[str] | None, READ] = None,
    language: Annotated[str | None, typer.Option(help="With --read: the language that was read.")] = None,
) -> None:
    """Check the pathway itself, its words in every language, and list every fault."""
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD
    from spinesteps.quality.lint.check import check
    from spinesteps.quality.lint.wording_review import note_read, review_file

    pathway, day = spine(), day_of(on)
    if read:
        if (language or pathway.language) not in pathway.languages:
            raise ScopeError(f"There are words in {', '.join(pathway.languages)}.")
        spoken = pathway.speaking(language or pathway.language)
        noted = note_read(spoken.as_of(day), review_file(spoken), read)
        typer.echo(f"Noted as read: {', '.join(noted) or 'nothing new'}", err=True)
    faults = check(pathway, day, FROM_RECORD, codes())
    if as_json:
        print_json([fault.to_json() for fault in faults])
    else:
        for fault in faults:
            typer.echo(str(fault))
        typer.echo(f"{len(faults)} faults", err=True)
    raise typer.Exit(2 if faults else 0)


def prove(on: Annotated[str | None, ON] = None, as_json: Annotated[bool, JSON] = False) -> None:
    """Prove the pathway's laws over every possible person, or print the smallest person that breaks one."""
    from spinesteps.quality.laws import Result
    from spinesteps.quality.laws import prove as prove_laws

    def show(result: Result) -> None:
        mark = "holds " if result.holds else "BROKEN"
        if not as_json:
            typer.echo(f"{mark} {result.seconds:6.2f} s  {result.law.name}: {result.law.sentence}")
            for what in result.broken:
                typer.echo(f"        {what}")
            for person in (result.person, result.then):
                if person is not None:
                    print_json(person)

    results = prove_laws(spine(), day_of(on), show)
    if as_json:
        print_json([
            {"law": r.law.name, "holds": r.holds, "seconds": round(r.seconds, 3), "claims": r.claims,
             "broken": list(r.broken), "person": r.person, "then": r.then}
            for r in results
        ])  # fmt: skip
    raise typer.Exit(0 if all(result.holds for result in results) else 2)


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
    from spinesteps.instruments import answer as scoring
    from spinesteps.library.library import library_of

    if every:
        rows = scoring.listing(library_of(spine()).instruments)
        print_json(rows) if as_json else print_lines([("", line) for line in scoring.listed(rows)])
        return
    if instrument is None or items is None:
        raise ScopeError("Give an instrument and --items, or --list.")
    one = scoring.chosen(library_of(spine()).instruments, instrument)
    data = scoring.answer(
        one, bytes_of(items), None if before is None else bytes_of(before), spine().by_name, setting, months
    )
    print_json(data) if as_json else print_lines([("", line) for line in scoring.lines(data)])


def version() -> None:
    """Versions of software and knowledge, and the fingerprint of today's pathway."""
    from spinesteps.person.output import versions

    print_json({**versions(spine().as_of(day_of(None)), day_of(None)), "software": __version__})


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("facts")(list_facts)
    for command in (explain, lint, prove, score, version):
        app.command()(command)
