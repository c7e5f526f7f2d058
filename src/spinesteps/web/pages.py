"""What the pages share: the pathway, the templates, the page of faults and that of a failure inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from spinesteps.errors import Fault, printable
from spinesteps.pathway.deployment import Deployment
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.assess import unchecked
from spinesteps.person.record import Record
from spinesteps.version import __version__
from spinesteps.web.sealed import Seal

ReadRecord = Callable[[bytes, date, str | None], Record]
HERE = Path(__file__).parent
MOST_FAULTS = 1000  # on one page; a page of more would not open


def _shown(value: Any) -> Any:
    """Every text that is put into a page, without signs that could forge or hide what stands there; lines stay."""
    return "\n".join(map(printable, value.split("\n"))) if type(value) is str else value


class Pages:
    """What every page is made with: one pathway, as it is deployed here.

    read_record: a FHIR Bundle, the day and the patient's id, as a Record. seal: closes what travels between pages.
    """

    def __init__(self, pathway: Pathway, deployment: Deployment, read_record: ReadRecord, seal: Seal) -> None:
        self.seal = seal
        self.pathway = pathway
        self.deployment = deployment
        self.read_record = read_record
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
        )
        self.templates.globals |= {"language": pathway.language, "software": __version__, "knowledge": pathway.version}
        self.templates.globals["deployment"] = deployment.to_json()

    def page(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page from its template in templates/."""
        return HTMLResponse(self.templates.get_template(template).render(context), status)

    def faults(self, faults: Iterable[Fault], status: int, place: str, day: str, pasted: str = "") -> HTMLResponse:
        """Every fault of what was handed in, and the form again. place: the field of the form to go to."""
        every = list(faults)
        rest = max(0, len(every) - MOST_FAULTS)
        return self.page(
            "fault.html", status, faults=every[:MOST_FAULTS], rest=rest, place=place, day=day, pasted=pasted
        )

    def telephone(self, country: object = None) -> dict[str, str]:
        """What the emergency link dials, and what it shows. 112 is put through in most of the world."""
        number = self.deployment.telephone("emergency", country)
        shown = number or self.deployment.words(country)["emergency_number"]
        return {"number": shown, "tel": re.sub(r"[^0-9+]", "", number or "") or "112"}

    def unchecked(self) -> str:
        """The page of a failure inside."""
        heading, text = unchecked(self.pathway)
        return self.templates.get_template("unchecked.html").render(heading=heading, text=text)
