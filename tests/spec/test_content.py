"""The reader of content tables: what each type takes and refuses, and every fault at once with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from spinesteps.content import (
    ABOVE_0,
    FILLED,
    Known,
    Some,
    Where,
    key,
    read_data,
    read_file,
    read_rows,
    read_tables,
    read_together,
)
from spinesteps.errors import ContentError, DeclarationError


@dataclass(frozen=True, slots=True)
class Spot:
    """A part with a rule over two fields."""

    low: float = field(metadata=key("from"))
    high: float

    def faults(self) -> Iterator[tuple[str, str]]:
        """Upside down."""
        if self.low > self.high:
            yield "It is upside down.", "from the lower to the higher"


@dataclass(frozen=True, slots=True)
class Thing:
    """One of everything."""

    id: str
    name: Annotated[str, FILLED]
    kind: Literal["big", "small"]
    sources: Some[Annotated[str, Known("evidence")]]
    size: Annotated[float, ABOVE_0] | None = None
    count: int = 0
    sure: bool = False
    on: date | None = None
    pair: tuple[float, float] | None = None
    spots: tuple[Spot, ...] = ()
    named: Mapping[str, Spot] = field(default_factory=dict)
    points: Mapping[int, float] = field(default_factory=dict)
    share: Annotated[int, Where("to 100", lambda share: share <= 100)] = field(default=0, metadata=key(before=abs))
    status: str = field(default="draft", metadata=key(written=True))
    more: Any = None


WHOLE: dict[str, Any] = {"name": "n", "kind": "big", "sources": ["A"], "status": "draft"}
KNOWN = {"evidence": {"A", "B"}}


def made(**more: Any) -> Thing:
    return read_data({**WHOLE, "id": "x", **more}, Thing, "some", KNOWN)


def told(read: Callable[[], Any]) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read()
    assert isinstance(caught.value, DeclarationError)
    assert all(fault.expected and fault.todo for fault in caught.value.faults)
    return [f"{fault.place}: {fault.wrong}" for fault in caught.value.faults]


def test_every_type_is_read() -> None:
    thing = made(
        size=3, count=2, sure=True, on=date(2026, 11, 21), pair=[1, 2.5], spots=[{"from": 1, "high": 2}],
        named={"a": {"from": 0, "high": 0}}, points={"3": 1}, share=-4, more=[1, "x"],
    )  # fmt: skip
    assert (thing.size, thing.count, thing.sure, thing.on) == (3.0, 2, True, date(2026, 11, 21))
    assert isinstance(thing.size, float) and thing.pair == (1.0, 2.5) and thing.sources == ("A",)
    assert thing.spots == (Spot(1.0, 2.0),) and thing.named == {"a": Spot(0.0, 0.0)} and thing.points == {3: 1.0}
    assert (thing.share, thing.more) == (4, [1, "x"])
    assert made().size is None and made().spots == ()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"name": ""}, "some name: It is ''."),
        ({"name": 1}, "some name: It is '1'."),
        ({"kind": "tall"}, "some kind: It is 'tall'."),
        ({"kind": ["big"]}, "some kind: It is \"['big']\"."),
        ({"sources": []}, "some sources: It is '[]'."),
        ({"sources": "A"}, "some sources: It is 'A'."),
        ({"sources": ["A", "C"]}, "some sources 2: There is no \"C\" in evidence."),
        ({"size": 0}, "some size: It is '0'."),
        ({"size": True}, "some size: It is 'True'."),
        ({"count": 2.5}, "some count: It is '2.5'."),
        ({"count": True}, "some count: It is 'True'."),
        ({"sure": 1}, "some sure: It is '1'."),
        ({"on": "2026-11-21"}, "some on: It is '2026-11-21'."),
        ({"pair": [1]}, "some pair: It is '[1]'."),
        ({"pair": [1, "x"]}, "some pair 2: It is 'x'."),
        ({"spots": [{"from": 1, "high": 2}, {"high": 2}]}, "some spots 2 from: It is missing."),
        ({"spots": [{"from": 3, "high": 2}]}, "some spots 1: It is upside down."),
        ({"spots": [3]}, "some spots 1: It is '3'."),
        ({"named": {"a": {"from": 1}}}, "some named [a] high: It is missing."),
        ({"named": 3}, "some named: It is '3'."),
        ({"points": {"x": 1}}, "some points [x]: It is 'x'."),
        ({"share": 101}, "some share: It is '101'."),
        ({"share": "x"}, "some share: It is 'x'."),
        ({"odd": 1}, "some odd: This entry is not known."),
    ],
)
def test_what_is_no_value_of_a_field_is_refused(more: dict[str, Any], says: str) -> None:
    assert told(lambda: made(**more)) == [says]


def test_what_must_be_written_is_asked_for_though_it_has_a_default() -> None:
    row = {name: value for name, value in WHOLE.items() if name != "status"}
    assert told(lambda: read_data({**row, "id": "x"}, Thing, "some", KNOWN)) == ["some status: It is missing."]
    assert Thing("x", "n", "big", ("A",)).status == "draft"


ROW = 'name = "n"\nkind = "big"\nsources = ["A"]\nstatus = "draft"\n'


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(f"[one]\n{ROW}[two]\nkind = 3\n")
    (tmp_path / "b.toml").write_text(f"[one]\n{ROW}id = \"other\"\n")
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    assert told(lambda: read_tables(paths, Thing, names=("one", "three"))) == [
        "a.toml [two]: It belongs to nothing.",
        "a.toml [two] name: It is missing.",
        "a.toml [two] kind: It is '3'.",
        "a.toml [two] sources: It is missing.",
        "a.toml [two] status: It is missing.",
        "b.toml [one]: It stands twice.",
        "b.toml [one] id: This entry is not known.",
        "b.toml [three]: It is missing.",
    ]


def test_the_name_of_a_table_is_its_id(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(f"[one]\n{ROW}[two]\n{ROW}")
    assert [thing.id for thing in read_tables([tmp_path / "a.toml"], Thing).values()] == ["one", "two"]


def test_faults_of_several_readings_stand_together(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[a")
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    said = told(lambda: read_together(*(partial(read_file, path, Spot) for path in paths)))
    assert said[0].startswith("a.toml: It cannot be read:") and said[1] == "b.toml: There is no such file."
    assert read_together(lambda: 1, lambda: 2) == [1, 2]


# --- CSV -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of a table."""

    name: str
    seen_on: date = field(metadata=key(before=date.fromisoformat))
    factor: float | None = field(default=None, metadata=key(before=float))


def test_lines_of_a_csv_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,seen_on,factor\na,2026-01-02,1.5\nb,2026-01-03,\n", "utf-8")
    assert read_rows(tmp_path / "a.csv", Line) == (
        Line("a", date(2026, 1, 2), 1.5), Line("b", date(2026, 1, 3)),
    )  # fmt: skip


def test_every_fault_of_a_csv_file_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,seen_on,factor,odd\n,2026-01-02,1,\nb,soon,x,y\n", "utf-8")
    with pytest.raises(ContentError) as error:
        read_rows(tmp_path / "a.csv", Line)
    assert [fault.place for fault in error.value.faults] == [
        "a.csv line 2 name", "a.csv line 3 seen_on", "a.csv line 3 factor", "a.csv line 3 odd",
    ]  # fmt: skip
