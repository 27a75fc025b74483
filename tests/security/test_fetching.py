"""Addresses that somebody adds, and that are meant to have this machine ask where only it can reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cli import main
from corpus.errors import RefusedAddress
from corpus.fetching.addresses import checked_numbers, parse_address, resolve
from tests.fakes import FakeEncoder
from tests.unit.fetching.web import PUBLIC, Internet, Web, page, redirect, served

IPV6 = (
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
)
DECIMAL = ("2130706433", "127.1", "127.0.1", "0")
OCTAL = ("017700000001", "0177.0.0.1", "0177.1", "00000177.0.0.1")
HEXADECIMAL = ("0x7f000001", "0x7f.1", "0x7f.0x0.0x0.0x1")
OTHER_SCHEMES = (
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "FILE:/etc/passwd",
    "ftp://coop.example/",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "dict://127.0.0.1:11211/",
    "data:text/html,x",
)
INSIDE = (
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "file:///etc/passwd",
)


@pytest.fixture
def web() -> Iterator[Web]:
    with served() as web:
        yield web


@pytest.fixture
def internet(web: Web) -> Internet:
    internet = Internet(web.port)
    internet.host("coop.example", [PUBLIC])
    return internet


def refused(internet: Internet, address: str) -> bool:
    try:
        with internet.client().open(address) as answer:
            b"".join(answer.pieces)
    except RefusedAddress:
        return True
    return False


def test_a_public_page_is_fetched(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page()
    assert not refused(internet, "http://coop.example/page")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("inside", INSIDE)
def test_ssrf_by_redirect(web: Web, internet: Internet, inside: str, status: int) -> None:
    for number in ("127.0.0.1", "169.254.169.254", "::1"):
        internet.host(number, [number])
    web.pages["/page"] = redirect(inside, status)
    assert refused(internet, "http://coop.example/page")
    assert set(internet.connected) == {PUBLIC}


def test_ssrf_by_dns_rebinding(web: Web, internet: Internet) -> None:
    """The name has a public number when it is judged, and this machine's when it would be asked for again."""
    web.pages["/page"] = page()
    internet.host("rebinding.example", [PUBLIC], [PUBLIC], ["127.0.0.1"])
    client = internet.client()
    with client.open("http://rebinding.example/page") as answer:
        assert answer.status == 200
    with pytest.raises(RefusedAddress):
        client.open("http://rebinding.example/page").__enter__()
    assert set(internet.connected) == {PUBLIC}


@pytest.mark.parametrize("host", IPV6)
def test_ssrf_by_ipv6(host: str) -> None:
    with pytest.raises(RefusedAddress):
        checked_numbers(parse_address(f"http://{host}/"), resolve)


@pytest.mark.parametrize("host", DECIMAL)
def test_ssrf_by_decimal_addresses(host: str) -> None:
    with pytest.raises(RefusedAddress):
        checked_numbers(parse_address(f"http://{host}/"), resolve)


@pytest.mark.parametrize("host", OCTAL + HEXADECIMAL)
def test_ssrf_by_octal_and_hexadecimal_addresses(host: str) -> None:
    with pytest.raises(RefusedAddress):
        checked_numbers(parse_address(f"http://{host}/"), resolve)


@pytest.mark.parametrize("address", OTHER_SCHEMES)
def test_ssrf_by_file_and_other_schemes(internet: Internet, address: str) -> None:
    assert refused(internet, address)
    assert internet.connected == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "file:///etc/passwd", "http://2130706433/"])
def test_the_command_that_adds_refuses_them_too(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    address: str,
) -> None:
    empty = tmp_path / "readings"
    empty.mkdir()
    monkeypatch.setenv("ASSISTANT_COLLECTION", str(empty))
    assert main(["add", address], FakeEncoder()) != 0
    assert "root:" not in "".join(capfd.readouterr())
    assert home.exists()
