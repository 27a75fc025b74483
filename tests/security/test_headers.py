"""What browsers are told with every response, and that nobody else can tell them anything."""

from __future__ import annotations

import re

import httpx
import pytest

from assistant.api.representations import file_name
from tests.readings import reading
from tests.security.conftest import Service

PATHS = (
    "/",
    "/embed",
    "/page/page.css",
    "/api/v1/status",
    "/api/v1/docs",
    "/healthz",
    "/metrics",
    "/nothing",
    "/config",
)

BREAKS = (
    "%0d%0aset-cookie:%20stolen=1",
    "%0aset-cookie:stolen=1",
    "%E5%98%8A%E5%98%8Dset-cookie:stolen=1",
    "\u560a",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_headers_that_keep_browsers_careful(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    for feature in ("camera", "geolocation", "microphone", "payment"):
        assert f"{feature}=()" in headers["permissions-policy"]
    assert "server" not in headers
    assert "x-powered-by" not in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PATHS)
def test_every_policy_names_this_server_alone(client: httpx.Client, path: str) -> None:
    policy = dict(
        part.strip().split(" ", 1) for part in client.get(path).headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] in ("'self'", "'none'")
    for directive in (
        "connect-src",
        "img-src",
        "font-src",
        "frame-src",
        "form-action",
        "base-uri",
        "script-src",
    ):
        allowed = policy.get(directive, policy["default-src"]).split()
        assert set(allowed) <= {"'self'", "'none'", "data:", "blob:", "'unsafe-inline'", "'unsafe-eval'"}
    assert policy.get("connect-src", "'none'") in ("'self'", "'none'")
    assert policy.get("object-src", policy["default-src"]) == "'none'"


@pytest.mark.parametrize("text", BREAKS)
def test_no_header_is_made_of_what_was_sent(client: httpx.Client, text: str) -> None:
    for path in (
        f"/{text}",
        f"/api/v1/resources/{text}?format=bibtex",
        f"/api/v1/resources?publisher=ILO&limit=1&topic={text}",
        f"/api/v1/resources?publisher=ILO&limit=1&topic=finance&topic={text}",
        f"/export?format=bibtex&ids={text}",
        f"/?{text}",
        f"/page/{text}",
    ):
        response = client.get(path)
        assert "set-cookie" not in response.headers
        assert "\u560a" not in str(response.headers)


def test_a_request_id_can_t_carry_a_header(service: Service) -> None:
    told = service.send(
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"X-Request-Id: abcdefgh\tset-cookie: a\r\n\r\n"
    )
    assert b"abcdefgh" not in told


@pytest.mark.parametrize(
    "smuggled",
    [
        b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
        b"0\r\n\r\nGET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: foreign.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX:\x00y\r\n\r\n",
    ],
)
def test_no_second_request_hides_in_a_first_one(service: Service, smuggled: bytes) -> None:
    told = service.send(smuggled)
    assert len(re.findall(rb"HTTP/1\.1 \d", told)) == 1
    assert b" 200 " not in told.split(b"\r\n", 1)[0]


@pytest.mark.parametrize(
    "hostile", ['x"; filename="evil.exe', "../../etc/cron", "a\r\nset-cookie: b", "\u202efdp.exe", ""]
)
def test_a_file_is_named_without_what_an_id_may_hold(hostile: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+\.bib", file_name(reading(hostile, "x"), "bibtex"))
