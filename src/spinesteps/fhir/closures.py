"""Paths and views as Python closures: one FHIR resource in, rows out. The other reader of the same views is SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from spinesteps.errors import DeclarationError
from spinesteps.fhir.paths import Call, Chain, Expression, Literal, Member, Test, parse
from spinesteps.fhir.straight import members, straight

Nodes = list[Any]
Take = Callable[[Nodes], Nodes]
Row = dict[str, Any]
Rows = Callable[[Any], list[Row]]


class Several:
    """More than one value where one belongs: it cannot be read."""

    def __repr__(self) -> str:
        return "SEVERAL"


SEVERAL = Several()
MOST_ROWS = 10_000


class TooManyRowsError(ValueError):
    """One resource would give more rows than anybody means."""


def closure(path: str) -> Take:
    """A path as a function from nodes to nodes."""
    return _expression(parse(path))


def single(path: str) -> Callable[[Any], Any]:
    """A path as a function from one node to one value: None when there is none, SEVERAL when there are more."""
    tree = parse(path)
    if isinstance(tree, Literal):
        value = tree.value
        return lambda node: value
    take = _expression(tree)

    def one(node: Any) -> Any:
        found = take([node])
        return found[0] if len(found) == 1 else (SEVERAL if found else None)

    return one


def _expression(tree: Expression) -> Take:
    if isinstance(tree, Literal):
        value = tree.value
        return lambda nodes: [value]
    if isinstance(tree, Test):
        left, right = _expression(tree.left), _expression(tree.right)
        if tree.sign == "and":
            return lambda nodes: [_holds(left(nodes)) and _holds(right(nodes))]
        return lambda nodes: _equal(left(nodes), right(nodes))
    return _chain(tree)


def _equal(left: Nodes, right: Nodes) -> Nodes:
    return [left == right] if left and right else []


def _holds(nodes: Nodes) -> bool:
    return len(nodes) == 1 and nodes[0] is True


def _chain(chain: Chain) -> Take:
    takes: list[Take] = []
    steps = list(chain.steps)
    place = 0
    while place < len(steps):
        step, after = steps[place], steps[place + 1] if place + 1 < len(steps) else None
        if isinstance(step, Member) and _is_call(after, "ofType"):
            key = step.name + _capital(_text(after))
            further = steps[place + 2] if place + 2 < len(steps) else None
            if _is_call(further, "extension"):
                takes.append(_extension_beside(key, _text(further)))
                place += 3
                continue
            takes.append(_member(key))
            place += 2
            continue
        takes.append(_member(step.name) if isinstance(step, Member) else _call(step))
        place += 1

    def run(nodes: Nodes) -> Nodes:
        for take in takes:
            if not nodes:
                return nodes
            nodes = take(nodes)
        return nodes

    return run


def _is_call(step: object, name: str) -> bool:
    return isinstance(step, Call) and step.name == name


def _text(step: object) -> str:
    if isinstance(step, Call) and isinstance(step.argument, Literal) and isinstance(step.argument.value, str):
        return step.argument.value
    raise DeclarationError("A path needs a literal here.")


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _member(name: str) -> Take:
    def take(nodes: Nodes) -> Nodes:
        found: Nodes = []
        for node in nodes:
            value = node.get(name) if isinstance(node, dict) else None
            if isinstance(value, list):
                found.extend(part for part in value if part is not None)
            elif value is not None:
                found.append(value)
        return found

    return take


def _extension_beside(key: str, url: str) -> Take:
    """Extensions of a typed value: inside it when it is an object, beside it (`_valueBoolean`) when primitive."""
    inside, beside = _member(key), _member("_" + key)
    return lambda nodes: _extensions([*inside(nodes), *beside(nodes)], url)


def _extensions(nodes: Nodes, url: str) -> Nodes:
    found: Nodes = []
    for node in nodes:
        held = node.get("extension") if isinstance(node, dict) else None
        if isinstance(held, list):
            found.extend(part for part in held if isinstance(part, dict) and part.get("url") == url)
    return found


def _call(step: Call) -> Take:
    if step.name == "first":
        return lambda nodes: nodes[:1]
    if step.name == "empty":
        return lambda nodes: [not nodes]
    if step.name == "getResourceKey":
        return _member("id")
    if step.name == "getReferenceKey":
        kind = _text(step) if step.argument is not None else ""
        return lambda nodes: [key for node in nodes if (key := reference_key(node, kind))]
    if step.name == "extension":
        url = _text(step)
        return lambda nodes: _extensions(nodes, url)
    if step.name in ("where", "exists") and step.argument is not None:
        test = _expression(step.argument)
        if step.name == "exists":
            return lambda nodes: [any(_holds(test([node])) for node in nodes)]
        return lambda nodes: [node for node in nodes if _holds(test([node]))]
    if step.name == "exists":
        return lambda nodes: [bool(nodes)]
    raise DeclarationError(f"A path cannot begin with or use {step.name}() here.")


def reference_key(node: Any, kind: str = "") -> str:
    """The id a Reference names; "" when none, or of another type.

    `Patient/x`, `http://…/Patient/x/_history/1` and `urn:uuid:x` all give x.
    """
    text = node.get("reference") if isinstance(node, dict) else None
    if not isinstance(text, str) or text.startswith("#"):
        return ""
    if text.startswith(("urn:uuid:", "urn:oid:")):
        return text.rsplit(":", 1)[1]
    parts = text.split("/_history/")[0].split("/")
    if len(parts) < 2 or (kind and parts[-2] != kind) or "?" in text:
        return ""
    return parts[-1]


def rows_of(view: Mapping[str, Any], without: frozenset[str] = frozenset()) -> Rows:
    """A ViewDefinition of SQL on FHIR v2 as a function: column, select, forEach(OrNull), unionAll, repeat, where.

    without: columns that nobody here asks for.
    """
    tests = [closure(part["path"]) for part in view.get("where", ())]
    selects = [_select(part, without) for part in view["select"]]

    def rows(resource: Any) -> list[Row]:
        if not all(_holds(test([resource])) for test in tests):
            return []
        return _joined([select(resource) for select in selects])

    return rows


def _select(part: Mapping[str, Any], without: frozenset[str]) -> Rows:
    columns = _columns([column for column in part.get("column", ()) if column["name"] not in without])
    nested = [_select(inner, without) for inner in part.get("select", ())]
    union = [_select(inner, without) for inner in part.get("unionAll", ())]
    foci, or_null = _foci(part)

    def here(node: Any) -> list[Row]:
        own = columns(node)
        parts = [select(node) for select in nested]
        if union:
            parts.append([row for select in union for row in select(node)])
        for rows in parts:
            if len(rows) != 1:
                return _joined([[own], *parts])
        for rows in parts:
            own |= rows[0]
        return [own]

    if "forEach" not in part and "forEachOrNull" not in part and "repeat" not in part:
        return here

    def rows(node: Any) -> list[Row]:
        nodes = foci(node)
        if len(nodes) == 1:
            return here(nodes[0])
        found = [row for focus in nodes for row in here(focus)]
        return here({}) if or_null and not found else found

    return rows


def _columns(columns: Sequence[Mapping[str, str]]) -> Callable[[Any], Row]:
    return straight(columns, [single(column["path"]) for column in columns], SEVERAL)


def _foci(part: Mapping[str, Any]) -> tuple[Callable[[Any], Nodes], bool]:
    if "repeat" in part:
        every = _repeated([closure(path) for path in part["repeat"]])
        return (lambda node: every([node])), False
    path = part.get("forEach") or part.get("forEachOrNull")
    return (walk_of(path) if path else lambda node: [node]), "forEachOrNull" in part


def walk_of(path: str) -> Callable[[Any], Nodes]:
    """A path to several nodes; sooner where every step but the last holds one object."""
    take, simple = closure(path), members(parse(path))
    *before, last = simple[0] if simple and simple[1] == "flat" else [""]

    def walk(node: Any) -> Nodes:
        held = node
        for name in before:
            held = held.get(name) if type(held) is dict else held
            if held is None:
                return []
        found = held.get(last) if type(held) is dict else held
        return take([node]) if type(held) is not dict or type(found) is not list or None in found else found

    return walk if last else lambda node: take([node])


def _repeated(takes: list[Take]) -> Take:
    def every(nodes: Nodes) -> Nodes:
        found: Nodes = []
        left = [part for take in takes for part in take(nodes)][::-1]
        while left:
            node = left.pop()
            found.append(node)
            left.extend([part for take in takes for part in take([node])][::-1])
        return found

    return every


def _joined(parts: list[list[Row]]) -> list[Row]:
    if len(parts) == 1:
        return parts[0]
    if all(len(part) == 1 for part in parts):
        return [{name: value for part in parts for name, value in part[0].items()}]
    if prod(map(len, parts)) > MOST_ROWS:
        raise TooManyRowsError
    return [{name: value for row in rows for name, value in row.items()} for rows in product(*parts)]
