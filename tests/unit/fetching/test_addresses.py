"""Which addresses may be fetched."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis.strategies import text

from corpus.errors import GonePage, NoAnswer, RefusedAddress
from corpus.fetching.addresses import LONGEST, checked_numbers, is_public, parse_address, resolve


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://Coop.Example", "http://coop.example/"),
        (" https://coop.example:443/a?b=c#d ", "https://coop.example/a?b=c"),
        ("https://coop.example:8443/", "https://coop.example:8443/"),
        ("http://coop.example/año y", None),
        ("http://coop.example/año%20y", "http://coop.example/a%C3%B1o%20y"),
        ("http://bäckerei.example/", "http://xn--bckerei-5wa.example/"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("http://doi.example/10.9770/jesi(8)", "http://doi.example/10.9770/jesi(8)"),
    ],
)
def test_an_address_is_written_in_one_way(text: str, address: str | None) -> None:
    if address is None:
        with pytest.raises(RefusedAddress):
            parse_address(text)
    else:
        assert str(parse_address(text)) == address
        assert parse_address(address) == parse_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "coop.example", "//coop.example/", "/etc/passwd", "file:///etc/passwd", "ftp://coop.example/"),
        *("javascript:alert(1)", "data:text/html,hi", "gopher://coop.example/", "http:/coop.example"),
        *("http://", "http://:80/", "http:///x", "http://.../", "http://coop.example:x/", "http://[::1/"),
        *("http://coop.example:99999/", "http://coop.example:0/", "http://coop.example:25/"),
        *(
            "http://coop.example:22/",
            "http://coop\\.example/",
            "http://coop.example/\r\nHost: x",
            "http://a b/",
        ),
        *(
            "http://coop.example/<x>",
            "http://%31%32%37.0.0.1/",
            f"http://a.example/{'a' * LONGEST}",
        ),
        *("http://user@coop.example/", "http://user:secret@coop.example/", "http://coop.example@10.0.0.1/"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(text: str) -> None:
    with pytest.raises(RefusedAddress) as refused:
        parse_address(text)
    assert len(str(refused.value)) < 400


@settings(deadline=None)
@given(text())
@example("http://\udce4/")
@example("http://a.example/\udce4?\ud800")
@example("http://[")
@example("http://a.example:80:80/")
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for said in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            address = parse_address(said)
            assert parse_address(str(address)) == address
            assert str(address).isascii()
            address.joined(text)
        except RefusedAddress:
            pass


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(RefusedAddress) as refused:
        parse_address("https://anna:secret@coop.example/x?token=hidden")
    assert "secret" not in str(refused.value)
    assert "before the @" in str(refused.value)


@pytest.mark.parametrize(
    "number",
    [
        "8.8.8.8",
        "93.184.216.34",
        "2606:4700::6810:84e5",
        "::ffff:8.8.8.8",
        "2002:808:808::1",
        "64:ff9b::808:808",
    ],
)
def test_numbers_of_the_internet_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),  # noqa: S104
        *(
            "100.64.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
        ),
        *("::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:a00:1::1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
)
def test_numbers_of_a_private_network_are_not_public_however_they_are_wrapped(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "0177.0.0.1", "localhost"],
)
def test_this_machine_is_refused_however_its_number_is_written(host: str) -> None:
    with pytest.raises(RefusedAddress, match=r"--allow-private|names no host|no host"):
        checked_numbers(parse_address(f"http://{host}/"), resolve)


@pytest.mark.parametrize(
    "host", ["[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fe80::1]", "[64:ff9b::7f00:1]"]
)
def test_this_machine_is_refused_in_ipv6_too(host: str) -> None:
    with pytest.raises(RefusedAddress, match="--allow-private"):
        checked_numbers(parse_address(f"http://{host}/"), resolve)


def test_one_private_number_among_public_ones_is_enough_to_refuse() -> None:
    def two(_host: str, _port: int) -> Sequence[str]:
        return ["8.8.8.8", "10.0.0.1"]

    address = parse_address("http://coop.example/")
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.1"):
        checked_numbers(address, two)
    assert checked_numbers(address, two, allow_private=True) == ["8.8.8.8", "10.0.0.1"]


def test_a_host_that_is_no_more_is_told_from_a_network_that_is_down() -> None:
    def failing(code: int) -> None:
        def fail(_host: str, _port: int) -> Sequence[str]:
            raise socket.gaierror(code, "no")

        checked_numbers(parse_address("http://coop.example/"), fail)

    with pytest.raises(GonePage, match=r"coop\.example"):
        failing(socket.EAI_NONAME)
    with pytest.raises(NoAnswer, match="network"):
        failing(socket.EAI_AGAIN)
