"""What a summary in columns yields and is sent, step by step, and what it ends with (see `summaries`)."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

from spinesteps.logic.engines.columns.events import AnswerColumns
from spinesteps.logic.facts import Silence

Aggregate = Callable[[ir.Table], ir.Value]
Flag = Callable[[ir.Table], ir.BooleanValue]
Names = Mapping[str, str]
NOT_ASKED, UNREADABLE = Silence.NOT_ASKED.value, Silence.UNREADABLE.value


@dataclass(frozen=True)
class FoundColumns:
    """A summary's answer over the table of people: what it is, number, text or silence, and the day it is about."""

    said: AnswerColumns
    day: ir.IntegerValue


Finish = Callable[[ir.Table], FoundColumns]
Steps = Generator[Mapping[str, Aggregate], Names, Finish]
Chosen = Generator[Mapping[str, Aggregate], Names, Flag]
