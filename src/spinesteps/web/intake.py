"""What a visitor hands in: read whole or refused. It stays in memory and is gone with the answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import date
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from spinesteps.errors import Fault, InputError, ScopeError
from spinesteps.fhir.decode import MOST_BYTES as LARGEST_RECORD
from spinesteps.json_pairs import LARGEST
from spinesteps.person import days
from spinesteps.person.days import day_from

AROUND = 10_000  # bytes for the borders of a form and its short fields
FORM = "multipart/form-data"
PLAIN_FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 100
JSON = (
    "application/json",
    "application/fhir+json",
    "application/octet-stream",  # what browsers say when they do not know the ending
    "text/json",
    "text/plain",
    "",
)


class Refused(InputError):
    """Not read at all: too large (413) or of a wrong type (415)."""

    def __init__(self, status: int, fault: Fault) -> None:
        self.status = status
        super().__init__([fault])


class _TooLong(MultiPartException):
    """The form is longer than its limit; the parser closes what it holds."""


class _InMemory(MultiPartParser):
    """Never writes what was handed in to a disk."""

    spool_max_size = LARGEST_RECORD + AROUND


async def read_form(request: Request, largest: int) -> FormData:
    """The fields of a form. Raises Refused before reading on when it is too large or is no form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise Refused(415, Fault("the whole input", "This is not the form of the start page.", FORM, "Use the form."))
    if int(request.headers.get("content-length", "0")) > largest + AROUND:
        raise too_large(largest)
    body = _limited(request, largest)
    try:
        read = _InMemory(request.headers, body, max_files=1, max_fields=3, max_part_size=largest + AROUND)
        form = await read.parse()
    except _TooLong:
        raise too_large(largest) from None
    except MultiPartException:
        fault = Fault("the whole input", "The form could not be read.", "the form of the start page", "Use the form.")
        raise InputError([fault]) from None
    _once_each([name for name, _ in form.multi_items()])
    return form


def _once_each(names: list[str]) -> None:
    """Raises InputError when a field stands twice: which one holds cannot be told."""
    if len(set(names)) < len(names):
        wrong = "A field of the form stands more than once."
        raise InputError([Fault("the whole input", wrong, "every field once", "Use the form.")])


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of a page of the self-check by name. Raises Refused when it is no such form, too large or doubled."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != PLAIN_FORM:
        raise Refused(415, Fault("the whole input", "This is not a form of these pages.", PLAIN_FORM, "Use the page."))
    try:
        body = b"".join([chunk async for chunk in _limited(request, LARGEST)])
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except _TooLong:
        raise too_large(LARGEST) from None
    except ValueError:
        fault = Fault("the whole input", "The form could not be read.", PLAIN_FORM, "Use the page.")
        raise InputError([fault]) from None
    _once_each([name for name, _ in pairs])
    return dict(pairs)


async def _limited(request: Request, largest: int) -> AsyncGenerator[bytes, None]:
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > largest + AROUND:
            raise _TooLong("")
        yield chunk


def too_large(largest: int) -> Refused:
    """The refusal of an input above a limit of bytes."""
    wrong = f"It is larger than {largest / 2**20:.0f} MB."
    return Refused(413, Fault("the whole input", wrong, "one person", "Hand in one person at a time."))


async def file_of(form: FormData, name: str, largest: int) -> bytes | None:
    """The bytes of an uploaded file, or None. Raises Refused on a wrong type or size."""
    file = form.get(name)
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    kind = (file.content_type or "").partition(";")[0].strip().lower()
    if kind not in JSON:
        raise Refused(
            415, Fault(name, "The file is of another type.", "a JSON file", "Choose a file that ends in .json.")
        )
    data = await file.read()
    if len(data) > largest:
        raise too_large(largest)
    return data


async def facts_of(form: FormData) -> bytes:
    """The facts of the form, pasted or as a file. Raises InputError when there are none, or both."""
    expected = "pasted facts or a file"
    file, pasted = await file_of(form, "file", LARGEST), text_of(form, "facts")
    if file is not None and pasted:
        raise InputError([Fault("facts", "There are both.", f"{expected}, not both", "Take one of them away.")])
    if file is None and not pasted:
        fault = Fault(
            "facts", "There is nothing to check.", "pasted facts or a file", "Paste the facts or choose a file."
        )
        raise InputError([fault])
    data = pasted.encode() if file is None else file
    if len(data) > LARGEST:
        raise too_large(LARGEST)
    return data


async def bundle_of(form: FormData) -> bytes:
    """The FHIR Bundle of the form. Raises InputError when there is none."""
    file = await file_of(form, "bundle", LARGEST_RECORD)
    if file is None:
        raise InputError([Fault("bundle", "There is no file.", "a FHIR Bundle (JSON)", "Choose a file.")])
    return file


def text_of(form: FormData, name: str) -> str:
    """A text field without the blanks around it; "" when it is absent."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def day_of(form: FormData) -> date:
    """The day of judging: today when left empty. Raises InputError when it is no day."""
    text = text_of(form, "day")
    if not text:
        return today()
    try:
        return day_from(text)
    except ScopeError:
        raise bad_day("This is no day that can be judged on.") from None


def bad_day(wrong: str) -> InputError:
    """The fault of a day of judging."""
    return InputError([Fault("day", wrong, "a day such as 2026-11-21", "Correct the day of judging.")])


def today() -> date:
    """The day it is here."""
    return days.today()
