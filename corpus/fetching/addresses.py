"""Addresses that may be fetched: http and https, without a user in them, on hosts of the public internet.

A host's name is resolved once, each of its numbers is judged, and the connection is made to a number
that was judged: a name that resolves to another number a moment later changes nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from corpus.errors import GoneHost, NoAnswer, RefusedAddress

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 4096
"""Characters of an address; longer ones are no page's."""

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the numbers of a host at a port; raises `socket.gaierror` where there are none."""

_FIRST_FREE_PORT = 1024
_SHOWN = 200
_SLIP = "Look for a slip in it."
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
_KEPT = "/%:=&?~#+!$,;'@()*[]"  # the rest of an address's letters are written as %XX
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address as IPv6-only networks see it


@dataclass(frozen=True, slots=True)
class Address:
    """One place on the web. `target` is what a request asks its host for: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: the whole that one robots.txt speaks for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def joined(self, location: str) -> Address:
        """Where a redirect from here leads. Raises RefusedAddress."""
        try:
            joined = urljoin(str(self), location)
        except ValueError:
            raise _refused(location, f"{self} leads there, and it is no web address", _SLIP) from None
        return parse_address(joined)


def parse_address(text: str) -> Address:
    """The address, without its fragment. Raises RefusedAddress, which says what is wrong with it."""
    text = text.strip().partition("#")[0]
    if len(text) > LONGEST or _UNSAFE.search(text):
        raise _refused(text, "it is no web address", "Write the whole address, with %20 for a space.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(text, "it is no web address", _SLIP) from None
    if parts.scheme not in DEFAULT_PORTS:
        raise _refused(text, "it is neither http nor https", "Add a file by its path instead.")
    if "@" in parts.netloc:
        # The message must not repeat a password, nor hide the host behind a user's name.
        raise _refused(f"…@{host}", "it holds a user's name", "Leave out what stands before the @.")
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in DEFAULT_PORTS.values() and port < _FIRST_FREE_PORT:
        raise _refused(text, f"port {port} is not one for pages", "Use 80, 443, or one from 1024 on.")
    path, query = (quote(part, safe=_KEPT, errors="replace") for part in (parts.path or "/", parts.query))
    target = f"{path}?{query}" if query else path
    return Address(parts.scheme, _host(host, text), port, target)


def resolve(host: str, port: int) -> Sequence[str]:
    """The numbers of a host as the operating system knows them, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def checked_numbers(address: Address, resolver: Resolver, *, allow_private: bool = False) -> Sequence[str]:
    """The numbers of the address's host, every one of them public.

    Raises RefusedAddress where one is not, GoneHost where there is no such host, NoAnswer where no
    resolver answers.
    """
    try:
        numbers = resolver(address.host, address.port)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise NoAnswer(str(address), "no name server answers", "Look at your network.") from error
        wrong = f"there is no host {address.host}"
        raise GoneHost(str(address), wrong, "Look for the page elsewhere, or at your network.") from error
    except UnicodeError as error:
        raise _refused(str(address), "its host is no name", _SLIP) from error
    if not allow_private:
        for number in numbers:
            if not is_public(number):
                wrong = f"its host is not on the public internet ({number})"
                raise _refused(str(address), wrong, "If it is yours, say --allow-private.")
    return numbers


def is_public(number: str) -> bool:
    """Whether anybody on the internet could reach this IP address, however it is wrapped."""
    ip = _unwrapped(number)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or _is_site_local(ip))


def _unwrapped(number: str) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, or the address itself."""
    ip = ip_address(number)
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _is_site_local(ip: IPv4Address | IPv6Address) -> bool:
    return isinstance(ip, IPv6Address) and ip.is_site_local


def _host(host: str, text: str) -> str:
    """In ASCII and lower case; IPv6 without brackets."""
    try:
        if ":" in host:
            return str(IPv6Address(host))
        host = host.encode("idna").decode("ascii").lower()
    except ValueError:  # UnicodeError is one
        host = ""
    if not _HOST.fullmatch(host):
        raise _refused(text, "it names no host", _SLIP)
    return host


def _refused(address: str, wrong: str, remedy: str) -> RefusedAddress:
    shown = address if len(address) <= _SHOWN else f"{address[:_SHOWN]}…"
    return RefusedAddress(shown, wrong, remedy)
