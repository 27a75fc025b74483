"""What has become of addresses."""

from __future__ import annotations

import pytest

from corpus.fetching import Limits, Link, check_link
from tests.unit.fetching.web import Internet, Web, page, raw, redirect

ADDRESS = "http://coop.example/page"


def test_a_page_that_is_there_is_asked_for_its_head_only(web: Web, internet: Internet) -> None:
    web.pages["/page"] = page()
    assert check_link(ADDRESS, internet.client()) == Link(ADDRESS, "alive")
    assert web.asked_for_pages() == ["HEAD coop.example/page"]


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_a_host_that_answers_only_to_get_is_asked_again(web: Web, internet: Internet, status: int) -> None:
    client = internet.client()

    def get_only(request: object) -> None:
        say = page() if request.command == "GET" else page(status=status)  # type: ignore[attr-defined]
        say(request)  # type: ignore[arg-type]

    web.pages["/page"] = get_only
    assert check_link(ADDRESS, client).state == "alive"


def test_a_page_that_moved_for_good_has_a_new_address(web: Web, internet: Internet) -> None:
    web.pages |= {"/page": redirect("/new", 301), "/new": page()}
    assert check_link(ADDRESS, internet.client()) == Link(ADDRESS, "moved", "http://coop.example/new")


def test_a_detour_is_no_move(web: Web, internet: Internet) -> None:
    web.pages |= {"/page": redirect("/today"), "/today": page()}
    assert check_link(ADDRESS, internet.client()).state == "alive"


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_dead(web: Web, internet: Internet, status: int) -> None:
    web.pages["/page"] = page(status=status)
    link = check_link(ADDRESS, internet.client())
    assert (link.state, link.why) == ("dead", f"the page is gone ({status})")


def test_a_front_page_in_the_place_of_a_page_is_dead(web: Web, internet: Internet) -> None:
    web.pages |= {"/page": redirect("/", 301), "/": page()}
    assert check_link(ADDRESS, internet.client()).state == "dead"


def test_a_host_that_is_no_more_is_dead(internet: Internet) -> None:
    assert check_link("http://gone.example/page", internet.client()).state == "dead"


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_host_that_does_not_say_leaves_it_unclear(web: Web, internet: Internet, status: int) -> None:
    web.pages["/page"] = page(status=status)
    assert check_link(ADDRESS, internet.client()).state == "unclear"


def test_what_may_not_be_asked_for_is_unclear(web: Web, internet: Internet) -> None:
    web.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /")
    assert check_link(ADDRESS, internet.client()).state == "unclear"
    assert check_link("http://10.0.0.1/", internet.client()).state == "dead"
    assert check_link("file:///etc/passwd", internet.client()).state == "unclear"
    assert not web.asked_for_pages()


def test_a_page_without_end_is_not_read(web: Web, internet: Internet) -> None:
    web.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 100] * 50, pause=0.05)
    assert check_link(ADDRESS, internet.client(Limits(wait=5, seconds=5))).state == "alive"
