"""Connections to numbers that were judged, on which every wait ends in time.

The standard library's HTTP client does the protocol: it lets a subclass choose the number to connect
to while the name stays what the Host header, SNI and the certificate are about, and it knows no
cookies, no proxies, no user's passwords and no redirects that would have to be turned off.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from corpus.errors import NoAnswer
from corpus.fetching.addresses import Address, Resolver, resolve

Connect = Callable[[tuple[str, int], float], socket.socket]
"""Connects to a number and port within so many seconds; raises OSError."""


@dataclass(frozen=True, slots=True)
class Network:
    """What fetching needs of the machine: name servers, connections, certificates and a clock."""

    resolve: Resolver = resolve
    connect: Connect = socket.create_connection
    certificates: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Deadline:
    """So many seconds for all, and for each wait on the network. `left` is what the next wait may take."""

    def __init__(self, address: Address, seconds: float, wait: float, clock: Callable[[], float]) -> None:
        self._address, self._clock, self._wait = address, clock, wait
        self._seconds, self._end = seconds, clock() + seconds

    def left(self) -> float:
        """Seconds, more than none. Raises NoAnswer when the time is over."""
        left = self._end - self._clock()
        if left <= 0:
            wrong = f"it was not there within {self._seconds:g} seconds"
            raise NoAnswer(str(self._address), wrong, "Try again later.")
        return min(left, self._wait)


class Connection(HTTPConnection):
    """Connects to one of the numbers, and reads no longer than the deadline allows."""

    def __init__(
        self, address: Address, numbers: Sequence[str], network: Network, deadline: Deadline
    ) -> None:
        super().__init__(address.host, address.port)
        self.default_port = 443 if address.scheme == "https" else 80  # what the Host header leaves out
        self._scheme, self._numbers = address.scheme, numbers
        self._network, self._deadline = network, deadline

    def connect(self) -> None:
        """Use the first of the numbers that takes the connection. Raises OSError."""
        connected = self._first_that_answers()
        try:
            connected.settimeout(self._deadline.left())
            if self._scheme == "https":
                connected = self._network.certificates.wrap_socket(connected, server_hostname=self.host)
        except BaseException:
            connected.close()
            raise
        self.sock: Any = _TimedSocket(connected, self._deadline)

    def _first_that_answers(self) -> socket.socket:
        failure = OSError("The host has no number.")
        for number in self._numbers:
            try:
                return self._network.connect((number, self.port), self._deadline.left())
            except OSError as error:
                failure = error
        raise failure


class _TimedSocket:
    """As much of a socket as http.client uses; every wait ends in time, however little each one brings."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = connected, deadline

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedBytes(self._socket, self._deadline))

    def close(self) -> None:
        self._socket.close()


class _TimedBytes(io.RawIOBase):
    """A socket's bytes. The socket lives on until this is closed too."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = connected, deadline
        self._bytes = connected.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401, whatever bytes can be written into
        self._socket.settimeout(self._deadline.left())
        return self._bytes.readinto(buffer)

    def close(self) -> None:
        self._bytes.close()
        super().close()
