"""What a reader counts on its way: resources seen and used, left out and why, codes nobody mapped, faults."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spinesteps.errors import Fault

MOST_FAULTS = 200
MOST_UNMAPPED = 500


@dataclass
class Tally:
    """Counts and faults of one reading. Faults past the first 200 are only counted."""

    seen: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    excluded: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0

    def fault(self, place: str, wrong: str, expected: str, todo: str) -> None:
        """Note a fault, or count it when there are many."""
        self.add([Fault(place, wrong, expected, todo)])

    def add(self, faults: list[Fault]) -> None:
        """Note several faults."""
        room = max(MOST_FAULTS - len(self.faults), 0)
        self.faults.extend(faults[:room])
        self.more_faults += len(faults[room:])

    def notes(self) -> dict[str, object]:
        """The counts as plain data, in a fixed order."""
        ordered = sorted(self.unmapped.items(), key=lambda pair: (-pair[1], pair[0]))
        return {
            "seen": dict(sorted(self.seen.items())),
            "used": dict(sorted(self.used.items())),
            "excluded": dict(sorted(self.excluded.items())),
            "unmapped": dict(ordered[:MOST_UNMAPPED]),
            "unmapped_more": max(len(ordered) - MOST_UNMAPPED, 0),
            "faults_more": self.more_faults,
        }
