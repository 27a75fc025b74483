"""A client that behaves: it judges every address, obeys robots.txt, waits its turn and follows few redirects.

It holds no cookies and no passwords, and says who it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from corpus.errors import FetchError, NoAnswer, RobotsRefusal
from corpus.fetching.addresses import Address, checked_numbers, parse_address
from corpus.fetching.answer import Answer, answered
from corpus.fetching.body import beginning, decoded
from corpus.fetching.connection import Connection, Deadline, Network
from corpus.fetching.robots import LONGEST_ROBOTS, Robots, parse_robots

AGENT = "coop-assistant"
"""What we are called, also in a robots.txt."""

PAUSE = 1.0
"""Seconds between two requests to one host."""

LONGEST_PAUSE = 30.0
"""A host that asks for more seconds between requests gets these."""

_HEADERS = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, identity", "Connection": "close"}
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_NOTHING_MORE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one request may ask of us."""

    size: int = 50 * 1024 * 1024
    """Bytes, as they come and as they are when unpacked."""
    seconds: float = 300.0
    """For the whole answer."""
    wait: float = 20.0
    """Seconds, for each thing the host has to do: to take the connection, to send the next bytes."""
    redirects: int = 5


LIMITS = Limits()


class Client:
    """Opens addresses. It remembers what it learned of each host, so use one for many addresses."""

    def __init__(
        self, *, allow_private: bool = False, limits: Limits = LIMITS, network: Network | None = None
    ) -> None:
        self.limits = limits
        self._allow_private = allow_private
        self._network = network or Network()
        self._robots: dict[str, Robots | FetchError] = {}
        self._asked_at: dict[str, float] = {}

    @contextmanager
    def open(
        self, address: str, method: str = "GET", headers: Mapping[str, str] = _NOTHING_MORE
    ) -> Iterator[Answer]:
        """The answer at the end of the redirects, whatever its status; its body is read within.

        Raises FetchError: RefusedAddress and RobotsRefusal for any address on the way, GonePage for a
        host that is no more, NoAnswer, UnfitContent.
        """
        with self._followed(parse_address(address), method, headers, self._permit) as answer:
            yield answer

    @contextmanager
    def _followed(
        self, address: Address, method: str, headers: Mapping[str, str], permit: Callable[[Address], None]
    ) -> Iterator[Answer]:
        moved_to: Address | None = None
        permanent = True
        for _ in range(self.limits.redirects + 1):
            permit(address)
            with self._asked(address, method, headers) as answer:
                location = _location(answer)
                if location is None:
                    yield replace(answer, moved_to=moved_to)
                    return
                address = address.joined(location)
                permanent = permanent and answer.status in _PERMANENT
                moved_to = address if permanent else moved_to
        wrong = f"it leads from address to address more than {self.limits.redirects} times"
        raise NoAnswer(str(address), wrong, "Open it in a browser, and use the address it ends at.")

    @contextmanager
    def _asked(self, address: Address, method: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        numbers = checked_numbers(address, self._network.resolve, allow_private=self._allow_private)
        deadline = Deadline(address, self.limits.seconds, self.limits.wait, self._network.clock)
        connection = Connection(address, numbers, self._network, deadline)
        with answered(address, connection, deadline, method, {**_HEADERS, **headers}) as answer:
            yield replace(answer, pieces=decoded(answer, self.limits.size))

    def _permit(self, address: Address) -> None:
        """Return when it is our turn to ask for this address. Raises RobotsRefusal."""
        robots = self._robots_of(address)
        if not robots.allows(address.target):
            wrong = "its host asks programs to stay away from it (robots.txt)"
            raise RobotsRefusal(str(address), wrong, "Save it with your browser, and add the file.")
        self._wait(address, min(max(PAUSE, robots.delay or 0), LONGEST_PAUSE))

    def _wait(self, address: Address, seconds: float = PAUSE) -> None:
        network = self._network
        if address.host in self._asked_at:
            network.sleep(max(0.0, self._asked_at[address.host] + seconds - network.clock()))
        self._asked_at[address.host] = network.clock()

    def _robots_of(self, address: Address) -> Robots:
        """Asked for once, also where it fails. Raises FetchError about the address."""
        if address.origin not in self._robots:
            try:
                self._robots[address.origin] = self._fetched_robots(replace(address, target="/robots.txt"))
            except FetchError as error:
                self._robots[address.origin] = error
        robots = self._robots[address.origin]
        if isinstance(robots, FetchError):
            raise type(robots)(str(address), robots.wrong, robots.remedy)
        return robots

    def _fetched_robots(self, address: Address) -> Robots:
        """Everything is allowed where there is no robots.txt, nothing where the host fails to say."""
        with self._followed(address, "GET", _NOTHING_MORE, self._wait) as answer:
            if answer.status >= 500 or answer.status == 429:
                wrong = f"its host can't say what robots.txt allows ({answer.status})"
                raise NoAnswer(str(address), wrong, "Try again later.")
            if answer.status != 200:
                return Robots()
            text = beginning(answer.pieces, LONGEST_ROBOTS)[:LONGEST_ROBOTS]
            return parse_robots(text.decode("utf-8", "replace"), AGENT)


def _location(answer: Answer) -> str | None:
    """Where a redirect leads, as it was written: header fields come as Latin-1, addresses in UTF-8."""
    location = answer.headers["Location"] if answer.status in _REDIRECTS else None
    return str(location).encode("latin-1", "replace").decode("utf-8", "replace") if location else None
