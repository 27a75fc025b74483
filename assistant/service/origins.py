"""Whether a request comes from our own page or from nobody's, and not from a page of another site."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

_SAFE = ("GET", "HEAD", "OPTIONS")
_SITES_OF_OURS = ("same-origin", "none")


def is_foreign(scope: Scope) -> bool:
    """Whether a page of another site had the browser send this. Following a link from there is no such thing.

    Browsers say so themselves (Sec-Fetch-Site); older ones by the Origin, which must then be this host.
    """
    headers = Headers(scope=scope)
    if scope["method"] in _SAFE and headers.get("sec-fetch-mode") == "navigate":
        return False
    site = headers.get("sec-fetch-site")
    if site is not None and site not in _SITES_OF_OURS:
        return True
    origin = headers.get("origin")
    return origin is not None and not _same_host(origin, headers.get("host", ""))


def is_elsewhere(scope: Scope) -> bool:
    """Whether the request came in at an address that other machines reach. A server's socket file is none."""
    try:
        address = ip_address((scope.get("server") or ("",))[0])
    except ValueError:
        return False
    return not (getattr(address, "ipv4_mapped", None) or address).is_loopback


def is_local_name(host: str) -> bool:
    """Whether a Host header names an address or this machine: no name that another site could point here."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _same_host(origin: str, host: str) -> bool:
    try:
        return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
