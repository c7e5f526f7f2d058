"""The server through a real socket: connections that stall, a stop signal, ports that cannot be opened, forms twice."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from urllib.parse import urlsplit

import httpx
import pytest

from spinesteps.web import connection
from tests.faces.conftest import Outcome
from tests.faces.serving import served

GET = b"GET /names HTTP/1.1\r\nHost: x\r\n\r\n"
FORM = b"Content-Type: multipart/form-data; boundary=b"
POST = b"POST /facts HTTP/1.1\r\nHost: x\r\n" + FORM + b"\r\nContent-Length: 900\r\n\r\n"
PATIENCE = 60  # seconds after which a test is taken as failed; nothing is waited for when all is well
STALLS = {
    "nothing is sent": (b"", b""),
    "a head that does not end": (b"GET / HTTP/1.1\r\nHost: x\r\n", b""),
    "a head byte by byte": (b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"a"),
    "a body that does not come": (POST + b"--b\r\n", b""),
    "a body byte by byte": (POST + b'--b\r\nContent-Disposition: form-data; name="facts"\r\n\r\n', b" "),
    "a second request that does not end": (b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /", b"a"),
    "a body after it was refused": (POST.replace(b"900", b"9000000"), b" "),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, served() as address:
        patch.setattr(connection, "WAIT", 0.3)
        yield address


def connect(address: str) -> socket.socket:
    place = urlsplit(address)
    return socket.create_connection((place.hostname or "", place.port or 0), PATIENCE)


@pytest.mark.parametrize(("first", "more"), STALLS.values(), ids=STALLS)
def test_a_request_that_stalls_is_ended(address: str, first: bytes, more: bytes) -> None:
    with connect(address) as line:
        line.sendall(first)
        line.settimeout(0.05)
        for _ in range(PATIENCE * 20):
            try:
                if more:
                    line.sendall(more)
                if not line.recv(65_536):
                    return
            except TimeoutError:
                continue
            except ConnectionError:
                return
    pytest.fail("The connection stayed open.")


def test_an_answer_that_is_not_taken_is_ended(address: str) -> None:
    whole, times = httpx.get(f"{address}/names", headers={"Accept-Encoding": ""}, trust_env=False).content, 400
    with closing(socket.socket()) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        place = urlsplit(address)
        line.connect((place.hostname, place.port))
        line.sendall(GET * times)  # more than what the system keeps for us
        time.sleep(5 * connection.WAIT)
        line.settimeout(PATIENCE)
        came = 0
        with suppress(ConnectionError):
            while part := line.recv(1 << 20):
                came += len(part)
    assert came < len(whole) * times


def test_others_are_answered_beside_stalled_ones(address: str) -> None:
    with ExitStack() as held:
        for _ in range(100):
            held.enter_context(connect(address)).sendall(b"GET / HTTP/1.1\r\n")
        assert httpx.get(f"{address}/health", timeout=PATIENCE, trust_env=False).status_code == 200


def test_a_slow_request_that_goes_on_is_answered(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RATE", 1)
    with connect(address) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nX-Long: ")
        line.settimeout(0.1)
        for _ in range(6):
            line.sendall(b"a" * 100)
            with pytest.raises(TimeoutError):
                line.recv(1)
        line.sendall(b"\r\nHost: x\r\n\r\n")
        line.settimeout(PATIENCE)
        assert line.recv(100).startswith(b"HTTP/1.1 200")


SERVE = "import sys, time; from spinesteps.web import app, checked; {}app.run(port=0, browser=False)"


@contextmanager
def started(before: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    with subprocess.Popen([sys.executable, "-c", SERVE.format(before)], stderr=subprocess.PIPE, text=True) as process:
        try:
            found = re.search(r"http://\S+[^/\s]", process.stderr.readline() if process.stderr else "")
            assert found
            yield process, found[0]
        finally:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["told to end", "Ctrl+C"])
def test_a_stop_ends_it_with_connections_open(how: signal.Signals) -> None:
    with started() as (process, address), ExitStack() as held:
        for first, _ in STALLS.values():
            held.enter_context(connect(address)).sendall(first)
        answer = httpx.get(f"{address}/health", timeout=PATIENCE, trust_env=False)
        assert answer.status_code == 200  # the others were taken in before it
        process.send_signal(how)
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)


def test_a_stop_waits_for_no_record_that_is_being_judged() -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="facts"\r\n\r\n{"age": 71}\r\n--b--\r\n'
    slow = "checked.assess = lambda *given: print('judging', file=sys.stderr, flush=True) or time.sleep(900); "
    with started(slow) as (process, address), connect(address) as line:
        line.sendall(POST.replace(b"900", str(len(body)).encode()) + body)
        assert process.stderr and process.stderr.readline() == "judging\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)


@pytest.mark.parametrize("port", ["70000", "65536", "-1", "x", "", "8000.5", "9" * 5_000, "٨٠", " 80"])
def test_a_port_that_cannot_be_is_told_in_a_line(spinesteps: Callable[..., Outcome], port: str) -> None:
    done = spinesteps("serve", "--no-browser", f"--port={port}")
    assert done.code == 2 and done.err.count("\n") == 1 and "1 to 65535" in done.err


def test_a_port_in_use_is_told_in_a_line(spinesteps: Callable[..., Outcome]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = spinesteps("serve", "--no-browser", "--port", port)
    assert done.code == 2 and done.err == f"Port {port} is in use by another program. Choose another with --port.\n"


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "x" * 5_000, "300.1.1.1", "fe80::zz"])
def test_a_host_that_cannot_be_is_told_in_a_line(spinesteps: Callable[..., Outcome], host: str) -> None:
    done = spinesteps("serve", "--no-browser", "--port", "0", "--host", host)
    assert done.code == 2 and done.err.count("\n") == 1 and "--host" in done.err and len(done.err) < 500


FIELDS = ["facts", "day", "file"]


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_twice_is_refused(address: str, name: str) -> None:
    form = [("facts", (None, '{"age": 71}')), ("day", (None, "2026-11-21"))]
    value = ("p.json", b'{"age": 80}', "application/json") if name == "file" else dict(form)[name]
    form = [*(form[1:] if name == "file" else form), (name, value), *([(name, value)] if name == "file" else [])]
    answer = httpx.post(f"{address}/facts", files=form, timeout=PATIENCE, trust_env=False)
    assert answer.status_code == 400 and "How soon to get help" not in answer.text


