"""A small part of FHIRPath, parsed: what the views need and nothing more.

    name.given             members              extension('url')          extensions by url
    first()                the first            getResourceKey()          the id
    exists()               whether there is any getReferenceKey(Patient)  the id referred to
    where(field = 'x')     those that match     ofType(Quantity)          one type of a choice element
    'x'  1.5  true         literals             a = 'x'   a and b         tests
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spinesteps.errors import DeclarationError

FUNCTIONS = {
    "first": 0, "exists": 0, "empty": 0, "where": 1, "ofType": 1, "extension": 1, "getResourceKey": 0,
    "getReferenceKey": 1,
}  # fmt: skip
OPTIONAL = ("getReferenceKey", "exists")
_TOKEN = re.compile(r"\s*(?:(?P<text>'[^']*')|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[.()=]))")


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, number or truth value."""

    value: str | float | bool


@dataclass(frozen=True, slots=True)
class Member:
    """A named element."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function on what stands before it. A type name is kept as a Literal."""

    name: str
    argument: Expression | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps from the focus, one after the other. No steps: the focus itself."""

    steps: tuple[Member | Call, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """Two sides compared for being equal, or both holding."""

    sign: str
    left: Expression
    right: Expression


Expression = Literal | Chain | Test


@cache
def parse(text: str) -> Expression:
    """The path as a tree. Raises DeclarationError for anything outside the part we know."""
    parser = _Parser(text)
    found = parser.expression()
    if parser.peek() is not None:
        raise parser.error()
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        place = 0
        stripped = text.rstrip()
        while place < len(stripped):
            found = _TOKEN.match(stripped, place)
            if found is None:
                raise DeclarationError(f'Path "{text}" has a sign we do not know at place {place}.')
            self.tokens.append((str(found.lastgroup), found.group(str(found.lastgroup))))
            place = found.end()
        self.place = 0

    def error(self) -> DeclarationError:
        return DeclarationError(f'Path "{self.text}" is outside the part of FHIRPath we know (see fhir/paths).')

    def peek(self) -> str | None:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else None

    def take(self, wanted: str | None = None) -> tuple[str, str]:
        if self.place >= len(self.tokens) or (wanted is not None and self.tokens[self.place][1] != wanted):
            raise self.error()
        self.place += 1
        return self.tokens[self.place - 1]

    def expression(self) -> Expression:
        left = self.equality()
        while self.peek() == "and":
            self.take()
            left = Test("and", left, self.equality())
        return left

    def equality(self) -> Expression:
        left = self.term()
        if self.peek() == "=":
            self.take()
            return Test("=", left, self.term())
        return left

    def term(self) -> Expression:
        kind, token = self.take()
        if kind == "text":
            return Literal(token[1:-1])
        if kind == "number":
            return Literal(float(token))
        if token in ("true", "false"):
            return Literal(token == "true")
        if kind != "name":
            raise self.error()
        steps = [] if token == "$this" else [self.step(token)]
        while self.peek() == ".":
            self.take()
            kind, token = self.take()
            if kind != "name":
                raise self.error()
            steps.append(self.step(token))
        return Chain(tuple(steps))

    def step(self, name: str) -> Member | Call:
        if self.peek() != "(":
            return Member(name)
        self.take("(")
        if name not in FUNCTIONS:
            raise self.error()
        argument = None if self.peek() == ")" else self.expression()
        self.take(")")
        if (argument is not None and not FUNCTIONS[name] and name not in OPTIONAL) or (
            argument is None and FUNCTIONS[name] and name not in OPTIONAL
        ):
            raise self.error()
        if name in ("ofType", "getReferenceKey") and isinstance(argument, Chain):
            argument = Literal(_type_name(argument))
        return Call(name, argument)


def _type_name(chain: Chain) -> str:
    return ".".join(step.name for step in chain.steps)
