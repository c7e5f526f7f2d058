"""Random bytes through the facts door: an assessment or InputError, never anything else, and no answer in a fault.

    python fuzz/facts.py [-max_total_time=60] [corpus folder]

Half of the inputs are bytes as they come, half an object of real fact names, with odd values or with sound ones only.
Who can be read is judged, and is never left without an urgency. Flags are libFuzzer's.
Stops at the first finding and writes the input beside; hand that file in as the only argument to see it again.
"""

from __future__ import annotations

import json
import sys
from datetime import date

import atheris
from seeds import with_seeds

with atheris.instrument_imports(include=["spinesteps"]):
    from spinesteps.errors import InputError
    from spinesteps.knowledge.spine import PATHWAY
    from spinesteps.logic.facts import Choice, Fact, Number, YesNo
    from spinesteps.pathway.rules import URGENCIES
    from spinesteps.person.answers import read_person
    from spinesteps.person.assess import assess
    from spinesteps.person.output import to_text

DAY = date(2026, 11, 21)
SECRET = "zqxj-secret-7731"
NAMES = tuple(sorted(PATHWAY.by_name))
PLAIN = (True, False, None, 0, 1, -1, 4.5, 1e308, 10**30, "not_sure", "declined", "", "2026-02-30", "US", "both")


class Finding(Exception):
    """The door broke its word."""


def value(given: atheris.FuzzedDataProvider, deep: int = 0) -> object:
    """A value as somebody might hand it in; a secret in some."""
    kind = given.ConsumeIntInRange(0, 9)
    if kind < 3:
        return PLAIN[given.ConsumeIntInRange(0, len(PLAIN) - 1)]
    if kind == 3:
        return given.ConsumeRegularFloat()
    if kind == 4:
        return given.ConsumeUnicode(12)
    if kind == 5:
        return SECRET
    if kind == 6 or deep > 3:
        return given.ConsumeInt(8)
    if kind == 7:
        return [value(given, deep + 1) for _ in range(given.ConsumeIntInRange(0, 3))]
    if kind == 8:
        return {SECRET: value(given, deep + 1)}
    return given.ConsumeUnicode(4) + SECRET


def sound(given: atheris.FuzzedDataProvider, fact: Fact) -> object:
    """A value that the fact takes."""
    kind = given.ConsumeIntInRange(0, 9)
    if kind < 2:
        return "not_sure" if kind else "declined"
    if isinstance(fact, YesNo):
        return kind < 7
    if isinstance(fact, Choice):
        return fact.options[given.ConsumeIntInRange(0, len(fact.options) - 1)]
    if not isinstance(fact, Number):
        return "2026-01-31"
    if fact.whole:
        return given.ConsumeIntInRange(int(fact.low), int(min(fact.high, 2**31)))
    return (fact.low, fact.high, given.ConsumeFloatInRange(fact.low, fact.high))[kind % 3]


def person(given: atheris.FuzzedDataProvider) -> bytes:
    """One object: mostly real names, some twice, some nearly right."""
    if given.ConsumeBool():
        chosen = [NAMES[given.ConsumeIntInRange(0, len(NAMES) - 1)] for _ in range(given.ConsumeIntInRange(0, 25))]
        return json.dumps({name: sound(given, PATHWAY.by_name[name]) for name in chosen}).encode()
    pairs = []
    for _ in range(given.ConsumeIntInRange(0, 12)):
        name = NAMES[given.ConsumeIntInRange(0, len(NAMES) - 1)]
        how = given.ConsumeIntInRange(0, 9)
        if how == 0:
            name = given.ConsumeUnicode(20)
        elif how == 1:
            name = name[:-1]
        pairs.append(f"{json.dumps(name)}: {json.dumps(value(given))}")
    return f"{{{', '.join(pairs)}}}".encode()


def one(data: bytes) -> None:
    """One input. Anything but a record or InputError is a finding; so is a fault that holds the secret."""
    given = atheris.FuzzedDataProvider(data)
    made = person(given) if given.ConsumeBool() else given.ConsumeBytes(sys.maxsize)
    try:
        record = read_person(made, PATHWAY.by_name, DAY)
        answer = json.loads(to_text(assess(record, PATHWAY, DAY), full=False))
        if answer["urgency"] not in URGENCIES:
            raise Finding("an answer without an urgency")
    except InputError as error:
        if not error.faults:
            raise Finding("InputError without a fault") from None
        text = str(error) + json.dumps([fault.to_json() for fault in error.faults])
        if SECRET in text:
            raise Finding("an answer stands in a fault") from None


if __name__ == "__main__":
    atheris.Setup(with_seeds(sys.argv), one)
    atheris.Fuzz()
