"""The same pathway with other red flags: every tree that was made of them is made of the new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    Condition,
    FirstOf,
    Known,
    Named,
    Not,
    Points,
    children,
)
from spinesteps.logic.facts import Combines, Fact, YesNo
from spinesteps.logic.implied import Implies
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import FLAG_LEVELS, Ask, RedFlag, Rule, reached

Change = Callable[[Condition], Condition | None]
EVEN_OFF = "switched off or not"  # conditions so named look at every flag, those that are off too


def switched_off(pathway: Pathway, flag: RedFlag) -> Pathway:
    """The pathway with one red flag off, as if it had been declared so."""
    return with_flags(pathway, tuple(replace(f, on=False) if f is flag else f for f in pathway.red_flags))


def with_switches(pathway: Pathway) -> tuple[Pathway, dict[str, YesNo]]:
    """The pathway with a switch for each red flag that is on, and the switches by flag: without, it only blocks."""
    switches: dict[str, YesNo] = {}
    flags = [replace(flag, on=False) for flag in pathway.red_flags]
    for place, flag in enumerate(pathway.red_flags):
        if flag.on:
            switch = switches[flag.id] = YesNo(f"switch_{place}")
            levels: dict[str, Any] = {case.name: AllOf.of(case.when, switch) for case in flag.levels.cases}
            flags.append(replace(flag, **levels))
    return with_flags(pathway, tuple(flags)), switches


def with_flags(pathway: Pathway, flags: tuple[RedFlag, ...]) -> Pathway:
    """The pathway with other red flags. Raises DeclarationError when its danger is not made of its flags."""
    pairs = [(children(reached(pathway.red_flags, level)), reached(flags, level)) for level in FLAG_LEVELS]

    def change(node: Condition) -> Condition | None:
        if isinstance(node, Named) and EVEN_OFF in node.name:
            return node
        if not isinstance(node, AnyOf):
            return None
        return next((new for parts, new in pairs if parts and parts == node.parts), None)

    changed = edited(pathway, change)
    if changed.danger is pathway.danger and pathway.red_flags:
        raise DeclarationError("The pathway's danger is not made of its red flags.")
    return replace(changed, red_flags=flags)


def edited(pathway: Pathway, change: Change) -> Pathway:
    """The pathway, every condition changed: `change` gives a new condition, or None to look inside.

    Red flags stay as they are; conditions shared between trees stay shared.
    """
    done: dict[int, tuple[Condition, Condition]] = {}

    def new(part: Combines) -> Condition:
        node = part.condition()
        if id(node) not in done:
            changed = change(node)
            done[id(node)] = (node, _inside(node, new) if changed is None else changed)
        return done[id(node)][1]

    return replace(
        pathway,
        implied=tuple(replace(r, when=new(r.when)) if isinstance(r, Implies) else r for r in pathway.implied),
        rules=tuple(_rule(rule, new) for rule in pathway.rules),
        plan=pathway.plan.edited(lambda _, part: new(part)),
        other_causes=tuple(replace(cause, when=new(cause.when)) for cause in pathway.other_causes),
        condition=_outcome(pathway.condition, new),
        step=_outcome(pathway.step, new),
        danger=new(pathway.danger),
        routine=new(pathway.routine),
        deficits=tuple(new(node) for node in pathway.deficits),
        emergency_questions=_asks(pathway.emergency_questions, new),
        follow_ups=_asks(pathway.follow_ups, new),
    )


New = Callable[[Combines], Condition]


def _inside(node: Condition, new: New) -> Condition:
    """The condition with new parts; the same one when none of them changed."""
    if isinstance(node, Points):
        items = tuple(replace(item, part=new(item.part)) for item in node.items)
        same = all(a.part is b.part for a, b in zip(items, node.items, strict=True))
        return node if same else replace(node, items=items)
    if isinstance(node, AllOf | AnyOf | AtLeast):
        parts = tuple(new(part) for part in node.parts)
        return node if _same(parts, node.parts) else replace(node, parts=parts)
    if isinstance(node, Not | Named) or (isinstance(node, Known) and not isinstance(node.part, Fact)):
        inner: Any = node.part
        part = new(inner)
        return node if part is inner else replace(node, part=part)
    return node


def _same(some: Iterable[Condition], others: Iterable[Condition]) -> bool:
    return all(a is b for a, b in zip(some, others, strict=True))


def _rule(rule: Rule, new: New) -> Rule:
    return replace(
        rule,
        when=new(rule.when),
        who=new(rule.who),
        unless=tuple(new(part) for part in rule.unless),
        considered=None if rule.considered is None else new(rule.considered),
    )


def _outcome(outcome: FirstOf, new: New) -> FirstOf:
    return replace(outcome, cases=tuple(Case(case.name, new(case.when)) for case in outcome.cases))


def _asks(asks: tuple[Ask, ...], new: New) -> tuple[Ask, ...]:
    return tuple(replace(a, after=None if a.after is None else new(a.after)) for a in asks)
