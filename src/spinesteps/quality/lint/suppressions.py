"""What lint would tell and people have let stand, each with a reason: lint.toml. How a fault of a pathway is told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from spinesteps.errors import DeclarationError, Fault

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


def read_reviewed(path: Path) -> Reviewed:
    """Read lint.toml; without the file nothing is let stand. Raises DeclarationError for a list it does not know."""
    if not path.exists():
        return Reviewed()
    data = tomllib.loads(path.read_text("utf-8"))
    review_by = data.pop("review_by", date.max)
    odd = sorted(data.keys() - set(LISTS))
    if odd:
        raise DeclarationError(f"{path.name} knows the lists {', '.join(LISTS)}, not {', '.join(odd)}.")
    lists = {kind: {name: row["reason"] for row in rows for name in row["names"]} for kind, rows in data.items()}
    return Reviewed(review_by, lists)


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
