"""Where the pathway is used: country, language, telephone numbers, dose tables, who pays for aids, policies.

One file, `deployment.toml`, read through `read_deployment`; without a file the defaults hold. A number that was not
seen on a page is never shown: the reader is told to ask locally. A language that lacks a safety text is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from spinesteps.content import Where, read_data, read_toml
from spinesteps.errors import DeclarationError, Fault, InputError
from spinesteps.files import read_file
from spinesteps.pathway.editions import read_editions
from spinesteps.pathway.numerals import read_numerals
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.placeholders import fill, fill_from, placeholders
from spinesteps.pathway.wording import read_wording

NUMBERS = ("emergency", "same_day", "crisis")
TOLD_HERE = (*(f"{kind}_number" for kind in NUMBERS), "aids_payer")  # what the deployment fills in texts
KEYS = ("country", "language", "time_zone", "drug_doses", "aids_paid_by", "policies", "numbers")
CARDS = (
    "emergency", "today", "two_weeks", "routine", "self_care", "not_checked", "not_finished", "could_not_check",
    "closing",
)  # fmt: skip
COUNTRY = re.compile(r"[A-Z]{2}")
LARGEST = 1_000_000  # bytes of a deployment file


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone number of a country. status: unverified ones are kept for the record and never shown."""

    number: str
    source: str
    read_on: date
    status: Literal["verified", "unverified"]
    name: str = ""
    note: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        """Verified without a page."""
        if self.status == "verified" and not self.source:
            yield "It is verified and has no source.", "the page it was seen on"


Lines = Mapping[str, Mapping[Any, Telephone]]  # country, then kind of number
Phrases = Mapping[str, Mapping[str, str]]  # placeholder, then `known` and `unknown`


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """What is in force here.

    country: ISO 3166 alpha-2, None when not said. drug_doses: the country whose kidney tables the letter shows,
    or "none"; no rule looks at it (rules look at the person's country).
    aids_paid_by: whom to ask about the cost of aids, "" when not said. policies: ids of payer policies switched on.
    time_zone: an IANA name, whose day is the day of judging; "" for that of the machine.
    own: numbers the site wrote itself, by kind; they win over the table. origin: "defaults" or the file's name.
    """

    country: str | None = None
    language: str = "en"
    drug_doses: str = "none"
    aids_paid_by: str = ""
    policies: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)
    phrases: Phrases = field(default_factory=dict)
    origin: str = "defaults"
    time_zone: str = ""

    def words(self, country: object = None) -> dict[str, str]:
        """Placeholder to text, for somebody in `country`; the deployment's own country when that is not known."""
        said = country if isinstance(country, str) and COUNTRY.fullmatch(country) else None
        words = {f"{kind}_number": self._number(kind, said) for kind in NUMBERS}
        aids = self.phrases["aids_payer"]
        words["aids_payer"] = self.aids_paid_by or aids["unknown"]
        return words

    def telephone(self, kind: str, country: object = None) -> str | None:
        """The digits to dial for one of NUMBERS; None when no number was seen on a page."""
        said = country if isinstance(country, str) and COUNTRY.fullmatch(country) else None
        if kind in self.own and (said is None or said == self.country):
            return self.own[kind]
        line = self.lines.get(said or self.country or "", {}).get(kind)
        return line.number if line is not None and line.status == "verified" else None

    def fill(self, text: str, country: object = None) -> str:
        """The text with its placeholders filled in."""
        if "{" not in text:
            return text
        words = self.words(country)
        return fill(text, lambda gap: words[gap.name])

    def speaking(self, pathway: Pathway) -> Pathway:
        """The pathway in this deployment's language; the same object when it is that already."""
        return pathway.speaking(self.language)

    def to_json(self, country: object = None) -> dict[str, Any]:
        """What is in force, as plain data; the numbers as somebody in `country` is told them."""
        return {
            "country": self.country,
            "language": self.language,
            "drug_doses": self.drug_doses,
            "aids_paid_by": self.aids_paid_by or None,
            "policies": list(self.policies),
            "numbers": self.words(country),
            "from": self.origin,
        }

    def _number(self, kind: str, said: str | None) -> str:
        phrase = self.phrases[f"{kind}_number"]
        place = said or self.country
        if kind in self.own and (said is None or said == self.country):
            return self.own[kind]
        line = self.lines.get(place or "", {}).get(kind)
        if line is None or line.status != "verified":
            return phrase["unknown"]
        return fill_from(phrase["known"], {"number": line.number, "name": line.name})


@lru_cache(maxsize=8)
def defaults(pathway: Pathway) -> Deployment:
    """The deployment where nobody wrote one: the pathway's language, no country."""
    return read_deployment(None, pathway)


def read_deployment(path: Path | None, pathway: Pathway) -> Deployment:
    """The deployment of a file, or the defaults when there is none.

    Raises InputError with every fault of the file and of the language's safety texts at once.
    """
    given: dict[str, Any] = {}
    if path is not None:
        try:
            given = tomllib.loads(read_file(path, LARGEST, "a TOML file in UTF-8").decode())
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
            fault = Fault(path.name, "It cannot be read as TOML.", "a TOML file in UTF-8", "Check the text.")
            raise InputError([fault]) from None
    faults = list(_faults(given, pathway))
    if faults:
        raise InputError(faults)
    language = given.get("language", pathway.language)
    country = given.get("country") or None
    return Deployment(
        country=country,
        language=language,
        drug_doses=given.get("drug_doses") or country or "none",
        aids_paid_by=given.get("aids_paid_by", ""),
        policies=tuple(given.get("policies", ())),
        own=dict(given.get("numbers", {})),
        lines=read_lines(pathway.folder),
        phrases=_phrases(pathway.words_in(language)),
        origin="defaults" if path is None else path.name,
        time_zone=given.get("time_zone", ""),
    )


@dataclass(frozen=True, slots=True)
class NumbersFile:
    """The telephone numbers of numbers.toml by country and kind."""

    numbers: Mapping[
        Annotated[str, Where("ISO 3166 alpha-2, such as GB", COUNTRY.fullmatch)],
        Mapping[Literal["emergency", "same_day", "crisis"], Telephone],
    ]


@cache
def read_lines(folder: Path) -> Lines:
    """The telephone numbers of numbers.toml by country. Raises ContentError with every fault at once."""
    path = folder / "numbers.toml"
    return read_data({"numbers": read_toml(path)}, NumbersFile, path.name).numbers


@cache
def _phrases(folder: Path) -> Phrases:
    phrases: Phrases = tomllib.loads((folder / "deployment.toml").read_text("utf-8"))
    return phrases


def _fault(place: str, wrong: str, expected: str, todo: str) -> Fault:
    return Fault(f"deployment: {place}", wrong, expected, todo)


def _faults(given: Mapping[str, Any], pathway: Pathway) -> Iterator[Fault]:
    for name in given.keys() - set(KEYS):
        yield _fault(name, "This entry is not known.", ", ".join(KEYS), "Correct or remove it.")
    countries = getattr(pathway.by_name.get("country"), "options", ())
    for name in ("country", "drug_doses"):
        value = given.get(name, "")
        allowed = value in ("", *countries) or (name == "drug_doses" and value == "none")
        if not isinstance(value, str) or not allowed:
            hint = ' For the United Kingdom write "GB".' if value == "UK" else ""
            yield _fault(name, "This is no country code.", "ISO 3166 alpha-2, such as GB", f"Write the code.{hint}")
    if not isinstance(given.get("aids_paid_by", ""), str):
        yield _fault("aids_paid_by", "This is no text.", "who is asked about the cost of aids", "Write a few words.")
    if not _is_zone(given.get("time_zone", "")):
        yield _fault("time_zone", "This is no time zone.", "an IANA name, such as Europe/London", "Correct it.")
    yield from _own_numbers(given.get("numbers", {}))
    yield from _policies(given.get("policies", []), pathway.folder)
    yield from _language(given.get("language", pathway.language), pathway)


def _is_zone(name: object) -> bool:
    try:
        return name == "" or (isinstance(name, str) and ZoneInfo(name).key == name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _own_numbers(numbers: object) -> Iterator[Fault]:
    if not isinstance(numbers, dict):
        yield _fault("numbers", "This is no table.", "a table [numbers]", "Write kind = \"number\".")
        return
    for kind, value in numbers.items():
        if kind not in NUMBERS:
            yield _fault(f"numbers.{kind}", "This kind is not known.", ", ".join(NUMBERS), "Correct or remove it.")
        elif not isinstance(value, str) or not re.search(r"\d", value) or "{" in value:
            yield _fault(f"numbers.{kind}", "There is no number in it.", "a text with a number", "Write the number.")


def _policies(policies: object, folder: Path) -> Iterator[Fault]:
    if not isinstance(policies, list) or not all(isinstance(one, str) for one in policies):
        yield _fault("policies", "This is no list of ids.", 'such as ["one-policy"]', "Write a list of ids.")
        return
    for one in policies:
        if one not in (known := read_editions(folder)):
            expected = ", ".join(sorted(known))
            yield _fault("policies", "A policy of this name is not known.", expected, "Correct or remove it.")


def _language(language: object, pathway: Pathway) -> Iterator[Fault]:
    """A safety text that a language lacks: it never falls back to another language."""
    if language not in pathway.languages:
        there = ", ".join(pathway.languages)
        yield _fault("language", "There are no words in this language.", there, "Choose another.")
        return
    folder = pathway.words_in(str(language))
    if not (folder / "deployment.toml").exists():
        yield _fault("language", "It lacks deployment.toml.", "words for numbers not known", "Write them.")
    try:
        words = read_wording(folder)
        read_numerals(folder)
    except DeclarationError as error:
        yield _fault("language", str(error), "every file of words", "Write the missing file, or correct it.")
        return
    safety = [rule.id for rule in pathway.rules if rule.step == "safety"]
    wanted = (
        ("urgency", words.urgency, CARDS, ("heading", "text")),
        ("red_flags", words.red_flags, [flag.id for flag in pathway.red_flags], ("title", "patient")),
        ("advice", words.advice, safety, ("title", "patient")),
        ("facts", words.facts, [fact.name for fact in pathway.facts if fact.danger], ("question", "label")),
    )
    for kind, table, ids, keys in wanted:
        for id_ in ids:
            lacks = [key for key in keys if not str(table.get(id_, {}).get(key, "")).strip()]
            if lacks:
                yield _fault(f"{language}/{kind}: {id_}", "A safety text is missing.", ", ".join(lacks), "Write it.")
    for kind, table in (("urgency", words.urgency), ("red_flags", words.red_flags), ("advice", words.advice)):
        for id_, row in table.items():
            gaps = {gap.name for text in row.values() for gap in placeholders(str(text))}
            for name in sorted(gaps - set(TOLD_HERE) - pathway.limits.by_name.keys()):
                expected = f"{', '.join(TOLD_HERE)} or a threshold"
                yield _fault(f"{language}/{kind}: {id_}", f"Nothing fills {{{name}}}.", expected, "Correct it.")
