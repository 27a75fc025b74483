"""A server, and an internet with one public host, `coop.example`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.fetching.web import PUBLIC, Internet, Web, served


@pytest.fixture
def web() -> Iterator[Web]:
    with served() as web:
        yield web


@pytest.fixture
def internet(web: Web) -> Internet:
    internet = Internet(web.port)
    internet.host("coop.example", [PUBLIC])
    return internet
