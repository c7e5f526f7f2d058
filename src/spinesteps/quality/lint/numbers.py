"""What lint looks for in the numbers of texts: a digit that repeats a threshold, and gaps that nothing fills.

A digit stands still when the threshold gets a new value; then the words and the tree of one page say two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from spinesteps.errors import DeclarationError, Fault
from spinesteps.logic.conditions import Compare, Condition, Named, Points, children, walk
from spinesteps.logic.thresholds import Bound, Limit, Threshold
from spinesteps.pathway.deployment import TOLD_HERE
from spinesteps.pathway.numerals import TIMES, Numerals, turned
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.placeholders import PLACEHOLDER, placeholders
from spinesteps.pathway.wording import Table
from spinesteps.quality.lint.suppressions import Reviewed, fault
from spinesteps.quality.lint.use import conditions

LIST = "digit_that_is_no_threshold"


class Written(NamedTuple):
    """A text with the names of the thresholds that its owner turns at. place: `kind.name.part`."""

    place: str
    text: str
    limits: frozenset[str]


def numbers_in_texts(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    """Digits that repeat a threshold of their own rule, and gaps that nothing fills, in every language."""
    used: set[str] = set()
    for folder in sorted(path for path in (pathway.folder / "wording").iterdir() if path.is_dir()):
        spoken = pathway if folder.name == pathway.language else replace(pathway, language=folder.name)
        try:
            numerals, texts = spoken.numerals, list(written(spoken))
        except DeclarationError as error:
            yield from (fault(f"wording/{folder.name}", line, "Correct it.") for line in str(error).splitlines())
            continue
        for one in texts:
            yield from _gaps(one, spoken, numerals)
            for digits, name in repeated(one, spoken.limits.by_name, numerals):
                entry = f"{one.place} {digits}"
                used.add(entry)
                if entry not in reviewed[LIST]:
                    todo = f'Write it as {{{name}}}, or list "{entry}" in lint.toml with the reason.'
                    yield fault(one.place.split(".")[1], f'{one.place}: "{digits}" repeats {name}.', todo)
    for entry in reviewed[LIST]:
        if entry not in used:
            yield fault("lint.toml", f'It names "{entry}", and no such digit is met.', "Take it out of the list.")


def _gaps(one: Written, pathway: Pathway, numerals: Numerals) -> Iterator[Fault]:
    for gap in placeholders(one.text):
        threshold = pathway.limits.by_name.get(gap.name)
        if threshold is None and gap.name not in TOLD_HERE:
            yield fault(one.place, f"Nothing fills {{{gap.name}}}.", "Name a threshold, or what a deployment fills.")
        for dated in threshold.values if threshold else ():
            try:
                numerals.write(dated.value, threshold.unit, gap.how) if threshold else ""
            except DeclarationError as error:
                yield fault(one.place, str(error), "Correct the placeholder.")


def repeated(one: Written, limits: Mapping[str, Threshold], numerals: Numerals) -> Iterator[tuple[str, str]]:
    """The digits of a text that repeat a threshold, each with the name of that threshold."""
    text = PLACEHOLDER.sub("", one.text)
    for digits, value, noun in _digits(text, numerals):
        for name in sorted(one.limits):
            if any(_same(value, noun, dated.value, limits[name].unit) for dated in limits[name].values):
                yield digits, name
                break


def _digits(text: str, numerals: Numerals) -> Iterator[tuple[str, float, str]]:
    """Every number of a text that is no part of a name: as written, its value, the id of the noun after it or "".

    Number words count before a time only: "one" is also a word for anybody.
    """
    nouns = {form: id_ for id_, forms in numerals.nouns.items() for form in forms.values()}
    after = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    mark, group = re.escape(numerals.decimal), re.escape(numerals.group)
    number = rf"\d+(?:{group}\d{{3}})*(?:{mark}\d+)?"
    joined = rf"(?: (?:{'|'.join(map(re.escape, numerals.joins))}) {number})*"
    for found in re.finditer(rf"(?<![\w/,.-])({number})(?!\w)(?={joined}(?:[ -]?({after})\b)?)", text):
        value = float(found[1].replace(numerals.group, "").replace(numerals.decimal, "."))
        yield found[1], value, nouns.get(found[2] or "", "")
    spelled = {word: float(value) for value, word in enumerate(numerals.spelled)}
    for found in re.finditer(rf"\b({'|'.join(map(re.escape, spelled))})[ -]({after})\b", text, re.IGNORECASE):
        if nouns[found[2]] in TIMES:
            yield found[1], spelled[found[1].lower()], nouns[found[2]]


def _same(value: float, noun: str, limit: float, unit: str) -> bool:
    """Whether a number with its noun says what the threshold says."""
    if noun in TIMES and unit in TIMES:
        return turned(limit, unit, noun) == (value, noun)
    if noun and unit and noun != unit and noun in TIMES:
        return False
    return value == abs(limit) and value != 0  # "none" and "Put 0" repeat no line


# --- texts and what they belong to -----------------------------------------------------------------------------------


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


def _parts(place: str, row: Mapping[str, object], limits: frozenset[str]) -> Iterator[Written]:
    yield from (Written(f"{place}.{part}", text, limits) for part, text in row.items() if isinstance(text, str))


def own_limits(pathway: Pathway) -> dict[str, frozenset[str]]:
    """The thresholds of each flag's and rule's own trees; what is told on another page is left out."""
    found: dict[str, set[str]] = {}
    for flag in pathway.red_flags:
        found[flag.id] = {name for case in flag.levels.cases for name in _names(case.when)}
    for rule in pathway.rules:
        trees = [rule.criteria, *(() if rule.considered is None else (rule.considered.condition(),))]
        found[rule.id] = {name for tree in trees for name in _names(tree)}
        if rule.review_weeks:
            found[rule.id].add(rule.review_weeks)
    return {id_: frozenset(names) for id_, names in found.items()}


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
    found: dict[str, set[str]] = {}
    for _, condition in conditions(pathway):
        for node in walk(condition):
            if isinstance(node, Compare):
                found.setdefault(node.fact.name, set()).update(_name(node.limit))
    return {name: frozenset(names) for name, names in found.items()}
