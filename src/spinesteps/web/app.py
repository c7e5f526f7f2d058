"""The page: takes a facts file or a FHIR Bundle and shows the assessment. Nothing is kept, nothing is sent on."""

from __future__ import annotations

import sys
import threading
import webbrowser
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from socket import socket

import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from spinesteps.errors import InputError, NoValueError
from spinesteps.fhir.decode import MOST_BYTES as LARGEST_RECORD
from spinesteps.json_pairs import LARGEST
from spinesteps.pathway.deployment import Deployment, read_deployment
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.answers import read_person
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.output import versions
from spinesteps.person.record import Record
from spinesteps.web import intake
from spinesteps.web.guard import Guard
from spinesteps.web.pages import HERE, Pages

ReadRecord = Callable[[bytes, date, str | None], Record]
HERE_ONLY = ("127.0.0.1", "localhost", "::1")


def create_app(pathway: Pathway, read_record: ReadRecord, deployment: Deployment | None = None) -> FastAPI:
    """The application. read_record: a FHIR Bundle, the day and the patient's id, as a Record."""
    pages = Pages(pathway, deployment or read_deployment(None, pathway))
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(GZipMiddleware, minimum_size=2_000)  # no page holds a secret that its size could tell
    app.add_middleware(Guard, unchecked=pages.unchecked())
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    _add_pages(app, pages)
    _add_forms(app, pages, read_record)

    async def absent(request: Request, error: Exception) -> HTMLResponse:
        return pages.absent(error.status_code if isinstance(error, HTTPException) else 404)

    app.add_exception_handler(HTTPException, absent)
    return app


def _add_pages(app: FastAPI, pages: Pages) -> None:
    @app.get("/")
    def start() -> HTMLResponse:
        return pages.start(intake.today())

    @app.get("/purpose")
    def purpose() -> HTMLResponse:
        return pages.purpose()

    @app.get("/names")
    def names() -> HTMLResponse:
        return pages.names(intake.today())

    @app.get("/facts")
    @app.get("/record")
    def again() -> RedirectResponse:
        return RedirectResponse("/", 303)  # an answer cannot be opened again by its address

    @app.get("/health")
    def health() -> dict[str, str]:
        day = intake.today()
        return {"status": "ok", **versions(pages.pathway.as_of(day), day)}


def _add_forms(app: FastAPI, pages: Pages, read_record: ReadRecord) -> None:
    pathway = pages.pathway

    async def of_facts(form: FormData) -> Assessment:
        data, day = await intake.facts_of(form), intake.day_of(form)
        return await run_in_threadpool(_judge, pages, day, lambda: read_person(data, pathway.by_name, day))

    async def of_record(form: FormData) -> Assessment:
        data, day, patient = await intake.bundle_of(form), intake.day_of(form), intake.text_of(form, "patient") or None
        return await run_in_threadpool(_judge, pages, day, lambda: read_record(data, day, patient))

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
        return await run_in_threadpool(pages.assessment, await read(form))
    except InputError as error:
        status = error.status if isinstance(error, intake.Refused) else 400
        day = intake.text_of(form, "day") or intake.today().isoformat()
        return pages.faults(error.faults, status, place, day, intake.text_of(form, "facts"))
    finally:
        await form.close()


def _judge(pages: Pages, day: date, read: Callable[[], Record]) -> Assessment:
    try:
        pages.pathway.as_of(day)
    except NoValueError:
        raise intake.bad_day("The pathway does not reach back to this day.") from None
    return assess(read(), pages.pathway, day, pages.deployment)


class _Server(uvicorn.Server):
    """Says where it listens once it does, and opens the browser there."""

    def __init__(self, config: uvicorn.Config, browser: bool) -> None:
        super().__init__(config)
        self.browser = browser

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        host = self.config.host if self.config.host not in ("0.0.0.0", "::") else "127.0.0.1"
        address = f"http://{f'[{host}]' if ':' in host else host}:{self.config.port}/"
        print(f"SpineSteps is at {address} (Ctrl+C stops it).", file=sys.stderr)
        if self.browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def settings(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    """How it is served: no log of requests, no name of the server."""
    return uvicorn.Config(app, host, port, access_log=False, log_level="warning", server_header=False)


def spine(deployment: Path | None = None) -> FastAPI:
    """The application with the spinal stenosis pathway. Raises InputError when the deployment's file has faults."""
    from spinesteps.fhir.read import read_bundle
    from spinesteps.knowledge.from_record import FROM_RECORD
    from spinesteps.knowledge.records import codes
    from spinesteps.knowledge.spine import PATHWAY

    here = read_deployment(deployment, PATHWAY)

    def read_record(data: bytes, day: date, patient: str | None) -> Record:
        return read_bundle(data, PATHWAY.by_name, codes(), FROM_RECORD, day, patient)

    return create_app(here.speaking(PATHWAY), read_record, here)


def run(host: str = "127.0.0.1", port: int = 8000, browser: bool = True, deployment: Path | None = None) -> None:
    """Serve until stopped. On any host but this one it warns: there is no sign-in and no encryption."""
    if host not in HERE_ONLY:
        print("Other computers can open this page. It has no sign-in and no encryption.", file=sys.stderr)
    try:
        _Server(settings(spine(deployment), host, port), browser).run()
    except KeyboardInterrupt:
        return
