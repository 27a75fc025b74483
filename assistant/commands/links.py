"""`links`: which addresses of the readings are dead, and which have moved."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from typing import get_args

from tqdm import tqdm

from assistant.commands.linked import named, readings_by_id
from assistant.commands.shown import plain
from assistant.settings import Settings
from corpus.fetching import Client, Link, check_link
from corpus.fetching.links import State
from corpus.resource import ARCHIVE, Resource
from embeddings.encoder import Encoder, open_encoder
from embeddings.stores import open_store

DONE, SOMETHING_DEAD = 0, 1

_NO_NETWORK = "neither its host nor the archive's is found, so look at your network"


@dataclass(frozen=True, slots=True)
class _Checked:
    """An address, the readings that link to it, and for a dead one what an archive has of it."""

    link: Link
    resources: tuple[str, ...]
    archived: Link | None


def links(options: Namespace, encoder: Encoder | None, client: Client | None = None) -> int:
    """Ask for each address that a reading or one of its notes links to, and tell of those that fail."""
    settings = Settings.load()
    encoder = encoder or open_encoder(settings.encoder)
    with closing(open_store(settings.home, encoder, settings.store)) as store:
        readings = readings_by_id(store, settings)
    addresses = _addresses(named(readings, options.ids or list(readings)))
    client = client or Client(allow_private=options.allow_private)
    checked: list[_Checked] = []
    with tqdm(addresses.items(), "Looking", unit=" addresses", disable=None) as bar:
        for address, linking in bar:
            checked.append(_check(address, linking, client))
            if not options.json and checked[-1].link.state != "alive":
                with bar.external_write_mode():
                    print(_line(checked[-1]), flush=True)
    _close(checked, as_json=options.json)
    return SOMETHING_DEAD if any(each.link.state == "dead" for each in checked) else DONE


def _addresses(readings: Iterable[Resource]) -> dict[str, list[Resource]]:
    """Each address without its fragment, and the readings that link to it."""
    found: dict[str, list[Resource]] = {}
    for reading in readings:
        of_it = (reading.url, *reading.alternative_urls, *(source.url for source in reading.sources))
        for address in dict.fromkeys(url.partition("#")[0] for url in of_it if url):
            found.setdefault(address, []).append(reading)
    return found


def _check(address: str, linking: Sequence[Resource], client: Client) -> _Checked:
    link = check_link(address, client)
    copies = (reading.archived_url for reading in linking if reading.url == address)
    copy = next(filter(None, copies), ARCHIVE + address)
    archived = check_link(copy, client) if link.state == "dead" else None
    if archived and archived.no_host and link.no_host:
        # Without a network there is no host at all, and nothing can be said of any page.
        link, archived = replace(link, state="unclear", why=_NO_NETWORK), None
    return _Checked(link, tuple(reading.id for reading in linking), archived)


def _line(checked: _Checked) -> str:
    link = checked.link
    words = f"{link.address} ({', '.join(checked.resources)})"
    if link.why:
        words += f": {link.why}"
    if link.moved_to:
        words += f": now at {link.moved_to}"
    if checked.archived:
        there = checked.archived.state in ("alive", "moved")
        words += f"; archived copy: {checked.archived.address}" if there else "; no archived copy was found"
    return f"{link.state:<7} {plain(words)}"


def _close(checked: Sequence[_Checked], *, as_json: bool) -> None:
    """Print what became of all of them."""
    if as_json:
        shown = [
            {
                **asdict(each.link),
                "resources": each.resources,
                "archived": asdict(each.archived) if each.archived else None,
            }
            for each in checked
        ]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    counts = Counter(each.link.state for each in checked)
    print(
        f"{len(checked):,} addresses: {', '.join(f'{counts[state]:,} {state}' for state in get_args(State))}"
    )
