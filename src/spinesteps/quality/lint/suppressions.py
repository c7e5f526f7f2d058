"""What lint would tell and people have let stand, each with a reason: lint.toml. How a fault of a pathway is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from spinesteps.content import Some, Where, read_data, read_toml
from spinesteps.errors import Fault

LISTS = (
    "fact_awaiting_its_rule",  # no rule looks at it yet; when one does the line may go
    "fact_without_a_rule",  # no rule is meant to look at it
    "name_with_a_number",
    "choice_without_words",
    "unavoidable_word",  # counts one syllable
    "digit_that_is_no_threshold",  # "kind.id.part digits": repeats one by chance
)
SHORTEST_REASON = 20


@dataclass(frozen=True)
class Reviewed:
    """The lists, each from name to reason, and the day to look at them again."""

    review_by: date = date.max
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __getitem__(self, kind: str) -> Mapping[str, str]:
        return self.lists.get(kind, {})


@dataclass(frozen=True, slots=True)
class Suppression:
    """Names of a list that may stand, and why."""

    names: Some[str]
    reason: str


@dataclass(frozen=True, slots=True)
class SuppressionFile:
    """What lint.toml holds."""

    lists: Mapping[Annotated[str, Where(f"one of {', '.join(LISTS)}", LISTS.__contains__)], tuple[Suppression, ...]]
    review_by: date = date.max


def read_reviewed(path: Path) -> Reviewed:
    """Read lint.toml; without the file nothing is let stand. Raises ContentError with every fault of the file."""
    if not path.exists():
        return Reviewed()
    data = read_toml(path)
    review_by = {"review_by": data.pop("review_by")} if "review_by" in data else {}
    file = read_data({"lists": data, **review_by}, SuppressionFile, path.name)
    lists = {kind: {name: row.reason for row in rows for name in row.names} for kind, rows in file.lists.items()}
    return Reviewed(file.review_by, lists)


def list_faults(reviewed: Reviewed, day: date) -> Iterator[Fault]:
    """The lists themselves: a reason for each entry, and looked at in time."""
    if reviewed.review_by < day:
        yield fault("lint.toml", "The day to look again has passed.", "Look at each entry, and set a new review_by.")
    for kind, names in reviewed.lists.items():
        for name, reason in names.items():
            if len(reason) < SHORTEST_REASON:
                yield fault(f"lint.toml {kind}", f'"{name}" stands without a reason.', "Say why it may stand.")


def fault(place: str, wrong: str, todo: str) -> Fault:
    """A fault of a pathway."""
    return Fault(place, wrong, "a pathway without this fault", todo)
