"""Every error family of SpineSteps.

    SpineStepsError
    ├── DeclarationError     a pathway, rule, fact or threshold is declared wrongly (the author's fault)
    ├── NoValueError         a threshold has no value on the day of judging
    ├── InputError           what was handed in cannot be used; carries every fault at once
    └── ScopeError           a door was asked for something it does not do

An error says what is wrong, where, what was expected and what to do. It never prints a person's answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class SpineStepsError(Exception):
    """Root of the family."""


class DeclarationError(SpineStepsError):
    """A declaration (fact, threshold, rule, pathway, data file) is wrong."""


class NoValueError(SpineStepsError):
    """A threshold has no value on the day of judging."""


class ScopeError(SpineStepsError):
    """A door was asked for something it does not do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input: its place, what is wrong there, what was expected, what to do.

    None of the four may hold an answer of a person.
    """

    place: str
    wrong: str
    expected: str
    todo: str

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong} Expected {self.expected}. {self.todo}"

    def to_json(self) -> dict[str, str]:
        """The fault as plain data, in a fixed order of keys."""
        return {"place": self.place, "wrong": self.wrong, "expected": self.expected, "todo": self.todo}


class InputError(SpineStepsError):
    """What was handed in cannot be used. `faults` lists every fault found, in the order of the input."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
