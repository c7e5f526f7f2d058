"""Where a visitor starts: what to do now without any form, then the forms; what this is for; all names of facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from starlette.responses import HTMLResponse, RedirectResponse

from spinesteps.pathway.pathway import Pathway
from spinesteps.person.decision import decide
from spinesteps.web import intake
from spinesteps.web.pages import Pages


def add_to(app: FastAPI, pages: Pages) -> None:
    """Add the start page and what it leads to."""

    @app.get("/")
    def start() -> HTMLResponse:
        day = intake.today()
        cards = [card | {"text": pages.deployment.fill(card["text"])} for card in _signs(pages.pathway.as_of(day))]
        around: dict[str, Any] = {"day": day.isoformat(), "pasted": "", "cards": cards, **pages.telephone()}
        return pages.page("start.html", words=pages.pathway.as_of(day).wording.faces, **around)

    @app.get("/purpose")
    def purpose() -> HTMLResponse:
        return pages.page("purpose.html")

    @app.get("/names")
    def names() -> HTMLResponse:
        labels = pages.pathway.as_of(intake.today()).wording.labels
        rows = [(fact.name, labels[fact.name], fact.expected()) for fact in pages.pathway.facts]
        return pages.page("names.html", rows=rows)

    @app.get("/facts")
    @app.get("/record")
    def again() -> RedirectResponse:
        return RedirectResponse("/", 303)  # an answer cannot be opened again by its address


def _signs(pathway: Pathway) -> Iterator[dict[str, Any]]:
    """The emergency questions that count alone, by how soon a lone yes needs help."""
    signs: dict[str, list[str]] = {"emergency": [], "today": []}
    for ask in pathway.emergency_questions:
        urgency = decide(pathway, {ask.fact.name: True}).urgency
        if ask.after is None and urgency in signs:
            signs[urgency].append(pathway.wording.labels[ask.fact.name])
    for level, labels in signs.items():
        yield {"level": level, "signs": labels, **pathway.wording.urgency[level]}
