"""The same record written otherwise says the same: order, copies, addresses, ids, clocks, units, files, holders.

Records are made up from every code table with fixed seeds. Set SPINESTEPS_RANDOM=nightly for more of them, and others
each time.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from spinesteps.fhir.read import read_everyone
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.person.record import Record
from tests.faces import made_records as ways
from tests.faces.fhir_samples import DAY, FACTS, codes, from_folder, read
from tests.faces.made_records import Resource, bundle_of, entries, made, referring

NIGHTLY = os.environ.get("SPINESTEPS_RANDOM") == "nightly"
RECORDS = 100 if NIGHTLY else 10
FIRST = random.randrange(10**9) if NIGHTLY else 1
BASE, ELSEWHERE = "https://one.example/fhir", "http://two.example:8080/r4"
ADDRESS = "another address"  # what may be said besides: the answer is the same all the same


@dataclass(frozen=True)
class Given:
    """What a way of writing starts from."""

    resources: list[Resource]
    draw: random.Random
    folder: Path

    def order(self) -> list[Resource]:
        """The resources in another order."""
        return self.draw.sample(self.resources, len(self.resources))

    def read(self, **bundle: Any) -> Record:
        """The record of the Bundle of the resources, or of its entries."""
        return read(bundle_of(bundle.pop("entry", None) or entries(self.resources), **bundle))


def located(base: str) -> Callable[[Resource], str]:
    return lambda one: f"{base}/{one['resourceType']}/{one['id']}"


def urn(text: str) -> str:
    """A urn made from a reference such as Patient/p, always the same."""
    return f"urn:uuid:{random.Random(text).getrandbits(128):032x}"


def of_urn(given: Given, upper: int, without_ids: bool = False) -> Record:
    """Every resource under a urn. upper: every so many references in capital letters."""

    def written(text: str) -> str:
        return _cased(urn(text), given.draw.random() * upper > 1)

    held = referring(given.resources, written)
    found = entries(held, lambda one: written(f"{one['resourceType']}/{one['id']}"))
    for entry in found if without_ids else ():
        entry["resource"] = {name: value for name, value in entry["resource"].items() if name != "id"}
    return read(bundle_of(found))


def _cased(text: str, upper: bool) -> str:
    return f"urn:uuid:{text[9:].upper()}" if upper else text


def subject_by(given: Given, held: dict[str, Any], **more: Any) -> Record:
    """Every resource with this subject in place of its reference."""
    found = [
        {**one, **more, **{name: held for name in ("subject", "patient") if name in one}}
        if one["resourceType"] != "Patient" else one for one in given.resources
    ]  # fmt: skip
    return read(bundle_of(entries(found)))


Apart = Callable[[Resource], tuple[dict[str, str], list[Resource], list[Resource]]]


def with_medicines(given: Given, write: Apart) -> Record:
    """Every medicine in a resource of its own: write gives its reference, what is contained and what stands beside."""
    held: list[Resource] = []
    for one in given.resources:
        code = one.get("medicationCodeableConcept")
        if code is None:
            held.append(one)
            continue
        reference, inside, beside = write({"resourceType": "Medication", "id": f"med-{one['id']}", "code": code})
        rest = {name: value for name, value in one.items() if name != "medicationCodeableConcept"}
        held += [rest | {"medicationReference": reference} | ({"contained": inside} if inside else {}), *beside]
    return read(bundle_of(entries(given.draw.sample(held, len(held)))))


def in_folder(given: Given, resources: list[Resource], patient: str | None = None) -> Record:
    return from_folder(ways.put(ways.files(resources, given.draw), given.folder), patient)


def of_everyone(given: Given) -> Record:
    """The record of the person among those of everybody."""
    held = [*given.resources, *ways.others(given.draw)]
    folder = ways.put(ways.files(held, given.draw), given.folder)
    people = list(read_everyone(folder, FACTS, codes(), FROM_RECORD, DAY))
    assert [one.person for one in people] == ["other", "p"]
    return people[1]


def with_bundles(given: Given) -> Record:
    """A folder of whole Bundles, one or several in a file."""
    patient, *rest = given.resources
    cut = given.draw.randrange(len(rest) + 1)
    parts = [bundle_of(entries([patient, *rest[:cut]])), bundle_of(entries([patient, *rest[cut:]]))]
    names = given.draw.choice((("a.json", "b.JSON"), ("a.ndjson", "b.jsonl"), ("x/1.json", "y/1.json")))
    return from_folder(ways.put({n: json.dumps(p).encode() for n, p in zip(names, parts, strict=True)}, given.folder))


def nested(given: Given) -> Record:
    """Bundles inside of Bundles."""
    patient, *rest = given.resources
    cut = given.draw.randrange(len(rest) + 1)
    inner = bundle_of(entries(rest[cut:]), type="searchset")
    return read(bundle_of(entries([patient, *rest[:cut], inner])))


def parameters(given: Given) -> Record:
    """The whole inside Parameters: as parts, or as one Bundle."""
    if given.draw.random() < 0.5:
        held: list[Any] = [{"name": "record", "resource": bundle_of(entries(given.order()))}]
    else:
        held = [{"name": "r", "part": [{"name": "x", "resource": one}]} for one in given.order()]
    return read({"resourceType": "Parameters", "parameter": held})


def noisy(given: Given) -> Record:
    """Among resources that nobody reads, with narrative, profiles, tags and extensions of others."""
    more = {
        "meta": {"profile": ["http://example.org/P"], "tag": [{"code": "made"}], "lastUpdated": "2026-11-20T10:00:00Z"},
        "text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>Warfarin</div>"},
        "extension": [{"url": "http://example.org/x", "valueBoolean": True}], "language": "de",
    }  # fmt: skip
    held = [one | more for one in given.resources] + list(ways.NOISE)
    return read(bundle_of(entries(given.draw.sample(held, len(held)))))


def coded(given: Given) -> Record:
    """Every code after a local one, with the edition of its system."""

    def more(node: Any) -> Any:
        if isinstance(node, list):
            return [more(one) for one in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("coding"), list):
            local = {"system": "http://example.org/local", "code": "X1", "display": "local"}
            edition = {"version": "2026", "userSelected": False}
            return node | {"coding": [local, *(edition | one for one in node["coding"])]}
        return {name: more(value) for name, value in node.items()}

    return read(bundle_of(entries([more(one) for one in given.resources])))


def older_beside(given: Given) -> Record:
    """Older versions beside, of another content: by time on another clock, or by number."""
    draw, held = given.draw, list(given.resources)
    stamps = ((("2026-11-20T10:00:00+05:00", "2026-11-20T08:00:00Z"), "lastUpdated"), (("9", "10"), "versionId"))
    for one, other in zip(given.resources[1:], ways.made(draw.randrange(10**9))[1:], strict=False):
        (older, newer), name = draw.choice(stamps)
        held.remove(one)
        same = {"resourceType": one["resourceType"], "id": one["id"]}
        if other["resourceType"] == one["resourceType"]:
            held.append(other | same | {"meta": {name: older}})
        held.append(one | {"meta": {name: newer}})
    return read(bundle_of(entries(draw.sample(held, len(held)))))


def void_beside(given: Given) -> Record:
    """Resources that were entered in error beside."""
    beside = []
    for one in ways.made(given.draw.randrange(10**9))[1:]:
        code = ways.concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", "entered-in-error")
        by_word = one["resourceType"] not in ("Condition", "AllergyIntolerance", "Patient")
        void: Resource = {"status": "entered-in-error"} if by_word else {"verificationStatus": code}
        beside.append(one | {"id": f"void-{one['id']}"} | void)
    return read(bundle_of(entries([*given.order(), *beside])))


def gone(given: Given) -> Record:
    """Others beside that were deleted since, in a history."""
    beside = [one | {"id": f"gone-{one['id']}"} for one in ways.made(given.draw.randrange(10**9))[1:]]
    calls: list[Any] = [
        {"request": {"method": "DELETE", "url": f"{one['resourceType']}/{one['id']}"},
         "response": {"status": "204", "lastModified": "2026-11-20T12:00:00Z"}} for one in beside
    ]  # fmt: skip
    return read(bundle_of([*calls, *entries([*given.order(), *beside])], type="history"))


def dosed(node: Any, draw: random.Random) -> Any:
    """A copy with every regular dose over another stretch of time."""
    if isinstance(node, list):
        return [dosed(one, draw) for one in node]
    if not isinstance(node, dict):
        return node
    if "frequency" in node and node.get("periodUnit") == "d":
        often = node["frequency"]
        period = draw.choice(({"frequency": 7 * often, "period": 1, "periodUnit": "wk"},
                              {"frequency": often, "period": 24, "periodUnit": "h"},
                              {"frequency": 3 * often, "period": 3, "periodUnit": "d"}))  # fmt: skip
        return node | period
    return {name: dosed(value, draw) for name, value in node.items()}


TYPES = ("searchset", "transaction", "batch", "message", "document", "collection", "history", "transaction-response")
WRITINGS: dict[str, Callable[[Given], Record]] = {
    "another order": lambda g: g.read(entry=entries(g.order())),
    "some of it twice": lambda g: g.read(entry=entries(g.resources + g.order()[: len(g.resources) // 2])),
    "all of it three times": lambda g: g.read(entry=entries(g.resources * 3)),
    "another type of Bundle": lambda g: g.read(type=g.draw.choice(TYPES), total=len(g.resources)),
    "addresses of a server": lambda g: g.read(entry=entries(g.order(), located(BASE))),
    "addresses of another": lambda g: g.read(entry=entries(g.order(), located(ELSEWHERE))),
    "absolute references": lambda g: g.read(
        entry=entries(referring(g.order(), lambda text: f"{BASE}/{text}"), located(BASE))),
    "one server by two names": lambda g: g.read(
        entry=entries(referring(g.order(), lambda text: f"http://ONE.example:80/fhir/{text}"), located(BASE))),
    "absolute references alone": lambda g: g.read(entry=entries(referring(g.order(), lambda text: f"{BASE}/{text}"))),
    "references behind a proxy": lambda g: g.read(
        entry=entries(referring(g.order(), lambda text: f"{ELSEWHERE}/{text}"), located(BASE))),
    "references with a version": lambda g: g.read(
        entry=entries(referring(g.order(), lambda text: f"{text}/_history/{g.draw.randint(1, 9)}"))),
    "urns": lambda g: of_urn(g, 0),
    "urns in capital and small letters": lambda g: of_urn(g, 2),
    "urns and no ids": lambda g: of_urn(g, 2, without_ids=True),
    "a subject by identifier": lambda g: subject_by(g, {"identifier": g.resources[0]["identifier"][0]}),
    "a conditional reference": lambda g: subject_by(g, {"reference": "Patient?identifier=urn:made:number|A-77"}),
    "a contained subject": lambda g: subject_by(
        g, {"reference": "#s"}, contained=[ways.BORN | {"id": "s"}]),
    "a reference and its identifier": lambda g: subject_by(
        g, {"reference": "Patient/p", "type": "Patient", "identifier": g.resources[0]["identifier"][0]}),
    "medicines contained": lambda g: with_medicines(g, lambda m: ({"reference": f"#{m['id']}"}, [m], [])),
    "medicines beside": lambda g: with_medicines(g, lambda m: ({"reference": f"Medication/{m['id']}"}, [], [m])),
    "the same instants by other clocks": lambda g: g.read(
        entry=entries([ways.changed(one, lambda _, text: ways.other_clock(text, g.draw)) for one in g.resources])),
    "the same amounts in other units": lambda g: g.read(
        entry=entries([ways.other_unit(one, g.draw) for one in g.resources])),
    "the same doses over another stretch": lambda g: g.read(entry=entries([dosed(one, g.draw) for one in g.resources])),
    "older versions beside": older_beside,
    "void ones beside": void_beside,
    "deleted ones beside": gone,
    "JSON written otherwise": lambda g: read(ways.spaced(bundle_of(entries(g.resources)), g.draw)),
    "files": lambda g: in_folder(g, g.order()),
    "files, some of it twice": lambda g: in_folder(g, g.order() + g.order()[:3]),
    "files with absolute references": lambda g: in_folder(g, referring(g.order(), lambda text: f"{BASE}/{text}")),
    "files among others": lambda g: in_folder(g, [*g.order(), *ways.others(g.draw)], "p"),
    "files of everybody": of_everyone,
    "files of Bundles": with_bundles,
    "Bundles in a Bundle": nested,
    "Parameters": parameters,
    "a Bundle among others": lambda g: read(bundle_of(entries([*ways.others(g.draw), *g.order()])), "p"),
    "among what nobody reads": noisy,
    "codes after local ones": coded,
}  # fmt: skip
MORE_IS_SAID = ("older versions beside", "deleted ones beside")  # what is wrong with those is told too


@cache
def plain(seed: int) -> tuple[list[Resource], Any]:
    """A made record, and what is told of it."""
    resources = made(seed)
    return resources, told(read(bundle_of(entries(resources))))


def told(record: Record) -> Any:
    """What must not differ: every answer with its day, and what is said to be lost."""
    answers = {name: (entry.answer, entry.day, entry.origin) for name, entry in sorted(record.entries.items())}
    lost = {fault.wrong for fault in record.faults if fault.level == "lost" and ADDRESS not in fault.wrong}
    return answers, lost


@pytest.mark.parametrize("way", WRITINGS)
def test_written_otherwise_it_says_the_same(way: str, tmp_path: Path) -> None:
    wrong = []
    for number in range(RECORDS * (2 if "files" in way or way == "another order" else 1)):
        seed = FIRST + number
        resources, same = plain(seed)
        folder = tmp_path / str(number)
        folder.mkdir()
        found = told(WRITINGS[way](Given(resources, random.Random(seed), folder)))
        if found[0] != same[0] or (found[1] != same[1] if way not in MORE_IS_SAID else not found[1] >= same[1]):
            wrong.append((seed, [(n, same[0].get(n), found[0].get(n)) for n in sorted({*same[0], *found[0]})
                                 if same[0].get(n) != found[0].get(n)], found[1] ^ same[1]))  # fmt: skip
    assert wrong == []
