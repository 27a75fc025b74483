"""What a robots.txt allows."""

from __future__ import annotations

import time

import pytest

from corpus.fetching.robots import LONGEST_ROBOTS, parse_robots

AGENT = "coop-assistant"


@pytest.mark.parametrize(
    ("rules", "target", "allowed"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /a", "/abc", False),
        ("Disallow: /a", "/b", True),
        ("Disallow: /a/", "/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Disallow: /*.pdf$", "/x/report.pdf", False),
        ("Disallow: /*.pdf$", "/x/report.pdf?v=1", True),
        ("Disallow: /*?", "/search?q=1", False),
        ("Disallow: /*?", "/search", True),
        ("Disallow: *", "/a", False),
        ("Disallow: /a*b*c", "/axxbyyc/d", False),
        ("Disallow: /a*b*c", "/axxcyyb", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /a*a$", "/aa", False),
        ("Disallow: /$", "/", False),
        ("Disallow: /$", "/a", True),
        ("Disallow: /*$", "/anything", False),
        ("Disallow: /caf%C3%A9", "/caf%c3%a9", False),
        ("Disallow: /café", "/caf%C3%A9", False),
        ("Disallow: /%7Eanna", "/~anna", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("DISALLOW : /a # not here", "/a", False),
        ("Noindex: /a\nnonsense\n: /a", "/a", True),
    ],
)
def test_the_longest_rule_that_fits_decides(rules: str, target: str, allowed: bool) -> None:
    assert parse_robots(f"User-agent: *\n{rules}\n", AGENT).allows(target) is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n\nUser-agent: Coop-Assistant\nDisallow:\n", True),
        ("User-agent: coop-assistant\nDisallow: /\n\nUser-agent: *\nDisallow:\n", False),
        ("User-agent: other\nUser-agent: coop-assistant\nDisallow: /\n", False),
        ("User-agent: coop-assistant\n\nUser-agent: other\nDisallow: /\n", False),
        ("User-agent: other\nDisallow: /\n", True),
        (
            "User-agent: coop-assistant\nAllow: /b\nUser-agent: x\nAllow: /\n"
            "User-agent: coop-assistant\nDisallow: /a",
            False,
        ),
        ("User-agent: coop-assistant\nCrawl-delay: 1\nUser-agent: x\nDisallow: /\n", True),
        ("Disallow: /\n", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("<html><title>User-agent: *</title></html>", True),
    ],
)
def test_we_read_what_is_said_to_us_or_else_to_all(text: str, allowed: bool) -> None:
    assert parse_robots(text, AGENT).allows("/a") is allowed


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 5", 5),
        ("crawl-delay: 0.5", 0.5),
        ("Crawl-delay: soon", None),
        ("Crawl-delay: -1", None),
        ("", None),
    ],
)
def test_the_delay_between_requests_is_read(line: str, delay: float | None) -> None:
    assert parse_robots(f"User-agent: *\n{line}\nDisallow: /a\n", AGENT).delay == delay


@pytest.mark.parametrize(
    "hostile",
    [
        "User-agent: *\nDisallow: /" + "*a" * (LONGEST_ROBOTS // 2),
        "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*a*b$\n" * (LONGEST_ROBOTS // 33),
        "User-agent: *\n" * (LONGEST_ROBOTS // 14),
        "".join(f"User-agent: {number}\n" for number in range(25_000)) + "Disallow: /\n" * 10_000,
    ],
)
def test_a_hostile_file_takes_no_long_time(hostile: str) -> None:
    begun = time.thread_time()  # other threads of the tests' process have work of their own
    parse_robots(hostile, AGENT).allows("/" + "a" * 200)
    assert time.thread_time() - begun < 3
