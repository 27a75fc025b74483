"""The whole service over a small collection, listening, as an attacker finds it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import httpx
import pytest

from assistant.service.desk import Desk
from assistant.setting_values import networks
from assistant.settings import Settings
from assistant.web.connections import ImpatientProtocol, server
from assistant.web.protocol import PageAssistant
from assistant.web.server import create_app
from tests.service import small_assistant

HEAD_SECONDS = 1.0
"""A connection has this long to send the head of a request here."""


class _Impatient(ImpatientProtocol):
    request_seconds = HEAD_SECONDS


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service listens."""

    host: str
    port: int

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=10)

    def send(self, request: bytes) -> bytes:
        """All that comes back for these bytes, until the connection is closed."""
        with self.connect() as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


@contextmanager
def serving(assistant: object, settings: Settings, *, local_only: bool = True) -> Iterator[Service]:
    """The whole service, in a thread of its own."""
    desk = Desk(settings)
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    started: list[object] = []

    async def run() -> None:
        app = create_app(
            cast(PageAssistant, assistant), pause=0, settings=settings, desk=desk, local_only=local_only
        )
        running = server(app, desk, stop_seconds=1)
        running.config.http_protocol_class = _Impatient
        running.config.load()
        running.config.http_protocol_class = _Impatient
        started.append(running)
        await running.serve(sockets=[listening])

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    while not (started and started[0].started):  # type: ignore[attr-defined]
        assert thread.is_alive(), "the service did not start"
        time.sleep(0.02)
    try:
        yield Service(*listening.getsockname())
    finally:
        started[0].should_exit = True  # type: ignore[attr-defined]
        thread.join(15)
    assert not thread.is_alive(), "the service did not stop"


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """An assistant over eight readings. Only ask it."""
    with small_assistant(tmp_path_factory.mktemp("small") / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def service(assistant: object) -> Iterator[Service]:
    """The service as it is by default, but for a rate that tests may use up."""
    settings = Settings(questions_per_minute=100_000, requests_per_minute=1_000_000)
    with serving(assistant, settings) as running:
        yield running


@pytest.fixture(scope="session")
def strict(assistant: object) -> Iterator[Service]:
    """The service behind a proxy on this machine, with few questions a minute, and framed by one site."""
    settings = Settings(
        trusted_proxies=networks("127.0.0.1"),
        questions_per_minute=2,
        embed_origins=("https://union.example",),
    )
    with serving(assistant, settings) as running:
        yield running


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    """A client of that service."""
    with httpx.Client(base_url=service.address, timeout=20) as opened:
        yield opened
