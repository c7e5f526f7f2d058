"""Answer pages: a question people ask, the short answer, and its points, each with its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
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


def read_answers(folder: Path) -> Mapping[str, AnswerPage]:
    """Every answer of a language's folder, by id. Raises ContentError with every fault of every file."""
    return read_tables(sorted(folder.glob("*.toml")), AnswerPage)


def faults_of(
    answers: Mapping[str, AnswerPage], verified: Collection[str], rules: Collection[str], conflicts: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Where an answer names something that does not exist, or a point stands without a verified source."""
    for answer in answers.values():
        for point in answer.points:
            lost = [source for source in point.sources if source not in verified]
            if lost or not point.sources:
                yield answer.id, f"A point needs verified sources; not {lost}."
        if answer.conflict and answer.conflict not in conflicts:
            yield answer.id, f'There is no conflict "{answer.conflict}".'
        yield from ((answer.id, f'There is no advice "{id_}".') for id_ in answer.advice if id_ not in rules)
        yield from ((answer.id, f'There is no answer "{id_}".') for id_ in answer.related if id_ not in answers)
