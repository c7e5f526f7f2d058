"""What stands in a Bundle, in Parameters or in a line: resources, deletions, and words of the source about the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from spinesteps.errors import Fault
from spinesteps.fhir.addresses import parts
from spinesteps.fhir.decode import Repeated
from spinesteps.fhir.doubts import MODIFIER, RULES, WORDS, is_cut
from spinesteps.fhir.versions import Version, version_of

HOLDERS = ("Bundle", "Parameters")
MOST_ENTRIES = 500_000
# What an OperationOutcome says of something that is not there.
WITHHELD = frozenset(
    ("suppressed", "security", "forbidden", "incomplete", "too-costly", "not-found", "not-supported", "throttled",
     "timeout", "exception", "processing", "lock-error", "no-store", "transient", "login", "expired", "unknown")
)  # fmt: skip


class Found(NamedTuple):
    """One resource: its place, the address it was sent under, itself, its place in a history (None: no history)."""

    place: str
    url: str
    resource: dict[str, Any]
    rank: int | None = None


class Deleted(NamedTuple):
    """A resource that was deleted: server, type and id; when, or its place in a history."""

    server: str
    kind: str
    id: str
    version: Version


Content = Found | Deleted | Fault


def contents(holder: Mapping[str, Any], place: str) -> Iterator[Content]:
    """Everything in a Bundle or in Parameters, inner ones too."""
    if holder.get("resourceType") == "Parameters":
        yield from _parameters(holder.get("parameter"), f"{place}.parameter")
        return
    held = holder.get("entry")
    entries = held if isinstance(held, list) else []
    rank = len(entries) if holder.get("type") == "history" else None
    yield from _said_of(holder, entries, place)
    doubtful = {name: holder[name] for name in (RULES, MODIFIER) if holder.get(name)}
    for number, entry in enumerate(entries):
        if isinstance(entry, dict):
            yield from _entry(entry, f"{place}.entry[{number}]", None if rank is None else rank - number, doubtful)
        entries[number] = None  # what was read is let go


def outcome(resource: Mapping[str, Any], place: str) -> Iterator[Fault]:
    """What an OperationOutcome says of things that are missing."""
    held = resource.get("issue")
    for issue in held if isinstance(held, list) else []:
        if not isinstance(issue, dict):
            continue
        code = issue.get("code")
        grave = issue.get("severity") in ("fatal", "error", "warning")
        if grave or code in WITHHELD:
            why = f" ({code})" if code in WITHHELD else ""
            wrong = f"The source says that something was withheld, or failed{why}: the record is incomplete."
            yield Fault(place, wrong, "a whole record", "Ask the source what is missing.")


def _entry(entry: dict[str, Any], place: str, rank: int | None, doubtful: dict[str, Any]) -> Iterator[Content]:
    """What an entry holds. doubtful: what changes the meaning of everything in the Bundle."""
    resource, url, request = entry.get("resource"), entry.get("fullUrl"), entry.get("request")
    url = url if isinstance(url, str) else ""
    if isinstance(request, dict) and str(request.get("method")).upper() == "DELETE":
        yield from _deletion(request.get("url"), url, entry.get("response"), rank, f"{place}.request")
    else:
        if entry.get(MODIFIER):
            doubtful = doubtful | {MODIFIER: entry[MODIFIER]}
        for one in resource if isinstance(resource, Repeated) else [resource]:
            if isinstance(one, dict):
                yield from _resource(doubtful | one if doubtful else one, f"{place}.resource", url, rank)
    response = entry.get("response")
    told = response.get("outcome") if isinstance(response, dict) else None
    if isinstance(told, dict):
        yield from outcome(told, f"{place}.response.outcome")


def _resource(resource: dict[str, Any], place: str, url: str, rank: int | None) -> Iterator[Content]:
    kind = resource.get("resourceType")
    if kind in HOLDERS:
        yield from contents(resource, place)
    elif kind == "OperationOutcome":
        yield Found(place, url, resource, rank)
        yield from outcome(resource, place)
    else:
        yield Found(place, url, resource, rank)


def _parameters(held: Any, place: str) -> Iterator[Content]:
    for number, one in enumerate(held if isinstance(held, list) else []):
        if not isinstance(one, dict):
            continue
        here = f"{place}[{number}]"
        resource = one.get("resource")
        if isinstance(resource, dict):
            yield from _resource(resource, f"{here}.resource", "", None)
        yield from _parameters(one.get("part"), f"{here}.part")


def _deletion(asked: Any, url: str, response: Any, rank: int | None, place: str) -> Iterator[Content]:
    at = response.get("lastModified") if isinstance(response, dict) else None
    server = parts(url)[0]
    there, kind, own = parts(asked) if isinstance(asked, str) else ("", "", "")
    if not kind:
        there, kind, own = parts(url)
    if kind and own:
        yield Deleted(there or server, kind, own, version_of({"meta": {"lastUpdated": at}} if at else {}, rank))
    else:
        yield Fault(place, "A deletion names no resource: what was deleted may still be counted.",
                    "the type and id of a resource", "Ask the source what was deleted.")  # fmt: skip


def _said_of(holder: Mapping[str, Any], entries: list[Any], place: str) -> Iterator[Fault]:
    if is_cut(holder):
        yield Fault(f"{place}.meta", WORDS["CUT"], "a whole record", "Ask the source what is missing.")
    held = holder.get("link")
    links = held if isinstance(held, list) else []
    if any(isinstance(link, dict) and link.get("relation") == "next" for link in links):
        yield Fault(f"{place}.link", "This is one page of several: the record is incomplete.",
                    "all pages in one Bundle", "Fetch the other pages too.")  # fmt: skip
    total = holder.get("total")
    if isinstance(total, int) and not isinstance(total, bool) and total > sum(map(_counted, entries)):
        yield Fault(f"{place}.total", "The Bundle holds fewer resources than it says: the record is incomplete.",
                    "every resource of the search", "Fetch the others too.")  # fmt: skip


def _counted(entry: Any) -> bool:
    """Whether an entry counts for the total: what was found, not what came along."""
    search = entry.get("search") if isinstance(entry, dict) else None
    mode = search.get("mode") if isinstance(search, dict) else None
    return isinstance(entry, dict) and mode in (None, "match")
