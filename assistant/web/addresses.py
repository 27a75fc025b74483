"""Which addresses the page links to, and how it names them."""

from __future__ import annotations

from urllib.parse import urlsplit

from corpus.resource import ARCHIVE, Resource


def safe_address(address: str | None) -> str | None:
    """The address if it is a plain http or https one, else None: no script, no data, no white space."""
    if not address or " " in address or not address.isprintable():  # no other white space is printable
        return None
    try:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:  # a bracket or a port that is none
        return None
    return address if named else None


def host(address: str) -> str:
    """Where a link leads, as a reader names it: `ilo.org`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def archived_copy(resource: Resource) -> str | None:
    """An address of an archived copy of the reading."""
    if resource.archived_url:
        return safe_address(resource.archived_url)
    address = safe_address(resource.url)
    return f"{ARCHIVE}{address}" if address else None
