"""A page of another site, in the browser of somebody who may use ours."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.security.conftest import Service

QUESTION = {"question": "Who founded Mondragon?"}
JOIN = {"data": [], "fn_index": 0, "session_hash": "x"}

FOREIGN: list[dict[str, str]] = [
    {"origin": "https://foreign.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1"},
    {"origin": "http://[", "sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "origin": "https://foreign.example"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/ask", QUESTION),
        ("/gradio_api/queue/join", JOIN),
        ("/gradio_api/cancel", JOIN),
        ("/gradio_api/reset", JOIN),
    ],
)
def test_another_site_s_page_can_t_ask(
    client: httpx.Client, headers: dict[str, str], path: str, body: dict[str, Any]
) -> None:
    assert client.post(path, json=body, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path", ["/gradio_api/queue/data?session_hash=x", "/gradio_api/heartbeat/x", "/api/v1/status"]
)
def test_another_site_s_page_can_t_listen(client: httpx.Client, path: str) -> None:
    for headers in FOREIGN[:-1]:
        response = client.get(path, headers=headers)
        assert response.status_code == 403
        assert not [name for name in response.headers if name.startswith("access-control-")]


def test_a_form_of_another_site_is_no_question(client: httpx.Client) -> None:
    """Forms are sent without a preflight, so their types must not be taken for JSON."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        response = client.post("/api/v1/ask", content=b'{"question": "x"}', headers={"content-type": kind})
        assert response.status_code in (400, 415, 422)


def test_a_link_of_another_site_leads_here(client: httpx.Client) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/", headers=followed).status_code == 200
    assert client.get("/api/v1/resources/scop-law?format=bibtex", headers=followed).status_code == 200


def test_our_own_page_and_programs_may_ask(client: httpx.Client, service: Service) -> None:
    own = {"origin": service.address, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}
    assert client.post("/api/v1/ask", json=QUESTION, headers=own).status_code == 200
    assert client.post("/api/v1/ask", json=QUESTION).status_code == 200


def test_no_preflight_is_answered_with_leave(client: httpx.Client) -> None:
    asked = {"origin": "https://foreign.example", "access-control-request-method": "POST"}
    response = client.options("/api/v1/ask", headers=asked)
    assert response.status_code == 403
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_a_websocket_is_not_opened(service: Service) -> None:
    for path in (b"/", b"/queue/join", b"/gradio_api/queue/join"):
        told = service.send(
            b"GET "
            + path
            + b" HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
            b"Origin: https://foreign.example\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert told.split(b" ", 2)[1] in (b"403", b"404", b"400")


@pytest.mark.parametrize(
    "host", ["foreign.example", "127.0.0.1.foreign.example", "localhost.foreign.example", "[", ""]
)
def test_a_name_that_was_pointed_at_this_machine_is_not_ours(client: httpx.Client, host: str) -> None:
    """DNS rebinding: the browser takes such a page for our own, and so sends what our own page would."""
    same = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    assert client.get("/api/v1/resources", headers=same).status_code in (400, 421)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1:7860", "[::1]:7860", "readings.localhost"]
)
def test_this_machine_s_own_names_are(client: httpx.Client, host: str) -> None:
    assert client.get("/api/v1/status", headers={"host": host}).status_code == 200


def test_only_named_sites_may_show_the_page_in_a_frame(client: httpx.Client, strict: Service) -> None:
    for path in ("/", "/embed"):
        assert _ancestors(client.get(path)) == "'self'"
        assert _ancestors(httpx.get(strict.address + path)) == "'self' https://union.example"
    assert _ancestors(client.get("/api/v1/docs")) == "'none'"


def test_the_page_for_a_frame_is_the_page(client: httpx.Client) -> None:
    assert "window.gradio_config" in client.get("/embed").text


def _ancestors(response: httpx.Response) -> str:
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    return str(policy.partition("frame-ancestors ")[2].partition(";")[0])
