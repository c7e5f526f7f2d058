"""docs/architecture.svg, drawn from the import table of the house. Written by `python -m tests.spec.manual`.

A room stands above every room it may import; an arrow that another way already tells is left out.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from tests.house.source import SRC, tree
from tests.house.test_imports import EVERYTHING, HANDS_OVER, MAY, may

PICTURE = Path(__file__).parents[2] / "docs" / "architecture.svg"
BESIDE = {"", "version", "content", "json_pairs", "__main__"}  # they hold no work of their own
WIDE, HIGH, ACROSS, DOWN, EDGE = 196, 84, 216, 132, 24
COLOURS = {"knowledge": "#e3f2e1", "cli": "#e1ecf7", "web": "#e1ecf7", "reports": "#e1ecf7", "api": "#e1ecf7"}


def arrows() -> dict[str, set[str]]:
    """Each room with those it may import, but for those that another way tells."""
    rooms = (MAY.keys() | EVERYTHING) - BESIDE
    found = {room: (may(room) if room in MAY else rooms) & rooms - {room} for room in rooms}
    for room in {path.split("/")[0].removesuffix(".py") for path in HANDS_OVER} & rooms:
        found[room].add("knowledge")
    return {room: {to for to in others if not _told(found, others - {to}, to)} for room, others in found.items()}


def _told(found: Mapping[str, set[str]], ways: set[str], to: str) -> bool:
    return any(to in found[way] or _told(found, found[way], to) for way in ways)


def levels(ways: Mapping[str, set[str]]) -> list[list[str]]:
    """The rooms from the top, each level above all that it imports."""

    @cache
    def height(room: str) -> int:
        return 1 + max(map(height, ways[room]), default=-1)

    found: list[list[str]] = [[] for _ in range(1 + max(map(height, ways)))]
    for room in sorted(ways):
        found[height(room)].append(room)
    return found[::-1]


def picture() -> str:
    """The whole picture as SVG."""
    ways = arrows()
    rows = levels(ways)
    width = EDGE * 2 + ACROSS * max(map(len, rows)) - (ACROSS - WIDE)
    height = EDGE * 2 + DOWN * len(rows) - (DOWN - HIGH)
    places = {
        room: ((width - ACROSS * len(row) + (ACROSS - WIDE)) / 2 + ACROSS * column, EDGE + DOWN * line)
        for line, row in enumerate(rows)
        for column, room in enumerate(row)
    }
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" role="img">',
        "<title>The rooms of SpineSteps: an arrow leads from a room to one that it may import</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#666"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for room, others in sorted(ways.items()):
        lines += [_arrow(places[room], places[other]) for other in sorted(others)]
    for room, place in sorted(places.items()):
        lines += _room(room, *place)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _arrow(above: tuple[float, float], below: tuple[float, float]) -> str:
    (x, y), (to, end) = (above[0] + WIDE / 2, above[1] + HIGH), (below[0] + WIDE / 2, below[1])
    bend = (end - y) / 2
    curve = f"M{x:g} {y:g}C{x:g} {y + bend:g} {to:g} {end - bend:g} {to:g} {end:g}"
    return f'<path d="{curve}" fill="none" stroke="#888" stroke-width="1.3" marker-end="url(#tip)"/>'


def _room(room: str, x: float, y: float) -> list[str]:
    colour = COLOURS.get(room, "#f4f1ea")
    box = f'<rect x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="8" fill="{colour}" stroke="#555"/>'
    name = f'<text x="{x + 10:g}" y="{y + 20:g}" font-size="14" font-weight="bold">{escape(room)}</text>'
    told = [
        f'<text x="{x + 10:g}" y="{y + 37 + 13 * number:g}" font-size="10.5" fill="#333">{escape(line)}</text>'
        for number, line in enumerate(textwrap.wrap(_holds(room), 34, max_lines=4, placeholder=" …"))
    ]
    return [box, name, *told]


def _holds(room: str) -> str:
    """What a room holds: the first sentence of its own docstring."""
    folder = SRC / room
    text = ast.get_docstring(tree(folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py"))) or ""
    return text.split("\n\n")[0].split(". ")[0].replace("\n", " ").rstrip(".")
