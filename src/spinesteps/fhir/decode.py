"""JSON from outside, decoded with bounds on size and depth. NaN, Infinity and broken text are refused."""

from __future__ import annotations

import json
import math
import re
from itertools import accumulate
from typing import Any

from spinesteps.errors import Fault, InputError

MOST_BYTES = 64 * 1024 * 1024
MOST_LEVELS = 200
LONGEST_NUMBER = 300

_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_TEXT = re.compile(rb'"[^"]*"')
_REST = bytes(set(range(256)) - set(b'[]{}"'))
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1, ord('"'): 0}


def refuse(wrong: str, expected: str, todo: str, place: str = "input") -> InputError:
    """The error for an input that cannot be used at all."""
    return InputError([Fault(place, wrong, expected, todo)])


def depth(data: bytes) -> int:
    """How many levels of objects and lists the JSON text has, without decoding it."""
    if data.count(b"[") + data.count(b"{") <= MOST_LEVELS:
        return 0  # cannot be too deep
    short = _ESCAPE.sub(b"", data) if b"\\" in data else data
    short = short.translate(None, _REST).replace(b'""', b"")
    if b'"' in short:
        short = _TEXT.sub(b"", short)
    return max(accumulate(map(_STEP.__getitem__, short)), default=0)


def decode(data: bytes) -> Any:
    """The value of a JSON text. Raises InputError when it is too large, too deep or no JSON."""
    if len(data) > MOST_BYTES:
        raise refuse("The input is larger than 64 MB.", "at most 64 MB", "Send a folder of NDJSON files instead.")
    if depth(data) > MOST_LEVELS:
        raise refuse("The input is nested too deeply.", f"at most {MOST_LEVELS} levels", "Check how it was made.")
    try:
        return decode_line(data)
    except ValueError:
        expected = "a FHIR R4 Bundle as JSON in UTF-8"
        raise refuse("This is not JSON.", expected, "Check that the file is whole.") from None


def decode_line(data: bytes) -> Any:
    """The value of a JSON text known to be small. Raises ValueError when it is no JSON or too deep."""
    if len(data) > MOST_BYTES or depth(data) > MOST_LEVELS:
        raise ValueError("too large or too deep")
    text = data.decode("utf-8-sig")
    return json.loads(text, parse_constant=_no_constant, parse_int=_whole)


def _no_constant(name: str) -> Any:
    raise ValueError("NaN and Infinity are no JSON")


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < LONGEST_NUMBER else math.inf
