"""The programme of exercise and self-care as data: items with dose, progression and stop rules, levels, walking plan.

Numbers stand in knowledge/programme/, words in wording/<language>/programme.toml. Every item says whether a trial
stands behind it (`trial`, with the source) or whether it is our own design (`design`), its dose apart from its content.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from spinesteps.errors import DeclarationError

BASES = ("trial", "design")
TOPICS = (
    "exercise", "walking", "posture", "flare", "comfort", "aids", "home_and_work", "weight", "sleep", "mind", "stop",
    "carers", "measure", "contact",
)  # fmt: skip
PARTS = ("title", "start", "how", "harder", "easier")  # words of an exercise; other items need title and how
WALKING = (
    "share", "bouts", "most_bouts", "rest_minutes", "days_a_week", "weeks", "growth", "goal", "most_minutes", "pace",
    "slowest_pace", "fastest_pace", "moderate", "least_m",
)  # fmt: skip
DOSE = ("sets", "repeats", "hold_seconds", "minutes", "days_a_week")
PHRASES = (
    *DOSE, "ceiling", *BASES, "support", "walks", "goal", "too_short", "unmeasured",
)  # fmt: skip
PERSON = ("weeks", "distance", "minutes")


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """One thing to do, to know or to measure. Words by part; dose and ceiling by name (sets, repeats, minutes …).

    basis: of what is done; dose_basis: of how much. sources: ids of evidence/. level: the first level that holds it.
    Words may hold a placeholder of the deployment (`Deployment.fill`).
    """

    id: str
    topic: str
    basis: str
    dose_basis: str
    sources: tuple[str, ...]
    words: Mapping[str, str]
    level: str = ""
    support: bool = False
    dose: Mapping[str, float] = field(default_factory=dict)
    ceiling: Mapping[str, float] = field(default_factory=dict)
    stops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the programme: weeks it lasts at least, and what it asks before the next one (in its words)."""

    id: str
    order: int
    weeks: int
    basis: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WalkingNumber:
    """A number of the walking plan, with what stands behind it."""

    value: float
    unit: str
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """What stands beside an advice: ids of rules, and either a topic or ids of items in order."""

    advice: tuple[str, ...]
    topic: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Programme:
    """Everything of programme/ in one language.

    person: the names of the facts that set a person's level (weeks) and walks (distance, minutes).
    """

    items: Mapping[str, ProgrammeItem]
    levels: tuple[Level, ...]
    walking: Mapping[str, WalkingNumber]
    parts: tuple[ProgrammePart, ...]
    person: Mapping[str, str]
    phrases: Mapping[str, Any]

    def of(self, topic: str, level: str | None = None) -> tuple[ProgrammeItem, ...]:
        """The items of a topic; with a level, those that it holds: its own and those of the levels before it."""
        orders = {one.id: one.order for one in self.levels}
        if level is not None and level not in orders:
            raise DeclarationError(f'There is no level "{level}".')
        limit = math.inf if level is None else orders[level]
        return tuple(one for one in self.items.values() if one.topic == topic and orders.get(one.level, 0) <= limit)

    def beside(self, advice: str, level: str) -> tuple[ProgrammeItem, ...]:
        """The items that stand beside an advice; of exercises those of a level."""
        found: list[ProgrammeItem] = []
        for part in self.parts:
            if advice in part.advice:
                found += self.of(part.topic, level) if part.topic else (self.items[name] for name in part.items)
        return tuple(found)

    def level_after(self, weeks: float) -> Level:
        """The level that somebody is at who has done the programme for so many weeks: each lasts its least."""
        done = 0
        for level in self.levels:
            done += level.weeks
            if weeks < done:
                return level
        return self.levels[-1]

    def dose(self, item: ProgrammeItem) -> str:
        """How much, in words: what to begin with, and where it ends. Empty for what has no dose."""
        begin = self._amounts(item.dose)
        end = self._amounts({name: most for name, most in item.ceiling.items() if most != item.dose.get(name)})
        return ", ".join([begin, self.phrases["ceiling"].format(dose=end)] if end else [begin])

    def _amounts(self, amounts: Mapping[str, float]) -> str:
        """Each amount by its phrase: the first for one, the second for more."""
        named = [name for name in DOSE if name in amounts]
        return ", ".join(self.phrases[name][amounts[name] != 1].format(n=f"{amounts[name]:g}") for name in named)


@dataclass(frozen=True, slots=True)
class WalkingWeek:
    """One week of the plan. bout_m: metres of each walk; minutes: about how long it takes."""

    week: int
    bout_m: int
    minutes: float
    bouts: int
    rest_minutes: int
    days: int

    @property
    def total_m(self) -> int:
        """Metres on one day."""
        return self.bout_m * self.bouts


@dataclass(frozen=True, slots=True)
class WalkingPlan:
    """A walking plan of one person. start_m: the distance it began from; goal_m: the first goal."""

    start_m: float
    goal_m: int
    pace_m_minute: float
    weeks: tuple[WalkingWeek, ...]


def walking_plan(programme: Programme, distance_m: float, minutes: float | None = None) -> WalkingPlan | None:
    """The plan for somebody who can walk `distance_m` metres before a stop (in `minutes`, when that is known).

    None when the distance is under the least one: then the plan begins seated or on a bike. The first bout is a share
    of the distance; a bout never grows by more than the data say a week, nor over the most minutes.
    Raises DeclarationError for a distance or time that is no number from 0 on.
    """
    for value in (distance_m, 0 if minutes is None else minutes):
        if isinstance(value, bool) or not math.isfinite(value) or value < 0:
            raise DeclarationError("A walking plan needs metres and minutes from 0 on.")
    number = {name: figure.value for name, figure in programme.walking.items()}
    if distance_m < number["least_m"]:
        return None
    pace = distance_m / minutes if minutes else number["pace"]
    pace = min(max(pace, number["slowest_pace"]), number["fastest_pace"])
    most_m = pace * number["most_minutes"]
    weeks = []
    exact = min(distance_m * number["share"], most_m)
    bouts = number["bouts"]
    for week in range(1, int(number["weeks"]) + 1):
        bout = rounded(exact)
        weeks.append(
            WalkingWeek(
                week=week, bout_m=bout, minutes=round(bout / pace, 1), bouts=int(bouts),
                rest_minutes=int(number["rest_minutes"]), days=int(number["days_a_week"]),
            )
        )  # fmt: skip
        if exact >= most_m:
            bouts = min(bouts + 1, number["most_bouts"])
        exact = min(exact * (1 + number["growth"]), most_m)
    return WalkingPlan(distance_m, rounded(distance_m * (1 + number["goal"])), round(pace, 1), tuple(weeks))


def rounded(metres: float) -> int:
    """Metres rounded down to a step that can be paced out: 5 below 100, 10 below 500, else 50; never below 5."""
    step = 5 if metres < 100 else 10 if metres < 500 else 50
    return max(int(metres // step * step), 5)


@cache
def read_programme(folder: Path, language: str, sources: frozenset[str]) -> Programme:
    """Read programme/*.toml with the words of a language. Raises DeclarationError with every fault at once.

    folder: the pathway's. sources: the ids of its evidence.
    """
    faults: list[str] = []
    path = folder / "wording" / language / "programme.toml"
    if not path.exists():
        raise DeclarationError(f"The wording in {language} lacks programme.toml.")
    words: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    rows: dict[str, dict[str, Any]] = {}
    tables: dict[str, Any] = {"level": {}, "walking": {}, "person": {}}
    parts: list[Any] = []
    for file in sorted((folder / "programme").glob("*.toml")):
        for name, row in tomllib.loads(file.read_text("utf-8")).items():
            if name == "part":
                parts += row
            elif name in tables:
                tables[name] |= row
            elif name in rows:
                faults.append(f"{file.name} [{name}] stands twice")
            else:
                rows[name] = row
    levels: dict[str, dict[str, Any]] = tables["level"]
    faults += [fault for name, row in rows.items() for fault in _item_faults(name, row, words, levels, sources, rows)]
    faults += [fault for name, row in levels.items() for fault in _level_faults(name, row, words)]
    faults += list(_walking_faults(tables["walking"], sources))
    faults += list(_sheet_faults(parts, tables["person"], rows, words))
    known = {"phrases", *rows, *levels}
    faults += [f"words of [{name}] belong to nothing" for name in words if name not in known]
    if faults:
        raise DeclarationError("\n".join(faults))
    return _built(rows, tables, parts, words)


def _built(rows: Mapping[str, Any], tables: Mapping[str, Any], parts: Iterable[Any], words: Any) -> Programme:
    items = {
        name: ProgrammeItem(
            id=name, topic=row["topic"], basis=row["basis"], dose_basis=row.get("dose_basis", row["basis"]),
            sources=tuple(row.get("sources", ())), words=words[name], level=row.get("level", ""),
            support=row.get("support", False), dose=row.get("dose", {}), ceiling=row.get("ceiling", {}),
            stops=tuple(row.get("stops", ())),
        )
        for name, row in rows.items()
    }  # fmt: skip
    levels = tables["level"].items()
    steps = [Level(name, row["order"], row["weeks"], row["basis"], words[name]) for name, row in levels]
    figures = {
        name: WalkingNumber(row["value"], row["unit"], row["basis"], tuple(row.get("sources", ())))
        for name, row in tables["walking"].items()
    }
    shown = tuple(ProgrammePart(tuple(p["advice"]), p.get("topic", ""), tuple(p.get("items", ()))) for p in parts)
    ordered = tuple(sorted(steps, key=lambda one: one.order))
    return Programme(items, ordered, figures, shown, tables["person"], words["phrases"])


def _item_faults(
    name: str, row: Mapping[str, Any], words: Any, levels: Collection[str], sources: Collection[str],
    rows: Mapping[str, Mapping[str, Any]],
) -> Iterator[str]:  # fmt: skip
    odd = row.keys() - {
        "topic", "basis", "dose_basis", "sources", "level", "support", "dose", "ceiling", "stops",
    }  # fmt: skip
    if odd:
        yield f"[{name}] does not know {sorted(odd)}"
    if row.get("topic") not in TOPICS:
        yield f"[{name}] topic is one of {TOPICS}"
    yield from _basis_faults(name, row, sources)
    exercise = row.get("topic") == "exercise"
    lacks = [part for part in (PARTS if exercise else ("title", "how")) if not words.get(name, {}).get(part)]
    if lacks:
        yield f"[{name}] has no words for {lacks}"
    if exercise and (row.get("level") not in levels or not row.get("dose") or not row.get("stops")):
        yield f"[{name}] needs a level, a dose and stop rules"
    for stop in row.get("stops", ()):
        if rows.get(stop, {}).get("topic") != "stop":
            yield f'[{name}] names the stop rule "{stop}", which is none'
    for kind in ("dose", "ceiling"):
        for part, value in row.get(kind, {}).items():
            if part not in DOSE or isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
                yield f"[{name}] {kind} {part}: a number above 0 for one of {DOSE}"
    for part, most in row.get("ceiling", {}).items():
        if most < row.get("dose", {}).get(part, 0):
            yield f"[{name}] {part} begins above its ceiling"


def _basis_faults(name: str, row: Mapping[str, Any], sources: Collection[str]) -> Iterator[str]:
    for key in ("basis", "dose_basis"):
        if row.get(key, "design" if key == "dose_basis" else None) not in BASES:
            yield f"[{name}] {key} is one of {BASES}"
    named = row.get("sources", ())
    if "trial" in (row.get("basis"), row.get("dose_basis")) and not any(one[:2] in ("T-", "R-", "N-") for one in named):
        yield f"[{name}] says trial and names none"
    for one in named:
        if one not in sources:
            yield f'[{name}] there is no source "{one}"'


def _level_faults(name: str, row: Mapping[str, Any], words: Any) -> Iterator[str]:
    if {"order", "weeks", "basis"} - row.keys() or row.get("basis") not in BASES:
        yield f"[level.{name}] needs order, weeks and a basis"
    lacks = [part for part in ("title", "how", "next", "back") if not words.get(name, {}).get(part)]
    if lacks:
        yield f"[level.{name}] has no words for {lacks}"


def _walking_faults(walking: Mapping[str, Any], sources: Collection[str]) -> Iterator[str]:
    for name in set(WALKING) ^ walking.keys():
        yield f"[walking.{name}] is missing or not known"
    for name, row in walking.items():
        value = row.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0 or "unit" not in row:
            yield f"[walking.{name}] needs a value above 0 and a unit"
        yield from _basis_faults(f"walking.{name}", row, sources)
    got = {name: row.get("value", 0) for name, row in walking.items()}
    if isinstance(got.get("share"), int | float) and not got["share"] < 1:
        yield "[walking.share] is below 1: the first walk ends before the pain is bad"


def _sheet_faults(
    parts: Iterable[Mapping[str, Any]], person: Collection[str], rows: Mapping[str, Any], words: Mapping[str, Any]
) -> Iterator[str]:
    for place, part in enumerate(parts, 1):
        named = [name for name in part.get("items", ()) if name not in rows]
        odd = part.keys() - {"advice", "topic", "items"}
        if not part.get("advice") or ("topic" in part) == ("items" in part) or odd:
            yield f"part {place} needs advice, and either a topic or items"
        if named or part.get("topic", TOPICS[0]) not in TOPICS:
            yield f"part {place} names the items {named}, the topic {part.get('topic')}: there are none"
    if set(PERSON) ^ set(person):
        yield f"[person] needs {PERSON}"
    missing = set(PHRASES) ^ words.get("phrases", {}).keys()
    if missing:
        yield f"[phrases] needs {PHRASES}; wrong: {sorted(missing)}"
