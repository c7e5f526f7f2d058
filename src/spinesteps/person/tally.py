"""What a reader counts on its way: resources seen and used, left out and why, codes nobody mapped, faults."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spinesteps.errors import LOST, NOT_USED, Fault, plain

MOST_FAULTS = 200
MOST_UNMAPPED = 500
MOST_KINDS = 200  # of types named in one fault
# Why a resource is left out that could not have mattered: it was never true, never done, or stands there again.
VOID = frozenset(
    ("entered-in-error", "refuted", "not-done", "cancelled", "draft", "registered", "not-taken", "intended",
     "preparation", "proposal", "plan", "planned", "option", "declined", "do-not-perform", "older_version",
     "deleted", "copy", "later", "unknown_code")
)  # fmt: skip
SAID_ELSEWHERE = frozenset(
    ("other_patient", "modifierExtension", "implicitRules", "SUBSETTED", "focus", "subject_not_known", "bad_line",
     "could_not_be_read", "key_twice")
)
WHY = {
    "do-not-perform": "not to be given", "older_version": "an older version", "deleted": "deleted at the source",
    "copy": "the same resource again", "later": "later than the day of judging",
    "just_later": "later than the day of judging, by a day or two: look at the clock, or judge on the later day",
    "contained": "inside another resource, where none is looked for",
    "unknown_code": "of codes that it does not know",
    "no_value": "no value that can be read",
    "no_question": "no answer to a question that it knows",
    "no_code": "no code that can be read",
    "only_planned": "planned, and nobody says that it is taken",
}  # fmt: skip


@dataclass
class Tally:
    """Counts and faults of one reading. Faults past the first 200 are only counted."""

    seen: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    excluded: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)  # known codes that no rule of a person reads, by concept

    def fault(self, place: str, wrong: str, expected: str, todo: str, level: str = LOST) -> None:
        """Note a fault, or count it when there are many."""
        self.add([Fault(place, wrong, expected, todo, level)])

    def leave_out(self, reason: str, kind: str) -> None:
        """Count a resource of a type that does not count, and why. `unused` tells it at the end."""
        self.excluded[reason] += 1
        self.left[reason, kind] += 1

    def unused(self, read: set[str]) -> list[Fault]:
        """What was not used: a line for each reason that could have mattered, one for everything that could not.

        read: the resource types that are read.
        """
        by_reason: dict[str, dict[str, int]] = {}
        for (reason, kind), count in sorted(self.left.items()):
            if reason not in SAID_ELSEWHERE:
                by_reason.setdefault(reason, {})[kind] = count
        found = [_left_out(reason, kinds) for reason, kinds in by_reason.items() if reason not in VOID]
        never = {kind: count for kind, count in sorted(self.seen.items()) if kind not in read}
        parts = [f"{_named(kinds)} ({WHY.get(why, why)})" for why, kinds in by_reason.items() if why in VOID]
        if never:
            parts.append(f"{_named(never)} (of types that the pathway does not read)")
        if self.unread:
            parts.append(f"codes that no rule of one person reads: {_named(dict(sorted(self.unread.items())))}")
        if self.unmapped:
            parts.append(f"codes that it does not know (see unmapped): {sum(self.unmapped.values())}")
        if parts:
            wrong = f"Not used: {'; '.join(parts)}."
            found.append(Fault("record", wrong, "what the pathway reads", "See that nothing of it matters.", NOT_USED))
        return found

    def add(self, faults: list[Fault]) -> None:
        """Note several faults."""
        room = max(MOST_FAULTS - len(self.faults), 0)
        self.faults.extend(faults[:room])
        self.more_faults += len(faults[room:])

    def first(self, faults: list[Fault]) -> None:
        """Put some faults before all others."""
        every = [*faults, *self.faults]
        self.faults, self.more_faults = every[:MOST_FAULTS], self.more_faults + len(every[MOST_FAULTS:])

    def merge(self, other: Tally) -> None:
        """Add what another reading counted and found."""
        self.count(other)
        self.add(other.faults)

    def lead(self, first: list[Fault], last: list[Fault]) -> None:
        """Put some faults before the others and some behind, so that neither is lost among many."""
        every = [*dict.fromkeys(first), *self.faults]
        room = MOST_FAULTS - len(last)
        self.faults = [*every[:room], *last]
        self.more_faults += len(every[room:])

    def count(self, other: Tally) -> None:
        """Add what another reading counted."""
        for mine, theirs in (
            (self.seen, other.seen), (self.used, other.used), (self.excluded, other.excluded),
            (self.unmapped, other.unmapped),
        ):  # fmt: skip
            mine.update(theirs)
        self.left.update(other.left)
        self.more_faults += other.more_faults

    def notes(self) -> dict[str, object]:
        """The counts as plain data, in a fixed order."""
        ordered = sorted(self.unmapped.items(), key=lambda pair: (-pair[1], pair[0]))
        return {
            "seen": dict(sorted(self.seen.items())),
            "used": dict(sorted((+self.used).items())),
            "excluded": dict(sorted(self.excluded.items())),
            "unmapped": dict(ordered[:MOST_UNMAPPED]),
            "unmapped_more": max(len(ordered) - MOST_UNMAPPED, 0),
            "faults_more": self.more_faults,
        }


def _named(kinds: dict[str, int]) -> str:
    named = [f"{count} {plain(kind, 60)}" for kind, count in list(kinds.items())[:MOST_KINDS]]
    return ", ".join(named) + (f" and {len(kinds) - MOST_KINDS} more" if len(kinds) > MOST_KINDS else "")


def _left_out(reason: str, kinds: dict[str, int]) -> Fault:
    wrong = f"Not used: {_named(kinds)}: {WHY.get(reason, reason)}."
    return Fault("record", wrong, "resources that can be used", "Look at them by hand.", LOST)
