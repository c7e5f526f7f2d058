"""The command line. Data goes to standard output, words and faults to standard error.

Exit 0: done. 2: the input has faults. 3: we could not check (a failure inside). A family of commands is one module
with `add_to`, and one line here.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable

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
    """Entry point: a failure inside answers "could not check" and exit 3, whatever it was.

    Output that could not be written whole is never exit 0.
    """
    code = 2
    try:
        _refuse_odd(sys.argv[1:])
        app()
    except InputError as error:
        code = _fail(str(fault) for fault in error.faults)
    except (ScopeError, NoValueError) as error:
        code = _fail([plain(str(error), 2_000)])
    except BrokenPipeError:
        code = 1
    except OSError as error:
        code = _fail([_of_system(error)])
    except SystemExit as exit_:
        code = exit_.code if isinstance(exit_.code, int) else 1 if exit_.code else 0
    except Exception as error:
        answer = could_not_check()
        typer.echo(json.dumps(answer, ensure_ascii=False) if "--json" in sys.argv else answer["text"])
        typer.echo(f"A failure inside ({type(error).__name__}). This is our fault, please report it.", err=True)
        code = 3
    raise SystemExit(_written(code))


def _refuse_odd(arguments: list[str]) -> None:
    """Refuse signs that could forge or hide what is printed, and an output that is closed. Raises ScopeError."""
    if sys.stdout is None:
        raise ScopeError("The standard output is closed.")
    for place, argument in enumerate(arguments, 1):
        shown = "".join(argument.split()) if argument.lstrip().startswith("{") else argument
        if plain(shown, len(shown) + 1) != shown:
            raise ScopeError(f"Argument {place} holds control or direction signs. Write it without them.")


def _fail(lines: Iterable[str]) -> int:
    with contextlib.suppress(OSError, ValueError):  # nobody to tell
        for line in lines:
            typer.echo(line, err=True)
    return 2


def _written(code: int) -> int:
    """The exit code, after everything was written; 2 when it could not be."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that nothing is tried again at the end
        return code or (1 if isinstance(error, BrokenPipeError) else _fail([_of_system(error)]))
    return code


def _of_system(error: Exception) -> str:
    """What the system refused, in a line."""
    place, why = str(getattr(error, "filename", None) or "output"), getattr(error, "strerror", None) or "closed"
    return str(Fault(place, f"It cannot be read or written: {why}.", "what can be used", "Check it and try again."))
