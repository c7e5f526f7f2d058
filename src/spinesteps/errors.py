"""Every error family of SpineSteps.

    SpineStepsError
    ├── DeclarationError     a pathway, rule, fact or threshold is declared wrongly (the author's fault)
    │   └── ContentError     a content file is wrong; carries every fault at once
    ├── NoValueError         a threshold has no value on the day of judging
    ├── InputError           what was handed in cannot be used; carries every fault at once
    └── ScopeError           a door was asked for something it does not do

An error says what is wrong, where, what was expected and what to do. It never prints a person's answers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LOST, NOT_USED = "lost", "not_used"
LONGEST = 200  # characters of a text from outside: more is no name and no code

# Heading and text of "could not check", said only when the words of the pathway cannot be read either.
COULD_NOT_CHECK = (
    "We could not check",
    "We could not check. If you have new trouble with your bladder or bowel, new numbness between your legs, "
    "weakness in both legs, trouble with breathing, chest pain, or sudden very bad pain, go now. "
    "If you have none of these, speak to a clinician today. Do not take this as a sign that all is well.",
)


class SpineStepsError(Exception):
    """Root of the family."""


class DeclarationError(SpineStepsError):
    """A declaration (fact, threshold, rule, pathway, data file) is wrong."""


class NoValueError(SpineStepsError):
    """A threshold has no value on the day of judging."""


class ScopeError(SpineStepsError):
    """A door was asked for something it does not do."""


def plain(text: str, most: int = LONGEST) -> str:
    """Text from outside that can be written anywhere: one line, at most so long, without control or direction signs.

    Blanks of every kind become one blank each; half characters and signs that steer a terminal become "?"; marks
    that only change direction or joining go.
    """
    if len(text) <= most and text.isprintable():
        return text
    return _shortened(text, most)


@lru_cache(maxsize=4_096)
def _shortened(text: str, most: int) -> str:
    text = printable(text[: 4 * most])
    return text if len(text) <= most else text[: most - 1] + "…"


def printable(text: str) -> str:
    """As `plain`, whatever its length: what the faces put every text through before it is shown."""
    return text if text.isprintable() else "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if sign.isprintable():
        return sign
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) == "Cf" else "?"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input: its place, what is wrong there, what was expected, what to do.

    None of the four may hold an answer of a person. level: `lost` (it could have mattered) or `not_used` (the pathway
    never reads such a thing).
    """

    place: str
    wrong: str
    expected: str
    todo: str
    level: str = LOST

    def __str__(self) -> str:
        return plain(f"{plain(self.place)}: {self.wrong} Expected {self.expected}. {self.todo}", 6_000)

    def to_json(self) -> dict[str, str]:
        """The fault as plain data, in a fixed order of keys."""
        words = (self.place, self.wrong, self.expected, self.todo)
        place, wrong, expected, todo = (plain(text, 6_000) for text in words)
        return {"place": plain(place), "level": self.level, "wrong": wrong, "expected": expected, "todo": todo}


class InputError(SpineStepsError):
    """What was handed in cannot be used. `faults` lists every fault found, in the order of the input."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ContentError(DeclarationError):
    """Content files are wrong. `faults` lists every fault found, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def refuse(wrong: str, expected: str, todo: str, place: str = "input") -> InputError:
    """The error for an input that cannot be used at all."""
    return InputError([Fault(place, wrong, expected, todo)])
