"""The texts of a pathway and of what stands beside it, each with the thresholds that its owner turns at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from spinesteps.library.library import library_of
from spinesteps.logic.conditions import Compare, Condition, Named, Points, children, walk
from spinesteps.logic.thresholds import Bound, Limit, Threshold
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.wording import Table
from spinesteps.quality.lint.use import conditions


class Written(NamedTuple):
    """A text with the names of the thresholds that its owner turns at. place: `kind.name.part`."""

    place: str
    text: str
    limits: frozenset[str]


def written(pathway: Pathway) -> Iterator[Written]:
    """Every text of a language with the thresholds of its rule: those that the page of the rule shows beside it."""
    own = own_limits(pathway)
    words = pathway.wording
    for kind, rows in (("red_flags", words.red_flags), ("advice", words.advice)):
        for id_, row in rows.items():
            yield from _parts(f"{kind}.{id_}", row, own.get(id_, frozenset()))
    asked = _asked(pathway)
    for name, row in words.facts.items():
        yield from _parts(f"facts.{name}", row, asked.get(name, frozenset()))
    for name, part in _named(pathway).items():
        yield Written(f"terms.{name}.name", name, frozenset(_names(part)))
    others: dict[str, Mapping[str, Table]] = {"urgency": words.urgency, **words.conditions}
    for kind, rows in others.items():
        for name, row in rows.items():
            yield from _parts(f"{kind}.{name}", row, frozenset())


def written_beside(pathway: Pathway) -> Iterator[Written]:
    """Every text of the library, of conflicts and of settled readings that tells what is ours, with its thresholds.

    They are those of the advice it goes with; of a statement those that stand on one of its sources; of a reading all.
    What a source says (the sides of a conflict, the claims, the other readings) does not move with a threshold.
    """
    own = own_limits(pathway)
    library = library_of(pathway)

    def of(rules: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(own.get(id_, frozenset()) for id_ in rules))

    for statement in library.statements.values():
        limits = frozenset(
            limit.name for limit in pathway.limits if {one.source for one in limit.values} & set(statement.sources)
        )
        for part in ("patient", "clinician"):
            yield Written(f"statements.{statement.id}.{part}", getattr(statement, part), limits)
    for answer in library.answers.values():
        for place, text in answer.patient_texts():
            yield Written(f"answers.{answer.id}.{place}", text, of(answer.advice))
    for id_, aid in library.aids.items():
        limits = of(rule for option in aid.options for rule in option.advice)
        yield from (Written(f"choices.{id_}.{place}", text, limits) for place, text in aid.patient_texts())
    programme = library.programme
    for item in programme.items.values():
        yield from _parts(f"programme.{item.id}", item.words, of(programme.advised_by(item)))
    for phase in library.timetable.phases:
        limits = of(phase.advice) | {name for name in (phase.start, phase.end) if name}
        for part in ("name", "default"):
            yield Written(f"timetable.{phase.id}.{part}", getattr(phase, part), limits)
    for id_, conflict in pathway.conflicts.items():
        limits = of(rule.id for rule in pathway.rules if id_ in rule.conflicts)
        for part in ("question", "default", "certainty"):
            yield Written(f"conflicts.{id_}.{part}", getattr(conflict, part), limits)
    for id_, reading in pathway.interpretations.items():
        for part in ("about", "reading"):
            yield Written(f"interpretations.{id_}.{part}", getattr(reading, part), frozenset(pathway.limits.by_name))


def _parts(place: str, row: Mapping[str, object], limits: frozenset[str]) -> Iterator[Written]:
    yield from (Written(f"{place}.{part}", text, limits) for part, text in row.items() if isinstance(text, str))


def own_limits(pathway: Pathway) -> dict[str, frozenset[str]]:
    """The thresholds of each flag's and rule's own trees; what is told on another page is left out."""
    limits_of: dict[str, set[str]] = {}
    for flag in pathway.red_flags:
        limits_of[flag.id] = {name for case in flag.levels.cases for name in _names(case.when)}
    for rule in pathway.rules:
        trees = [rule.criteria, *(() if rule.considered is None else (rule.considered.condition(),))]
        limits_of[rule.id] = {name for tree in trees for name in _names(tree)}
        if rule.review_weeks:
            limits_of[rule.id].add(rule.review_weeks)
    return {id_: frozenset(names) for id_, names in limits_of.items()}


def _names(node: Condition) -> Iterator[str]:
    if isinstance(node, Named) and node.folded:
        return
    if isinstance(node, Compare | Points):
        yield from _name(node.limit if isinstance(node, Compare) else node.cutoff)
    for part in children(node):
        yield from _names(part)


def _name(limit: Limit) -> Iterator[str]:
    if isinstance(limit, Threshold | Bound) and limit.name:
        yield limit.name


def _named(pathway: Pathway) -> dict[str, Condition]:
    """Every condition that has a name, by its name."""
    nodes = (node for _, condition in conditions(pathway) for node in walk(condition))
    return {node.name: node.part for node in nodes if isinstance(node, Named)}


def _asked(pathway: Pathway) -> dict[str, frozenset[str]]:
    """The thresholds that each fact is compared with."""
    limits_of: dict[str, set[str]] = {}
    for _, condition in conditions(pathway):
        for node in walk(condition):
            if isinstance(node, Compare):
                limits_of.setdefault(node.fact.name, set()).update(_name(node.limit))
    return {name: frozenset(names) for name, names in limits_of.items()}
