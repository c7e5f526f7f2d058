"""Statuses and reasons for a missing value, as FHIR R4 writes them."""

from __future__ import annotations

from spinesteps.logic.facts import Silence

# Never used, and counted as left out.
NEVER = frozenset(
    ("entered-in-error", "refuted", "not-done", "cancelled", "draft", "registered", "not-taken", "intended",
     "preparation", "proposal", "plan", "planned", "option", "declined", "not-taking")
)  # fmt: skip
# Worth a question, never an answer: nobody has confirmed it, or it was broken off.
UNCONFIRMED = frozenset(("unconfirmed", "provisional", "differential"))
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
    "not-performed": Silence.NOT_ASKED,
}


def absent(reason: object) -> str:
    """The name of the silence for a reason: an unknown or technical one is unreadable."""
    return ABSENT.get(str(reason), Silence.UNREADABLE).value
