"""What changes the meaning of a resource and is not understood here: its values are unclear, never an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spinesteps.fhir.decode import has_repeated
from spinesteps.logic.facts import Silence
from spinesteps.logic.history.event import Event

MODIFIER = "modifierExtension"
REPEATED = "key_twice"
# Elements that say nothing of what a resource means: a key that stands twice there changes nothing else.
ASIDE = frozenset(("id", "identifier", "language", "meta", "text", "note", "performer", "encounter"))
RULES = "implicitRules"
FOCUS = "focus"
FOCUS_CODE = "http://hl7.org/fhir/StructureDefinition/observation-focusCode"
# Tags and labels that say that parts of the resource were left out or covered.
CUT = frozenset(("SUBSETTED", "REDACTED", "MASKED"))
WORDS = {
    MODIFIER: "A modifier extension changes the meaning; what it says is unclear.",
    RULES: "It follows rules of its own (implicitRules); what it says is unclear.",
    "SUBSETTED": "Parts of it were left out or covered at the source; what it says is unclear.",
    FOCUS: "It is about somebody or something else than its subject (focus), such as a donor or a child; what it says "
           "is unclear.",
    "CUT": "Parts of it were left out or covered at the source: the record is incomplete.",
    "subject": "Its subject names one patient and its identifier another; what it says is unclear.",
}


def doubt(resource: Mapping[str, Any], data: bytes, twice: bool) -> str:
    """What makes a resource doubtful, a key of WORDS or REPEATED; "" when nothing does.

    data: its JSON. twice: a key may stand twice in it.
    """
    if resource.get(RULES):
        return RULES
    if is_cut(resource):
        return "SUBSETTED"
    if _has_focus(resource):
        return FOCUS
    may_hold = b"modifierExtension" in data or b"\\u" in data  # sooner than looking through the value
    if may_hold and has_modifier(resource):
        return MODIFIER
    return REPEATED if twice and has_repeated({name: resource[name] for name in resource.keys() - ASIDE}) else ""


def is_cut(resource: Mapping[str, Any]) -> bool:
    """Whether a resource or Bundle says that parts of it were left out or covered."""
    meta = resource.get("meta")
    labels = [meta.get(name) for name in ("tag", "security")] if isinstance(meta, dict) else []
    return any(code in CUT for held in labels if held for code in _codes(held))


def _has_focus(resource: Mapping[str, Any]) -> bool:
    """Whether an observation is about another than its subject."""
    if resource.get("resourceType") != "Observation":
        return False
    more, held = (value if isinstance(value, list) else [value] if value else []
                  for value in (resource.get("extension"), resource.get(FOCUS)))  # fmt: skip
    coded = any(isinstance(one, dict) and one.get("url") == FOCUS_CODE for one in more)
    return coded or any(one != resource.get("subject") for one in held)


def _codes(labels: object) -> list[str]:
    codes = [label.get("code") for label in labels if isinstance(label, dict)] if isinstance(labels, list) else []
    return [code for code in codes if isinstance(code, str)]


def has_modifier(resource: Mapping[str, Any]) -> bool:
    """Whether a modifierExtension stands anywhere in the resource."""
    left: list[Any] = [resource]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            if node.get(MODIFIER):
                return True
            left.extend(node.values())
        elif isinstance(node, list):
            left.extend(node)
    return False


def unclear(events: Iterable[Event]) -> list[Event]:
    """The events of a doubtful resource: answers and values unreadable, everything else only a hint."""
    return [
        event._replace(value=None, absent=Silence.UNREADABLE.value)
        if event.kind in ("answer", "observation")
        else event._replace(concepts=frozenset(), suggests=event.concepts | event.suggests, value=None)
        for event in events
    ]
