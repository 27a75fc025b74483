"""Whether an address still leads to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.errors import FetchError, GoneHost, GonePage
from corpus.fetching.client import Client
from corpus.fetching.content import check_page

State = Literal["alive", "moved", "dead", "unclear"]
"""Unclear: the host didn't say, or asks programs to stay away; a person with a browser may find the page."""


@dataclass(frozen=True, slots=True)
class Link:
    """`moved_to` is where the host says the page is from now on, `why` what is wrong with it.

    `no_host`: it is dead since there is no such host, or none can be found at all.
    """

    address: str
    state: State
    moved_to: str | None = None
    why: str | None = None
    no_host: bool = False


def check_link(address: str, client: Client) -> Link:
    """What has become of the address. No page is read further than its head."""
    try:
        moved_to = _asked_for_the_head(address, client) or _asked_for_the_page(address, client)
    except FetchError as error:
        state: State = "dead" if isinstance(error, GonePage) else "unclear"
        return Link(address, state, why=error.wrong, no_host=isinstance(error, GoneHost))
    return Link(address, "moved", moved_to) if moved_to != address else Link(address, "alive")


def _asked_for_the_head(address: str, client: Client) -> str | None:
    """Where the page is, or None: many a host that has the page says otherwise when asked for its head."""
    with client.open(address, "HEAD") as answer:
        if answer.status != 200:
            return None
        check_page(answer, address)
        return str(answer.moved_to or address)


def _asked_for_the_page(address: str, client: Client) -> str:
    with client.open(address) as answer:
        check_page(answer, address)
        return str(answer.moved_to or address)
