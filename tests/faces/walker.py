"""Walks through the self-check with the answers of a facts file, page by page, as the contract describes the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

MOST_PAGES = 120
ENDS = ("result", "emergency")


@dataclass
class Seen(HTMLParser):
    """What a program reads off a page: the main part's data, its controls by name, its buttons, its advice."""

    main: dict[str, str] = field(default_factory=dict)
    controls: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    advice: dict[str, dict[str, str]] = field(default_factory=dict)
    sealed: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.main = given
        elif tag == "input" and given.get("name") == "sealed":
            self.sealed = given["value"]
        elif tag == "input":
            self.controls.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "button" and "name" in given:
            self.buttons.append((given["name"], given["value"]))
        if given.get("id", "").startswith("advice-"):
            self.advice[given["id"].removeprefix("advice-")] = given


@dataclass
class Walk:
    """A walk to its end. pages, taps: how many; kinds: of the pages in order."""

    end: Seen
    text: str
    pages: int
    taps: int
    kinds: list[str]


def seen(text: str) -> Seen:
    """What a program reads off a page."""
    page = Seen()
    page.feed(text)
    return page


def walk(client: httpx.Client, facts: Mapping[str, object], everything: bool = True, stop_at: str = "") -> Walk:
    """Answer every page with these facts; what they do not hold is left open. everything: add every section.

    Ends at the result, the emergency page, or the first page of the kind `stop_at`.
    """
    response = client.post("/check", data={"go": "next", "country": str(facts.get("country", ""))})
    pages = taps = 0
    kinds = []
    while True:
        response.raise_for_status()
        page = seen(response.text)
        kind = page.main.get("data-page", "")
        kinds.append(kind)
        pages += 1
        if kind in (*ENDS, stop_at):
            return Walk(page, response.text, pages, taps, kinds)
        assert pages < MOST_PAGES, kinds
        put = answers(page, kind, facts, everything)
        taps += len(put) + ("go" not in put)
        response = client.post("/check", data=put | {"sealed": page.sealed} | ({} if "go" in put else {"go": "next"}))


def answers(page: Seen, kind: str, facts: Mapping[str, object], everything: bool) -> dict[str, str]:
    """What is put into a page's controls."""
    if kind == "check-answers":
        return {"go": "finish"}
    if kind == "sections":
        return {name: "yes" for name in page.controls if everything}
    asked = {name: facts[name] for name in page.controls if name in facts}
    plain = [name for name in page.controls if "__" not in name]
    if ("go", "none") in page.buttons and asked.keys() == set(plain) and not any(asked[n] is not False for n in plain):
        return {"go": "none"}
    put = {}
    for name, value in asked.items():
        if isinstance(value, bool):
            put[name] = "yes" if value else "no"
        elif value in ("not_sure", "declined") and f"{name}__unsure" in page.controls:
            put[f"{name}__unsure"] = str(value)
        else:
            put[name] = f"{value:.10g}" if isinstance(value, float) else str(value)
    return put
