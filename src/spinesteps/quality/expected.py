"""What the example patients expect, by kind and name, as sets of people: one bit each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spinesteps.pathway.outcomes import STATES
from spinesteps.pathway.pathway import Pathway
from spinesteps.quality.examples import Example

PLANNED = ("plan_first", "plan_also", "plan_avoid", "plan_later", "not_planned")


@dataclass
class Expected:
    """What the examples expect, by kind of expectation and name, as sets of people."""

    sets: dict[tuple[str, str], int] = field(default_factory=dict)
    scores: dict[str, list[tuple[int, tuple[float, float]]]] = field(default_factory=dict)
    own: dict[tuple[str, str], int] = field(default_factory=dict)  # by rule and its own urgency
    floor: int = 0

    def add(self, kind: str, name: str, person: int) -> None:
        """This person is expected to have this."""
        self.sets[kind, name] = self.sets.get((kind, name), 0) | 1 << person

    def get(self, kind: str, name: str) -> int:
        """The people who are expected to have this."""
        return self.sets.get((kind, name), 0)


def expected_of(examples: Sequence[Example], pathway: Pathway, people: int) -> Expected:
    """What these examples expect; `people` of the crowd stand behind them for the floor law."""
    found = Expected(floor=((1 << people) - 1) & ~((1 << len(examples)) - 1))
    causes = {cause.id for cause in pathway.other_causes}
    for person, example in enumerate(examples):
        expect = example.expect
        for kind in ("urgency", "condition", "step"):
            if kind in expect:
                found.add(kind, expect[kind], person)
        if "plan_first" in expect:
            found.add("named", "plan_first", person)
        for kind in ("reasons", "emergency_open", "not_open", "step_open", "other_causes", *STATES, *PLANNED):
            _add_all(found, kind, expect.get(kind, ()), person)
        for id_, level in expect.get("red_flags", {}).items():
            found.add(f"red_flags {id_}", level, person)
        for one in expect.get("own_urgency", {}).items():
            found.own[one] = found.own.get(one, 0) | 1 << person
        if "other_causes" in expect:
            _add_all(found, "no other_causes", causes - set(expect["other_causes"]), person)
        for id_, (low, high) in expect.get("scores", {}).items():
            found.scores.setdefault(id_.split("/")[0], []).append((person, (low, high)))
    return found


def _add_all(found: Expected, kind: str, names: Iterable[str], person: int) -> None:
    for name in names:
        found.add(kind, name, person)
