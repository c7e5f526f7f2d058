"""The pages, each a module with `add_to` and one line here. Nothing is kept, nothing is sent on."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import webbrowser
from datetime import date
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from spinesteps.errors import ScopeError, plain
from spinesteps.pathway.deployment import Deployment, read_deployment
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.record import Record
from spinesteps.web import check, checked, front, health
from spinesteps.web.connection import Connection
from spinesteps.web.guard import Guard
from spinesteps.web.pages import HERE, Pages, ReadRecord
from spinesteps.web.sealed import Seal, secret

HERE_ONLY = ("127.0.0.1", "localhost", "::1")
STATE = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "spinesteps"
LONGEST_STOP = 4.5  # seconds after which a stop waits for nobody, not even for a record that is being judged


def create_app(
    pathway: Pathway, read_record: ReadRecord, deployment: Deployment | None = None, seal: Seal | None = None
) -> FastAPI:
    """The application. read_record: a FHIR Bundle, the day and the patient's id, as a Record.

    seal: closes what travels between pages; without one, that of this machine.
    """
    pages = Pages(pathway, deployment or read_deployment(None, pathway), read_record, seal or Seal(secret(STATE)))
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(GZipMiddleware, minimum_size=2_000)  # no page holds a secret that its size could tell
    app.add_middleware(Guard, unchecked=pages.unchecked())
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    for page in (front, check, checked, health):
        page.add_to(app, pages)

    async def absent(request: Request, error: Exception) -> HTMLResponse:
        return pages.page("absent.html", error.status_code if isinstance(error, HTTPException) else 404)

    app.add_exception_handler(HTTPException, absent)
    return app


class _Server(uvicorn.Server):
    """Says where it listens once it does, and opens the browser there. A stop ends it, whatever is being done."""

    def __init__(self, config: uvicorn.Config, browser: bool) -> None:
        super().__init__(config)
        self.browser = browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = (sockets or [])[0].getsockname()[:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        print(f"SpineSteps is at {address} (Ctrl+C stops it).", file=sys.stderr, flush=True)
        if self.browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        at_last = threading.Timer(LONGEST_STOP, os._exit, (0,))
        at_last.daemon = True
        at_last.start()
        await super().shutdown(sockets)


def settings(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    """How it is served: no log of requests, no name of the server, no wait without end."""
    return uvicorn.Config(
        app, host, port, http=Connection, ws="none", access_log=False, log_level="warning", server_header=False
    )


def listening(host: str, port: int) -> socket.socket:
    """The socket to serve on. Raises ScopeError when there can be none."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, ValueError) as error:  # the latter: a name that no computer can have
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise ScopeError(f"Port {port} is in use by another program. Choose another with --port.") from None
        why = str(getattr(error, "strerror", "") or error).partition(" (")[0]
        raise ScopeError(
            f"{plain(host)}, port {port}, cannot be opened ({plain(why)}). "
            "Choose an address of this computer with --host, or another --port."
        ) from None


def spine(deployment: Path | None = None) -> FastAPI:
    """The application with the spinal stenosis pathway. Raises InputError when the deployment's file has faults."""
    from spinesteps.fhir.read import read_bundle
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD
    from spinesteps.knowledge.spine import PATHWAY

    here = read_deployment(deployment, PATHWAY)

    def read_record(data: bytes, day: date, patient: str | None) -> Record:
        return read_bundle(data, PATHWAY.by_name, codes(), FROM_RECORD, day, patient)

    return create_app(here.speaking(PATHWAY), read_record, here)


def run(host: str = "127.0.0.1", port: int = 8000, browser: bool = True, deployment: Path | None = None) -> None:
    """Serve until stopped; port 0 is any free one. Raises ScopeError when the address cannot be opened.

    On any host but this one it warns: there is no sign-in and no encryption.
    """
    with listening(host, port) as place:
        if host not in HERE_ONLY:
            print("Other computers can open this page. It has no sign-in and no encryption.", file=sys.stderr)
        try:
            _Server(settings(spine(deployment), host, port), browser).run([place])
        except KeyboardInterrupt:
            return
