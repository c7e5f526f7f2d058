"""Conditions as data and back, canonical JSON, fingerprints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    Compare,
    Condition,
    FirstOf,
    Highest,
    Is,
    Known,
    Named,
    Not,
    Points,
    ScoreItem,
    Unclear,
)
from spinesteps.logic.facts import Answer, Fact, Number, Silence
from spinesteps.logic.reasons import Reason
from spinesteps.logic.thresholds import Bound

Data = dict[str, Any]
encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode  # as people are answered


def canonical(data: Any) -> str:
    """JSON with sorted keys, no spaces and no NaN: the same data always gives the same text."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=str)


def fingerprint(data: Any) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()[:16]


def write(node: Condition) -> Data:
    """A condition as plain data; `read` gives it back."""
    if isinstance(node, Compare):
        return {"compare": node.fact.name, "sign": node.sign, **_bound(node.bound)}
    if isinstance(node, Is):
        return {"is": node.fact.name, "value": node.value}
    if isinstance(node, AllOf):
        return {"all": [write(part) for part in node.parts]}
    if isinstance(node, AnyOf):
        return {"any": [write(part) for part in node.parts]}
    if isinstance(node, Not):
        return {"not": write(node.part)}
    if isinstance(node, AtLeast):
        return {"at_least": node.n, "parts": [write(part) for part in node.parts]}
    if isinstance(node, Known):
        return {"known": node.part.name if isinstance(node.part, Fact) else write(node.part)}
    if isinstance(node, Unclear):
        return {"unclear": node.fact.name}
    if isinstance(node, Named):
        return {"named": node.name, "part": write(node.part), **({"folded": True} if node.folded else {})}
    if isinstance(node, Points):
        items = [{"part": write(i.part), "points": i.points, "otherwise": i.otherwise} for i in node.items]
        return {"points": node.id, "items": items, "cutoff": node.bound.value}
    raise DeclarationError(f"{type(node).__name__} has no form as data.")


def _bound(bound: Bound) -> Data:
    return {"limit": bound.value, **({"threshold": bound.name} if bound.name else {})}


def write_outcome(outcome: FirstOf) -> Data:
    """An outcome as plain data."""
    kind = "highest" if isinstance(outcome, Highest) else "first_of"
    cases = [{"name": case.name, "when": write(case.when)} for case in outcome.cases]
    return {kind: cases, "otherwise": outcome.otherwise}


def read_outcome(data: Data, facts: Mapping[str, Fact]) -> FirstOf:
    """An outcome from plain data."""
    kind = Highest if "highest" in data else FirstOf
    cases = data.get("highest", data.get("first_of"))
    return kind(tuple(Case(c["name"], read(c["when"], facts)) for c in cases or ()), data["otherwise"])


def read(data: Data, facts: Mapping[str, Fact]) -> Condition:
    """A condition from plain data over these facts. Raises DeclarationError on anything unknown."""
    readers = {
        "compare": _read_compare,
        "is": lambda d, f: Is(_fact(d["is"], f), d["value"]),
        "all": lambda d, f: AllOf(tuple(read(part, f) for part in d["all"])),
        "any": lambda d, f: AnyOf(tuple(read(part, f) for part in d["any"])),
        "not": lambda d, f: Not(read(d["not"], f)),
        "at_least": lambda d, f: AtLeast(d["at_least"], tuple(read(part, f) for part in d["parts"])),
        "known": lambda d, f: Known(_fact(d["known"], f) if isinstance(d["known"], str) else read(d["known"], f)),
        "unclear": lambda d, f: Unclear(_fact(d["unclear"], f)),
        "named": lambda d, f: Named(d["named"], read(d["part"], f), d.get("folded", False)),
        "points": _read_points,
    }
    for kind, reader in readers.items():
        if kind in data:
            return reader(data, facts)
    raise DeclarationError(f"No condition is written with the keys {sorted(data)}.")


def _fact(name: str, facts: Mapping[str, Fact]) -> Fact:
    if name not in facts:
        raise DeclarationError(f'There is no fact "{name}".')
    return facts[name]


def _read_compare(data: Data, facts: Mapping[str, Fact]) -> Condition:
    fact = _fact(data["compare"], facts)
    if not isinstance(fact, Number):
        raise DeclarationError(f'Fact "{fact.name}" is no number and cannot be compared.')
    return Compare(fact, data["sign"], Bound(data["limit"], data.get("threshold", "")))


def _read_points(data: Data, facts: Mapping[str, Fact]) -> Condition:
    items = tuple(ScoreItem(read(i["part"], facts), i["points"], i.get("otherwise", 0)) for i in data["items"])
    return Points(data["points"], items, Bound(data["cutoff"]))


ANSWER = {True: "yes", False: "no", None: "not_known"}


def _said_of(node: Condition) -> Data:
    """What a reason says of its condition, whoever is judged."""
    if isinstance(node, Compare):
        return {"fact": node.fact.name, "sign": node.sign, **_bound(node.bound)}
    if isinstance(node, Is):
        return {"fact": node.fact.name, "is": _plain(node.value)}
    if isinstance(node, Unclear):
        return {"unclear": node.fact.name}
    if isinstance(node, Known) and isinstance(node.part, Fact):
        return {"known": node.part.name}
    if isinstance(node, Named):
        return {"named": node.name}
    if isinstance(node, Points):
        return {"points": node.id, "cutoff": node.bound.value}
    return {"kind": KINDS[type(node)]}


@lru_cache(maxsize=4096, typed=True)
def _met(met: Answer) -> str:
    """What a leaf met, as JSON."""
    return encode(_plain(met))


def _plain(met: Answer) -> bool | int | float | str:
    if isinstance(met, date):
        return met.isoformat()
    return met.value if isinstance(met, Silence) else met


class ReasonTexts:
    """Reasons as JSON text: every leaf yes, no or not_known, with the value or silence it met.

    What is the same for everybody is written once.
    """

    def __init__(self) -> None:
        self._said: dict[int, tuple[Condition, str]] = {}  # holds the condition, so that its id stays its own

    def write(self, reason: Reason, done: dict[int, str]) -> str:
        """The text of a reason. done: texts by the id of their reason, for one person."""
        text = done.get(id(reason))
        if text is None:
            done[id(reason)] = text = self._write(reason, done)
        return text

    def _write(self, reason: Reason, done: dict[int, str]) -> str:
        node, answer, parts, met, low, high = reason
        said = self._said.get(id(node))
        if said is None:
            self._said[id(node)] = said = (node, encode(_said_of(node))[1:-1])
        text = f'{{"answer": "{ANSWER[answer]}", {said[1]}'
        if low is not None:
            text += f', "low": {encode(low)}, "high": {encode(high)}'
        if parts and not (isinstance(node, Named) and node.folded):
            inside = ", ".join([done.get(id(part)) or self.write(part, done) for part in parts])
            return f'{text}, "parts": [{inside}]}}'
        if met is None:
            return text + "}"
        return f'{text}, "met": {_met(met)}}}'


KINDS: dict[type[Condition], str] = {AllOf: "all", AnyOf: "any", Not: "not", AtLeast: "at_least", Known: "known"}
