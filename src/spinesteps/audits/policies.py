"""Payers' policies: the criteria a request is held against, the page they were read on, and since when they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from spinesteps.audits.measures import Measure
from spinesteps.content import read_tables, read_toml
from spinesteps.errors import DeclarationError
from spinesteps.logic.facts import Combines

PROCEDURES = ("epidural", "decompression", "fusion", "mri")
Tag = Literal["page seen", "from a digest", "not verified"]
TAGS: tuple[str, ...] = get_args(Tag)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Criterion:
    """One condition of a policy. Its words stand in wording/policies.toml.

    when: met; over measures and over facts of the pathway. waived: an urgent case needs not meet it (duration rules).
    topic: what it is about, so that payers can be laid side by side. tag: how it was read, when not as its policy.
    proof: measures shown as proof though the condition does not look at them.
    """

    id: str
    topic: str
    when: Combines
    waived: bool = False
    tag: str = ""
    proof: tuple[Measure, ...] = ()

    def __post_init__(self) -> None:
        if self.tag not in ("", *TAGS):
            raise DeclarationError(f'Criterion "{self.id}": tag is one of {", ".join(TAGS)}.')


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Policy:
    """A payer's criteria for one procedure. criteria may be empty: a policy that was found but not read.

    waiver: when the criteria that can be waived need not be met; the policy's own, beside the common urgent waiver.
    """

    id: str
    procedure: str
    criteria: tuple[Criterion, ...]
    waiver: Combines | None = None

    def __post_init__(self) -> None:
        if self.procedure not in PROCEDURES:
            raise DeclarationError(f'Policy "{self.id}": procedure is one of {", ".join(PROCEDURES)}.')


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Where and when a policy was read. version: as its owner names it. valid_from, valid_until: None when not read.

    tag: page seen; from a digest; not verified.
    """

    id: str
    payer: str
    title: str
    version: str
    link: str
    read_on: date
    tag: Tag
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def stands(self, day: date) -> str:
        """Whether it holds on a day: yes, not_yet, ended or not_known."""
        if self.valid_from is not None and day < self.valid_from:
            return "not_yet"
        if self.valid_until is not None and day > self.valid_until:
            return "ended"
        return "not_known" if self.valid_from is None else "yes"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Payers:
    """Every policy with its edition, the measures their conditions look at, and the common urgent waiver.

    care: the measures that make up the list of conservative care, shown as a whole.
    """

    policies: tuple[Policy, ...]
    measures: tuple[Measure, ...]
    care: tuple[Measure, ...]
    urgent: Combines
    folder: Path
    words: Path

    @property
    def editions(self) -> Mapping[str, Edition]:
        """Editions by policy id."""
        return read_editions(self.folder / "policies.toml")

    @property
    def texts(self) -> Mapping[str, Any]:
        """What each criterion asks, by its id, in plain words."""
        return read_texts(self.words)

    def of(self, procedure: str, policy: str) -> tuple[Policy, ...]:
        """The policies for a procedure: one by its id, or all of them."""
        return tuple(p for p in self.policies if p.procedure == procedure and policy in ("all", p.id))


@cache
def read_editions(path: Path) -> Mapping[str, Edition]:
    """Read policies.toml. Raises ContentError with every fault."""
    return read_tables([path], Edition)


@cache
def read_texts(path: Path) -> Mapping[str, Any]:
    """Read a file of words."""
    return read_toml(path)
