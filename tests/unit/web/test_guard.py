from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web.guard import REQUEST_BYTES, Guard


async def _echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


CLIENT = TestClient(Guard(Starlette(routes=[Route("/{path:path}", _echo, methods=["GET", "POST"])])))


@pytest.mark.parametrize("path", ["/", "/missing", "/gradio_api/upload"])
def test_every_response_forbids_foreign_content_and_guessing(path: str) -> None:
    headers = CLIENT.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "name", ["upload", "file=/etc/hostname", "proxy=http://a.example", "call/ask", "info", "run/ask"]
)
def test_endpoints_that_the_page_has_no_use_for_are_closed(name: str) -> None:
    assert CLIENT.post(f"/gradio_api/{name}").status_code == 404


@pytest.mark.parametrize("name", ["queue/join", "queue/data?session_hash=x", "heartbeat/x", "cancel"])
def test_the_page_s_own_traffic_passes(name: str) -> None:
    assert CLIENT.post(f"/gradio_api/{name}", content=b"{}").text == "2 bytes"


def test_a_huge_request_is_refused_by_its_stated_length() -> None:
    assert CLIENT.post("/x", content=b"x" * REQUEST_BYTES).status_code == 200
    assert CLIENT.post("/x", content=b"x" * (REQUEST_BYTES + 1)).status_code == 413
    assert CLIENT.post("/x", headers={"content-length": "-1"}).status_code == 413


def test_a_request_without_a_length_is_refused() -> None:
    def parts() -> Iterator[bytes]:
        yield b"x"

    assert CLIENT.post("/x", content=parts()).status_code == 411
