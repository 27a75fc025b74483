"""How the text of an environment variable becomes a value. A ValueError says what would be allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_YES, _NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")


def text(value: str) -> str:
    """The text itself."""
    return value


def path(value: str) -> Path:
    """A file or folder; `~` is the user's own."""
    return Path(value).expanduser()


def flag(value: str) -> bool:
    """Yes or no."""
    if value.casefold() in _YES:
        return True
    if value.casefold() in _NO:
        return False
    raise ValueError("yes or no")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number within bounds, both included."""

    def parse(value: str) -> int:
        if not value.isascii() or not value.isdecimal() or len(value) > 12 or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low:,} to {high:,}")
        return int(value)

    return parse


def one_of(*words: str) -> Callable[[str], str]:
    """One of these words."""

    def parse(value: str) -> str:
        if value not in words:
            raise ValueError(" or ".join(words))
        return value

    return parse


def database(value: str) -> str:
    """The address of a PostgreSQL database."""
    if not value.startswith(("postgresql://", "postgres://")):
        raise ValueError("the address of a PostgreSQL database, such as postgresql://user@host:5432/name")
    return value


def header_name(value: str) -> str:
    """The name of a request's header, in small letters."""
    if not _HEADER.fullmatch(value):
        raise ValueError("the name of a header, such as X-Forwarded-User")
    return value.lower()


def networks(value: str) -> tuple[Network, ...]:
    """IP addresses and networks, between commas."""
    try:
        return tuple(ip_network(part) for part in _parts(value))
    except ValueError:
        raise ValueError(
            "IP addresses or networks with commas between them, such as 10.0.0.0/8,::1"
        ) from None


def origins(value: str) -> tuple[str, ...]:
    """Origins of web pages, between commas: scheme and host, and a port where it is not the usual one."""
    return tuple(_origin(part) for part in _parts(value))


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _origin(value: str) -> str:
    try:
        parts = urlsplit(value)
        plain = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        plain = ""
    named = parts.hostname if plain else None
    if not named or parts.scheme not in ("http", "https") or plain != value.rstrip("/").lower():
        raise ValueError("origins between commas, such as https://example.org")
    if not re.fullmatch(r"[a-z0-9.:\[\]-]+", named):
        raise ValueError("origins between commas, such as https://example.org")
    return plain
