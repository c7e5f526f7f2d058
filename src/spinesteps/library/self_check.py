"""The self-check: which questions stand together, in what order, and which one question settles many.

Data of knowledge/self_check.toml. No gate settles a danger sign; a gate's no settles only what it names; "not sure"
settles nothing (contract section 4.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from spinesteps.content import Some, key, read_file

MOST_ROWS = 5  # questions on one page, so that it fits a telephone
SIGNS = "signs"  # the section of danger questions that could not change the urgency when their group was shown


@dataclass(frozen=True, slots=True)
class Group:
    """Danger questions of one page. asked_twice: those with a second wording; all_no: one button may say no to all."""

    id: str
    facts: Some[str]
    asked_twice: tuple[str, ...] = ()
    all_no: bool = True

    def faults(self) -> Iterator[tuple[str, str]]:
        """A second wording of what is not asked here."""
        for name in self.asked_twice:
            if name not in self.facts:
                yield f'"{name}" is asked twice but not once.', "a fact of this group"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that a person may add.

    no, choices: what a no to its gate question answers: a no, or one of a fact's options. Without them it has no gate.
    """

    id: str
    facts: Some[str]
    no: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def settles(self) -> Mapping[str, bool | str]:
        """What a no to the gate question answers."""
        return dict.fromkeys(self.no, False) | dict(self.choices)

    @property
    def gate(self) -> str:
        """The name of the gate question's form control; "" when there is none."""
        return f"gate__{self.id}" if self.settles else ""


@dataclass(frozen=True)
class SelfCheck:
    """The danger groups and the sections, in order.

    questions: how many questions come one a page between them, at most. single: the section that these are taken from.
    """

    questions: int
    single: str
    groups: Some[Group] = field(metadata=key("group"))
    sections: Some[Section] = field(metadata=key("section"))

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        """Sections by id, the danger questions that were passed over among them."""
        signs = Section(SIGNS, self.danger)
        return {section.id: section for section in (signs, *self.sections)}

    @cached_property
    def danger(self) -> tuple[str, ...]:
        """Every fact of a danger group."""
        return tuple(name for group in self.groups for name in group.facts)

    def faults(self) -> Iterator[tuple[str, str]]:
        """A question twice."""
        names = [name for group in self.groups for name in group.facts]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f'The fact "{name}" stands in two danger groups.', "each once"
        if self.single not in self.by_id:
            yield f'There is no section "{self.single}".', ", ".join(self.by_id)


def read_self_check(path: Path) -> SelfCheck:
    """Read self_check.toml. Raises ContentError with every fault of the file."""
    return read_file(path, SelfCheck)
