"""A web of one's own: a real HTTP server on this machine, and an internet on which every host is it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corpus.fetching import Client, Limits, Network

PUBLIC = "93.184.216.34"
PAGE = b"<html><body><p>The bakery elects its board.</p></body></html>"

Say = Callable[[BaseHTTPRequestHandler], None]
"""Answers one request."""


@dataclass
class Web:
    """What stands at each path, and what was asked for: `GET http://host/path`, with the headers."""

    port: int
    pages: dict[str, Say] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def asked_for_pages(self) -> list[str]:
        return [asked for asked in self.asked if not asked.endswith("/robots.txt")]


def page(body: bytes = PAGE, type_: str = "text/html", status: int = 200, **headers: str) -> Say:
    """A page with its true length; headers as `content_encoding`."""

    def say(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", type_)
        request.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)

    return say


def redirect(location: str, status: int = 302) -> Say:
    return page(b"", status=status, location=location)


def raw(*pieces: bytes, pause: float = 0.0) -> Say:
    """Whatever bytes, with pauses between them."""

    def say(request: BaseHTTPRequestHandler) -> None:
        for piece in pieces:
            try:
                request.wfile.write(piece)
                request.wfile.flush()
            except OSError:
                return  # nobody listens any more
            time.sleep(pause)

    return say


@contextmanager
def served(certificate: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server on a free port. A path without a page is 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(f"{self.command} {self.headers['Host']}{self.path}")
            web.headers.append(dict(self.headers))
            web.pages.get(self.path, page(b"nothing", status=404))(self)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:  # noqa: ANN401
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: Any) -> None:  # noqa: ANN401, a client that leaves is expected
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        web = Web(server.server_port)
        if certificate:
            server.socket = certificate.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield web
        server.shutdown()
        thread.join()


class Internet:
    """Name servers, and connections that all end at the local server. `connected` are the numbers used.

    A host has a number, or several, or a list of those for one question after the other.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self.hosts: dict[str, list[Sequence[str]]] = {}
        self.silent: set[str] = set()
        self.connected: list[str] = []
        self.slept: list[float] = []

    def host(self, name: str, *answers: Sequence[str]) -> None:
        self.hosts[name] = list(answers)

    def resolve(self, host: str, _port: int) -> Sequence[str]:
        if host not in self.hosts:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        answers = self.hosts[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, place: tuple[str, int], seconds: float) -> socket.socket:
        self.connected.append(place[0])
        if place[0] in self.silent:
            raise ConnectionRefusedError(111, "Connection refused")
        return socket.create_connection(("127.0.0.1", self._port), seconds)

    def clock(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def client(
        self,
        limits: Limits | None = None,
        *,
        allow_private: bool = False,
        certificates: ssl.SSLContext | None = None,
    ) -> Client:
        network = Network(
            resolve=self.resolve,
            connect=self.connect,
            certificates=certificates or ssl.create_default_context(),
            clock=self.clock,
            sleep=self.sleep,
        )
        return Client(
            allow_private=allow_private, limits=limits or Limits(wait=2, seconds=5), network=network
        )
