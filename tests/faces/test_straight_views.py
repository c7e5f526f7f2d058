"""The columns of a view as straight-line Python say what the paths say one by one, on sound and on damaged records."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from spinesteps.fhir.closures import SEVERAL, rows_of, single
from spinesteps.fhir.shape import VIEWS
from spinesteps.fhir.straight import straight
from spinesteps.fhir.unrolled import unrolled
from tests.faces.fhir_samples import DATA

JUNK = (None, [], {}, [None], 5, "x", True, [[]], [1, 2], [{}, {}])
SAMPLES = [entry["resource"] for entry in json.loads((DATA / "fhir_bundle.json").read_text("utf-8"))["entry"]]
RICH = {
    "resourceType": "Observation", "id": "o", "status": "final", "code": {"coding": [{"code": "a"}, {"code": "b"}]},
    "valueQuantity": {"value": 1, "unit": "g"}, "component": [{"valueBoolean": True}],
    "_valueBoolean": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                                     "valueCode": "unknown"}]},
}  # fmt: skip


def parts(node: Any) -> Iterator[list[dict[str, str]]]:
    """Every list of columns of a view."""
    if isinstance(node, dict):
        yield from ([node["column"]] if "column" in node else [])
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from parts(inner)


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield from [path] if path else []
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(inner, (*path, key))


def damaged(resource: Any, draw: random.Random) -> Any:
    """The resource with one to three of its places changed."""
    held = copy.deepcopy(resource)
    for _ in range(draw.randint(1, 3)):
        path = draw.choice(list(places(held)))
        node = held
        for key in path[:-1]:
            node = node[key]
        there = node[path[-1]]
        junk = copy.deepcopy(draw.choice(JUNK))
        node[path[-1]] = draw.choice([junk, [there], [there, copy.deepcopy(there)], [there, None]])
    return held


@pytest.mark.parametrize("view", sorted(VIEWS.glob("*.json")), ids=lambda path: path.stem)
def test_both_ways_agree(view: Any) -> None:
    draw = random.Random(7)
    compiled = []
    for columns in parts(json.loads(view.read_text("utf-8"))):
        singles = [single(column["path"]) for column in columns]
        compiled.append((columns, singles, straight(columns, singles, SEVERAL)))
    for resource in [*SAMPLES, RICH]:
        for held in [resource, *(damaged(resource, draw) for _ in range(30))]:
            for columns, singles, row in compiled:
                by_path = {column["name"]: one(held) for column, one in zip(columns, singles, strict=True)}
                assert row(held) == by_path


@pytest.mark.parametrize("view", sorted(VIEWS.glob("*.json")), ids=lambda path: path.stem)
def test_a_whole_view_agrees(view: Any) -> None:
    draw = random.Random(8)
    declared = json.loads(view.read_text("utf-8"))
    fast, slow = unrolled(declared), rows_of(declared)
    many = {**RICH, "component": [{"valueInteger": number} for number in range(30)]}
    for resource in [*SAMPLES, RICH, many]:
        for held in [resource, *(damaged(resource, draw) for _ in range(60))]:
            assert fast(held) == slow(held)
