"""Answer pages: a question people ask, the short answer, and its points, each with its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spinesteps.content import read_tables


@dataclass(frozen=True, slots=True)
class Point:
    """One statement of an answer, with its sources and the claims of the five texts it takes up."""

    text: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A question and its answer in one language.

    from_text: the text whose title asks it, or empty. conflict: where its sources disagree, or empty. advice: rules
    to go on with. related: further answers.
    """

    id: str
    question: str
    short: str
    points: tuple[Point, ...]
    from_text: str = ""
    conflict: str = ""
    advice: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def patient_texts(self) -> Iterator[tuple[str, str]]:
        """Every text for people but the question, with its place."""
        yield "short", self.short
        yield from ((f"point {place}", point.text) for place, point in enumerate(self.points, 1))


def answers_beside(answers: Mapping[str, AnswerPage], advice: Collection[str]) -> tuple[AnswerPage, ...]:
    """The answers that go on to one of these rules, such as those advised to a person, in the order of the files."""
    return tuple(answer for answer in answers.values() if not set(answer.advice).isdisjoint(advice))


@cache
def read_answers(folder: Path) -> Mapping[str, AnswerPage]:
    """Every answer of a language's folder, by id. Raises ContentError with every fault of every file."""
    return read_tables(sorted(folder.glob("*.toml")), AnswerPage)
