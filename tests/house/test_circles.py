"""No circles: neither modules nor rooms import each other in a ring, lazily or for types alone."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from tests.house.source import FILES, imports, module_of, room_of

Graph = Mapping[str, frozenset[str]]


def modules() -> Graph:
    """Every module with the modules of ours that it imports anywhere."""
    there = {module_of(path) for path in FILES}
    return {
        module_of(path): frozenset(m for _, m in imports(path) if m in there and m != module_of(path)) for path in FILES
    }


def rooms(graph: Graph) -> Graph:
    """Every room with the rooms it imports."""
    found: dict[str, set[str]] = {}
    for module, others in graph.items():
        found.setdefault(room_of(module), set()).update(room_of(other) for other in others)
    return {room: frozenset(others - {room}) for room, others in found.items()}


def circles(graph: Graph) -> list[str]:
    """Every circle found, each written as a chain; one is cut and the rest is looked at again."""
    left = {who: set(others) for who, others in graph.items()}
    found: list[str] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            ring = error.args[1]  # each is imported by the one after it
            found.append(" imports ".join(reversed(ring)))
            left[ring[1]].discard(ring[0])
        else:
            return found


def test_no_modules_import_each_other() -> None:
    assert circles(modules()) == []


def test_no_rooms_import_each_other() -> None:
    assert circles(rooms(modules())) == []


def test_a_circle_is_found() -> None:
    ring = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a"), "d": frozenset("a"), "e": frozenset("ed")}
    assert len(circles(ring)) == 2
    assert circles({"a": frozenset("b"), "b": frozenset("a")}) in (
        ["a imports b imports a"],
        ["b imports a imports b"],
    )
    assert circles({"a": frozenset("b"), "b": frozenset("c"), "d": frozenset("ac")}) == []
