"""The command that judges a whole history: standards.

The record is complete only on somebody's word (--complete-since): without it, what is not found is not known.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spinesteps.cli.inputs import DEPLOYMENT, FHIR, JSON, ON, PATIENT, day_of, existing, here_of, read_fhir, spine
from spinesteps.cli.printing import print_json
from spinesteps.reports.paper import CLAIMS, KINDS, SINCE, history_of

if TYPE_CHECKING:
    from spinesteps.audits.judged import JudgedStandard
    from spinesteps.pathway.pathway import Pathway


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(standards)


def standards(
    fhir: Annotated[Path, FHIR],
    patient: Annotated[str | None, PATIENT] = None,
    on: Annotated[str | None, ON] = None,
    complete_since: Annotated[str | None, typer.Option(*SINCE.flags, help=SINCE.help)] = None,
    complete_kinds: Annotated[str, typer.Option(*KINDS.flags, help=KINDS.help)] = CLAIMS,
    deployment: Annotated[Path | None, DEPLOYMENT] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Judge the standards QI-01 to QI-25 on one person's record: who counts, is taken out, is met, or why not known."""
    from spinesteps.audits.judged import judge_standards, to_json
    from spinesteps.knowledge.standards import STANDARDS

    here, day = here_of(deployment), day_of(on, deployment)
    record = read_fhir(existing(fhir), patient, day)
    judged = judge_standards(STANDARDS, history_of(record, day, complete_since, complete_kinds))
    if as_json:
        print_json([to_json(one) for one in judged])
        return
    for line in _lines(judged, here.speaking(spine())):
        typer.echo(line)


def _lines(judged: tuple[JudgedStandard, ...], pathway: Pathway) -> list[str]:
    """The results in words: first those that say something, then the ids that nothing in the record starts."""
    from spinesteps.audits.judged import records_in
    from spinesteps.library.library import library_of

    texts = library_of(pathway).standard_words
    say = pathway.wording.faces["standards"]
    lines: list[str] = []
    title = ""
    for one in judged:
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
    idle = sorted({one.standard.id for one in judged if one.because == "no_index_event"})
    if idle:
        lines.append(say["idle"].format(ids=", ".join(idle)))
    return [*lines, say["draft"]]
