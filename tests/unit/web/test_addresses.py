from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.web.addresses import archived_copy, host, safe_address
from tests.browser.scripted import BUYOUTS, OWN_WORDS, WITHOUT_ADDRESS


@pytest.mark.parametrize(
    "address", ["http://a.example/x?y=1#z", "https://a.example", "HTTPS://a.example:8000/é"]
)
def test_web_addresses_are_linked(address: str) -> None:
    assert safe_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript://a.example/%0aalert(1)",
        " https://a.example",
        "https://a.example/\n",
        "https://a.example/\u202egnp",
        "data:text/html,x",
        "//a.example/x",
        "/x",
        "https:///x",
        "http://[a.example",
        "file:///etc/passwd",
    ],
)
def test_nothing_else_is_linked(address: str | None) -> None:
    assert safe_address(address) is None


def test_a_link_is_named_by_its_host() -> None:
    assert host("https://www.ilo.org:443/x") == "ilo.org"
    assert host("https://trusted.example@evil.example/") == "evil.example"


def test_an_archived_copy_is_the_known_one_or_the_archive_s_of_the_address() -> None:
    assert archived_copy(BUYOUTS) == BUYOUTS.archived_url
    assert archived_copy(OWN_WORDS) == f"https://web.archive.org/web/2023/{OWN_WORDS.url}"
    assert archived_copy(WITHOUT_ADDRESS) is None
    assert archived_copy(replace(OWN_WORDS, url="javascript:alert(1)")) is None
    assert archived_copy(replace(OWN_WORDS, archived_url="data:text/html,x")) is None
