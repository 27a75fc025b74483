"""What was once open in programs of this kind, tried on ours."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from itertools import takewhile
from pathlib import Path
from urllib.parse import quote

import gradio
import httpx
import pytest

from assistant.web.server import create_app
from tests.browser.scripted import conversation
from tests.page_client import _CONFIG
from tests.security.conftest import Service

SECRET_FILES = ("/etc/passwd", "/proc/self/environ", "../../../../../../etc/passwd", "C:\\windows\\win.ini")
USED_BY_THE_PAGE = (
    "/",
    "/assets/{path:path}",
    "/favicon.ico",
    "/gradio_api/app_id",
    "/gradio_api/cancel",
    "/gradio_api/heartbeat/{session_hash}",
    "/gradio_api/queue/data",
    "/gradio_api/queue/join",
    "/gradio_api/reset",
    "/gradio_api/startup-events",
    "/gradio_api/theme.css",
    "/manifest.json",
    "/pwa_icon",
    "/pwa_icon/{size}",
    "/robots.txt",
    "/static/{path:path}",
    "/theme.css",
)


@pytest.fixture
def sink() -> object:
    """A server that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield listening


def _nobody_called(sink: socket.socket) -> bool:
    try:
        sink.accept()[0].close()
    except TimeoutError:
        return True
    return False


def _config(client: httpx.Client) -> dict[str, list[dict[str, object]]]:
    found = _CONFIG.search(client.get("/").text)
    assert found
    config: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return config


async def _routes() -> set[str]:
    """The paths of all of Gradio's own routes."""
    mounted = create_app(conversation()).routes[-1].app  # type: ignore[attr-defined]
    routers = [
        mounted,
        *(route.original_router for route in mounted.routes if hasattr(route, "original_router")),
    ]
    return {
        route.path.rstrip("/") or "/"
        for router in routers
        for route in router.routes
        if hasattr(route, "path")
    }


def _tells_a_file(text: str) -> bool:
    return bool(re.search(r"root:.*:0:0|PATH=|\[fonts\]|def create_app", text))


@pytest.mark.parametrize("file", SECRET_FILES)
def test_cve_2023_51449_no_file_is_given_by_its_path(client: httpx.Client, file: str) -> None:
    for route in ("file=", "gradio_api/file=", "gradio_api/file/", "file/", "static/", "assets/", "page/"):
        for name in (file, quote(file, safe=""), f"/{file}", f"....//{file}"):
            response = client.get(f"/{route}{name}")
            assert response.status_code in (400, 403, 404, 405), (route, name)
            assert not _tells_a_file(response.text)


def test_cve_2024_1561_no_method_of_a_component_can_be_called(client: httpx.Client) -> None:
    call = {"component_id": "1", "fn_name": "move_resource_to_block_cache", "session_hash": "x"}
    for route in ("component_server", "gradio_api/component_server", "gradio_api/component_server/"):
        for data in ("/etc/passwd", ["/etc/passwd"]):
            assert client.post(f"/{route}", json={**call, "data": data}).status_code in (404, 405)


@pytest.mark.parametrize("value", ["/etc/passwd", "http://169.254.169.254/latest/meta-data"])
def test_cve_2024_1728_no_file_is_taken_from_what_an_event_is_sent(
    client: httpx.Client, value: str, sink: socket.socket
) -> None:
    address = f"http://127.0.0.1:{sink.getsockname()[1]}/secret"
    for index, event in enumerate(_config(client)["dependencies"]):
        file = {"path": value, "url": address, "meta": {"_type": "gradio.FileData"}, "orig_name": "x"}
        body = {"data": [file for _ in event["inputs"]], "fn_index": event["id"]}  # type: ignore[attr-defined]
        session = f"stolen{index}"
        client.post("/gradio_api/queue/join", json={**body, "session_hash": session})
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as told:
            text = "".join(takewhile(lambda line: "close_stream" not in line, told.iter_lines()))
        assert not _tells_a_file(text)
    assert _nobody_called(sink)


def test_cve_2026_28414_no_absolute_path_is_joined_to_a_folder(client: httpx.Client) -> None:
    for path in (
        "/static//etc/passwd",
        "/static/%2Fetc%2Fpasswd",
        "/assets//etc/passwd",
        "/page//etc/passwd",
    ):
        assert client.get(path).status_code in (400, 403, 404)
    for path in ("/static/\\windows\\win.ini", "/page/\\windows\\win.ini", "/static/C:/windows/win.ini"):
        assert client.get(path).status_code in (400, 403, 404)


def test_cve_2026_28416_nothing_is_fetched_for_anyone(client: httpx.Client, sink: socket.socket) -> None:
    address = f"127.0.0.1:{sink.getsockname()[1]}/secret"
    for route in ("proxy=", "gradio_api/proxy=", "gradio_api/stream/", "gradio_api/file="):
        for scheme in ("http://", "http:/", ""):
            assert client.get(f"/{route}{scheme}{address}").status_code == 404
    assert _nobody_called(sink)
    source = Path(gradio.__file__).parents[4] / "assistant"
    assert not any("gr.load(" in file.read_text("utf-8") for file in source.rglob("*.py"))


def test_ghsa_j36p_7w88_g82j_of_gradio_s_routes_only_those_of_the_page_are_open(service: Service) -> None:
    found = asyncio.run(_routes())
    assert len(found) > 50
    with httpx.Client(base_url=service.address) as client:
        for route in sorted(found - set(USED_BY_THE_PAGE)):
            path = re.sub(r"{[^}]*}", "x", route)
            for method in ("GET", "POST"):
                assert client.request(method, path).status_code in (404, 405), route


def test_a_version_with_known_holes_is_not_installed() -> None:
    version = tuple(int(part) for part in gradio.__version__.split(".")[:2])
    assert version >= (6, 16)


def test_no_event_can_be_called_by_name(client: httpx.Client) -> None:
    for event in _config(client)["dependencies"]:
        for way in ("call", "call/v2", "run", "api"):
            address = f"/gradio_api/{way}/{event['api_name']}"
            assert client.post(address, json={"data": []}).status_code == 404
    for address in ("/gradio_api/info", "/config", "/openapi.json", "/docs", "/gradio_api/openapi.json"):
        assert client.get(address).status_code == 404


def test_nothing_can_be_uploaded(client: httpx.Client) -> None:
    for address in ("/upload", "/gradio_api/upload", "/gradio_api/upload_progress", "/api/v1/resources"):
        response = client.post(address, files={"files": ("x.html", b"<script>", "text/html")})
        assert response.status_code in (404, 405)


def test_no_address_of_another_site_is_gone_to(client: httpx.Client) -> None:
    for query in (
        "_target_url=http://foreign.example",
        "next=//foreign.example",
        "redirect=http://foreign.example",
    ):
        for path in ("/", "/login", "/logout", "/login/callback", "/login/huggingface"):
            response = client.get(f"{path}?{query}")
            assert "foreign.example" not in response.headers.get("location", "")
            assert not response.is_redirect
