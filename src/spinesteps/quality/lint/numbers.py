"""What lint looks for in the numbers of texts: a digit that repeats a threshold, and gaps that nothing fills.

A digit stands still when the threshold gets a new value; then the words and the tree of one page say two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spinesteps.errors import DeclarationError, Fault
from spinesteps.logic.thresholds import Threshold
from spinesteps.pathway.deployment import TOLD_HERE
from spinesteps.pathway.numerals import TIMES, Numerals, turned
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.placeholders import PLACEHOLDER, placeholders
from spinesteps.quality.lint.suppressions import Reviewed, fault
from spinesteps.quality.lint.texts import Written, written, written_beside

LIST = "digit_that_is_no_threshold"


def numbers_in_texts(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    """Digits that repeat a threshold of their own rule, and gaps that nothing fills, in every language.

    What stands beside the rules (answers, statements, conflicts ...) is looked at too.
    """
    used: set[str] = set()
    for language in pathway.languages:
        spoken = pathway.speaking(language)
        try:
            numerals, texts = spoken.numerals, [*written(spoken), *written_beside(spoken)]
        except DeclarationError as error:
            yield from (fault(f"wording/{language}", line, "Correct it.") for line in str(error).splitlines())
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
        for name in sorted(one.limits & limits.keys()):
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
    for met in re.finditer(rf"(?<![\w/,.-])({number})(?!\w)(?={joined}(?:[ -]?({after})\b)?)", text):
        value = float(met[1].replace(numerals.group, "").replace(numerals.decimal, "."))
        yield met[1], value, nouns.get(met[2] or "", "")
    spelled = {word: float(value) for value, word in enumerate(numerals.spelled)}
    for met in re.finditer(rf"\b({'|'.join(map(re.escape, spelled))})[ -]({after})\b", text, re.IGNORECASE):
        if nouns[met[2]] in TIMES:
            yield met[1], spelled[met[1].lower()], nouns[met[2]]


def _same(value: float, noun: str, limit: float, unit: str) -> bool:
    """Whether a number with its noun says what the threshold says."""
    if noun in TIMES and unit in TIMES:
        return turned(limit, unit, noun) == (value, noun)
    if noun and unit and noun != unit and noun in TIMES:
        return False
    return value == abs(limit) and value != 0  # "none" and "Put 0" repeat no line
