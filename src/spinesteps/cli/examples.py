"""The command that finds example patients: those of a rule, and one by its id."""

from __future__ import annotations

from typing import Annotated

import typer

from spinesteps.cli.inputs import JSON, spine
from spinesteps.cli.printing import print_json
from spinesteps.errors import ScopeError


def examples(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A red flag, advice, fact or conflict, or an example's id.")],
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Find the example patients of a rule, with the line where each stands; the facts of one by its own id."""
    from spinesteps.quality.examples import examples_of, line_of, read_examples

    folder = spine().folder / "examples"
    every = read_examples(folder)
    chosen = [one for one in every if one.id == id_] or examples_of(every, id_)
    if not chosen:
        raise ScopeError(f'No example patient is about "{id_[:60]}". "spinesteps explain" lists the ids of rules.')
    for one in chosen:
        place = f"{one.file}:{line_of(one, folder)}"
        if as_json:
            print_json({"id": one.id, "place": place, "story": one.story, "source": one.source,
                        "facts": one.facts, "expect": one.expect})  # fmt: skip
        elif one.id == id_:
            typer.echo(f"{place}  {one.story} [{one.source}]", err=True)
            print_json(one.facts)
        else:
            typer.echo(f"{place}  {one.id}: {one.story}")
    if not as_json and chosen[0].id != id_:
        typer.echo(f"{len(chosen)} of {len(every)} examples, in {folder.name}/", err=True)


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(examples)
