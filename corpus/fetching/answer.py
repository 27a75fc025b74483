"""One request and its answer."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse

from corpus.errors import NoAnswer, UnfitContent
from corpus.fetching.addresses import Address
from corpus.fetching.connection import Connection, Deadline

_PIECE = 64 * 1024


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
    address: Address, connection: Connection, deadline: Deadline, method: str, headers: Mapping[str, str]
) -> Iterator[Answer]:
    """The host's answer, to be read within; the connection is closed then.

    Raises NoAnswer, and UnfitContent for a body that breaks off.
    """
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
