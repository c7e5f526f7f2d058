"""The facts door: a JSON object of facts, or one a line, as records. Nothing is guessed, every fault is listed.

Messages name the fact and what was expected, never the value that was given.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from spinesteps.errors import Fault, InputError
from spinesteps.json_pairs import LARGEST, Constant, Pairs, decode
from spinesteps.logic.facts import Fact, Silence
from spinesteps.person.record import Entry, Record

SUGGESTIONS = 50  # looking for the nearest name takes time, and a file of nonsense has many
SILENCES = {"not_sure": Silence.NOT_SURE, "declined": Silence.DECLINED}


def read_person(data: bytes, facts: Mapping[str, Fact], day: date) -> Record:
    """One JSON object of facts as a record of answers given on `day`. Raises InputError with every fault."""
    pairs = decode(data)
    faults: list[Fault] = []
    entries: dict[str, Entry] = {}
    seen: set[str] = set()
    for name, value in pairs:
        if name in seen and name in facts:
            faults.append(Fault(name, "The fact stands twice.", "each fact once", "Keep one of the two."))
        seen.add(name)
        if name not in facts:
            faults.append(_unknown(name, facts, suggest=len(faults) < SUGGESTIONS))
        elif isinstance(value, str) and value in SILENCES:
            entries[name] = Entry(SILENCES[value], day)
        elif facts[name].accepts(value):
            entries[name] = Entry(facts[name].read(value), day)
        else:
            faults.append(_refused(facts[name], value))
    if faults:
        raise InputError(faults)
    return Record(entries)


def read_people(stream: BinaryIO, facts: Mapping[str, Fact], day: date) -> Iterator[tuple[int, Record | InputError]]:
    """One person a line: (line number, record or its faults), in order. Blank lines are skipped."""
    number = 0
    while line := stream.readline(LARGEST + 2):
        number += 1
        while not line.endswith(b"\n") and (rest := stream.readline(LARGEST)):
            line = line[: LARGEST + 1] + rest[-1:]
        if not line.strip():
            continue
        try:
            yield number, read_person(line, facts, day)
        except InputError as error:
            yield number, error


def _unknown(name: str, facts: Mapping[str, Fact], suggest: bool) -> Fault:
    shown = "".join(c if c.isprintable() else "?" for c in name[:60])
    near: list[str] = []
    if suggest:
        near = difflib.get_close_matches(name[:60], facts, 1, 0.6)
        near = near or [fact for fact in facts if len(name) > 3 and name in fact]
    todo = f'Did you mean "{near[0]}"?' if near else 'See "spinesteps facts" for all names.'
    return Fault(shown or '""', "There is no fact with this name.", "a name of the contract", todo)


def _refused(fact: Fact, value: Any) -> Fault:
    kinds = {bool: "yes/no", int: "a number", float: "a number", str: "text", type(None): "null", list: "a list"}
    if isinstance(value, Constant):
        given = "NaN or Infinity"
    elif isinstance(value, Pairs):
        given = "an object"
    else:
        given = kinds.get(type(value), "something else")
    same_kind = (fact.kind == "number" and type(value) in (int, float)) or (
        fact.kind in ("choice", "day") and type(value) is str
    )
    wrong = "The value is out of range." if same_kind else f"The value is {given}."
    todo = "Leave the fact out when it was not asked."
    return Fault(fact.name, wrong, fact.expected(), todo)
