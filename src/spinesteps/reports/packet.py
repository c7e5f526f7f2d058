"""The payer packet as the data of its page: criteria, proof, what is missing, payers side by side."""

from __future__ import annotations

from typing import Any

from spinesteps.audits.packet import Checked, JudgedPolicy, Missing, Packet, check
from spinesteps.audits.policies import PROCEDURES, Payers
from spinesteps.audits.proof import Proof
from spinesteps.errors import ScopeError
from spinesteps.library.library import library_of
from spinesteps.logic.facts import Answer, Fact, Silence
from spinesteps.pathway.editions import TAGS
from spinesteps.pathway.sheet import Sheet
from spinesteps.person.known import who
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
    return _PacketPage(made, request.payers, request.sheet).data()


class _PacketPage:
    """A packet in the words of its language. numbers: under which number each record stands."""

    def __init__(self, packet: Packet, payers: Payers, sheet: Sheet) -> None:
        self.packet, self.payers, self.sheet = packet, payers, sheet
        self.pathway = packet.assessment.pathway
        self.texts = library_of(self.pathway).policy_words
        self.labels = {**self.pathway.wording.labels, **self.texts["measures"]}
        self.numbers = _numbers(packet)
        self.facts = {one.fact.name: one.fact for one in payers.measures} | dict(self.pathway.by_name)

    def data(self) -> Data:
        """Everything the packet shows, in its order."""
        packet, labels, procedure = self.packet, self.labels, self.texts["procedures"][self.packet.procedure]
        held = [self._held(one) for one in packet.policies]
        return {
            "language": self.pathway.language,
            "title": self.pathway.wording.faces["packet"]["title"].format(procedure=procedure),
            "procedure": packet.procedure,
            "procedure_words": procedure,
            "day": packet.day.isoformat(),
            "person": packet.person,
            "who": who(packet.assessment),
            "urgent": {True: "yes", False: "no", None: "not_known"}[packet.urgent],
            "urgent_flags": [
                {"id": flag.id, "title": self.pathway.wording.red_flags[flag.id]["title"],
                 "since": _since(packet, self.sheet, flag.id)}
                for flag in packet.assessment.raised()
            ],
            "urgent_open": [labels[fact.name] for fact in packet.urgent_reason.needs()][:MOST_NEEDS],
            "urgent_more": max(len(packet.urgent_reason.needs()) - MOST_NEEDS, 0),
            "complete_since": _iso(packet.complete.since) if packet.complete.since <= packet.day else "",
            "complete_kinds": sorted(packet.complete.kinds),
            "policies": held,
            "beside": self._beside() if len(held) > 1 else [],
            "beside_payers": [one.edition for one in packet.policies if one.checked],
            "care": [
                {"label": labels[name], "answer": _care(packet, one.answer, one.why)}
                for name, one in packet.care.items()
            ],
            "care_proof": [self.numbers[one] for one in packet.care_proof],
            "records": [_proof(one, number) for one, number in self.numbers.items()],
            "care_days": _days(packet.care_proof),
            "versions": versions(self.pathway, packet.assessment.day),
        }  # fmt: skip

    def _held(self, held: JudgedPolicy) -> Data:
        edition = held.edition
        return {
            "id": edition.id, "payer": edition.payer, "title": edition.title, "version": edition.version,
            "valid_from": _iso(edition.valid_from), "valid_until": _iso(edition.valid_until), "link": edition.link,
            "read_on": edition.read_on.isoformat(), "tag": self.texts["tags"][edition.tag], "note": edition.note,
            "stands": self.texts["stands"][held.stands], "in_force": held.stands == "yes",
            "met": held.count("met", "waiver_applies"), "not_met": held.count("not_met"),
            "waived": held.count("waived_urgent"), "open": held.count("not_enough_data", "waiver_not_known"),
            "criteria": [self._criterion(one) for one in held.checked],
        }  # fmt: skip

    def _criterion(self, one: Checked) -> Data:
        return {
            **self._asked(one),
            "topic": one.criterion.topic,
            "result": one.result,
            "tag": self.texts["tags"][one.tag],
            "sure": one.tag == TAGS[0],
            "seen": [
                {"label": self.labels[name], "answer": _answer(self.packet, answer, self.facts[name], silent)}
                for name, answer, silent in one.seen
            ],
            "proof": [self.numbers[proof] for proof in one.proof],
            "missing": [self._missing(missing) for missing in one.missing],
        }

    def _asked(self, one: Checked) -> Data:
        asks, result = self.texts["criteria"][one.criterion.id], self.texts["results"][one.result]
        return {"id": one.criterion.id, "asks": asks, "result_words": result}

    def _missing(self, one: Missing) -> Data:
        perhaps = [self.numbers[proof] for proof in one.perhaps]
        return {"label": self.labels[one.fact], "why": self.texts["why"][one.why], "perhaps": perhaps}

    def _beside(self) -> list[Data]:
        """Topics with what each payer asks, for laying side by side."""
        held = [one.checked for one in self.packet.policies if one.checked]
        topics = dict.fromkeys(one.criterion.topic for checked in held for one in checked)
        return [
            {
                "topic": topic,
                "cells": [[self._asked(one) for one in checked if one.criterion.topic == topic] for checked in held],
            }
            for topic in topics
        ]


def _since(packet: Packet, sheet: Sheet, id_: str) -> str:
    dates = (since(packet.assessment, fact) for starts, fact in sheet.onsets if id_.startswith(starts))
    return next(dates, "")


def _numbers(packet: Packet) -> dict[Proof, int]:
    """Every record that is named anywhere, in order of day, under a number of its own."""
    checked = [one for held in packet.policies for one in held.checked]
    proofs = {proof for one in checked for proof in one.proof} | set(packet.care_proof)
    proofs |= {proof for one in checked for missing in one.missing for proof in missing.perhaps}
    ordered = sorted(proofs, key=lambda proof: (proof.day, proof.kind, proof.id, proof.gloss, proof.code))
    return {proof: number for number, proof in enumerate(ordered, 1)}


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


def _days(proofs: tuple[Proof, ...]) -> list[str]:
    days = sorted(one.day[:10] for one in proofs if one.day[:4].isdigit())
    return [days[0], days[-1]] if days else []


def _iso(day: Any) -> str:
    return "" if day is None else str(day.isoformat())
