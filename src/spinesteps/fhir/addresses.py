"""Addresses of resources: absolute ones without what proxies change, relative ones against where they stand."""

from __future__ import annotations

import re
from functools import lru_cache

_REST = re.compile(r"(https?://.+?)/([A-Z][A-Za-z]{1,40})/([^/?#]+)/?")
_CONDITIONAL = re.compile(r"(?:.*/)?Patient\?(?:.*&)?identifier=([^&|]*)\|([^&]+)(?:&.*)?")


def unversioned(reference: str) -> str:
    """A reference without the version it points to."""
    return reference.split("/_history/")[0].strip()


@lru_cache(maxsize=8_192)
def parts(address: str) -> tuple[str, str, str]:
    """Server, type and id of an address: ("", "Patient", "p") of a relative one, ("", "", id) of a urn, else blanks.

    The server is written without its scheme, in small letters, without a standard port: one server has one name.
    """
    text = unversioned(address)
    if text[:4].lower() == "urn:":
        return "", "", text.rpartition(":")[2].lower()
    found = _REST.fullmatch(text)
    if found:
        host, slash, path = found[1].partition("://")[2].partition("/")
        return host.lower().removesuffix(":80").removesuffix(":443") + slash + path.rstrip("/"), found[2], found[3]
    pieces = text.split("/")
    if len(pieces) == 2 and pieces[0].isalpha() and pieces[1] and "?" not in text:
        return "", pieces[0], pieces[1]
    return "", "", ""


def is_urn(address: str) -> bool:
    """Whether it names no server."""
    return address[:4].lower() == "urn:"


def condition_in(reference: str) -> tuple[str, str] | None:
    """The identifier of a conditional reference such as Patient?identifier=urn:x|77; None when it is none."""
    found = _CONDITIONAL.fullmatch(reference)
    return (found[1], found[2]) if found else None
