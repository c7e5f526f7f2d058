"""Everything wrong with a pathway, listed at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from spinesteps.errors import Fault
from spinesteps.logic.conditions import Compare, Condition, Points, facts_in, walk
from spinesteps.logic.thresholds import Bound, Limit, Threshold
from spinesteps.pathway.evidence import Argument
from spinesteps.pathway.examples import check_facts, read_examples
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import FLAG_LEVELS, RedFlag

FORBIDDEN = ("ruled out", "will be cured", "guarantee", "nothing to worry", "all clear", "completely safe")
ONE_IN_N = re.compile(r"\b1 in \d", re.IGNORECASE)


def check(pathway: Pathway, day: date, examples: Path) -> list[Fault]:
    """Every fault of an undated pathway as of a day. An empty list means none was found."""
    return [
        *_words(pathway),
        *_evidence(pathway, day),
        *_thresholds(pathway, day),
        *_conflicts(pathway),
        *_ranges(pathway),
        *_examples(pathway, examples),
    ]


def _fault(place: str, wrong: str, todo: str) -> Fault:
    return Fault(place, wrong, "a pathway without this fault", todo)


def _words(pathway: Pathway) -> Iterator[Fault]:
    wording = pathway.wording
    tables = (
        ("fact", {fact.name for fact in pathway.facts}, wording.facts),
        ("red flag", {flag.id for flag in pathway.red_flags}, wording.red_flags),
        ("rule", {rule.id for rule in pathway.rules}, wording.advice),
    )
    for kind, names, table in tables:
        for name in sorted(names - table.keys()):
            yield _fault(name, f"This {kind} has no words in {wording.language}.", "Write them in wording/.")
    for name in sorted(wording.facts.keys() - pathway.by_name.keys()):
        yield _fault(name, "These words belong to no fact.", "Remove them or declare the fact.")
    texts = {
        **{id_: f"{row['title']} {row['patient']}" for id_, row in wording.advice.items()},
        **{id_: f"{row['title']} {row['patient']}" for id_, row in wording.red_flags.items()},
        **{name: f"{row['question']} {row.get('hint', '')}" for name, row in wording.facts.items()},
    }
    for id_, text in texts.items():
        promises = [phrase for phrase in FORBIDDEN if phrase in text.lower()]
        if promises or ONE_IN_N.search(text):
            yield _fault(id_, f"The words promise or mislead: {promises or '1 in N'}.", "Say what to do first instead.")


def _arguments(pathway: Pathway) -> Iterator[tuple[str, tuple[Argument, ...]]]:
    for flag in pathway.red_flags:
        yield flag.id, flag.evidence
    for rule in pathway.rules:
        yield rule.id, rule.evidence
    for score in pathway.scores:
        yield f"score {score.id}", score.evidence
    for cause in pathway.other_causes:
        yield f"cause {cause.id}", cause.evidence


def _evidence(pathway: Pathway, day: date) -> Iterator[Fault]:
    for owner, arguments in _arguments(pathway):
        for argument in arguments:
            if argument.source not in pathway.evidence:
                yield _fault(owner, f'There is no source "{argument.source}".', "Add it to evidence/.")
    for source in pathway.evidence.values():
        if source.review_by < day:
            yield _fault(source.id, "The day to look again has passed.", "Look, and set a new review_by.")
    for flag in pathway.red_flags:
        if flag.on and not _stands_on_verified(pathway, flag):
            yield _fault(flag.id, "It fires on unverified sources only.", "Verify a source, or switch the flag off.")


def _stands_on_verified(pathway: Pathway, flag: RedFlag) -> bool:
    if not any(getattr(flag, level) is not None for level in FLAG_LEVELS[:2]):
        return True
    known = [pathway.evidence[a.source] for a in flag.evidence if a.supports and a.source in pathway.evidence]
    return any(source.status == "verified" for source in known)


def _conditions(pathway: Pathway) -> Iterator[tuple[str, Condition]]:
    for flag in pathway.red_flags:
        for case in flag.levels.cases:
            yield flag.id, case.when
    for rule in pathway.rules:
        yield rule.id, rule.criteria
        if rule.considered is not None:
            yield rule.id, rule.considered.condition()
    for score in pathway.scores:
        yield f"score {score.id}", score.points
    for likelihood in pathway.likelihoods:
        yield f"likelihood {likelihood.finding}", likelihood.when
    for case in (*pathway.condition.cases, *pathway.step.cases):
        yield case.name, case.when
    yield "routine", pathway.routine
    for relation in pathway.implied:
        if hasattr(relation, "when"):
            yield f"implied {relation.fact.name}", relation.when
    for ask in (*pathway.emergency_questions, *pathway.follow_ups):
        if ask.after is not None:
            yield f"question {ask.fact.name}", ask.after


def _limits(node: Condition) -> Iterator[Limit]:
    if isinstance(node, Compare):
        yield node.limit
    elif isinstance(node, Points):
        yield node.cutoff


def _thresholds(pathway: Pathway, day: date) -> Iterator[Fault]:
    used = {
        limit.name
        for _, condition in _conditions(pathway)
        for node in walk(condition)
        for limit in _limits(node)
        if isinstance(limit, Threshold | Bound)
    }
    used |= {rule.review_weeks for rule in pathway.rules if rule.review_weeks}
    for threshold in pathway.limits:
        if threshold.name not in used:
            yield _fault(threshold.name, "No rule uses this threshold.", "Remove it from thresholds.toml.")
        if re.search(r"\d", threshold.name):
            yield _fault(threshold.name, "The name carries a number and will lie when it changes.", "Rename it.")
        if threshold.review_by < day:
            yield _fault(threshold.name, "The day to look again has passed.", "Look, and set a new review_by.")
        for dated in threshold.values:
            if dated.source not in pathway.evidence:
                yield _fault(threshold.name, f'There is no source "{dated.source}".', "Add it to evidence/.")


def _conflicts(pathway: Pathway) -> Iterator[Fault]:
    rules = {rule.id for rule in pathway.rules}
    ranked = {(r.winner, r.loser) for r in pathway.rankings} | {(r.loser, r.winner) for r in pathway.rankings}
    for rule in pathway.rules:
        for id_ in rule.conflicts:
            if id_ not in pathway.conflicts:
                yield _fault(rule.id, f'There is no conflict "{id_}".', "Add it to conflicts.toml.")
        for other in rule.opposes:
            if other not in rules or (rule.id, other) not in ranked:
                yield _fault(rule.id, f'It opposes "{other}" and neither is ranked.', "Rank them, naming a conflict.")
    for ranking in pathway.rankings:
        if ranking.because not in pathway.conflicts or {ranking.winner, ranking.loser} - rules:
            yield _fault(ranking.winner, "This ranking names an unknown rule or conflict.", "Correct the ranking.")
    for id_, conflict in pathway.conflicts.items():
        for position in conflict["positions"]:
            for source in set(position["sources"]) - pathway.evidence.keys():
                yield _fault(id_, f'There is no source "{source}".', "Add it to evidence/.")


def _ranges(pathway: Pathway) -> Iterator[Fault]:
    for owner, condition in _conditions(pathway):
        for node in walk(condition):
            if isinstance(node, Compare):
                value = node.limit.values[-1].value if isinstance(node.limit, Threshold) else node.limit
                value = value.value if isinstance(value, Bound) else value
                if not node.fact.low <= value <= node.fact.high:
                    yield _fault(owner, f'It compares "{node.fact.name}" outside its range.', "Correct the number.")
        for fact in facts_in(condition):
            if pathway.by_name.get(fact.name) is not fact:
                yield _fault(owner, f'It uses "{fact.name}", which the pathway does not list.', "List the fact.")


def _examples(pathway: Pathway, folder: Path) -> Iterator[Fault]:
    for example in read_examples(folder):
        for fault in check_facts(example, pathway.by_name):
            yield _fault(example.file, fault, "Correct the example.")
