"""Who is asking: the address of the client, told by a proxy only where that proxy is trusted."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.setting_values import Network

CLIENT: ContextVar[str] = ContextVar("client", default="")
"""The address that the request at hand comes from; empty outside a request."""

_MOST_HOPS = 20


def peer_is_trusted(scope: Scope, trusted: Sequence[Network]) -> bool:
    """Whether the other end of the connection is one of our proxies."""
    return _within(_peer(scope), trusted)


def client_address(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address nearest to us that is none of our proxies; the proxy's own where it tells none.

    X-Forwarded-For is read from its end, since only what trusted proxies have added can be believed.
    """
    address = _peer(scope)
    hops = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")[-_MOST_HOPS:]
    while hops and _within(address, trusted):
        before = _address(hops.pop())
        if before is None:
            break
        address = before
    return str(address) if address else "unknown"


def household(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that one IPv6 customer usually has."""
    parsed = _address(address)
    if isinstance(parsed, IPv6Address):
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return address


def _peer(scope: Scope) -> IPv4Address | IPv6Address | None:
    return _address(scope["client"][0]) if scope.get("client") else None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _within(address: IPv4Address | IPv6Address | None, networks: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in networks)
