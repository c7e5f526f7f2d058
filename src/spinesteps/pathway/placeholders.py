"""The one way to fill a text: `{name}`, or `{name:how}` and `{name:how:how}` for a number (see `Numerals`).

Names are thresholds of the day, what the deployment knows (telephone numbers), or figures of a plan. A text is filled
by several in turn: each fills the names it knows and leaves the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

PLACEHOLDER = re.compile(r"\{([a-z]\w*)((?::[^{}:]+)*)\}")


class Placeholder(NamedTuple):
    """A gap in a text: whose value stands there, and how it is written."""

    name: str
    how: tuple[str, ...] = ()


Say = Callable[[Placeholder], str | None]  # None: not known here
Fill = Callable[[str], str]


def fill(text: str, say: Say) -> str:
    """The text with every gap filled that `say` knows."""
    if "{" not in text:
        return text
    return PLACEHOLDER.sub(lambda match: _or_left(say(_read(match)), match[0]), text)


def fill_from(text: str, words: Mapping[str, str]) -> str:
    """The text with the gaps filled whose names stand in `words`."""
    return fill(text, lambda gap: words.get(gap.name))


def filled(part: Any, fill: Fill) -> Any:
    """A text, or tables, lists and dataclasses of texts, filled; what is no text stays."""
    if isinstance(part, str):
        return fill(part)
    if isinstance(part, Mapping):
        return {name: filled(inner, fill) for name, inner in part.items()}
    if isinstance(part, list | tuple):
        return type(part)([filled(inner, fill) for inner in part])
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: filled(getattr(part, one.name), fill) for one in fields(part)})
    return part


def placeholders(text: str) -> Iterator[Placeholder]:
    """Every gap of a text."""
    return map(_read, PLACEHOLDER.finditer(text))


def _read(match: re.Match[str]) -> Placeholder:
    return Placeholder(match[1], tuple(match[2].split(":")[1:]))


def _or_left(said: str | None, gap: str) -> str:
    return gap if said is None else said
