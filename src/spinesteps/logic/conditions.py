"""The tree: immutable expressions over facts. `Fact` is what a leaf looks at; its kinds stand in facts.py.

Conditions settle to yes or no, or stay not known:

    Compare   a number against a limit            Is        a fact has this value
    All       every part                          Any       at least one part
    Not       the opposite                        AtLeast   at least n of the parts
    Known     settled, whatever the answer        Unclear   asked, but unsure, declined or unreadable
    Points    a score as an interval against its cutoff
    Named     another condition under a name, for reasons and words; changes nothing

Outcomes pick one of several names:

    FirstOf   the first case that is settled yes  Highest   the same, cases being levels of urgency

Not known is met only at the leaves (Compare, Is); Known and Unclear are always settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from spinesteps.errors import DeclarationError
from spinesteps.logic.thresholds import Bound, Limit, Threshold

SIGNS = ("<", "<=", ">", ">=")
Value = bool | int | float | str | date


class Combines:
    """`&`, `|`, `~` for facts and conditions; `and`, `or`, `not` and chained comparisons are refused."""

    __slots__ = ()

    def condition(self) -> Condition:
        """This as a condition."""
        raise NotImplementedError

    def __and__(self, other: Combines) -> Condition:
        return AllOf.of(self, other)

    def __or__(self, other: Combines) -> Condition:
        return AnyOf.of(self, other)

    def __invert__(self) -> Condition:
        return Not(self.condition())

    def __bool__(self) -> bool:
        raise TypeError(
            "A fact or condition is not true or false before somebody is judged. Use & for and, | for or, "
            "~ for not, with brackets around comparisons."
        )


@dataclass(frozen=True, eq=False)
class Fact(Combines):
    """Something that can be known about a person.

    name: the contract's name, also the FHIR linkId; in a FactGroup it is the attribute's. valid_days: days an answer
    read from a record stays usable (None: for life). danger: answers of this fact may raise an urgency, and "yes"
    is the worse one.
    """

    name: str = ""
    valid_days: int | None = None
    danger: bool = False

    kind = "fact"

    def __post_init__(self) -> None:
        if self.name:
            self.check_name()

    def __set_name__(self, owner: type, attribute: str) -> None:
        if not self.name:
            object.__setattr__(self, "name", attribute)

    def check_name(self) -> None:
        """Raises DeclarationError for a name that no fact may have."""
        if not self.name.replace("_", "").isalnum() or self.name != self.name.lower():
            raise DeclarationError(f'Fact "{self.name}" needs a name of small letters, digits and underscores.')

    def condition(self) -> Condition:
        raise DeclarationError(f'Fact "{self.name}" is no condition by itself. Compare it: {self.name} >= …')

    def expected(self) -> str:
        """What an answer must look like, for error messages."""
        raise NotImplementedError

    def accepts(self, value: Any) -> bool:
        """Whether a decoded JSON value is an answer to this fact (silences apart)."""
        raise NotImplementedError

    def read(self, value: Any) -> Value:
        """The accepted JSON value as the value that is stored."""
        return value  # type: ignore[no-any-return]


class Condition(Combines):
    """Root of everything that is settled yes, settled no or not known."""

    __slots__ = ()

    def condition(self) -> Condition:
        return self


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """A number fact against a limit."""

    fact: Fact
    sign: str
    limit: Limit

    def __post_init__(self) -> None:
        if self.fact.kind != "number":
            raise DeclarationError(f'Fact "{self.fact.name}" is no number and cannot be compared.')
        if self.sign not in SIGNS:
            raise DeclarationError(f'"{self.sign}" is no comparison; use one of {", ".join(SIGNS)}.')

    @property
    def bound(self) -> Bound:
        """The number compared with. Raises DeclarationError while a threshold has not been dated."""
        if isinstance(self.limit, Threshold):
            raise DeclarationError(
                f'Threshold "{self.limit.name}" has no date yet. Judge the conditions of `Pathway.as_of(day)`.'
            )
        return self.limit if isinstance(self.limit, Bound) else Bound(self.limit)


@dataclass(frozen=True, slots=True)
class Is(Condition):
    """A fact has exactly this value."""

    fact: Fact
    value: Value


def _conditions(parts: Iterable[Combines]) -> tuple[Condition, ...]:
    return tuple(part.condition() for part in parts)


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """Every part holds. With no parts: yes."""

    parts: tuple[Condition, ...]

    @classmethod
    def of(cls, *parts: Combines) -> AllOf:
        """Join parts; parts that are themselves All are taken in."""
        return cls(tuple(inner for p in _conditions(parts) for inner in (p.parts if isinstance(p, AllOf) else (p,))))


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """At least one part holds. With no parts: no."""

    parts: tuple[Condition, ...]

    @classmethod
    def of(cls, *parts: Combines) -> AnyOf:
        """Join parts; parts that are themselves Any are taken in."""
        return cls(tuple(inner for p in _conditions(parts) for inner in (p.parts if isinstance(p, AnyOf) else (p,))))


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The opposite; not known stays not known."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AtLeast(Condition):
    """At least `n` of the parts hold."""

    n: int
    parts: tuple[Condition, ...]

    @classmethod
    def of(cls, n: int, *parts: Combines) -> AtLeast:
        return cls(n, _conditions(parts))


@dataclass(frozen=True, slots=True)
class Known(Condition):
    """The fact has an answer, or the condition is settled. Always yes or no itself."""

    part: Fact | Condition


@dataclass(frozen=True, slots=True)
class Unclear(Condition):
    """The fact was asked or recorded without a usable answer. Always yes or no itself."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One item of a score: the points it gives when its condition holds, and when it does not."""

    part: Condition
    points: float
    otherwise: float = 0


@dataclass(frozen=True, slots=True)
class Points(Condition):
    """A score over items, as an interval over the missing ones, against a cutoff.

    Yes when the low end reaches the cutoff, no when the high end does not, else not known.
    """

    id: str
    items: tuple[ScoreItem, ...]
    cutoff: Limit

    @property
    def bound(self) -> Bound:
        """The cutoff as a number. Raises DeclarationError while a threshold has not been dated."""
        if isinstance(self.cutoff, Threshold):
            raise DeclarationError(f'The cutoff of "{self.id}" has no date yet. Use `Pathway.as_of(day)`.')
        return self.cutoff if isinstance(self.cutoff, Bound) else Bound(self.cutoff)


@dataclass(frozen=True, slots=True)
class Named(Condition):
    """A condition under a name. `folded` ones are shown elsewhere in full, so reasons only name them."""

    name: str
    part: Condition
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A name and the condition under which it is chosen."""

    name: str
    when: Condition


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first case that is settled yes, else `otherwise`. Earlier cases not known are reported."""

    cases: tuple[Case, ...]
    otherwise: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every name this can choose, each once, in order."""
        return tuple(dict.fromkeys([*(case.name for case in self.cases), self.otherwise]))

    def chose(self, *names: str) -> Condition:
        """One of these names is chosen. Always settled, as the choice itself is."""
        return self._hits(names, [Case(case.name, established(case.when)) for case in self.cases])

    def may_be(self, *names: str) -> Condition:
        """As `chose`, but not known while an answer could still change it."""
        return self._hits(names, self.cases)

    def _hits(self, names: tuple[str, ...], cases: Iterable[Case]) -> Condition:
        unknown = set(names) - set(self.names)
        if unknown:
            raise DeclarationError(f"No case is named {', '.join(sorted(unknown))}.")
        hits: list[Condition] = []
        others: list[Condition] = []
        for case in cases:
            if case.name in names:
                hits.append(AllOf.of(case.when, *others))
            else:
                others.append(Not(case.when))
        if self.otherwise in names:
            hits.append(AllOf.of(*others))
        return AnyOf.of(*hits)


class Highest(FirstOf):
    """Levels, the gravest first: the gravest that is settled yes."""

    __slots__ = ()

    def reaches(self, name: str, order: tuple[str, ...]) -> Condition:
        """This level or a graver one holds; `order` names all levels, the gravest first."""
        grave = order[: order.index(name) + 1]
        return AnyOf.of(*(case.when for case in self.cases if case.name in grave))


def established(part: Combines) -> Condition:
    """Settled yes: yes when it is, no when it is not or is not known."""
    condition = part.condition()
    return AllOf.of(Known(condition), condition)


def sure_part(node: Condition) -> Condition | None:
    """The condition of which this is the `established` form, if it is one."""
    if isinstance(node, AllOf) and len(node.parts) > 1 and isinstance(node.parts[0], Known):
        inner = node.parts[0].part
        rest = node.parts[1] if len(node.parts) == 2 else AllOf(node.parts[1:])
        if isinstance(inner, Condition) and inner == rest:
            return inner
    return None


def children(node: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition."""
    if isinstance(node, AllOf | AnyOf | AtLeast):
        return node.parts
    if isinstance(node, Not | Named):
        return (node.part,)
    if isinstance(node, Known):
        return (node.part,) if isinstance(node.part, Condition) else ()
    if isinstance(node, Points):
        return tuple(item.part for item in node.items)
    return ()


def walk(node: Condition) -> Iterator[Condition]:
    """The condition and everything inside it, outermost first."""
    yield node
    for child in children(node):
        yield from walk(child)


def rebuilt(node: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """The condition with each condition directly inside it changed."""
    if isinstance(node, AllOf | AnyOf | AtLeast):
        return replace(node, parts=tuple(map(change, node.parts)))
    if isinstance(node, Not | Named):
        return replace(node, part=change(node.part))
    if isinstance(node, Known) and isinstance(node.part, Condition):
        return Known(change(node.part))
    if isinstance(node, Points):
        return replace(node, items=tuple(replace(item, part=change(item.part)) for item in node.items))
    return node


def guarded(node: Condition, after: Mapping[str, Condition]) -> Condition:
    """The condition with each leaf about one of these facts holding only while the condition of its name does."""
    fact = fact_of(node)
    if fact is None:
        return rebuilt(node, lambda part: guarded(part, after))
    return AllOf((after[fact.name], node)) if fact.name in after else node


def fact_of(node: Condition) -> Fact | None:
    """The fact a leaf looks at, None for inner nodes."""
    if isinstance(node, Compare | Is | Unclear):
        return node.fact
    if isinstance(node, Known) and isinstance(node.part, Fact):
        return node.part
    return None


def facts_in(node: Condition) -> tuple[Fact, ...]:
    """Every fact a condition looks at, each once, in order of appearance."""
    found: dict[str, Fact] = {}
    met: set[int] = set()  # what stands in many places is looked into once
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if id(part) in met:
            continue
        met.add(id(part))
        fact = fact_of(part)
        if fact is not None:
            found.setdefault(fact.name, fact)
        waiting += reversed(children(part))
    return tuple(found.values())
