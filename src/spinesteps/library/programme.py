"""The programme of exercise and self-care as data: items with dose, progression and stop rules, levels, walking plan.

Numbers stand in knowledge/programme/, words in wording/<language>/programme.toml. Every item says whether a trial
stands behind it (`trial`, with the source) or whether it is our own design (`design`), its dose apart from its content.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from spinesteps.content import ABOVE_0, WRONG, Known, Some, Where, key, read_data, read_together, read_toml
from spinesteps.errors import ContentError, DeclarationError, Fault

Basis = Literal["trial", "design"]
Topic = Literal[
    "exercise", "walking", "posture", "flare", "comfort", "aids", "home_and_work", "weight", "sleep", "mind", "stop",
    "carers", "measure", "contact",
]  # fmt: skip
DosePart = Literal["sets", "repeats", "hold_seconds", "minutes", "days_a_week"]
TOPICS: tuple[str, ...] = get_args(Topic)
PARTS = ("title", "start", "how", "harder", "easier")  # words of an exercise; other items need title and how
WALKING = (
    "share", "bouts", "most_bouts", "rest_minutes", "days_a_week", "weeks", "growth", "goal", "most_minutes", "pace",
    "slowest_pace", "fastest_pace", "moderate", "least_m",
)  # fmt: skip
DOSE: tuple[str, ...] = get_args(DosePart)
PHRASES = (
    *DOSE, "ceiling", *get_args(Basis), "support", "walks", "goal", "too_short", "unmeasured",
)  # fmt: skip
PERSON = ("weeks", "distance", "minutes")
Sources = tuple[Annotated[str, Known("evidence")], ...]


def _all_of(names: tuple[str, ...]) -> Where:
    return Where(f"each of {', '.join(names)}, and no other", lambda table: set(table) == set(names))


def _without_trial(sources: tuple[str, ...], *bases: str) -> Iterator[tuple[str, str]]:
    if "trial" in bases and not any(source[:2] in ("T-", "R-", "N-") for source in sources):
        yield "It says trial and names none.", "the trial or review among its sources"


def _without_words(words: Mapping[str, str], parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if lacks := [part for part in parts if not words.get(part)]:
        yield f"It has no words for {', '.join(lacks)}.", f"words for {', '.join(parts)}"


def _ends_early(walking: Mapping[str, Any]) -> bool:
    share = walking.get("share", WRONG)
    return share is WRONG or bool(share.value < 1)


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """One thing to do, to know or to measure. Words by part; dose and ceiling by name (sets, repeats, minutes …).

    basis: of what is done; dose_basis: of how much. sources: ids of evidence/. level: the first level that holds it.
    Words may hold a placeholder of the deployment (`Deployment.fill`).
    """

    id: str
    topic: Topic
    basis: Basis
    dose_basis: Basis
    words: Mapping[str, str]
    sources: Sources = ()
    level: Annotated[str, Known("levels")] = ""
    support: bool = False
    dose: Mapping[DosePart, Annotated[float, ABOVE_0]] = field(default_factory=dict)
    ceiling: Mapping[DosePart, Annotated[float, ABOVE_0]] = field(default_factory=dict)
    stops: tuple[Annotated[str, Known("stop rules")], ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        """Words, trials or parts of an exercise that are missing, and doses over their ceiling."""
        exercise = self.topic == "exercise"
        yield from _without_words(self.words, PARTS if exercise else ("title", "how"))
        yield from _without_trial(self.sources, self.basis, self.dose_basis)
        if exercise and not (self.level and self.dose and self.stops):
            yield "An exercise lacks them.", "a level, a dose and stop rules"
        for part, most in self.ceiling.items():
            if most < self.dose.get(part, 0):
                yield f"{part} begins above its ceiling.", "a ceiling that is not below the dose"


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the programme: weeks it lasts at least, and what it asks before the next one (in its words)."""

    id: str
    order: int
    weeks: int
    basis: Basis
    words: Mapping[str, str]

    def faults(self) -> Iterator[tuple[str, str]]:
        """Words that are missing."""
        yield from _without_words(self.words, ("title", "how", "next", "back"))


@dataclass(frozen=True, slots=True)
class WalkingNumber:
    """A number of the walking plan, with what stands behind it."""

    value: Annotated[float, ABOVE_0]
    unit: str
    basis: Basis
    sources: Sources = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        """A trial that is not named."""
        yield from _without_trial(self.sources, self.basis)


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """What stands beside an advice: ids of rules, and either a topic or ids of items in order."""

    advice: Some[str]
    topic: Topic | None = None
    items: tuple[Annotated[str, Known("items")], ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        """Both, or neither."""
        if (self.topic is None) == (not self.items):
            yield "It shows nothing, or two things.", "either a topic or items"


WalkingNumbers = Annotated[
    Mapping[str, WalkingNumber], _all_of(WALKING),
    Where("a share below 1: the first walk ends before the pain is bad", _ends_early),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What one file of programme/ may hold; levels, numbers and the facts of a person stand in one file each."""

    items: Mapping[str, ProgrammeItem]
    levels: Mapping[str, Level] = field(default_factory=dict, metadata=key("level"))
    walking: WalkingNumbers = field(default_factory=dict)
    person: Annotated[Mapping[str, str], _all_of(PERSON)] = field(default_factory=dict)
    parts: tuple[ProgrammePart, ...] = field(default=(), metadata=key("part"))


@dataclass(frozen=True, slots=True)
class ProgrammePhrases:
    """The phrases among the words."""

    phrases: Annotated[Mapping[str, Any], _all_of(PHRASES)]


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
        items: list[ProgrammeItem] = []
        for part in self.parts:
            if advice in part.advice:
                items += self.of(part.topic, level) if part.topic else (self.items[name] for name in part.items)
        return tuple(items)

    def advised_by(self, item: ProgrammeItem) -> tuple[str, ...]:
        """The ids of the advice that an item stands beside."""
        parts = (part for part in self.parts if part.topic == item.topic or item.id in part.items)
        return tuple(id_ for part in parts for id_ in part.advice)

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

    def _amounts(self, amounts: Mapping[Any, float]) -> str:
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


TABLES = ("level", "walking", "person", "part")  # of a file; its other tables are items


@cache
def read_programme(folder: Path, language: str, sources: Collection[str]) -> Programme:
    """Read programme/*.toml with the words of a language. Raises ContentError with every fault at once.

    folder: the pathway's. sources: the ids of its evidence.
    """
    paths, spoken = sorted((folder / "programme").glob("*.toml")), f"{language}/programme.toml"
    words, *files = read_together(*(partial(read_toml, path) for path in (folder / "wording" / spoken, *paths)))
    items = [name for data in files for name in data if name not in TABLES]
    levels = [name for data in files for name in data.get("level", ())]
    stops = {name for data in files for name in items if data.get(name, {}).get("topic") == "stop"}
    known = {"evidence": sources, "items": items, "levels": levels, "stop rules": stops}
    phrases, _, *made = read_together(
        lambda: read_data({"phrases": words.get("phrases", {})}, ProgrammePhrases, spoken).phrases,
        lambda: _matching(files, {"phrases", *items, *levels}, words, spoken),
        *(partial(read_data, _with_words(data, words), ProgrammeFile, f"programme/{path.name}", known)
          for path, data in zip(paths, files, strict=True)),
    )  # fmt: skip
    return Programme(
        items={name: item for one in made for name, item in one.items.items()},
        levels=tuple(sorted((level for one in made for level in one.levels.values()), key=lambda level: level.order)),
        walking={name: number for one in made for name, number in one.walking.items()},
        parts=tuple(part for one in made for part in one.parts),
        person={name: fact for one in made for name, fact in one.person.items()},
        phrases=phrases,
    )


def _with_words(data: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """A file as its parts, each item and level with its words; a dose rests on what the item rests on, if not said."""

    def with_words(name: str, row: Any, **more: Any) -> Any:
        return {**more, **row, **({"words": words[name]} if name in words else {})} if isinstance(row, dict) else row

    file = {name: data[name] for name in TABLES if name in data}
    if "level" in data:
        file["level"] = {name: with_words(name, row) for name, row in data["level"].items()}
    file["items"] = {
        name: with_words(name, row, **({"dose_basis": row["basis"]} if "basis" in row else {}))
        for name, row in data.items()
        if name not in TABLES
    }
    return file


def _matching(files: list[dict[str, Any]], named: set[str], words: Mapping[str, Any], spoken: str) -> None:
    """Raises ContentError for tables that stand in two files or in none, and for words that belong to nothing."""
    once = [name for data in files for name in data if name != "part"]
    faults = [
        Fault(f"programme/ [{name}]", "It is missing, or stands in two files.", "each table once", "Correct the files.")
        for name in sorted({*once, *TABLES} - {"part"})
        if once.count(name) != 1
    ]
    faults += [
        Fault(f"{spoken} [{name}]", "It belongs to nothing.", "words of an item, a level or phrases", "Correct it.")
        for name in sorted(words.keys() - named)
    ]
    if faults:
        raise ContentError(faults)
