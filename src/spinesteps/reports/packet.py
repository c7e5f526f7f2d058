"""The payer packet as the data of its page: criteria, proof, what is missing, payers side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spinesteps.audits.packet import Checked, JudgedPolicy, Missing, Packet, check
from spinesteps.audits.policies import PROCEDURES, TAGS, Payers
from spinesteps.audits.proof import Proof
from spinesteps.errors import ScopeError
from spinesteps.logic.facts import Answer, Fact, Silence
from spinesteps.pathway.sheet import Sheet
from spinesteps.person.output import versions
from spinesteps.reports.paper import Data, PaperRequest, history_of
from spinesteps.reports.words import plain, since

MOST_NEEDS = 8


def page(request: PaperRequest) -> Data:
    """The packet for the procedure that was asked for. Raises ScopeError when there is none of its name."""
    given, assessment = request.given, request.assessment
    if given["procedure"] not in PROCEDURES:
        raise ScopeError(f"--procedure is one of {', '.join(PROCEDURES)}.")
    wanted = (given["policy"],) if given["policy"] else assessment.in_force.policies or ("all",)
    history = history_of(request.record, assessment.day, given["complete_since"], given["complete_kinds"])
    made = check(request.payers, given["procedure"], wanted, request.record, assessment, history)
    return packet_page(made, request.payers, request.sheet)


def packet_page(packet: Packet, payers: Payers, sheet: Sheet) -> Data:
    """Everything the packet shows, in its order."""
    say = packet.assessment.pathway.wording.faces["packet"]
    labels = {**packet.assessment.pathway.wording.labels, **payers.texts["measures"]}
    numbers = _numbers(packet)
    held = [_held(one, payers, labels, numbers, packet) for one in packet.policies]
    flags = packet.assessment.raised()
    return {
        "language": packet.assessment.pathway.language,
        "title": say["title"].format(procedure=payers.texts["procedures"][packet.procedure]),
        "procedure": packet.procedure,
        "procedure_words": payers.texts["procedures"][packet.procedure],
        "day": packet.day.isoformat(),
        "person": packet.person,
        "urgent": {True: "yes", False: "no", None: "not_known"}[packet.urgent],
        "urgent_flags": [
            {"id": flag.id, "title": packet.assessment.pathway.wording.red_flags[flag.id]["title"],
             "since": _since(packet, sheet, flag.id)}
            for flag in flags
        ],
        "urgent_open": [labels[fact.name] for fact in packet.urgent_reason.needs()][:MOST_NEEDS],
        "urgent_more": max(len(packet.urgent_reason.needs()) - MOST_NEEDS, 0),
        "complete_since": _iso(packet.complete.since) if packet.complete.since <= packet.day else "",
        "complete_kinds": sorted(packet.complete.kinds),
        "policies": held,
        "beside": _beside(packet, payers) if len(held) > 1 else [],
        "beside_payers": [one.edition for one in packet.policies if one.checked],
        "care": [
            {"label": labels[name], "answer": _care(packet, one.answer, one.why)} for name, one in packet.care.items()
        ],
        "care_proof": [numbers[one] for one in packet.care_proof],
        "records": [_proof(one, number) for one, number in numbers.items()],
        "care_days": _days(packet.care_proof),
        "versions": versions(packet.assessment.pathway, packet.assessment.day),
    }  # fmt: skip


def _since(packet: Packet, sheet: Sheet, id_: str) -> str:
    dates = (since(packet.assessment, fact) for starts, fact in sheet.onsets if id_.startswith(starts))
    return next(dates, "")


def _numbers(packet: Packet) -> dict[Proof, int]:
    """Every record that is named anywhere, in order of day, under a number of its own."""
    checked = [one for held in packet.policies for one in held.checked]
    found = {proof for one in checked for proof in one.proof} | set(packet.care_proof)
    found |= {proof for one in checked for missing in one.missing for proof in missing.perhaps}
    ordered = sorted(found, key=lambda proof: (proof.day, proof.kind, proof.id, proof.gloss, proof.code))
    return {proof: number for number, proof in enumerate(ordered, 1)}


def _held(
    held: JudgedPolicy, payers: Payers, labels: Mapping[str, str], numbers: Mapping[Proof, int], packet: Packet
) -> Data:
    edition = held.edition
    return {
        "id": edition.id, "payer": edition.payer, "title": edition.title, "version": edition.version,
        "valid_from": _iso(edition.valid_from), "valid_until": _iso(edition.valid_until), "link": edition.link,
        "read_on": edition.read_on.isoformat(), "tag": payers.texts["tags"][edition.tag], "note": edition.note,
        "stands": payers.texts["stands"][held.stands], "in_force": held.stands == "yes",
        "met": held.count("met", "waiver_applies"), "not_met": held.count("not_met"),
        "waived": held.count("waived_urgent"), "open": held.count("not_enough_data", "waiver_not_known"),
        "criteria": [_criterion(one, payers, labels, numbers, packet) for one in held.checked],
    }  # fmt: skip


def _criterion(
    one: Checked, payers: Payers, labels: Mapping[str, str], numbers: Mapping[Proof, int], packet: Packet
) -> Data:
    facts = {measure.fact.name: measure.fact for measure in payers.measures} | dict(packet.assessment.pathway.by_name)
    return {
        "id": one.criterion.id,
        "asks": payers.texts["criteria"][one.criterion.id],
        "topic": one.criterion.topic,
        "result": one.result,
        "result_words": payers.texts["results"][one.result],
        "tag": payers.texts["tags"][one.tag],
        "sure": one.tag == TAGS[0],
        "seen": [
            {"label": labels[name], "answer": _answer(packet, answer, facts[name], silent)}
            for name, answer, silent in one.seen
        ],
        "proof": [numbers[proof] for proof in one.proof],
        "missing": [_missing(missing, payers, labels, numbers) for missing in one.missing],
    }


def _missing(one: Missing, payers: Payers, labels: Mapping[str, str], numbers: Mapping[Proof, int]) -> Data:
    return {
        "label": labels[one.fact],
        "why": payers.texts["why"][one.why],
        "perhaps": [numbers[proof] for proof in one.perhaps],
    }


def _beside(packet: Packet, payers: Payers) -> list[Data]:
    """Topics with what each payer asks, for laying side by side."""
    topics = dict.fromkeys(one.criterion.topic for held in packet.policies for one in held.checked)
    return [
        {
            "topic": topic,
            "cells": [
                [
                    {"id": one.criterion.id, "asks": payers.texts["criteria"][one.criterion.id],
                     "result_words": payers.texts["results"][one.result]}
                    for one in held.checked if one.criterion.topic == topic
                ]
                for held in packet.policies
                if held.checked
            ],
        }
        for topic in topics
    ]  # fmt: skip


def _answer(packet: Packet, answer: Answer, fact: Fact, silent: bool) -> str:
    """An answer in words; silent: it is no because nothing was found."""
    wording = packet.assessment.pathway.wording
    shown = plain(wording, answer, fact)
    return wording.faces["packet"]["nothing_found"].format(answer=shown) if silent else shown


def _care(packet: Packet, answer: Answer, why: str) -> str:
    wording = packet.assessment.pathway.wording
    if isinstance(answer, Silence):
        return wording.faces["packet"]["perhaps" if why == "perhaps" else "not_found"]
    return plain(wording, answer)


def _proof(one: Proof, number: int) -> Data:
    return {"number": number, "kind": one.kind, "id": one.id, "day": one.day, "gloss": one.gloss, "code": one.code}


def _days(found: tuple[Proof, ...]) -> list[str]:
    days = sorted(one.day[:10] for one in found if one.day[:4].isdigit())
    return [days[0], days[-1]] if days else []


def _iso(day: Any) -> str:
    return "" if day is None else str(day.isoformat())
