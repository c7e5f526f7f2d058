"""Content tables: TOML and CSV files as frozen dataclasses, checked by fields and types, every fault of them at once.

    @dataclass(frozen=True, slots=True)
    class Phase:
        id: str                                      # given by the reader: the name of the table
        basis: Literal["trial", "design"]            # one of these
        sources: Some[str]                           # at least one
        days: Annotated[float, ABOVE_0]              # a rule of its own
        start: str | None = key("from", None)        # named otherwise in the file, and may be left out

    read_tables([path], Phase)                       # every [table] by its id

A dataclass may have `faults()`, which yields what its types cannot say: (what is wrong, what was expected).
Types: str, bool, int, float, date, Any, Literal, tuples, mappings, dataclasses, each `| None`, each Annotated.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from spinesteps.errors import ContentError, Fault

Kind = TypeVar("Kind")
Item = TypeVar("Item")
WRONG: Any = object()  # stands for what could not be read; its fault has been told
GIVEN = ("id", "file")  # fields that the reader fills: the table's name and the file's
PLAIN = {str: "a text", bool: "true or false", int: "a whole number", float: "a number", date: "a day (2026-11-21)"}
FROM_TEXT: Mapping[Any, Callable[[str], Any]] = {int: int, float: float, date: date.fromisoformat}


class Where(NamedTuple):
    """What a value must be beyond its type, in words and as a function."""

    expected: str
    holds: Callable[[Any], bool]


class Known(NamedTuple):
    """A name that must be one of those that the reader is told under this word, such as "evidence"."""

    what: str


Some = Annotated[tuple[Item, ...], Where("a list with at least one entry", bool)]
ABOVE_0 = Where("a number above 0", lambda value: value > 0)
FILLED = Where("a text that is not empty", bool)


def key(name: str = "", default: Any = MISSING, before: Callable[[Any], Any] | None = None) -> Any:
    """A field whose entry has another name in the file, or whose entry is brought into form `before` it is checked."""
    more = {"default_factory": default} if callable(default) else {"default": default}
    return field(metadata={"key": name, "before": before}, **more)


class Place(NamedTuple):
    """Where the reader is, and what it gathers."""

    path: str
    faults: list[Fault]
    known: Mapping[str, Collection[str]]
    given: Mapping[str, str] = {}

    def at(self, step: object) -> Place:
        """A place further in."""
        return Place(f"{self.path} {step}", self.faults, self.known)

    def wrong(self, wrong: str, expected: str, todo: str = "Correct it.") -> Any:
        """Note a fault."""
        self.faults.append(Fault(self.path, wrong, expected, todo))
        return WRONG

    def refuse(self, value: object, expected: str) -> Any:
        """Note that a value is not what was expected."""
        return self.wrong(f"It is {str(value)[:60]!r}.", expected)


Read = Callable[[Any, Place], Any]


def read_tables(paths: Iterable[Path], kind: type[Kind], known: Mapping[str, Collection[str]] = {}) -> dict[str, Kind]:
    """Every table of these TOML files by its name. known: the names that `Known` fields may hold.

    Raises ContentError with every fault of every file; a name that stands twice is one.
    """
    faults: list[Fault] = []
    found: dict[str, Kind] = {}
    for path in paths:
        for id_, row in _toml(path).items():
            place = Place(f"{path.name} [{id_}]", faults, known, {"id": id_, "file": path.name})
            if id_ in found:
                place.wrong("It stands twice.", "each name once", "Keep one of the two.")
            found[id_] = _reader(kind)(row, place)
    if faults:
        raise ContentError(faults)
    return found


def read_file(path: Path, kind: type[Kind], known: Mapping[str, Collection[str]] = {}) -> Kind:
    """A whole TOML file as one dataclass. Raises ContentError with every fault."""
    return read_data(_toml(path), kind, path.name, known)


def read_data(data: Mapping[str, Any], kind: type[Kind], name: str, known: Mapping[str, Collection[str]] = {}) -> Kind:
    """What was read already as one dataclass; name: where it came from. Raises ContentError with every fault."""
    faults: list[Fault] = []
    made: Kind = _reader(kind)(data, Place(name, faults, known, {"file": name}))
    if faults:
        raise ContentError(faults)
    return made


def read_csv(path: Path, kind: type[Kind]) -> tuple[Kind, ...]:
    """Every line of a CSV file with a head; an empty cell that may be left out is. Raises ContentError."""
    faults: list[Fault] = []
    parts, rows, given = {part.key: part for part in _parts(kind)}, [], {"file": path.name}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            place = Place(f"{path.name} line {number}", faults, {}, given)
            rows.append(_reader(kind)(dict(_cells(row, parts)), place))
    if faults:
        raise ContentError(faults)
    return tuple(rows)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = "There is no such file." if isinstance(error, FileNotFoundError) else f"It cannot be read: {error}."
        raise ContentError([Fault(path.name, why, "a TOML file in UTF-8", "Write it, or correct it.")]) from None


def _cells(row: Mapping[Any, Any], parts: Mapping[str, Part]) -> Iterator[tuple[Any, Any]]:
    for name, text in row.items():
        part = parts.get(name)
        if text or part is None or part.needed:
            try:
                yield name, FROM_TEXT.get(part.type, str)(text) if part else text
            except (TypeError, ValueError):
                yield name, text


class Part(NamedTuple):
    """A field as the reader sees it: its name, its name in the file, whether it is needed, its type, how it is read."""

    name: str
    key: str
    needed: bool
    type: Any
    read: Read
    before: Callable[[Any], Any] | None


@cache
def _parts(kind: type) -> tuple[Part, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        Part(
            one.name, one.metadata.get("key") or one.name, one.default is MISSING and one.default_factory is MISSING,
            _bare(hints[one.name]), _reader(hints[one.name]), one.metadata.get("before"),
        )
        for one in fields(kind)
    )  # fmt: skip


def _bare(hint: Any) -> Any:
    """A type without `| None`."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    return hint


@cache
def _reader(hint: Any) -> Read:
    """How a value of this type is read."""
    hint = _bare(hint)
    origin, of = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _checked(_reader(of[0]), of[1:])
    if origin is Literal:
        return lambda value, place: value if value in of else place.refuse(value, f"one of {', '.join(map(str, of))}")
    if origin is tuple:
        return _list(_reader(of[0])) if of[-1] is Ellipsis else _row([_reader(one) for one in of])
    if origin is not None:
        return _mapping(_reader(of[1]), of[0])
    return _table(hint) if is_dataclass(hint) else _plain(hint)


def _plain(kind: Any) -> Read:
    if kind is Any:
        return lambda value, place: value
    if kind is float:
        return lambda value, place: float(value) if type(value) in (int, float) else place.refuse(value, PLAIN[kind])
    return lambda value, place: value if type(value) is kind else place.refuse(value, PLAIN[kind])


def _checked(read: Read, rules: tuple[Where | Known, ...]) -> Read:
    def checked(value: Any, place: Place) -> Any:
        made = read(value, place)
        for rule in rules if made is not WRONG else ():
            if isinstance(rule, Where):
                if not rule.holds(made):
                    return place.refuse(value, rule.expected)
            elif rule.what in place.known and made not in place.known[rule.what]:
                return place.wrong(f'There is no "{made}" in {rule.what}.', f"a name of {rule.what}")
        return made

    return checked


def _list(read: Read) -> Read:
    def listed(value: Any, place: Place) -> Any:
        if not isinstance(value, list | tuple):
            return place.refuse(value, "a list")
        return tuple(read(one, place.at(number)) for number, one in enumerate(value, 1))

    return listed


def _row(reads: list[Read]) -> Read:
    def listed(value: Any, place: Place) -> Any:
        if not isinstance(value, list | tuple) or len(value) != len(reads):
            return place.refuse(value, f"a list of {len(reads)}")
        return tuple(read(one, place) for read, one in zip(reads, value, strict=True))

    return listed


def _mapping(read: Read, keys: Any) -> Read:
    def mapped(value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            return place.refuse(value, "a table")
        if keys is int and not all(name.isdecimal() for name in value):
            return place.refuse([*value], "whole numbers as names")
        read_key = _reader(keys) if keys is not int else lambda name, _: int(name)
        return {read_key(n, place): read(one, place.at(f"[{n}]")._replace(given={"id": n})) for n, one in value.items()}

    return mapped


def _table(kind: Any) -> Read:
    def table(row: Any, place: Place) -> Any:
        if not isinstance(row, dict):
            return place.refuse(row, "a table")
        before, given = len(place.faults), {}
        parts = _parts(kind)
        for part in parts:
            if part.name in GIVEN and part.name in place.given:
                given[part.name] = place.given[part.name]
            elif part.key in row:
                value = row[part.key] if part.before is None else part.before(row[part.key])
                given[part.name] = value if type(value) is part.type else part.read(value, place.at(part.key))
            elif part.needed:
                place.at(part.key).wrong("It is missing.", _told(part.type), "Write it.")
        keys = [part.key for part in parts if part.name not in place.given]
        for odd in sorted(row.keys() - set(keys)):
            place.at(odd).wrong("This entry is not known.", f"one of {', '.join(keys)}", "Correct or remove it.")
        if len(place.faults) > before:
            return WRONG
        made = kind(**given)
        for wrong, expected in getattr(made, "faults", tuple)():
            place.wrong(wrong, expected)
        return made

    return table


def _told(hint: Any) -> str:
    """What a type wants, in words."""
    of = get_args(hint)
    if get_origin(hint) is Annotated:
        return next((rule.expected for rule in of[1:] if isinstance(rule, Where)), _told(of[0]))
    if get_origin(hint) is Literal:
        return f"one of {', '.join(map(str, of))}"
    return PLAIN.get(hint, "a list" if get_origin(hint) is tuple else "a table")
