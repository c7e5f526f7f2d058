"""JSON from outside, decoded with bounds on size, parts and depth before any library builds something of it.

A key that stands twice in an object is not settled by whichever comes last: its values are kept as a list, so that
a reader meets two values where one belongs, and cannot use either.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from spinesteps.errors import refuse

MOST_BYTES = 64 * 1024 * 1024
MOST_LEVELS = 200
LONGEST_NUMBER = 300
MOST_MEMORY = 500_000_000  # bytes that a decoded value may take, by the estimate below
SMALL = 16_000_000  # bytes that every input may take
TIMES = 18  # above that: as many times its own length
OBJECT, LIST, TEXT, PART = 240, 90, 60, 16  # bytes that each takes in memory, measured and rounded up

_TEXT = re.compile(rb'"[^"]*"')
_REST = bytes(set(range(256)) - set(b'[]{}"'))
_BOM = b"\xef\xbb\xbf"
_SPACED = (b'" :', b'"\t:', b'"\n:', b'"\r:', b"\\u0022", b"\\u003a", b"\\u003A")


def too_deep(data: bytes) -> bool:
    """Whether the JSON text has more levels of objects and lists than we take, without decoding it."""
    if data.count(b"[") + data.count(b"{") <= MOST_LEVELS:
        return False
    short = data.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in data else data
    short = short.translate(None, _REST).replace(b'""', b"")
    if b'"' in short:
        short = _TEXT.sub(b"", short)
    for _ in range(MOST_LEVELS):
        before = len(short)
        short = short.replace(b"{}", b"").replace(b"[]", b"")
        if len(short) == before:  # empty, or brackets that do not close
            return short.count(b"[") + short.count(b"{") > MOST_LEVELS
    return bool(short)


def too_many(data: bytes) -> bool:
    """Whether the decoded value would take more memory than such an input may."""
    if len(data) * OBJECT // 2 <= SMALL:
        return False
    parts = (data.count(b"{") * OBJECT, data.count(b"[") * LIST, data.count(b'"') * TEXT // 2, data.count(b",") * PART)
    return sum(parts) > min(MOST_MEMORY, max(SMALL, TIMES * len(data)))


def decode(data: bytes) -> tuple[Any, bool]:
    """The value of a JSON text, and whether a key stands twice in it.

    Raises InputError when it is too large, holds too much, is too deep or no JSON.
    """
    if len(data) > MOST_BYTES:
        raise refuse("The input is larger than 64 MB.", "at most 64 MB", "Send a folder of NDJSON files instead.")
    if too_many(data):
        raise refuse("The input holds too many parts for its size.", "a record of one person", "Check how it was made.")
    if too_deep(data):
        raise refuse("The input is nested too deeply.", f"at most {MOST_LEVELS} levels", "Check how it was made.")
    try:
        return _value(data)
    except ValueError:
        expected = "a FHIR R4 Bundle as JSON in UTF-8"
        raise refuse("This is not JSON.", expected, "Check that the file is whole.") from None


def decode_line(data: bytes, slowly: bool = False) -> Any:
    """The value of a JSON text of one line. slowly: keys that stand twice are kept, see above; else the last counts.

    Raises ValueError when it is no JSON, too large, too much or too deep.
    """
    if len(data) > MOST_BYTES or too_many(data) or too_deep(data):
        raise ValueError("too large, too much or too deep")
    if slowly:
        return _slowly(data.removeprefix(_BOM))
    import orjson

    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _slowly(data.removeprefix(_BOM))


class Repeated(list[Any]):
    """The values of a key that stands more than once in an object."""


def has_repeated(value: Any) -> bool:
    """Whether a key stands more than once anywhere in a decoded value."""
    left = [value]
    while left:
        node = left.pop()
        if isinstance(node, Repeated):
            return True
        left.extend(node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
    return False


def encode(value: Any) -> bytes:
    """A decoded value as JSON again."""
    import orjson

    try:
        return orjson.dumps(value)
    except TypeError:  # half characters, whole numbers past 64 bits
        return json.dumps(value).encode()


def _value(data: bytes) -> tuple[Any, bool]:
    import orjson

    text = data.removeprefix(_BOM)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = _slowly(text)
    else:
        if not _maybe_twice(text, value):
            return value, False
        value = _slowly(text)
    return value, has_repeated(value)


def _slowly(text: bytes) -> Any:
    """By the standard library: it takes half characters and huge numbers, and shows keys that stand twice."""
    return json.loads(text.decode(), parse_constant=_no_constant, parse_int=_whole, object_pairs_hook=_object)


def _maybe_twice(text: bytes, value: Any) -> bool:
    """Whether a key may stand twice: there are fewer keys in the value than in the text."""
    return any(sign in text for sign in _SPACED) or text.count(b'":') != encode(value).count(b'":')


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    every: dict[str, list[Any]] = {}
    for key, value in pairs:
        every.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else _both(values) for key, values in every.items()}


def _both(values: list[Any]) -> list[Any]:
    """The values of a key that stands several times; of repeating elements every part."""
    if all(isinstance(value, list) for value in values):
        return Repeated(part for value in values for part in value)
    return Repeated(values)


def _no_constant(name: str) -> Any:
    raise ValueError("NaN and Infinity are no JSON")


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < LONGEST_NUMBER else math.inf
