"""One JSON object as its pairs, so that a name that stands twice is seen. Messages never name a value."""

from __future__ import annotations

import json
from typing import Any

from spinesteps.errors import Fault, InputError

LARGEST = 1_000_000  # bytes for one person; every fact of the contract answered takes about 10,000
WHOLE = "the whole input"


def decode(data: bytes, noun: str = "facts") -> list[tuple[str, Any]]:
    """A JSON object as its pairs, so that a name that stands twice is seen. Raises InputError when it is none."""
    if len(data) > LARGEST:
        raise _whole(f"It is larger than {LARGEST} bytes.", f"one object of {noun}", "Hand in one person at a time.")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]  # a UTF-8 byte order mark says nothing about a person
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _whole(f"Byte {error.start} is not UTF-8.", "text in UTF-8", "Save the file as UTF-8.") from None
    try:
        decoded = json.loads(text, object_pairs_hook=Pairs, parse_constant=Constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        fault = Fault(place, "This is not JSON.", f"one JSON object of {noun}", "Correct the text there.")
        raise InputError([fault]) from None
    except (RecursionError, ValueError):
        raise _whole("It is nested too deep or holds a number too long.", "a flat object", "Write one level.") from None
    if not isinstance(decoded, Pairs):
        such = 'an object such as {"age": 71}' if noun == "facts" else f"an object of {noun}"
        raise _whole("The JSON is no object.", such, f"Put the {noun} between {{ and }}.")
    return list(decoded)


class Pairs(list[tuple[str, Any]]):
    """A JSON object as its pairs, so that a key that stands twice is seen."""


class Constant(str):
    """NaN or Infinity: no answer to anything."""

    __slots__ = ()


def _whole(wrong: str, expected: str, todo: str) -> InputError:
    return InputError([Fault(WHOLE, wrong, expected, todo)])
