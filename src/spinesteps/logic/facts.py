"""What can be known about a person: yes/no, number, choice, day. And why something is not known.

A fact's words (question, hint, label) live in the wording files of a pathway; here is only what a
program needs: the name, the kind of value, its range, its unit and how long an answer keeps.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, ClassVar

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import AnyOf, Combines, Compare, Condition, Fact, Is, Known, Value
from spinesteps.logic.thresholds import Limit

__all__ = ["Answer", "Answers", "Choice", "Combines", "Day", "Fact", "FactGroup", "Number", "Silence", "Value", "YesNo"]


class Silence(Enum):
    """Why a fact is not known. Never equal to an answer, never "no"."""

    NOT_ASKED = "not_asked"
    NOT_SURE = "not_sure"
    DECLINED = "declined"
    OUT_OF_DATE = "out_of_date"
    UNREADABLE = "unreadable"
    IN_CONFLICT = "in_conflict"

    @property
    def unclear(self) -> bool:
        """Asked or recorded, but without an answer that can be used: asking again gives nothing new."""
        return self not in (Silence.NOT_ASKED, Silence.OUT_OF_DATE)

    def __bool__(self) -> bool:
        raise TypeError("A silence is neither true nor false. Compare it with `is`.")


Answer = Value | Silence
Answers = Mapping[str, Answer]


class YesNo(Fact):
    """A fact that is yes or no. Used in a condition it means yes."""

    kind = "yes_no"

    def condition(self) -> Is:
        return Is(self, True)

    def expected(self) -> str:
        return 'true, false, "not_sure" or "declined"'

    def accepts(self, value: Any) -> bool:
        return value is True or value is False


@dataclass(frozen=True, eq=False)
class Number(Fact):
    """A fact measured in `unit`, from `low` to `high` (both allowed); `whole` refuses fractions."""

    unit: str = ""
    low: float = 0
    high: float = math.inf
    whole: bool = False

    kind = "number"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.low < self.high:
            raise DeclarationError(f'Fact "{self.name}" has an empty range.')

    def expected(self) -> str:
        noun = "a whole number" if self.whole else "a number"
        unit = f" {self.unit}" if self.unit else ""
        return f'{noun} from {self.low:g} to {self.high:g}{unit}, "not_sure" or "declined"'

    def accepts(self, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if not self.low <= value <= self.high:  # also refuses NaN
            return False
        return not self.whole or float(value).is_integer()

    def __lt__(self, limit: Limit) -> Compare:
        return self._compare("<", limit)

    def __le__(self, limit: Limit) -> Compare:
        return self._compare("<=", limit)

    def __gt__(self, limit: Limit) -> Compare:
        return self._compare(">", limit)

    def __ge__(self, limit: Limit) -> Compare:
        return self._compare(">=", limit)

    def _compare(self, sign: str, limit: Limit) -> Compare:
        return Compare(self, sign, limit)

    def within_or_unknown(self, limit: Limit) -> Condition:
        """At most `limit`, or not known: for onsets, where an unknown date counts as recent."""
        return (self <= limit) | ~Known(self)


@dataclass(frozen=True, eq=False)
class Choice(Fact):
    """A fact with one of a few named values."""

    options: tuple[str, ...] = ()

    kind = "choice"

    def expected(self) -> str:
        return f'one of {", ".join(self.options)}, "not_sure" or "declined"'

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and (not self.options or value in self.options)

    def is_(self, *options: str) -> Is | Condition:
        """The value is one of these options."""
        for option in options:
            if self.options and option not in self.options:
                raise DeclarationError(f'Fact "{self.name}" has no option "{option}": {", ".join(self.options)}.')
        parts = [Is(self, option) for option in options]
        return parts[0] if len(parts) == 1 else AnyOf.of(*parts)


class FactGroup:
    """Facts declared once: the attribute is the fact's name, the order of the lines is the order of the facts.

        class MindFacts(FactGroup):
            self_harm_plan = YesNo(valid_days=14, danger=True)
    """

    DECLARED: ClassVar[tuple[Fact, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        facts = {attribute: fact for attribute, fact in vars(cls).items() if isinstance(fact, Fact)}
        for attribute, fact in facts.items():
            fact.check_name()
            if fact.name != attribute:
                raise DeclarationError(f'Fact "{attribute}" is also named "{fact.name}". Leave out the written name.')
        cls.DECLARED = tuple(facts.values())


class Day(Fact):
    """A fact that is a calendar day, written 2026-11-21."""

    kind = "day"

    def expected(self) -> str:
        return 'a day such as "2026-11-21", "not_sure" or "declined"'

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, str) or len(value) != 10:
            return False
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True

    def read(self, value: Any) -> date:
        return date.fromisoformat(value)
