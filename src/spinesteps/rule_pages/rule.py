"""A rule or red flag as a page: what it says, when, on what evidence. Printed by `explain`, kept in docs/knowledge."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date

from spinesteps.errors import ScopeError
from spinesteps.logic.conditions import AllOf, Condition, Named
from spinesteps.pathway.evidence import Argument, Source
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.rule_pages.care import care_pages
from spinesteps.rule_pages.instruments import instruments_page, off
from spinesteps.rule_pages.ledgers import ledger_pages
from spinesteps.rule_pages.library import answers_page, choices_page
from spinesteps.rule_pages.medicines import medicines_page
from spinesteps.rule_pages.names import facts_page, rules_page
from spinesteps.rule_pages.tree import TERMS, Tree

OWN = "design choice"
LONGEST = 120  # lines of a term; a longer one gathers red flags, whose own pages tell it
LEAD = (
    "Ids in square brackets lead to [claims](../claims.md), [conflicts](../conflicts.md), [evidence](../evidence.md), "
    "[medicines](../medicines.md), [settled readings](../readings.md) and [what is unverified](../unverified.md)."
)


def ids(pathway: Pathway) -> tuple[str, ...]:
    """Every id that has a page: red flags, then rules."""
    return (*(flag.id for flag in pathway.red_flags), *(rule.id for rule in pathway.rules))


def pages(pathway: Pathway, day: date) -> dict[str, str]:
    """Path under docs/ to text: every rule and flag as of a day, and the ledgers (claims, conflicts, evidence ...).

    Whatever a page was made from, it holds the numbers of that day.
    """
    dated = pathway.as_of(day)
    own = {f"knowledge/{id_}.md": page(dated, id_) for id_ in ids(dated)}
    ledgers = ledger_pages(pathway)
    ledgers["unverified.md"] += "\n".join(off(pathway)) + "\n"
    ledgers[TERMS] = _terms(dated)
    library = {
        "instruments.md": instruments_page, "choices.md": choices_page, "answers.md": answers_page,
        "medicines.md": medicines_page,
    }  # fmt: skip
    written = {name: write(pathway) for name, write in library.items()}
    written |= {"facts.md": facts_page(dated), "rules.md": rules_page(dated)}
    every = own | ledgers | written | care_pages(pathway, day)
    return {name: dated.fill(text) for name, text in every.items()}


def _terms(pathway: Pathway) -> str:
    """What the terms mean that rules name and do not write out."""
    tree = Tree(pathway.wording.labels)
    for rule in pathway.rules:
        for part in (rule.criteria, *(() if rule.considered is None else (rule.considered.condition(),))):
            list(tree.lines(part))
    text = ["# Terms", "", "What rules name and do not write out. Draft.", *_defined(pathway, tree.folded)]
    return "\n".join(text) + "\n"


def _defined(pathway: Pathway, terms: dict[str, Named]) -> Iterator[str]:
    waiting, told = list(terms.values()), set(terms)
    for term in waiting:
        tree = Tree(pathway.wording.labels)
        lines = list(tree.lines(term.part))
        fresh = [one for name, one in tree.folded.items() if name not in told]
        waiting += fresh
        told.update(one.name for one in fresh)
        yield from ("", f"## {term.name[0].upper()}{term.name[1:]}", "")
        if len(lines) > LONGEST:
            yield "Any red flag that reaches this; the pages of the red flags tell when."
        else:
            yield from (line.replace(f"(../{TERMS})", f"({TERMS})") for line in lines)
            yield from (f"#{line}" if line.startswith("## ") else line for line in _numbers(pathway, tree))


def page(pathway: Pathway, id_: str) -> str:
    """The page of a red flag or rule as Markdown. `pathway` is dated. Raises ScopeError when there is none."""
    for flag in pathway.red_flags:
        if flag.id == id_:
            return pathway.fill("\n".join(_flag(pathway, flag)) + "\n")
    for rule in pathway.rules:
        if rule.id == id_:
            return pathway.fill("\n".join(_rule(pathway, rule)) + "\n")
    near = difflib.get_close_matches(id_, ids(pathway), 1, 0.4)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    raise ScopeError(f'There is no rule or red flag "{id_}".{hint}')


def _flag(pathway: Pathway, flag: RedFlag) -> Iterator[str]:
    words, tree = pathway.wording.red_flags[flag.id], Tree(pathway.wording.labels)
    yield f"# {flag.id}: {words['title']}"
    yield ""
    on = "On." if flag.on else "Off: unverified."
    yield f"Red flag: {flag.topic}. Status: **{flag.status}**, since {flag.since}; nobody has signed. {on}"
    yield from _texts(words)
    for case in flag.levels.cases:
        heading = pathway.wording.urgency[case.name]["heading"]
        yield from ("", f"## {heading} (`{case.name}`) when", "", *tree.lines(case.when))
    yield from _numbers(pathway, tree)
    yield from _evidence(pathway, flag.evidence)
    yield from _lead()


def _rule(pathway: Pathway, rule: Rule) -> Iterator[str]:
    words, tree = pathway.wording.advice[rule.id], Tree(pathway.wording.labels)
    conditions = pathway.wording.conditions
    yield f"# {rule.id}: {words['title']}"
    yield ""
    step = conditions["steps"][rule.step]["name"]
    status = f"Status: **{rule.status}**, since {rule.since}; nobody has signed."
    yield f"Advice: **{rule.direction}**. Step: {step}. {status}"
    if rule.urgency:
        heading = pathway.wording.urgency[rule.urgency]["heading"]
        yield f"How soon: {heading}. By itself it does not raise the urgency of the person."
    if rule.delays:
        yield "Held back while something needs help today or at once, as it could delay that."
    yield from _texts(words)
    yield from ("", "## Whom it concerns", "", *_criteria(tree, rule.who.condition(), "Everybody."))
    always = "Always, if it concerns the person."
    yield from ("", "## Advised when", "", *_criteria(tree, rule.when.condition(), always))
    if rule.unless:
        yield from ("", "## Unless any of these holds, or is not settled as no", "")
        for part in rule.unless:
            yield from tree.lines(part.condition())
    if rule.considered is not None:
        yield from ("", "## Only to be considered when", "", *tree.lines(rule.considered.condition()))
    yield from _numbers(pathway, tree)
    yield from _evidence(pathway, rule.evidence)
    yield from _conflicts(pathway, rule)
    yield from _lead()


def _criteria(tree: Tree, condition: Condition, always: str) -> Iterator[str]:
    if isinstance(condition, AllOf) and not condition.parts:
        yield always
    else:
        yield from tree.lines(condition)


def _texts(words: object) -> Iterator[str]:
    assert isinstance(words, dict)
    yield from ("", "## For the person", "", words["patient"], "", "## For the clinician", "", words["clinician"])


def _numbers(pathway: Pathway, tree: Tree) -> Iterator[str]:
    if not tree.numbers:
        return
    assert pathway.day is not None
    yield from ("", "## Numbers", "", "| name | value | source | look again by | meaning |", "|---|---|---|---|---|")
    for name in sorted(tree.numbers):
        threshold = getattr(pathway.limits, name)
        dated = threshold.dated(pathway.day)
        source = f"{dated.source} ({threshold.basis}, {threshold.status})"
        yield f"| {name} | {dated.value:g} {threshold.unit} | {source} | {threshold.review_by} | {threshold.gloss} |"


def _evidence(pathway: Pathway, arguments: tuple[Argument, ...]) -> Iterator[str]:
    for heading, supports in (("Evidence for", True), ("Evidence against, or limits", False)):
        yield from ("", f"## {heading}", "")
        for argument in (a for a in arguments if a.supports is supports):
            yield from _argument(argument, pathway.evidence[argument.source])


def _argument(argument: Argument, source: Source) -> Iterator[str]:
    if source.kind == OWN and argument.because:
        yield f"- **{source.id}** No source, our own judgement: {argument.because}."
        return
    because = f" Here: {argument.because}." if argument.because else ""
    yield f"- **{source.id}** {source.title} ({source.year}, {source.kind}). {source.says}{because}"
    graded = [f"strength: {source.strength}"] if source.strength else []
    graded += [] if source.certainty == "not graded" else [f"certainty: {source.certainty}"]
    link = f" <{source.link}>" if source.link.startswith("http") and " " not in source.link else f" {source.link}"
    yield f"  {'; '.join([*graded, f'read: {source.read}', source.status])}.{link.rstrip()}"


def _conflicts(pathway: Pathway, rule: Rule) -> Iterator[str]:
    if not rule.conflicts:
        return
    yield from ("", "## Where sources disagree", "")
    for id_ in rule.conflicts:
        conflict = pathway.conflicts[id_]
        yield f"- **{id_}** {conflict.question} We lean: {conflict.default} (certainty: {conflict.certainty})"


def _lead() -> Iterator[str]:
    yield from ("", LEAD)
