"""What lint looks for in use: facts, thresholds and codes that nothing uses or gives, rules that no example shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from spinesteps.errors import Fault
from spinesteps.library.code_tables import CodeTable
from spinesteps.logic.conditions import Compare, Condition, Points, facts_in, walk
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Number
from spinesteps.logic.history.sources import FromRecord
from spinesteps.logic.implied import Least
from spinesteps.logic.thresholds import Bound, Limit, Threshold
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import EVERYONE, FLAG_LEVELS
from spinesteps.quality.example_matrix import ExampleMatrix
from spinesteps.quality.examples import Example
from spinesteps.quality.lint.suppressions import Reviewed, fault
from spinesteps.quality.mutation import Owner

PERSON = ("birth_date", "gender")  # concepts of the person that come without a code


def conditions(pathway: Pathway) -> Iterator[tuple[str, Condition]]:
    """Every tree of a pathway, flags that are off too, with the name of its owner."""
    for flag in pathway.red_flags:
        for case in flag.levels.cases:
            yield flag.id, case.when
    for rule in pathway.rules:
        yield rule.id, rule.criteria
        if rule.considered is not None:
            yield rule.id, rule.considered.condition()
    for score in pathway.scores:
        yield f"score {score.id}", score.points
    for cause in pathway.other_causes:
        yield f"cause {cause.id}", cause.when
    for likelihood in pathway.likelihoods:
        yield f"likelihood {likelihood.finding}", likelihood.when
    for case in (*pathway.condition.cases, *pathway.step.cases):
        yield case.name, case.when
    for name, condition in pathway.plan.whens().items():
        yield f"plan: {name}", condition
    yield "danger", pathway.danger
    yield "routine", pathway.routine
    for relation in pathway.implied:
        if not isinstance(relation, Least):
            yield f"implied {relation.fact.name}", relation.when
    for ask in (*pathway.emergency_questions, *pathway.follow_ups):
        if ask.after is not None:
            yield f"question {ask.fact.name}", ask.after


def limits(pathway: Pathway) -> Iterator[tuple[str, Limit]]:
    """Every number that a tree turns at, with the name of its owner."""
    for owner, condition in conditions(pathway):
        for node in walk(condition):
            if isinstance(node, Compare):
                yield owner, node.limit
            elif isinstance(node, Points):
                yield owner, node.cutoff


# --- facts and thresholds --------------------------------------------------------------------------------------------


def unused_facts(pathway: Pathway) -> tuple[str, ...]:
    """Facts that no tree looks at and that imply nothing that is looked at."""
    looked = {fact.name for _, condition in conditions(pathway) for fact in facts_in(condition)}
    for relation in pathway.implied:
        looked.add(relation.fact.name)
        if isinstance(relation, Least):
            looked |= {fact.name for fact in relation.others}
    return tuple(fact.name for fact in pathway.facts if fact.name not in looked)


def unused(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    """Facts and thresholds without a use, and lines of the reviewed lists that no longer say the truth."""
    idle = unused_facts(pathway)
    awaiting, without = reviewed["fact_awaiting_its_rule"], reviewed["fact_without_a_rule"]
    for name in idle:
        if name not in awaiting and name not in without:
            todo = "Write the rule, remove the fact, or list it in lint.toml with the reason."
            yield fault(name, "No rule looks at this fact.", todo)
    for name in without:
        if name in pathway.by_name and name not in idle:
            yield fault(name, "lint.toml says that no rule looks at it, and one does.", "Take it out of the list.")
    for name in (*awaiting, *without, *reviewed["choice_without_words"]):
        if name not in pathway.by_name:
            yield fault(name, "lint.toml names it, and there is no such fact.", "Take it out of the list.")
    used = {limit.name for _, limit in limits(pathway) if isinstance(limit, Threshold | Bound)}
    used |= {rule.review_weeks for rule in pathway.rules if rule.review_weeks}
    for threshold in pathway.limits:
        if threshold.name not in used:
            yield fault(threshold.name, "No rule uses this threshold.", "Remove it from thresholds.toml.")


def numbers_in_names(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    """Names that hold a number: they will lie when it changes."""
    names = [
        *(threshold.name for threshold in pathway.limits),
        *pathway.by_name,
        *(rule.id for rule in pathway.rules),
    ]
    for name in names:
        if re.search(r"\d", name) and name not in reviewed["name_with_a_number"]:
            yield fault(name, "The name carries a number and will lie when it changes.", "Rename it.")
    for name in reviewed["name_with_a_number"]:
        if name not in names:
            yield fault(name, "lint.toml names it, and there is no such name.", "Take it out of the list.")


# --- ranges and codes ------------------------------------------------------------------------------------------------


def ranges(pathway: Pathway) -> Iterator[Fault]:
    """Comparisons outside the range of their fact, numbers without a range, and facts that are not listed."""
    for owner, condition in conditions(pathway):
        for node in walk(condition):
            if isinstance(node, Compare) and isinstance(node.fact, Number):
                low, high = node.fact.low, node.fact.high
                if any(not low <= value <= high for value in _values(node.limit)):
                    yield fault(owner, f'It compares "{node.fact.name}" outside its range.', "Correct the number.")
        for fact in facts_in(condition):
            if pathway.by_name.get(fact.name) is not fact:
                yield fault(owner, f'It uses "{fact.name}", which the pathway does not list.', "List the fact.")
    for fact in pathway.facts:
        if getattr(fact, "high", 0) == float("inf"):
            yield fault(fact.name, "The number has no upper end.", "Give it a range.")
        if fact.kind == "choice" and not getattr(fact, "options", ()):
            yield fault(fact.name, "It takes any text at all.", "List its choices.")


def _values(limit: Limit) -> tuple[float, ...]:
    if isinstance(limit, Threshold):
        return tuple(dated.value for dated in limit.values)
    return (limit.value if isinstance(limit, Bound) else limit,)


def without_codes(pathway: Pathway, read: Sequence[FromRecord], codes: CodeTable) -> Iterator[Fault]:
    """Facts that are read from records by a concept that no code stands for."""
    known = {row.concept for row in codes.rows} | set(pathway.by_name) | set(PERSON)
    for one in read:
        for concept in one.concepts:
            if concept not in known:
                yield fault(one.fact.name, f'No code stands for "{concept}".', "Add its codes to codes/.")
        if pathway.by_name.get(one.fact.name) is not one.fact:
            yield fault(one.fact.name, "Records are read for it, and it is no fact.", "List the fact.")


# --- examples --------------------------------------------------------------------------------------------------------


def not_shown(pathway: Pathway, examples: Sequence[Example]) -> Iterator[Fault]:
    """Flags and rules that no example shows as yes, as no, or as not known. `pathway` is dated."""
    matrix = ExampleMatrix(pathway, examples)
    everybody = (1 << len(examples)) - 1
    for owner in matrix.owners:
        if owner.kind not in ("flag", "rule"):
            continue
        outcome = {name: people & everybody for name, people in matrix.outcomes[owner.kind, owner.id].items()}
        for colour, names in _colours(owner).items():
            if not any(outcome.get(name, 0) for name in names):
                yield fault(owner.id, f"No example shows it as {colour}.", "Add an example patient.")


def _colours(owner: Owner) -> Mapping[str, Collection[str]]:
    """The colours it can have, each with the outcomes that show it."""
    if owner.kind == "flag":
        return {"yes": FLAG_LEVELS, "no": ("none",), "not known": ("not_known",)}
    named = {case.name: case.when for case in owner.cases}
    trees = [tree for name, tree in named.items() if name not in ("delays", "considered")]
    colours: dict[str, Collection[str]] = {"yes": ("criteria", "considered")}
    if any(tree != EVERYONE for tree in trees):
        colours["no"] = ("not criteria",)
    if any(judge(tree, {}).answer is None for tree in trees):
        colours["not known"] = ("open",)
    return colours
