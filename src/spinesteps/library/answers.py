"""Answer pages: a question people ask, the short answer, and its points, each with its sources."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spinesteps.errors import DeclarationError

NEEDED = {"question", "short", "points"}
MORE = {"from_text", "conflict", "advice", "related"}
POINT = {"text", "sources", "claims"}


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
    from_text: str
    conflict: str
    advice: tuple[str, ...]
    related: tuple[str, ...]


@cache
def read_answers(folder: Path) -> Mapping[str, AnswerPage]:
    """Every answer of a language's folder, by id. Raises DeclarationError with every fault of every file."""
    faults: list[str] = []
    found: dict[str, AnswerPage] = {}
    for path in sorted(folder.glob("*.toml")):
        for id_, row in tomllib.loads(path.read_text("utf-8")).items():
            missing, odd = sorted(NEEDED - row.keys()), sorted(row.keys() - NEEDED - MORE)
            points = row.get("points", ())
            if missing or odd or id_ in found or any(point.keys() != POINT for point in points):
                wrong = f"lacks {missing}, does not know {odd}, stands twice, or has odd points"
                faults.append(f"{path.name} [{id_}] {wrong}")
                continue
            found[id_] = AnswerPage(
                id_, row["question"], row["short"],
                tuple(Point(p["text"], tuple(p["sources"]), tuple(p["claims"])) for p in points),
                row.get("from_text", ""), row.get("conflict", ""),
                tuple(row.get("advice", ())), tuple(row.get("related", ())),
            )  # fmt: skip
    if faults:
        raise DeclarationError("\n".join(faults))
    return found


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
