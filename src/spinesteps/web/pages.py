"""The templates and what each page is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from spinesteps.errors import Fault
from spinesteps.pathway.deployment import Deployment
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.assess import Assessment, unchecked
from spinesteps.version import __version__
from spinesteps.web.show import danger_signs, show

HERE = Path(__file__).parent
MOST_FAULTS = 1000  # on one page; a page of more would not open


class Pages:
    """Every page of one pathway, as it is deployed here."""

    def __init__(self, pathway: Pathway, deployment: Deployment) -> None:
        self.pathway = pathway
        self.deployment = deployment
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals |= {"language": pathway.language, "software": __version__, "knowledge": pathway.version}
        self.templates.globals["deployment"] = deployment.to_json()

    def start(self, day: date) -> HTMLResponse:
        """What to do now without any form, then the forms."""
        return self._page("start.html", 200, day=day.isoformat(), pasted="", cards=self._cards(day))

    def assessment(self, assessment: Assessment) -> HTMLResponse:
        """The assessment of one person."""
        return self._page("assessment.html", 200, a=show(assessment))

    def faults(self, faults: Iterable[Fault], status: int, place: str, day: str, pasted: str = "") -> HTMLResponse:
        """Every fault of what was handed in, and the form again. place: the field of the form to go to."""
        every = list(faults)
        rest = max(0, len(every) - MOST_FAULTS)
        return self._page(
            "fault.html", status, faults=every[:MOST_FAULTS], rest=rest, place=place, day=day, pasted=pasted
        )

    def absent(self, status: int) -> HTMLResponse:
        """There is no such page, or not that way."""
        return self._page("absent.html", status)

    def names(self, day: date) -> HTMLResponse:
        """Every fact: its name, what it means, what it takes."""
        labels = self.pathway.as_of(day).wording.labels
        rows = [(fact.name, labels[fact.name], fact.expected()) for fact in self.pathway.facts]
        return self._page("names.html", 200, rows=rows)

    def purpose(self) -> HTMLResponse:
        """What this is for and not for."""
        return self._page("purpose.html", 200)

    def unchecked(self) -> str:
        """The page of a failure inside."""
        heading, text = unchecked(self.pathway)
        return self.templates.get_template("unchecked.html").render(heading=heading, text=text)

    def _cards(self, day: date) -> list[dict[str, Any]]:
        cards = danger_signs(self.pathway.as_of(day))
        for card in cards:
            card["text"] = self.deployment.fill(card["text"])
        return cards

    def _page(self, name: str, status: int, **context: Any) -> HTMLResponse:
        return HTMLResponse(self.templates.get_template(name).render(context), status)
