"""The library of a pathway: what is shown beside the rules, each table read once, when it is first asked for.

Of a pathway as of a day, texts that hold numbers of thresholds hold those of the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from spinesteps.content import read_toml

if TYPE_CHECKING:  # each table is read, and its module loaded, by who asks for it
    from pathlib import Path

    from spinesteps.instruments.model import Instrument
    from spinesteps.library.answers import AnswerPage
    from spinesteps.library.antithrombotics import Antithrombotics
    from spinesteps.library.claims import Claim
    from spinesteps.library.decision_aids import Aid, IpdasItem
    from spinesteps.library.drug_tables import Medicines
    from spinesteps.library.programme import Programme
    from spinesteps.library.self_check import SelfCheck
    from spinesteps.library.statements import Statement
    from spinesteps.library.timetable import Timetable
    from spinesteps.library.unverified import Unverified
    from spinesteps.pathway.pathway import Pathway

@dataclass(frozen=True)
class Library:
    """The tables beside a pathway, in its language. Asking for one raises ContentError with its faults."""

    pathway: Pathway

    @property
    def folder(self) -> Path:
        """Where the data files of the pathway lie."""
        return self.pathway.folder

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Claims of the seed texts by id."""
        from spinesteps.library.claims import read_claims

        return read_claims(self.folder / "claims")

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """What can be said, with sources, by id."""
        from spinesteps.library.statements import read_statements

        return self.pathway.of_the_day(read_statements(self.folder, self.pathway.language))

    @cached_property
    def answers(self) -> Mapping[str, AnswerPage]:
        """Answers to questions people ask, by id."""
        from spinesteps.library.answers import read_answers

        return self.pathway.of_the_day(read_answers(self.folder / "answers" / self.pathway.language))

    @cached_property
    def aids(self) -> Mapping[str, Aid]:
        """Decision aids by the name of their file."""
        from spinesteps.library.decision_aids import read_aids

        return self.pathway.of_the_day(read_aids(self.folder / "choices" / self.pathway.language))

    @cached_property
    def ipdas(self) -> Mapping[str, IpdasItem]:
        """The IPDASi list for decision aids by id."""
        from spinesteps.library.decision_aids import read_ipdas

        return read_ipdas(self.folder / "choices" / "ipdas.toml")

    @cached_property
    def programme(self) -> Programme:
        """Exercise and self-care."""
        from spinesteps.library.programme import read_programme

        sources = frozenset(self.pathway.evidence)
        return self.pathway.of_the_day(read_programme(self.folder, self.pathway.language, sources))

    @cached_property
    def self_check(self) -> SelfCheck:
        """The groups of danger questions and the sections of the self-check."""
        from spinesteps.library.self_check import read_self_check

        return read_self_check(self.folder / "self_check.toml")

    @cached_property
    def timetable(self) -> Timetable:
        """The time around an operation."""
        from spinesteps.library.timetable import read_timetable

        return self.pathway.of_the_day(read_timetable(self.folder / "timetable.toml"))

    @cached_property
    def antithrombotics(self) -> Antithrombotics:
        """Blood thinners around a procedure, for clinicians."""
        from spinesteps.library.antithrombotics import read_antithrombotics

        return read_antithrombotics(self.folder / "antithrombotics.toml")

    @cached_property
    def medicines(self) -> Medicines:
        """MED lines, what must not meet, doses by kidney function, tapering."""
        from spinesteps.library.drug_tables import read_medicines

        return read_medicines(self.folder / "medicines")

    @cached_property
    def policy_words(self) -> Mapping[str, Any]:
        """What each criterion of a payer asks, what was looked for, results: in plain words."""
        return read_toml(self.pathway.words_in() / "policies.toml")

    @cached_property
    def standard_words(self) -> Mapping[str, Any]:
        """What each standard counts, what was looked for, results: in plain words."""
        return read_toml(self.pathway.words_in() / "standards.toml")

    @cached_property
    def unverified(self) -> Mapping[str, Unverified]:
        """The register of what could not be verified, by id."""
        from spinesteps.library.unverified import read_register

        return read_register(self.folder / "unverified.toml")

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Questionnaires, tests and grades that can be scored, by id."""
        from spinesteps.instruments.files import read_instruments

        return read_instruments(self.folder / "instruments")


@lru_cache(maxsize=16)
def library_of(pathway: Pathway) -> Library:
    """The library of a pathway in its language. What is read from files is shared by all pathways of a folder."""
    return Library(pathway)
