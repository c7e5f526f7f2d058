"""Content tables: TOML and CSV files as frozen dataclasses, checked by fields and types, every fault of them at once.

    @dataclass(frozen=True, slots=True)
    class Phase:
        id: str                                      # given by the reader: the name of the table
        basis: Literal["trial", "design"]            # one of these
        sources: Some[str]                           # at least one
        days: Annotated[float, ABOVE_0]              # a rule of its own
        start: str | None = field(default=None, metadata=key("from"))    # named otherwise in the file

    read_tables([path], Phase)                       # every [table] by its id

A dataclass may have `faults()`, which yields what its types cannot say: (what is wrong, what was expected).
Types: str, bool, int, float, date, Any, Literal, tuples of one type, mappings, dataclasses; `| None`, Annotated.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from spinesteps.errors import ContentError, Fault

Kind = TypeVar("Kind")
Item = TypeVar("Item")
WRONG: Any = object()  # stands for what could not be read; its fault has been told
PLAIN = {str: "a text", bool: "true or false", int: "a whole number", float: "a number", date: "a day (2026-11-21)"}


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


def key(name: str = "", before: Callable[[Any], Any] | None = None, written: bool = False) -> Mapping[str, Any]:
    """The metadata of a field whose entry has another name in the file, or is brought into form `before` it is checked.

    written: it must stand in the file, though who makes one in Python may leave it out.
    """
    return {"key": name, "before": before, "written": written}


class Page(NamedTuple):
    """What a reading gathers, and the names it knows. A place is the file's and the steps into it, joined when told."""

    faults: list[Fault]
    known: Mapping[str, Collection[str]] = {}

    def wrong(self, place: Steps, wrong: str, expected: str, todo: str = "Correct it.") -> Any:
        """Note a fault."""
        steps: list[str] = []
        while not isinstance(place, str):
            place, step = place
            steps.insert(0, f" {step}")
        self.faults.append(Fault(place + "".join(steps), wrong, expected, todo))
        return WRONG

    def refuse(self, place: Steps, value: object, expected: str) -> Any:
        """Note that a value is not what was expected."""
        return self.wrong(place, f"It is {str(value)[:60]!r}.", expected)


Steps = str | tuple[Any, object]
Read = Callable[..., Any]  # value, steps, page; of a dataclass also what is given besides
NOTHING: Mapping[str, str] = {}


def read_tables(
    paths: Iterable[Path], kind: type[Kind], known: Mapping[str, Collection[str]] = {},
    names: Collection[str] | None = None,
) -> dict[str, Kind]:  # fmt: skip
    """Every table of these TOML files by its name.

    known: the names that `Known` fields may hold. names: those of the tables, neither more nor less, where they are
    known. Raises ContentError with every fault of every file; a name that stands twice is one.
    """
    page = Page([], known)
    found: dict[str, Kind] = {}
    read = _reader(kind)
    for path in paths:
        for id_, row in read_toml(path).items():
            place = f"{_name(path)} [{id_}]"
            if id_ in found:
                page.wrong(place, "It stands twice.", "each name once", "Keep one of the two.")
            if names is not None and id_ not in names:
                page.wrong(place, "It belongs to nothing.", "a name that the data hold", "Correct or remove it.")
            found[id_] = read(row, place, page, {"id": id_, "file": path.name})
    for id_ in () if names is None else [name for name in names if name not in found]:
        page.wrong(f"{_name(path)} [{id_}]", "It is missing.", "a table for each name", "Write it.")
    if page.faults:
        raise ContentError(page.faults)
    return found


def read_file(path: Path, kind: type[Kind], known: Mapping[str, Collection[str]] = {}) -> Kind:
    """A whole TOML file as one dataclass. Raises ContentError with every fault."""
    return read_data(read_toml(path), kind, path.name, known)


def read_data(data: Mapping[str, Any], kind: type[Kind], name: str, known: Mapping[str, Collection[str]] = {}) -> Kind:
    """What was read already as one dataclass; name: where it came from. Raises ContentError with every fault."""
    page = Page([], known)
    made: Kind = _reader(kind)(data, name, page, {"file": name})
    if page.faults:
        raise ContentError(page.faults)
    return made


def read_rows(path: Path, kind: type[Kind]) -> tuple[Kind, ...]:
    """Every line of a CSV file as a dataclass. A cell is a text (see `key`, before); an empty one is left out.

    Raises ContentError with every fault of the file.
    """
    page, read = Page([]), _reader(kind)
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [
            read({name: cell for name, cell in row.items() if cell != ""}, f"{path.name} line {number}", page)
            for number, row in enumerate(csv.DictReader(lines), 2)
        ]
    if page.faults:
        raise ContentError(page.faults)
    return tuple(rows)


def read_together(*reads: Callable[[], Any]) -> list[Any]:
    """What each of these readings gives. Raises ContentError with every fault of all of them."""
    faults: list[Fault] = []
    found = []
    for read in reads:
        try:
            found.append(read())
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    return found


def _name(path: Path) -> str:
    """A file's name; of words with their language."""
    return f"{path.parent.name}/{path.name}" if path.parent.parent.name == "wording" else path.name


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as plain data. Raises ContentError when it is missing or none."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = "There is no such file." if isinstance(error, FileNotFoundError) else f"It cannot be read: {error}."
        raise ContentError([Fault(_name(path), why, "a TOML file in UTF-8", "Write it, or correct it.")]) from None


class Part(NamedTuple):
    """A field as the reader sees it: its name, its name in the file, whether it is needed, its type, how it is read."""

    name: str
    key: str
    needed: bool
    type: Any
    read: Read
    before: Callable[[Any], Any] | None


@cache
def _parts(kind: type) -> tuple[tuple[Part, ...], frozenset[str]]:
    """The fields of a dataclass, and their names in a file."""
    hints = get_type_hints(kind, include_extras=True)
    parts = tuple(
        Part(
            one.name, one.metadata.get("key") or one.name,
            (one.default is MISSING and one.default_factory is MISSING) or one.metadata.get("written", False),
            _bare(hints[one.name]), _reader(hints[one.name]), one.metadata.get("before"),
        )
        for one in fields(kind)
    )  # fmt: skip
    return parts, frozenset(part.key for part in parts)


def _bare(hint: Any) -> Any:
    """A type without `| None`."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    return hint


def _reader(hint: Any) -> Read:
    """How a value of this type is read."""
    hint = _bare(hint)
    origin, of = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _checked(_reader(of[0]), of[1:])
    if origin is Literal:
        told = f"one of {', '.join(map(str, of))}"
        return lambda value, place, page: value if value in of else page.refuse(place, value, told)
    if origin is tuple:
        return _list(_reader(of[0]), of[0], None if of[-1] is Ellipsis else len(of))
    if origin is not None:
        return _mapping(_reader(of[1]), of[0], is_dataclass(of[1]))
    return _table(hint) if is_dataclass(hint) else _plain(hint)


def _plain(kind: Any) -> Read:
    if kind is Any:
        return lambda value, place, page: value
    kinds = (int, float) if kind is float else (kind,)

    def plain(value: Any, place: Steps, page: Page) -> Any:
        if type(value) not in kinds:
            return page.refuse(place, value, PLAIN[kind])
        return float(value) if kind is float else value

    return plain


def _checked(read: Read, rules: tuple[Where | Known, ...]) -> Read:
    def checked(value: Any, place: Steps, page: Page) -> Any:
        made = read(value, place, page)
        for rule in rules if made is not WRONG else ():
            if isinstance(rule, Where):
                if not rule.holds(made):
                    return page.refuse(place, value, rule.expected)
            elif rule.what in page.known and made not in page.known[rule.what]:
                return page.wrong(place, f'There is no "{made}" in {rule.what}.', f"a name of {rule.what}")
        return made

    return checked


def _list(read: Read, kind: Any, size: int | None) -> Read:
    told = "a list" if size is None else f"a list of {size}"

    def listed(value: Any, place: Steps, page: Page) -> Any:
        if not isinstance(value, list | tuple) or size not in (None, len(value)):
            return page.refuse(place, value, told)
        if all(type(one) is kind for one in value):
            return tuple(value)
        return tuple([read(one, (place, number), page) for number, one in enumerate(value, 1)])

    return listed


def _mapping(read: Read, keys: Any, tables: bool) -> Read:
    read_key = _reader(keys)

    def mapped(value: Any, place: Steps, page: Page) -> Any:
        if not isinstance(value, dict):
            return page.refuse(place, value, "a table")
        found = {}
        for name, one in value.items():
            at = (place, f"[{name}]")
            given = ({"id": name},) if tables else ()
            called = read_key(int(name) if keys is int and name.isdecimal() else name, at, page)
            found[called] = read(one, at, page, *given)
        return found

    return mapped


def _table(kind: Any) -> Read:
    def table(row: Any, place: Steps, page: Page, filled: Mapping[str, str] = NOTHING) -> Any:
        if not isinstance(row, dict):
            return page.refuse(place, row, "a table")
        before, given = len(page.faults), {}
        parts, keys = _parts(kind)
        for name, key_, needed, type_, read, in_form in parts:
            if key_ in filled:
                given[name] = filled[key_]
            elif key_ in row:
                value = row[key_] if in_form is None else _in_form(row[key_], in_form)
                given[name] = value if type(value) is type_ else read(value, (place, key_), page)
            elif needed:
                page.wrong((place, key_), "It is missing.", _told(type_), "Write it.")
        for odd in sorted(row.keys() - keys | row.keys() & filled.keys()):
            expected = f"one of {', '.join(sorted(keys - filled.keys()))}"
            page.wrong((place, odd), "This entry is not known.", expected, "Correct or remove it.")
        if len(page.faults) > before:
            return WRONG
        made = kind(**given)
        if hasattr(kind, "faults"):
            for wrong, expected in made.faults():
                page.wrong(place, wrong, expected)
        return made

    return table


def _in_form(value: Any, before: Callable[[Any], Any]) -> Any:
    """What `before` makes of a value; what it cannot take stays as it is and is refused."""
    try:
        return before(value)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return value


def _told(hint: Any) -> str:
    """What a type wants, in words."""
    of = get_args(hint)
    if get_origin(hint) is Annotated:
        return next((rule.expected for rule in of[1:] if isinstance(rule, Where)), _told(of[0]))
    if get_origin(hint) is Literal:
        return f"one of {', '.join(map(str, of))}"
    return PLAIN.get(hint, "a list" if get_origin(hint) is tuple else "a table")
