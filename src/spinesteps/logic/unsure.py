"""Conditions that count an unsure answer as a yes.

"Not sure" on a danger question is never "no". These two build, from a condition, the one that also holds
when answers are unclear (not sure, declined, unreadable, in conflict). Facts not asked stay not known.
"""

from __future__ import annotations

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import AllOf, AnyOf, AtLeast, Compare, Condition, Is, Known, Named, Not, Unclear
from spinesteps.logic.facts import Combines


def or_unsure(part: Combines) -> Condition:
    """The condition, every unclear answer in it counted in its favour. Raises DeclarationError below Points."""
    return _favour(part.condition())


def _favour(node: Condition) -> Condition:
    if isinstance(node, Named):
        return _favour(node.part)
    if isinstance(node, Compare | Is):
        return AnyOf.of(node, Unclear(node.fact))
    if isinstance(node, AllOf):
        return AllOf.of(*(_favour(p) for p in node.parts))
    if isinstance(node, AnyOf):
        return AnyOf.of(*(_favour(p) for p in node.parts))
    if isinstance(node, AtLeast):
        return AtLeast(node.n, tuple(_favour(p) for p in node.parts))
    if isinstance(node, Not):
        return _favour_not(node.part)
    if isinstance(node, Known | Unclear):
        return node
    raise DeclarationError(f"{type(node).__name__} cannot count unsure answers; name its parts.")


def _favour_not(inner: Condition) -> Condition:
    if isinstance(inner, Named):
        return _favour_not(inner.part)
    if isinstance(inner, Compare | Is):
        return AnyOf.of(Not(inner), Unclear(inner.fact))
    if isinstance(inner, AllOf):
        return AnyOf.of(*(_favour_not(p) for p in inner.parts))
    if isinstance(inner, AnyOf):
        return AllOf.of(*(_favour_not(p) for p in inner.parts))
    if isinstance(inner, Not):
        return _favour(inner.part)
    if isinstance(inner, Known | Unclear):
        return Not(inner)
    raise DeclarationError(f"{type(inner).__name__} cannot count unsure answers; name its parts.")


def one_sure(*halves: Combines) -> Condition:
    """At least one half is yes, and every other half is yes or unsure."""
    firm = [half.condition() for half in halves]
    return AnyOf.of(
        *(AllOf.of(sure, *(or_unsure(other) for other in firm if other is not sure)) for sure in firm)
    )
