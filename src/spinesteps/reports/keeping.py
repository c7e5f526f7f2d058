"""Papers put into a folder: whole or not at all, HTML and PDF of one person together, nobody else's overwritten."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from spinesteps.errors import Fault, InputError
from spinesteps.person.record import Record

try:
    import fcntl
except ImportError:  # Windows: two runs at once into one folder are not kept apart there
    fcntl = None  # type: ignore[assignment]

MARK = "<!--spinesteps-about:{}-->"
HEAD = "</head>"


def about(record: Record) -> str:
    """Whom a paper is about, as a hash: the patient's id, birth and sex; of answers without a record the answers."""
    if record.person:
        births = sorted(str(event.start) for event in record.events if event.code == "birth_date")
        said = [record.person, *births]
    else:
        said = [f"{name}={entry.answer}" for name, entry in sorted(record.entries.items())]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def keep(out: Path, name: str, text: str, sheet: bytes | None, whose: str) -> tuple[Path, ...]:
    """Write <name>.html, and <name>.pdf when there is one. Gives the paths written.

    Raises InputError when the folder is a file or a link or cannot be written, or holds another's paper of this name.
    """
    text = text.replace(HEAD, f"{MARK.format(whose)}\n{HEAD}", 1)
    files = {out / f"{name}.html": text.encode()} | ({} if sheet is None else {out / f"{name}.pdf": sheet})
    try:
        if out.is_symlink() or (out.exists() and not out.is_dir()):
            raise _refused(out, "This is a link." if out.is_symlink() else "This is a file.", "a folder")
        out.mkdir(parents=True, exist_ok=True)
        with _alone(out):
            _refuse_others(out, name, whose)
            _put(out, files)
            if sheet is None:
                (out / f"{name}.pdf").unlink(missing_ok=True)  # this person's, of an older paper
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "name"
        raise _refused(out, f"It cannot be written ({why}).", "a folder that can be written") from None
    return tuple(files)


def _refused(place: Path, wrong: str, expected: str) -> InputError:
    return InputError([Fault(str(place), wrong, expected, "Name another folder with --out.")])


def _refuse_others(out: Path, name: str, whose: str) -> None:
    page, sheet = out / f"{name}.html", out / f"{name}.pdf"
    for path in (page, sheet):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise _refused(path, "There is something else of this name.", "a folder without it")
    if page.exists() and MARK.format(whose).encode() not in page.read_bytes():
        raise _refused(page, "There is a paper about somebody else, or from other answers.", "a folder without it")
    if sheet.exists() and not page.exists():
        raise _refused(sheet, "Whom this paper is about cannot be told.", "a folder without it")


def _put(out: Path, files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place, then move all of them there."""
    made: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            descriptor, beside = tempfile.mkstemp(dir=out, prefix=".", suffix=path.suffix)
            made[path] = Path(beside)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
        for path, ready in made.items():
            os.replace(ready, path)
    finally:
        for ready in made.values():
            with suppress(OSError):
                ready.unlink(missing_ok=True)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One run at a time in a folder."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
