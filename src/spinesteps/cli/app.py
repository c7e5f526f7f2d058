"""The command line. Data goes to standard output, words and faults to standard error.

Exit 0: done. 2: the input has faults. 3: we could not check (a failure inside). A family of commands is one module
with `add_to`, and one line here.
"""

from __future__ import annotations

import json
import sys

import typer

from spinesteps.cli import examples, papers, pathway, people, serving, standards
from spinesteps.cli.printing import could_not_check
from spinesteps.errors import Fault, InputError, NoValueError, ScopeError, plain

app = typer.Typer(
    help="One cited care pathway for spinal stenosis. Draft: no clinician has signed these rules.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for family in (people, pathway, examples, standards, papers, serving):
    family.add_to(app)


def main() -> None:
    """Entry point: a failure inside answers "could not check" and exit 3, whatever it was."""
    try:
        app()
    except InputError as error:
        _fail(error.faults)
    except (ScopeError, NoValueError) as error:
        typer.echo(plain(str(error), 2_000), err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
    except Exception as error:
        answer = could_not_check()
        typer.echo(json.dumps(answer, ensure_ascii=False) if "--json" in sys.argv else answer["text"])
        typer.echo(f"A failure inside ({type(error).__name__}). This is our fault, please report it.", err=True)
        raise SystemExit(3) from None


def _fail(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        typer.echo(str(fault), err=True)
    raise SystemExit(2)
