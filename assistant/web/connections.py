"""uvicorn, patient with answers and impatient with connections that send nothing; and an orderly stop."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.service.desk import Desk

REQUEST_SECONDS = 10.0
"""A connection that has not sent a whole head of a request by then is closed."""

MOST_CONNECTIONS = 4000
"""More connections than this get 503 at once."""


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 in which the head of each request has its time, the first one too."""

    _timer: asyncio.TimerHandle | None = None
    request_seconds = REQUEST_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what comes; the waiting ends where a request has begun, not where a byte has come."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._wait_no_more()
        else:
            self._wait()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request, of which a part may be here already."""
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.request_seconds, self._give_up)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


class OrderlyServer(uvicorn.Server):
    """On the first signal no question is let in, those that are here are answered, and then it ends."""

    def __init__(self, config: uvicorn.Config, desk: Desk, stop_seconds: float) -> None:
        super().__init__(config)
        self._desk = desk
        self._stop_seconds = stop_seconds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wait for the running answers, with the doors still open to say that it closes; then close them."""
        self._desk.stop()
        until = asyncio.get_running_loop().time() + self._stop_seconds
        while self._desk.running and not self.force_exit and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.05)
        self._desk.close()
        await super().shutdown(sockets)


def server(app: Any, desk: Desk, stop_seconds: float) -> OrderlyServer:  # noqa: ANN401, an ASGI application
    """The server for an application; it believes no header of a proxy, since `Front` sees to that."""
    config = uvicorn.Config(
        app,
        http=ImpatientProtocol,
        ws="none",
        log_level="warning",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=2,
    )
    return OrderlyServer(config, desk, stop_seconds)


def allow_many_connections() -> None:
    """Raise this process' limit of open files to what the system allows it, at most twice what we take."""
    if sys.platform == "win32":  # has no such limit
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
