"""One request over a connection to a number that was judged, within the time that is left.

The standard library's HTTP client does the protocol: it lets a subclass choose the number to connect
to while the name stays what the Host header, SNI and the certificate are about, and it knows no
cookies, no proxies, no user's passwords and no redirects that would have to be turned off.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from corpus.errors import NoAnswer, UnfitContent
from corpus.fetching.addresses import Address, Resolver, resolve

Connect = Callable[[tuple[str, int], float], socket.socket]
"""Connects to a number and port within so many seconds; raises OSError."""


_PIECE = 64 * 1024


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host says: `headers` in full, the body piece by piece as it comes.

    `moved_to` is the last address that redirects called permanent, if the first of them did.
    """

    address: Address
    status: int
    headers: Message
    pieces: Iterator[bytes]
    moved_to: Address | None = None


@contextmanager
def answered(
    address: Address,
    numbers: Sequence[str],
    network: Network,
    deadline: Deadline,
    method: str,
    headers: Mapping[str, str],
) -> Iterator[Answer]:
    """One answer, to be read within. Raises NoAnswer, and UnfitContent for a body that breaks off."""
    connection = _Connection(address, numbers, network, deadline)
    response = None
    try:
        with _explained(address, deadline):
            connection.request(method, address.target, headers=dict(headers))
            response = connection.getresponse()
        yield Answer(address, response.status, response.headers, _pieces(response, address, deadline))
    finally:
        if response:
            response.close()
        connection.close()


def _pieces(response: HTTPResponse, address: Address, deadline: Deadline) -> Iterator[bytes]:
    while True:
        with _explained(address, deadline):
            piece = response.read1(_PIECE)
        if not piece:
            break
        yield piece
    if response.length:
        raise UnfitContent(str(address), f"{response.length:,} bytes of it did not come", "Try again later.")


@contextmanager
def _explained(address: Address, deadline: Deadline) -> Iterator[None]:
    """Failures of the network as NoAnswer. Nothing else belongs within: disks fail with OSError too."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        wrong = f"its certificate is not good ({error.verify_message})"
        remedy = "Open it in a browser to see why; SSL_CERT_FILE can name certificates of your own."
        raise NoAnswer(str(address), wrong, remedy) from error
    except TimeoutError as error:
        deadline.left()  # says so if it is the whole time that is over
        raise NoAnswer(str(address), "the host is silent", "Try again later.") from error
    except HTTPException as error:
        wrong = f"the host's answer is no HTTP, or breaks off ({type(error).__name__})"
        raise NoAnswer(str(address), wrong, "Try again later.") from error
    except OSError as error:
        wrong = f"the connection fails ({error.strerror or type(error).__name__})"
        raise NoAnswer(str(address), wrong, "Try again later.") from error


class _Connection(HTTPConnection):
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
