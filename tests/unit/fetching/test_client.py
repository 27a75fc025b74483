"""What the client asks for, of whom, and what it makes of the answers."""

from __future__ import annotations

import gzip
import ssl
import time
from pathlib import Path

import pytest

from corpus.errors import (
    FetchError,
    GonePage,
    NoAnswer,
    RefusedAddress,
    RobotsRefusal,
    UnfitContent,
)
from corpus.fetching import Client, Limits
from corpus.fetching.client import AGENT, LONGEST_PAUSE, PAUSE
from tests.unit.fetching.web import PAGE, PUBLIC, Internet, Web, page, raw, redirect, served

ADDRESS = "http://coop.example/page"


def body(client: Client, address: str = ADDRESS) -> bytes:
    with client.open(address) as answer:
        assert answer.status == 200
        return b"".join(answer.pieces)


def test_a_page_is_read_from_the_number_that_was_judged(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page()
    assert body(internet.client()) == PAGE
    assert internet.connected == [PUBLIC, PUBLIC]
    assert web.asked == ["GET coop.example/robots.txt", "GET coop.example/page"]


def test_we_say_who_we_are_and_bring_nothing_else(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page(set_cookie="a=b")
    client = internet.client()
    body(client)
    body(client)
    for headers in web.headers:
        assert headers["User-Agent"] == AGENT
        assert not headers.keys() & {"Cookie", "Authorization", "Referer", "From"}


def test_a_name_that_changes_its_number_leads_to_the_number_that_was_judged(
    web: Web, internet: Internet
) -> None:
    web.pages["/page"] = page()
    internet.host("rebinding.example", [PUBLIC], [PUBLIC], ["127.0.0.1"])
    client = internet.client()
    assert body(client, "http://rebinding.example/page") == PAGE
    assert internet.connected == [PUBLIC, PUBLIC]  # the third number would be given to whoever asks twice
    with pytest.raises(RefusedAddress, match=r"127\.0\.0\.1"):
        body(client, "http://rebinding.example/page")
    assert "127.0.0.1" not in internet.connected


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://coop.example:8080/page", "coop.example:8080"),
        ("http://coop.example:80/page", "coop.example"),
        ("http://coop.example:443/page", "coop.example:443"),
        ("http://[2606:4700::1]/page", "[2606:4700::1]"),
        ("http://[2606:4700::1]:8080/page", "[2606:4700::1]:8080"),
    ],
)
def test_the_host_is_asked_by_its_own_name(web: Web, internet: Internet, address: str, host: str) -> None:
    web.pages["/page"] = page()
    internet.host("2606:4700::1", ["2606:4700::1"])
    assert body(internet.client(), address) == PAGE
    assert web.asked == [f"GET {host}/robots.txt", f"GET {host}/page"]


def test_the_next_number_is_tried_where_one_is_silent(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page()
    internet.host("two.example", ["2606:4700::1", PUBLIC])
    internet.silent.add("2606:4700::1")
    assert body(internet.client(), "http://two.example/page") == PAGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(web: Web, internet: Internet, status: int) -> None:
    internet.host("other.example", ["8.8.8.8"])
    web.pages |= {"/page": redirect("//other.example/b?c#d", status), "/b?c": page()}
    with internet.client().open(ADDRESS) as answer:
        assert str(answer.address) == "http://other.example/b?c"
        assert str(answer.moved_to) == ("http://other.example/b?c" if status in (301, 308) else "None")
    assert "GET other.example/robots.txt" in web.asked


def test_only_what_is_permanent_from_the_start_is_a_move(web: Web, internet: Internet) -> None:
    web.pages |= {
        "/page": redirect("/a", 301),
        "/a": redirect("/b", 302),
        "/b": redirect("/c", 301),
        "/c": page(),
    }
    with internet.client().open(ADDRESS) as answer:
        assert (str(answer.address), str(answer.moved_to)) == (
            "http://coop.example/c",
            "http://coop.example/a",
        )


@pytest.mark.parametrize(
    "location",
    [
        *(
            "file:///etc/passwd",
            "ftp://coop.example/",
            "javascript:alert(1)",
            "http://user:pass@coop.example/",
        ),
        *(
            "http://intranet.example/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "//2130706433/",
            "http://coop.example:22/",
        ),
        *("http://169.254.169.254/latest/meta-data/", "//[::1", "http://[x]/"),
    ],
)
def test_every_redirect_is_judged_like_the_first_address(web: Web, internet: Internet, location: str) -> None:
    internet.host("intranet.example", ["10.0.0.7"])
    for number in ("127.0.0.1", "::1", "169.254.169.254"):
        internet.host(number, [number])
    internet.host("2130706433", ["127.0.0.1"])
    web.pages["/page"] = redirect(location)
    with pytest.raises(RefusedAddress):
        body(internet.client())
    assert set(internet.connected) == {PUBLIC}
    assert web.asked == ["GET coop.example/robots.txt", "GET coop.example/page"]


def test_a_private_host_is_asked_where_that_is_allowed(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page()
    internet.host("intranet.example", ["10.0.0.7"])
    with pytest.raises(RefusedAddress, match="--allow-private"):
        body(internet.client(), "http://intranet.example/page")
    assert not web.asked
    assert body(internet.client(allow_private=True), "http://intranet.example/page") == PAGE


def test_redirects_without_end_are_given_up(web: Web, internet: Internet) -> None:
    web.pages |= {"/page": redirect("/other"), "/other": redirect("/page")}
    with pytest.raises(NoAnswer, match="more than 5 times"):
        body(internet.client())
    assert len(web.asked_for_pages()) == 6


def test_a_redirect_to_nowhere_is_an_answer_like_any_other(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page(status=302)
    with internet.client().open(ADDRESS) as answer:
        assert answer.status == 302


def test_a_host_that_is_silent_is_not_waited_for(web: Web, internet: Internet) -> None:
    web.pages["/page"] = raw(b"", b"", pause=5)
    begun = time.monotonic()
    with pytest.raises(NoAnswer, match="silent"):
        body(internet.client(Limits(wait=0.1)))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "drip",
    [
        [b"H", b"T", b"T", b"P", *[b"/"] * 500],
        [b"HTTP/1.1 200 OK\r\n", *[b"A: b\r\n"] * 500],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *[b"x"] * 500],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"0"] * 500],
        [b"HTTP/1.1 100 Continue\r\n\r\n"] * 500,
    ],
)
def test_a_host_that_drips_is_given_up_in_time(web: Web, internet: Internet, drip: list[bytes]) -> None:
    web.pages["/page"] = raw(*drip, pause=0.02)
    begun = time.monotonic()
    with pytest.raises(NoAnswer, match=r"within 0\.2 seconds"):
        body(internet.client(Limits(wait=0.1, seconds=0.2)))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000,
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x00\x00",
    ],
)
def test_what_is_no_http_is_no_answer(web: Web, internet: Internet, answer: bytes) -> None:
    web.pages["/page"] = raw(answer)
    with pytest.raises(NoAnswer):
        body(internet.client())


def test_a_body_that_breaks_off_is_not_taken_for_whole(web: Web, internet: Internet) -> None:
    web.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
    with pytest.raises(UnfitContent, match="7 bytes"):
        body(internet.client())


def test_no_more_is_read_than_the_length_says(web: Web, internet: Internet) -> None:
    web.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef")
    assert body(internet.client()) == b"abc"


def test_an_answer_without_end_is_cut_at_the_limit(web: Web, internet: Internet) -> None:
    web.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 10_000] * 200)
    with pytest.raises(UnfitContent, match="more than"):
        body(internet.client(Limits(size=1_000_000)))


def test_a_packed_page_is_unpacked(web: Web, internet: Internet) -> None:
    two = gzip.compress(PAGE) + gzip.compress(PAGE * 5000)
    web.pages["/page"] = page(two, content_encoding="gzip")
    assert body(internet.client()) == PAGE + PAGE * 5000


@pytest.mark.parametrize("packed", [gzip.compress(PAGE, mtime=0)[:-9], b"\x1f\x8bnothing", PAGE, b""])
def test_a_damaged_packing_is_told(web: Web, internet: Internet, packed: bytes) -> None:
    web.pages["/page"] = page(packed, content_encoding="gzip")
    with pytest.raises(UnfitContent):
        body(internet.client())


def test_a_packing_that_was_not_asked_for_is_told(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page(content_encoding="br")
    with pytest.raises(UnfitContent, match="packed as br"):
        body(internet.client())


def test_a_bomb_is_stopped_at_the_limit_of_what_it_unpacks_to(web: Web, internet: Internet) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    web.pages["/page"] = page(bomb, content_encoding="gzip")
    unpacked = 0
    with internet.client(Limits(size=1_000_000)).open(ADDRESS) as answer, pytest.raises(UnfitContent):
        for piece in answer.pieces:
            unpacked += len(piece)
    assert unpacked <= 1_000_000


def test_a_host_that_is_no_more_and_a_door_that_is_shut(internet: Internet) -> None:
    with pytest.raises(GonePage, match=r"no host gone\.example"):
        body(internet.client(), "http://gone.example/page")
    internet.silent.add(PUBLIC)
    with pytest.raises(NoAnswer, match="Connection refused"):
        body(internet.client())


def test_what_robots_txt_forbids_is_not_asked_for(web: Web, internet: Internet) -> None:
    web.pages |= {
        "/robots.txt": page(b"User-agent: *\nDisallow: /private", "text/plain"),
        "/page": redirect("/private/page"),
    }
    with pytest.raises(RobotsRefusal, match=r"coop\.example/private/page.*robots"):
        body(internet.client())
    assert web.asked_for_pages() == ["GET coop.example/page"]


@pytest.mark.parametrize(
    "robots",
    [
        *(page(b"", status=404), page(b"", status=403), page(b"<html>Welcome!</html>", "text/html")),
        *(page(b""), page(b"\xff\xfe\x00"), page(b"User-agent: *\nDisallow:\n# " + b"x" * 2_000_000)),
        redirect("/elsewhere"),
    ],
)
def test_without_rules_everything_may_be_asked_for(web: Web, internet: Internet, robots: object) -> None:
    web.pages |= {"/robots.txt": robots, "/page": page()}  # type: ignore[dict-item]
    assert body(internet.client(Limits(size=1_000_000))) == PAGE


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (page(b"", status=500), "500"),
        (page(b"", status=503), "503"),
        (page(b"", status=429), "429"),
        (redirect("/robots.txt"), "more than 5"),
        (raw(b"nonsense\r\n"), "no HTTP"),
        (redirect("http://127.0.0.1/"), "public"),
    ],
)
def test_a_host_that_fails_to_give_its_rules_is_left_alone_and_asked_once(
    web: Web, internet: Internet, robots: object, reason: str
) -> None:
    internet.host("127.0.0.1", ["127.0.0.1"])
    web.pages |= {"/robots.txt": robots, "/page": page()}  # type: ignore[dict-item]
    client = internet.client()
    with pytest.raises(FetchError, match=reason):
        body(client)
    count = len(web.asked)
    with pytest.raises(FetchError, match=rf"coop\.example/other: .*{reason}"):
        body(client, "http://coop.example/other")
    assert len(web.asked) == count
    assert not web.asked_for_pages()


def test_a_host_is_asked_once_a_second_and_its_rules_once(web: Web, internet: Internet) -> None:
    internet.host("other.example", ["8.8.8.8"])
    web.pages["/page"] = page()
    client = internet.client()
    for _ in range(3):
        body(client)
    assert internet.slept == pytest.approx([PAUSE] * 3, abs=0.2)
    assert web.asked.count("GET coop.example/robots.txt") == 1
    body(client, "http://other.example/page")
    assert len(internet.slept) == 4  # for its page after its robots.txt, not for the other host


@pytest.mark.parametrize(("wish", "pause"), [("10", 10), ("0.1", PAUSE), ("86400", LONGEST_PAUSE)])
def test_a_host_that_wants_more_time_gets_it_within_reason(
    web: Web, internet: Internet, wish: str, pause: float
) -> None:
    web.pages |= {"/robots.txt": page(f"User-agent: *\nCrawl-delay: {wish}".encode()), "/page": page()}
    body(internet.client())
    assert internet.slept == pytest.approx([pause], abs=0.2)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `coop.example`, signed by itself, and its key, in one file."""
    from tests.unit.fetching.certificate import write_certificate

    return write_certificate(tmp_path_factory.mktemp("tls") / "coop.pem", "coop.example")


def test_a_certificate_must_be_of_the_name_although_the_number_is_connected_to(certificate: Path) -> None:
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=certificate)
    with served(server_side) as web:
        web.pages["/page"] = page()
        internet = Internet(web.port)
        for host in ("coop.example", "other.example"):
            internet.host(host, [PUBLIC])
        assert body(internet.client(certificates=trusting), "https://coop.example/page") == PAGE
        assert web.asked[-1] == "GET coop.example/page"
        with pytest.raises(NoAnswer, match="certificate is not good"):
            body(internet.client(certificates=trusting), "https://other.example/page")
        with pytest.raises(NoAnswer, match="certificate is not good"):
            body(internet.client(), "https://coop.example/page")
