"""What a paper is: a page made for one person, printed as HTML and PDF. `papers.PAPERS` lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from spinesteps.errors import ScopeError

if TYPE_CHECKING:
    from spinesteps.audits.measured import History
    from spinesteps.audits.policies import Payers
    from spinesteps.pathway.sheet import Sheet
    from spinesteps.person.assess import Assessment
    from spinesteps.person.record import Record

Data = dict[str, Any]
CLAIMS = "procedure,imaging,medicine,condition"


@dataclass(frozen=True, slots=True)
class PaperOption:
    """What is asked for besides the person.

    default: what holds when it is left out; None when it must be given. once: its name until the next release.
    """

    name: str
    help: str
    default: str | None = ""
    once: str = ""

    @property
    def flags(self) -> tuple[str, ...]:
        """Its names on the command line."""
        return tuple(f"--{name.replace('_', '-')}" for name in (self.name, self.once) if name)


CONTACT = PaperOption("contact", "Whom to reach, printed as it is. Default: a line to write on.")
SINCE = PaperOption(
    "complete_since",
    "The record holds every event of --complete-kinds since this day. Default: nobody says so.",
    once="whole_since",
)
KINDS = PaperOption(
    "complete_kinds", "Kinds of events of which the record is complete, by comma.", CLAIMS, once="whole_kinds"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequest:
    """What a paper is made from. sheet, payers: what the pathway shows, declared. given: its options by name."""

    assessment: Assessment
    record: Record
    sheet: Sheet
    payers: Payers
    given: Mapping[str, str]


Page = Callable[[PaperRequest], Data]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper, and with it a command of this name.

    name: of the command and of templates/<name>.html. help: for the command line. load: gives the function that makes
    what the template shows; it imports the module only when it is called. options: besides the person and the day.
    one_page: printed smaller until it fits. of_record: made from a record only, not from facts. suffixed: the options
    whose values stand in the file's name, each with what stands there when it is empty.
    """

    name: str
    help: str
    load: Callable[[], Page]
    options: tuple[PaperOption, ...] = ()
    one_page: bool = False
    of_record: bool = False
    suffixed: tuple[tuple[str, str], ...] = ()

    def file_name(self, given: Mapping[str, str]) -> str:
        """The name of the file without its ending."""
        return "-".join([self.name, *(given[name] or otherwise for name, otherwise in self.suffixed)])


def history_of(record: Record, day: date, since: str | None, kinds: str) -> History:
    """The events of a record, complete since a day for these kinds when somebody says so. Raises ScopeError."""
    from spinesteps.audits.measured import Complete, History

    if not since:
        return History.of(record.events, day)
    try:
        first = date.fromisoformat(since)
    except ValueError:
        raise ScopeError("--complete-since takes a day such as 2024-01-01.") from None
    named = frozenset(kind.strip() for kind in kinds.split(",") if kind.strip())
    odd = named - {*CLAIMS.split(","), "observation", "answer", "encounter"}
    if odd:
        raise ScopeError(f"--complete-kinds does not know {', '.join(sorted(odd))}.")
    return History.of(record.events, day, Complete(first, day, named))


