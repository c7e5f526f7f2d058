"""Example patients: hand-written people with what the pathway must say of them, and how well they cover it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any

from spinesteps.content import Where, key, read_file, read_together
from spinesteps.errors import ContentError, Fault
from spinesteps.logic.conditions import Condition, fact_of
from spinesteps.logic.facts import Answer, Fact, Silence
from spinesteps.logic.reasons import Reason

SILENCES = {"not_sure": Silence.NOT_SURE, "declined": Silence.DECLINED}
EXPECTS = (
    "urgency", "reasons", "red_flags", "emergency_open", "not_open", "condition", "scores", "other_causes", "step",
    "step_open", "advised", "not_advised", "needs_answer", "does_not_concern", "own_urgency",
    "questions_first", "plan_first", "plan_also", "plan_avoid", "plan_later", "not_planned",
)  # fmt: skip
Expectation = Annotated[str, Where(f"one of {', '.join(EXPECTS)}", EXPECTS.__contains__)]


@dataclass(frozen=True)
class Example:
    """One example patient: a sentence, the facts, what is expected, and the line it comes from."""

    id: str
    story: str
    source: str
    facts: Mapping[str, Any]
    expect: Mapping[Expectation, Any]
    file: str = ""
    note: str = ""

    def answers(self) -> dict[str, Answer]:
        """The facts as answers, "not_sure" and "declined" as silences."""
        return {n: SILENCES.get(v, v) if isinstance(v, str) else v for n, v in self.facts.items()}


@dataclass(frozen=True)
class ExampleFile:
    """The patients of a file."""

    patients: tuple[Example, ...] = field(metadata=key("patient"))


@cache
def read_examples(folder: Path) -> tuple[Example, ...]:
    """Every patient of examples/*.toml. Raises ContentError with every fault of every file."""
    paths = sorted(folder.glob("*.toml"))
    files = read_together(*(partial(read_file, path, ExampleFile) for path in paths))
    patients = [replace(one, file=path.name) for path, file in zip(paths, files, strict=True) for one in file.patients]
    times = Counter(one.id for one in patients)
    if twice := [one for one in patients if times[one.id] > 1]:
        raise ContentError(Fault(f"{one.file} [{one.id}]", "It stands twice.", "each id once", "Rename one.")
                           for one in twice)  # fmt: skip
    return tuple(patients)


def examples_of(examples: Iterable[Example], id_: str) -> list[Example]:
    """The examples of a rule, red flag, conflict or fact: those that cite it, expect something of it, or answer it."""
    name = re.compile(rf"(?<![\w-]){re.escape(id_)}(?![\w-])")
    return [
        one for one in examples
        if id_ in one.facts or name.search(f"{one.id} {one.source} {one.note} {json.dumps(one.expect, default=str)}")
    ]  # fmt: skip


def line_of(example: Example, folder: Path) -> int:
    """The line of its file on which the example's id stands."""
    lines = (folder / example.file).read_text("utf-8").splitlines()
    return 1 + lines.index(f'id = "{example.id}"')


def check_facts(example: Example, facts: Mapping[str, Fact]) -> list[str]:
    """What is wrong with an example's facts: unknown names, values no answer can have."""
    faults = []
    for name, value in example.facts.items():
        if name not in facts:
            faults.append(f"{example.id}: no fact {name}")
        elif not (isinstance(value, str) and value in SILENCES) and not facts[name].accepts(value):
            faults.append(f"{example.id}: {name} takes {facts[name].expected()}")
    return faults


@dataclass
class Coverage:
    """Three colours: for every leaf, the answers it was shown with (yes, no, not known)."""

    shown: dict[tuple[str, str], set[bool | None]] = field(default_factory=dict)

    def expect(self, owner: str, leaves: Iterable[Condition]) -> None:
        """These leaves of this rule or flag must be shown in three colours."""
        for leaf in leaves:
            self.shown.setdefault((owner, leaf_key(leaf)), set())

    def add(self, owner: str, reason: Reason) -> None:
        """Note what a judged reason showed."""
        if fact_of(reason.node) is not None:
            self.shown.setdefault((owner, leaf_key(reason.node)), set()).add(reason.answer)
        for part in reason.parts:
            self.add(owner, part)

    def missing(self, colours: frozenset[bool | None] = frozenset((True, False, None))) -> list[tuple[str, str, str]]:
        """(owner, leaf, colour) for each colour never shown. `known` and `unclear` leaves have two colours."""
        lacking = []
        for (owner, leaf), seen in sorted(self.shown.items()):
            wanted = colours - {None} if leaf.startswith(("known", "unclear")) else colours
            lacking += [(owner, leaf, {True: "yes", False: "no", None: "not known"}[c]) for c in wanted - seen]
        return lacking


def leaf_key(leaf: Condition) -> str:
    """A leaf as a short text: what it looks at and how."""
    fact = fact_of(leaf)
    assert fact is not None
    kind = type(leaf).__name__.lower()
    detail = getattr(leaf, "sign", "") + (f"{leaf.bound.value:g}" if hasattr(leaf, "bound") else "")
    return f"{kind} {fact.name} {detail or getattr(leaf, 'value', '')}".strip()
