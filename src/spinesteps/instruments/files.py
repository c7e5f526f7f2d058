"""Reads instruments/*.toml. Everything wrong with all files is told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from spinesteps.errors import DeclarationError
from spinesteps.instruments.model import (
    DIRECTIONS,
    FORMULAS,
    SETTINGS,
    STATUSES,
    Alert,
    Group,
    Instrument,
    InstrumentItem,
    Licence,
    Loinc,
    PointsUpTo,
    Recovery,
    Scale,
    ScoreBand,
    Yardstick,
)

Part = TypeVar("Part")
ALLOWED = {
    "formula": FORMULAS, "direction": DIRECTIONS, "setting": SETTINGS, "kind": ("important", "error"),
    "way": ("both", "better", "worse"), "status": STATUSES, "bands_status": STATUSES,
}  # fmt: skip


class _Wrong(Exception):
    """A part that cannot be made, with what is wrong."""


@cache
def read_instruments(folder: Path) -> Mapping[str, Instrument]:
    """Every instrument by id. Raises DeclarationError with every fault of every file."""
    faults: list[str] = []
    found: dict[str, Instrument] = {}
    for path in sorted(folder.glob("*.toml")):
        for id_, row in tomllib.loads(path.read_text("utf-8")).items():
            if id_ in found:
                faults.append(f"{path.name} [{id_}] stands twice")
            try:
                found[id_] = _instrument(id_, row)
            except _Wrong as error:
                faults.append(f"{path.name} [{id_}]: {error}")
    if faults:
        raise DeclarationError("\n".join(faults))
    return found


def ids(text: str | list[str]) -> tuple[str, ...]:
    """ "1-3" as 1, 2, 3; a list as it stands."""
    if isinstance(text, list):
        return tuple(text)
    first, dash, last = text.partition("-")
    if dash and first.isdecimal() and last.isdecimal():
        return tuple(str(number) for number in range(int(first), int(last) + 1))
    return (text,)


def _make(kind: type[Part], row: Mapping[str, Any], **more: Any) -> Part:
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    given = {**row, **more}
    odd = sorted(given.keys() - known.keys())
    lacks = [
        name for name, one in known.items()
        if name not in given and one.default is NO_DEFAULT and one.default_factory is NO_DEFAULT
    ]  # fmt: skip
    wrong = [name for name, value in row.items() if name in ALLOWED and value not in ALLOWED[name]]
    if odd or lacks or wrong:
        name = f"{kind.__name__} {row.get('id', '')}".strip()
        raise _Wrong(f"{name} does not know {odd}, lacks {lacks}, misstates {wrong}")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})


def _instrument(id_: str, row: dict[str, Any]) -> Instrument:
    return _make(
        Instrument, row, id=id_,
        licence=_make(Licence, row.get("licence", {})),
        items=tuple(item for entry in row.get("items", ()) for item in _items(entry)),
        scales=tuple(_scale(entry) for entry in row.get("scales", ())),
        alerts=tuple(_make(Alert, entry) for entry in row.get("alerts", ())),
        loinc=tuple(_make(Loinc, entry) for entry in row.get("loinc", ())),
    )  # fmt: skip


def _items(row: dict[str, Any]) -> list[InstrumentItem]:
    rest = {name: value for name, value in row.items() if name not in ("ids", "recode")}
    recode = tuple(_make(PointsUpTo, step) for step in row.get("recode", ()))
    made = [_make(InstrumentItem, rest, id=id_, recode=recode) for id_ in ids(row["ids"])]
    if rest.get("about") and len(made) > 1:
        raise _Wrong(f"items {row['ids']}: words belong to one item")
    return made


def _scale(row: dict[str, Any]) -> Scale:
    chosen = ids(row["items"])
    recovery = row.get("recovery")
    return _make(
        Scale, row, items=chosen, least=row.get("least", len(chosen)), bands=_bands(row),
        table={int(raw): (float(pair[0]), float(pair[1])) for raw, pair in row.get("table", {}).items()},
        weights={item: tuple(levels) for item, levels in row.get("weights", {}).items()},
        groups=tuple(_make(Group, entry) for entry in row.get("groups", ())),
        changes=tuple(_make(Yardstick, entry) for entry in row.get("changes", ())),
        recovery=None if recovery is None else _make(Recovery, recovery, bands=_bands(recovery)),
    )  # fmt: skip


def _bands(row: Mapping[str, Any]) -> tuple[ScoreBand, ...]:
    return tuple(_make(ScoreBand, entry) for entry in row.get("bands", ()))
