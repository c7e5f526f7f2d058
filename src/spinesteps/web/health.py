"""Whether the server answers, and by which versions: for a machine that watches it."""

from __future__ import annotations

from fastapi import FastAPI

from spinesteps.person.output import versions
from spinesteps.web import intake
from spinesteps.web.pages import Pages


def add_to(app: FastAPI, pages: Pages) -> None:
    """Add the answer for machines."""

    @app.get("/health")
    def health() -> dict[str, str]:
        day = intake.today()
        return {"status": "ok", **versions(pages.pathway.as_of(day), day)}
