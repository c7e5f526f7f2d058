"""Statuses and reasons for a missing value, as FHIR R4 writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from spinesteps.logic.facts import Silence

Row = dict[str, Any]
Meaning = Callable[[str, str, str], tuple[str, bool] | None]
WORDS = "words"  # the code system of words in answers.csv
UNKNOWN = "unknown"

# Never used, and counted as left out.
NEVER = frozenset(
    ("entered-in-error", "refuted", "not-done", "cancelled", "draft", "registered", "not-taken", "intended",
     "preparation", "proposal", "plan", "planned", "option", "declined", "not-taking")
)  # fmt: skip
# Worth a question, never an answer: nobody has confirmed it, or it was broken off.
UNCONFIRMED = frozenset(("unconfirmed", "provisional", "differential", UNKNOWN))
ENDED = ("ended_start", "ended_age", "ended_range", "ended_words", "ended_flag")
CERTAINTIES = ("certainty", "certainty_code", "certainty_r3")  # A excluded, V suspected, Z state after, G sure
UNFINISHED = frozenset(("unknown", "stopped", "on-hold"))

# Why a value is missing (the data-absent-reason codes, and our own two words).
ABSENT = {
    "asked-declined": Silence.DECLINED,
    "declined": Silence.DECLINED,
    "unknown": Silence.NOT_SURE,
    "asked-unknown": Silence.NOT_SURE,
    "temp-unknown": Silence.NOT_SURE,
    "not_sure": Silence.NOT_SURE,
    "not-asked": Silence.NOT_ASKED,
    "not_asked": Silence.NOT_ASKED,
    "not-performed": Silence.NOT_ASKED,
}


def absent(reason: object) -> str:
    """The name of the silence for a reason: an unknown or technical one is unreadable."""
    return ABSENT.get(str(reason), Silence.UNREADABLE).value


def with_statuses(rows: list[Row], meaning: Meaning) -> list[Row]:
    """The rows of a condition or an allergy with its statuses in plain words, however they were written."""
    first = rows[0]
    if first["kind"] not in ("condition", "allergy"):
        return rows
    status = _said(first, "status", "clinical_status", meaning)
    verification = _said(first, "verification", "verification_status", meaning)
    certainties = {row[name] for row in rows for name in CERTAINTIES if isinstance(row.get(name), str)}
    if certainties & {"V", "A"}:
        sure = verification == "confirmed" or certainties > {"A"}
        verification = "refuted" if "A" in certainties and not sure else "unconfirmed"
    if "Z" in certainties or _over(first, meaning):
        status = "resolved"
    return [{**first, "status": status, "verification": verification}, *rows[1:]]


def _said(row: Mapping[str, Any], name: str, concept: str, meaning: Meaning) -> str:
    """The word for a status: from HL7's own code, another system's code, then the words beside it. "" when none is
    there, "unknown" when none is understood."""
    system = row.get(f"{name}_system")
    found = [row.get(f"{name}_{part}") for part in ("hl7", "display", "text", "plain")]
    ways = [(WORDS, found[0]), (system if isinstance(system, str) else "", row.get(name)), (WORDS, row.get(name)),
            *((WORDS, text) for text in found[1:])]  # fmt: skip
    texts = [(where, text.strip().lower()) for where, text in ways if isinstance(text, str) and text.strip()]
    for where, text in texts:
        means = meaning(concept, where, text)
        if means is not None:
            doubt = not means[1] and means[0] in ("confirmed", "refuted")  # by a code that nobody verified
            return "unconfirmed" if doubt else means[0]
    nothing = not texts and row.get(name) is None and not isinstance(row.get(f"{name}_plain"), dict)
    return "" if nothing else UNKNOWN


def _over(row: Mapping[str, Any], meaning: Meaning) -> bool:
    """Whether it is said to be over without a day: at an age, in a range, in words, or only that it is."""
    if row.get("end") is not None or row.get("end_period") is not None:
        return False
    for name in ENDED:
        value = row.get(name)
        if isinstance(value, str) and name == "ended_words":
            means = meaning("clinical_status", WORDS, value.strip().lower())
            if means is None or means[0] not in ("active", "recurrence", "relapse"):
                return True
        elif value not in (None, False):
            return True
    return False
