"""Conditions as data and back, canonical JSON, fingerprints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any as Anything

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Compare,
    Condition,
    FirstOf,
    Highest,
    Is,
    Item,
    Known,
    Named,
    Not,
    Points,
    Unclear,
)
from spinesteps.logic.facts import Fact, Number
from spinesteps.logic.judge import Reason
from spinesteps.logic.thresholds import Bound

Data = dict[str, Anything]


def canonical(data: Anything) -> str:
    """JSON with sorted keys, no spaces and no NaN: the same data always gives the same text."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=str)


def fingerprint(data: Anything) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()[:16]


def write(node: Condition) -> Data:
    """A condition as plain data; `read` gives it back."""
    if isinstance(node, Compare):
        return {"compare": node.fact.name, "sign": node.sign, **_bound(node.bound)}
    if isinstance(node, Is):
        return {"is": node.fact.name, "value": node.value}
    if isinstance(node, All):
        return {"all": [write(part) for part in node.parts]}
    if isinstance(node, Any):
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
        "all": lambda d, f: All(tuple(read(part, f) for part in d["all"])),
        "any": lambda d, f: Any(tuple(read(part, f) for part in d["any"])),
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
    items = tuple(Item(read(i["part"], facts), i["points"], i.get("otherwise", 0)) for i in data["items"])
    return Points(data["points"], items, Bound(data["cutoff"]))


ANSWER = {True: "yes", False: "no", None: "not_known"}


def write_reason(reason: Reason, done: dict[int, Data] | None = None) -> Data:
    """A reason tree as plain data: every leaf yes, no or not_known, with the value or silence it met.

    done: data by the id of its reason, so that a reason shared by several trees is written once.
    """
    done = {} if done is None else done
    if id(reason) not in done:
        done[id(reason)] = _write_reason(reason, done)
    return done[id(reason)]


def _write_reason(reason: Reason, done: dict[int, Data]) -> Data:
    node = reason.node
    data: Data = {"answer": ANSWER[reason.answer]}
    if isinstance(node, Compare):
        data |= {"fact": node.fact.name, "sign": node.sign, **_bound(node.bound)}
    elif isinstance(node, Is):
        data |= {"fact": node.fact.name, "is": node.value}
    elif isinstance(node, Unclear):
        data |= {"unclear": node.fact.name}
    elif isinstance(node, Known) and isinstance(node.part, Fact):
        data |= {"known": node.part.name}
    elif isinstance(node, Named):
        data |= {"named": node.name}
        if node.folded:
            return data
    elif isinstance(node, Points):
        data |= {"points": node.id, "low": reason.low, "high": reason.high, "cutoff": node.bound.value}
    else:
        data |= {"kind": KINDS[type(node)]}
    if reason.met is not None:
        data["met"] = getattr(reason.met, "value", reason.met)
    if reason.parts:
        data["parts"] = [write_reason(part, done) for part in reason.parts]
    return data


KINDS: dict[type[Condition], str] = {All: "all", Any: "any", Not: "not", AtLeast: "at_least", Known: "known"}
