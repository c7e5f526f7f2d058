"""Papers as HTML (always) and PDF (with WeasyPrint, the extra `pdf`). The same input gives the same bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from spinesteps.errors import printable
from spinesteps.reports.keeping import keep

TEMPLATES = Path(__file__).parent / "templates"
EPOCH = "SOURCE_DATE_EPOCH"
SMALLER = (7.6, 7.0, 6.4)  # points; the page as written uses 8.2
NO_PDF = 'No PDF was written. To write PDF too: pip install "spinesteps[pdf]" (it needs the system library Pango).'


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, finalize=_shown,
    )  # fmt: skip


def _shown(value: Any) -> Any:
    """Every text that is put into a paper, without signs that could forge or hide what stands there."""
    return printable(value) if type(value) is str else value


def html(template: str, data: Mapping[str, Any]) -> str:
    """A paper as one HTML file that needs nothing beside it."""
    return _environment().get_template(f"{template}.html").render(**data)


def pdf(text: str, day: date, one_page: bool = False) -> bytes | None:
    """The HTML as tagged PDF; None when WeasyPrint or its system libraries are not there.

    day: the day of judging, written as the time of making, so that the same paper is the same file. one_page: print
    smaller when it does not fit on one page, down to the last of SMALLER; nothing is left out.
    """
    try:
        from weasyprint import CSS, HTML
    except (ImportError, OSError):
        return None
    with _at(day):
        page = HTML(string=text, url_fetcher=_refuse)
        made = page.render(pdf_variant="pdf/ua-1")
        for size in SMALLER if one_page else ():
            if len(made.pages) > 1:
                small = CSS(string=f"body {{ font-size: {size}pt !important }}")
                made = page.render(stylesheets=[small], pdf_variant="pdf/ua-1")
        return bytes(made.write_pdf(pdf_variant="pdf/ua-1"))


def write(out: Path, name: str, text: str, day: date, whose: str, one_page: bool = False) -> tuple[Path, ...]:
    """Write <name>.html, and <name>.pdf when that can be done, into a folder. Gives the paths written.

    whose: of `keeping.about`. Raises InputError as `keeping.keep` does.
    """
    return keep(out, name, text, pdf(text, day, one_page), whose)


def _refuse(url: str, *_: object, **__: object) -> Any:
    raise ValueError("A paper loads nothing from outside.")


@contextmanager
def _at(day: date) -> Iterator[None]:
    """The time that stands in the file: noon of the day, unless somebody set another."""
    before = os.environ.get(EPOCH)
    if before is None:
        os.environ[EPOCH] = str(int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[EPOCH]
