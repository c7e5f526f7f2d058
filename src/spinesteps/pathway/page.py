"""A rule or red flag as a page: what it says, when, on what evidence. Printed by `explain`, kept in docs/knowledge."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date

from spinesteps.errors import ScopeError
from spinesteps.logic.conditions import Compare, Condition, Points, walk
from spinesteps.logic.words import Words
from spinesteps.pathway.evidence import Argument
from spinesteps.pathway.instrument_page import instruments_page, off
from spinesteps.pathway.ledger_page import ledger_pages
from spinesteps.pathway.library_page import answers_page, choices_page
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import RedFlag, Rule


def ids(pathway: Pathway) -> tuple[str, ...]:
    """Every id that has a page: red flags, then rules."""
    return (*(flag.id for flag in pathway.red_flags), *(rule.id for rule in pathway.rules))


def pages(pathway: Pathway, day: date) -> dict[str, str]:
    """Path under docs/ to text: every rule and flag as of a day, and the ledgers (claims, conflicts, evidence ...)."""
    dated = pathway.as_of(day)
    found = {f"knowledge/{id_}.md": page(dated, id_) for id_ in ids(dated)}
    ledgers = ledger_pages(pathway)
    ledgers["unverified.md"] += "\n".join(off(pathway)) + "\n"
    library = {"instruments.md": instruments_page, "choices.md": choices_page, "answers.md": answers_page}
    return found | ledgers | {name: write(pathway) for name, write in library.items()}


def page(pathway: Pathway, id_: str) -> str:
    """The page of a red flag or rule as Markdown. `pathway` is dated. Raises ScopeError when there is none."""
    for flag in pathway.red_flags:
        if flag.id == id_:
            return "\n".join(_flag(pathway, flag)) + "\n"
    for rule in pathway.rules:
        if rule.id == id_:
            return "\n".join(_rule(pathway, rule)) + "\n"
    near = difflib.get_close_matches(id_, ids(pathway), 1, 0.4)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    raise ScopeError(f'There is no rule or red flag "{id_}".{hint}')


def _flag(pathway: Pathway, flag: RedFlag) -> Iterator[str]:
    words = pathway.wording.red_flags[flag.id]
    yield f"# {flag.id} {words['title']}"
    yield ""
    on = "On." if flag.on else "Off: unverified."
    yield f"Red flag: {flag.topic}. Status: **{flag.status}**, since {flag.since}. {on}"
    yield from _texts(words)
    for case in flag.levels.cases:
        yield from ("", f"## Raises `{case.name}` when", "", *Words(pathway.wording.labels).tree(case.when))
    conditions = tuple(case.when for case in flag.levels.cases)
    yield from _numbers(pathway, conditions)
    yield from _evidence(pathway, flag.evidence)


def _rule(pathway: Pathway, rule: Rule) -> Iterator[str]:
    words = pathway.wording.advice[rule.id]
    tree = Words(pathway.wording.labels).tree
    yield f"# {rule.id}: {words['title']}"
    yield ""
    yield f"Direction: **{rule.direction}**. Step: {rule.step}. Status: **{rule.status}**, since {rule.since}."
    if rule.delays:
        yield "Could delay urgent care: never advised at emergency or today."
    yield from _texts(words)
    parts = [("Concerns", rule.who.condition()), ("Advised when", rule.when.condition())]
    parts += [("Never when (each must be settled no)", part.condition()) for part in rule.unless]
    parts += [] if rule.considered is None else [("Considered, not advised, when", rule.considered.condition())]
    for heading, condition in parts:
        yield from ("", f"## {heading}", "", *tree(condition))
    yield from _numbers(pathway, tuple(condition for _, condition in parts))
    yield from _evidence(pathway, rule.evidence)
    yield from _conflicts(pathway, rule)


def _texts(words: object) -> Iterator[str]:
    assert isinstance(words, dict)
    yield from ("", "## For the person", "", words["patient"], "", "## For the clinician", "", words["clinician"])


def _numbers(pathway: Pathway, conditions: tuple[Condition, ...]) -> Iterator[str]:
    names: dict[str, None] = {}
    for condition in conditions:
        for node in walk(condition):
            if isinstance(node, Compare | Points) and node.bound.name:
                names[node.bound.name] = None
    if not names:
        return
    yield from ("", "## Numbers", "", "| name | value | source | look again by | meaning |", "|---|---|---|---|---|")
    for name in sorted(names):
        threshold = getattr(pathway.limits, name)
        last = threshold.values[-1]
        source = f"{last.source} ({threshold.basis}, {threshold.status})"
        yield f"| {name} | {last.value:g} {threshold.unit} | {source} | {threshold.review_by} | {threshold.gloss} |"


def _evidence(pathway: Pathway, arguments: tuple[Argument, ...]) -> Iterator[str]:
    for heading, supports in (("Evidence for", True), ("Evidence against, or limits", False)):
        yield from ("", f"## {heading}", "")
        for argument in (a for a in arguments if a.supports is supports):
            source = pathway.evidence[argument.source]
            because = f" Here: {argument.because}." if argument.because else ""
            link = f" <{source.link}>" if source.link.startswith("http") else (f" {source.link}" if source.link else "")
            yield f"- **{source.id}** {source.title} ({source.year}, {source.kind}). {source.says}{because}"
            grade = f"strength: {source.strength}; " if source.strength else ""
            yield f"  {grade}certainty: {source.certainty}; read: {source.read}; {source.status}.{link}"


def _conflicts(pathway: Pathway, rule: Rule) -> Iterator[str]:
    if not rule.conflicts:
        return
    yield from ("", "## Where sources disagree", "")
    for id_ in rule.conflicts:
        conflict = pathway.conflicts[id_]
        yield f"- **{id_}** {conflict['question']} We lean: {conflict['default']} (certainty: {conflict['certainty']})"
