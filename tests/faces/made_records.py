"""Made-up records of one person, drawn from every code table, and the same record written in other ways."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import spinesteps
from spinesteps.logic.facts import Choice, Number, YesNo
from tests.faces.fhir_samples import (
    DAY,
    FACTS,
    LOINC,
    PATIENT,
    concept,
    condition,
    medicine,
    observation,
    procedure,
)

Resource = dict[str, Any]
Files = dict[str, bytes]
CODES = Path(spinesteps.__file__).parent / "knowledge" / "codes"
MEASURES = (
    ("718-7", "g/dL", 8, 16), ("1751-7", "g/dL", 2, 5), ("29463-7", "kg", 40, 120), ("39156-5", "kg/m2", 18, 40),
    ("4548-4", "%", 5, 11), ("33914-3", "mL/min/{1.73_m2}", 15, 90), ("8302-2", "cm", 150, 190),
)  # fmt: skip
TABLETS = (
    "paracetamol 500 MG Oral Tablet", "acetaminophen 325 MG Oral Tablet", "morphine sulfate 15 MG Oral Tablet",
    "oxycodone hydrochloride 5 MG Oral Tablet", "tramadol hydrochloride 50 MG Oral Tablet",
    "naproxen 500 MG Oral Tablet", "warfarin sodium 5 MG Oral Tablet",
    "gabapentin 300 MG Oral Capsule", "prednisolone 5 MG Oral Tablet",
    "Ibuprofen 400 MG Oral Tablet", "Simvastatin 20 MG Oral Tablet", "an unheard of remedy",
)  # fmt: skip
BORN = PATIENT | {"identifier": [{"system": "urn:made:number", "value": "A-77"}]}
NOISE: tuple[Resource, ...] = (
    {"resourceType": "Claim", "id": "n1", "status": "active", "patient": {"reference": "Patient/p"}},
    {"resourceType": "CareTeam", "id": "n2", "subject": {"reference": "Patient/p"}},
    {"resourceType": "Organization", "id": "n3", "name": "A clinic"},
)


@cache
def rows(table: str) -> list[dict[str, str]]:
    """The rows of a code table that stand for a code of a system."""
    with (CODES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if "://" in row["system"]]


def _ago(draw: random.Random, most: int = 400) -> date:
    return DAY - timedelta(days=draw.choice((draw.randrange(most), draw.randrange(12))))


def _instant(draw: random.Random) -> str:
    """A time of day that twelve hours of clocks cannot move to another day for everybody."""
    zone = draw.choice(("Z", "+01:00", "-05:00"))
    return f"{_ago(draw)}T{draw.randrange(24):02}:{draw.randrange(60):02}:00{zone}"


def _answer(draw: random.Random, at: str) -> Resource:
    fact = FACTS[draw.choice(sorted(FACTS))]
    while not isinstance(fact, YesNo | Number | Choice):
        fact = FACTS[draw.choice(sorted(FACTS))]
    if isinstance(fact, YesNo):
        return observation(fact.name, at=at, valueBoolean=draw.random() < 0.6)
    if isinstance(fact, Choice):
        return observation(fact.name, at=at, valueString=draw.choice(fact.options))
    value = draw.randint(int(fact.low), int(min(fact.high, 400)))
    return observation(fact.name, at=at, valueQuantity={"value": value})


def _measure(draw: random.Random, at: str) -> Resource:
    code, unit, low, high = draw.choice(MEASURES)
    quantity = {"value": draw.randint(low * 10, high * 10) / 10, "unit": unit, "code": unit}
    return observation(code, LOINC, at, valueQuantity=quantity | {"system": "http://unitsofmeasure.org"})


def _condition(draw: random.Random, at: str) -> Resource:
    row = draw.choice(rows(draw.choice(("conditions_danger", "conditions_other", "conditions_spine"))))
    name, written = draw.choice((("onsetDateTime", at[:10]), ("onsetDateTime", at), ("onsetDateTime", at[:7]),
                                 ("recordedDate", at)))  # fmt: skip
    clinical = draw.choice(("active", "active", "active", "resolved", "inactive"))
    held = condition(row["code"], row["system"], clinical, draw.choice(("confirmed", "confirmed", "provisional")))
    return {key: value for key, value in held.items() if key != "onsetDateTime"} | {name: written}


def _medicine(draw: random.Random, at: str) -> Resource:
    kind = draw.choice(("MedicationRequest", "MedicationStatement"))
    often = {"frequency": draw.randint(1, 6), "period": 1, "periodUnit": "d"}
    dose = {"value": draw.randint(1, 2), "unit": "{tbl}", "system": "http://unitsofmeasure.org", "code": "{tbl}"}
    field = "dosageInstruction" if kind == "MedicationRequest" else "dosage"
    held = medicine(draw.choice(TABLETS), draw.choice(("active", "active", "completed")), kind)
    when = "authoredOn" if kind == "MedicationRequest" else "effectiveDateTime"
    return held | {when: at, field: [{"timing": {"repeat": often}, "doseAndRate": [{"doseQuantity": dose}]}]}


def _procedure(draw: random.Random, at: str) -> Resource:
    row = draw.choice(rows("procedures"))
    return procedure(row["code"], row["system"]) | {"performedDateTime": draw.choice((at, at[:10]))}


def _form(draw: random.Random, at: str) -> Resource:
    names = draw.sample([name for name, fact in sorted(FACTS.items()) if isinstance(fact, YesNo)], 5)
    items = [{"linkId": name, "answer": [{"valueBoolean": draw.random() < 0.5}]} for name in names]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "authored": at,
            "subject": {"reference": "Patient/p"}, "item": items}  # fmt: skip


def _allergy(draw: random.Random, at: str) -> Resource:
    row = draw.choice(rows("allergies"))
    return {"resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p"}, "recordedDate": at,
            "code": concept(row["system"], row["code"])}  # fmt: skip


MAKERS: tuple[Callable[[random.Random, str], Resource], ...] = (
    _answer, _answer, _answer, _measure, _measure, _condition, _condition, _medicine, _medicine, _procedure, _form,
    _allergy,
)  # fmt: skip


def made(seed: int) -> list[Resource]:
    """A record: a Patient first, then three to twenty resources about them, each with an id of its own."""
    draw = random.Random(seed)
    held = [draw.choice(MAKERS)(draw, _instant(draw)) for _ in range(draw.randint(3, 20))]
    return [BORN, *({**one, "id": f"r{number}"} for number, one in enumerate(held))]


# How the same is written otherwise.


def entries(resources: list[Resource], url: Callable[[Resource], str] | None = None) -> list[Any]:
    """Entries of a Bundle; url: gives the address of each."""
    if url is None:
        return [{"resource": one} for one in resources]
    return [{"fullUrl": url(one), "resource": one} for one in resources]


def bundle_of(held: list[Any], **more: Any) -> Resource:
    """A Bundle of entries."""
    return {"resourceType": "Bundle", "type": "collection", "entry": held, **more}


def changed(node: Any, change: Callable[[str, str], Any], key: str = "") -> Any:
    """A copy with every text replaced by what `change` makes of it and of the name of its element."""
    if isinstance(node, dict):
        return {name: changed(value, change, name) for name, value in node.items()}
    if isinstance(node, list):
        return [changed(value, change, key) for value in node]
    return change(key, node) if isinstance(node, str) else node


def referring(resources: list[Resource], write: Callable[[str], str]) -> list[Resource]:
    """The same with every reference written otherwise."""
    return [changed(one, lambda key, text: write(text) if key == "reference" else text) for one in resources]


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")


def other_clock(text: str, draw: random.Random) -> str:
    """The same instant by a clock elsewhere that shows the same day; a text that is no instant as it is."""
    if not INSTANT.fullmatch(text):
        return text
    at = datetime.fromisoformat(text)
    shifts = draw.sample(range(-12 * 60, 14 * 60 + 1, 15), 105)
    there = (at.astimezone(timezone(timedelta(minutes=minutes))) for minutes in shifts)
    found = next(one for one in there if one.date() == at.date())
    return found.isoformat() if found.utcoffset() else found.astimezone(UTC).isoformat().replace("+00:00", "Z")


SAME_AMOUNT = {
    "g/dL": (("g/L", 10), ("mg/dL", 1000), ("g/dl", 1), ("gm/dL", 1), ("kg/m3", 10)),
    "kg": (("g", 1000), ("mg", 1_000_000), ("hg", 10)), "cm": (("m", 0.01), ("mm", 10), ("dm", 0.1)),
    "mg": (("g", 0.001), ("ug", 1000), ("mcg", 1000)), "mL/min/{1.73_m2}": (("mL/min/1.73m2", 1), ("mL/min", 1)),
}  # fmt: skip


def other_unit(node: Any, draw: random.Random) -> Any:
    """A copy with every quantity in another unit of the same kind."""
    if isinstance(node, list):
        return [other_unit(one, draw) for one in node]
    if not isinstance(node, dict):
        return node
    known = SAME_AMOUNT.get(str(node.get("code")))
    if known is None or not isinstance(node.get("value"), int | float):
        return {name: other_unit(value, draw) for name, value in node.items()}
    unit, times = draw.choice(known)
    return node | {"value": float(f"{node['value'] * times:.12g}"), "unit": unit, "code": unit}


def spaced(node: Any, draw: random.Random) -> bytes:
    """The same JSON with its keys in another order, other blanks, and signs written as numbers."""
    text = json.dumps(_shuffled(node, draw), ensure_ascii=draw.random() < 0.5, indent=draw.choice((None, 1, "\t")),
                      separators=draw.choice(((",", ":"), (", ", ": "), (" ,", " :"))))  # fmt: skip
    if draw.random() < 0.5:
        text = text.replace("Patient", "\\u0050atient").replace("/p", "\\/p")
    return draw.choice((b"", b"\xef\xbb\xbf")) + text.encode() + draw.choice((b"", b"\n", b"\r\n "))


def _shuffled(node: Any, draw: random.Random) -> Any:
    if isinstance(node, list):
        return [_shuffled(one, draw) for one in node]
    if not isinstance(node, dict):
        return node
    names = list(node)
    draw.shuffle(names)
    return {name: _shuffled(node[name], draw) for name in names}


ENDS = (".ndjson", ".jsonl", ".NDJSON", ".ndjson.gz", ".jsonl.GZ", ".Ndjson")
PLACES = ("", "sub/", "a/b/", "2026-11-20T10_00_00/")
PREFIXES = ("{kind}", "1.{kind}", "{kind}.000", "{kind}_data_1", "{low}", "{low}s", "part-0001", "{kind}-{n}")


def files(resources: list[Resource], draw: random.Random) -> Files:
    """The same as files: by type, one each, or dealt out; with every name, ending, packing and break of lines."""
    way = draw.choice(("type", "dealt", "each", "one"))
    piles: dict[str, list[Resource]] = {}
    for number, one in enumerate(resources):
        kind = one["resourceType"]
        pile = {"type": kind, "dealt": f"{draw.randrange(4)}", "each": f"{kind}{number}", "one": "all"}[way]
        piles.setdefault(pile, []).append(one)
    found: Files = {}
    for number, held in enumerate(piles.values()):
        kind = draw.choice(held)["resourceType"]
        name = draw.choice(PREFIXES).format(kind=kind, low=kind.lower(), n=number)
        path = f"{draw.choice(PLACES)}{name}{draw.choice(ENDS)}"
        while path in found or any(path.lower() == other.lower() for other in found):
            path = f"{number}.{path}" if "/" not in path else f"{number}/{path}"
        found[path] = _lines(held, draw, path.lower().endswith(".gz"))
    return found


def _lines(held: list[Resource], draw: random.Random, packed: bool) -> bytes:
    between = draw.choice((b"\n", b"\r\n", b"\n\n"))
    text = between.join(json.dumps(one, ensure_ascii=draw.random() < 0.5).encode() for one in held)
    text = draw.choice((b"", b"\xef\xbb\xbf")) + text + draw.choice((b"", between))
    return gzip.compress(text, 1) if packed or draw.random() < 0.2 else text


def put(found: Files, folder: Path) -> Path:
    """Write files into a new folder."""
    for name, data in found.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def others(draw: random.Random) -> Iterator[Resource]:
    """Another person of the same server, with a record of their own."""
    for one in referring(made(draw.randrange(10**9)), lambda text: text.replace("Patient/p", "Patient/other")):
        extra = {"birthDate": "1990-01-02", "identifier": []} if one["resourceType"] == "Patient" else {}
        yield one | {"id": f"other{'' if extra else one['id']}"} | extra
