"""What was handed in, judged and shown: facts or a record in, the assessment or every fault out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse

from spinesteps.errors import InputError, NoValueError
from spinesteps.fhir.decode import MOST_BYTES as LARGEST_RECORD
from spinesteps.json_pairs import LARGEST
from spinesteps.person.answers import read_person
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.record import Record
from spinesteps.web import intake
from spinesteps.web.pages import Pages
from spinesteps.web.show import show


def add_to(app: FastAPI, pages: Pages) -> None:
    """Add the two forms: facts, and a record."""
    pathway = pages.pathway

    async def of_facts(form: FormData) -> Assessment:
        data, day = await intake.facts_of(form), intake.day_of(form)
        return await run_in_threadpool(_judge, pages, day, lambda: read_person(data, pathway.by_name, day))

    async def of_record(form: FormData) -> Assessment:
        data, day, patient = await intake.bundle_of(form), intake.day_of(form), intake.text_of(form, "patient") or None
        return await run_in_threadpool(_judge, pages, day, lambda: pages.read_record(data, day, patient))

    @app.post("/facts")
    async def facts(request: Request) -> HTMLResponse:
        return await _answer(pages, request, LARGEST, of_facts, "facts")

    @app.post("/record")
    async def record(request: Request) -> HTMLResponse:
        return await _answer(pages, request, LARGEST_RECORD, of_record, "bundle")


async def _answer(
    pages: Pages, request: Request, largest: int, read: Callable[[FormData], Awaitable[Assessment]], place: str
) -> HTMLResponse:
    """The assessment as a page, or the page of every fault with the form as it was filled in."""
    form = FormData()
    try:
        form = await intake.read_form(request, largest)
        return await run_in_threadpool(_shown, pages, await read(form))
    except InputError as error:
        status = error.status if isinstance(error, intake.Refused) else 400
        day = intake.text_of(form, "day") or intake.today().isoformat()
        return pages.faults(error.faults, status, place, day, intake.text_of(form, "facts"))
    finally:
        await form.close()


def _shown(pages: Pages, assessment: Assessment) -> HTMLResponse:
    return pages.page("assessment.html", a=show(assessment))


def _judge(pages: Pages, day: date, read: Callable[[], Record]) -> Assessment:
    try:
        pages.pathway.as_of(day)
    except NoValueError:
        raise intake.bad_day("The pathway does not reach back to this day.") from None
    return assess(read(), pages.pathway, day, pages.deployment)
