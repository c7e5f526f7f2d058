"""One connection of the server: a request that does not come, or an answer that is not taken, ends it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

WAIT = 30.0  # seconds for a request to come whole, or for an answer to be taken
RATE = 50_000  # bytes that give a second more: a large record on a slow line is no stalled one
GRACE = 3.0  # seconds for what is being answered when the server is told to stop


class Connection(H11Protocol):
    """HTTP/1.1 with an end to every wait for the other side."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that we are told whenever something waits to be taken
        self._due = 0.0
        self._request: asyncio.TimerHandle | None = None
        self._answer: asyncio.TimerHandle | None = None
        self._expect(0)

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        super().data_received(data)
        cycle = self.cycle
        if cycle is None or cycle.more_body or (cycle.response_complete and self.timeout_keep_alive_task is None):
            self._expect(len(data))
        elif self._request is not None:
            self._request.cancel()
            self._request = None

    def _expect(self, came: int) -> None:
        """Wait for (more of) a request; what came gives a little more time, and never more than from now."""
        now = self.loop.time()
        if self._request is None:
            self._due = now + WAIT
            self._request = self.loop.call_later(WAIT, self._look)
        self._due = min(self._due + came / RATE, now + WAIT)

    def _look(self) -> None:
        left = self._due - self.loop.time()
        if left > 0:
            self._request = self.loop.call_later(left, self._look)
        else:
            self.transport.abort()

    def pause_writing(self) -> None:
        """Something waits to be taken."""
        super().pause_writing()
        wait = WAIT + self.transport.get_write_buffer_size() / RATE
        self._answer = self.loop.call_later(wait, self.transport.abort)

    def resume_writing(self) -> None:
        """Everything was taken."""
        super().resume_writing()
        if self._answer is not None:
            self._answer.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        for timer in (self._request, self._answer):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server stops: what is being answered has a little time left."""
        with suppress(h11.LocalProtocolError):  # it broke the protocol before
            super().shutdown()
        self.loop.call_later(GRACE, self.transport.abort)

