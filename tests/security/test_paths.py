"""Ways out of the folders that are served, in addresses, ids and exports."""

from __future__ import annotations

import httpx
import pytest

from tests.security.conftest import Service

CLIMBS = (
    "../server.py",
    "..%2fserver.py",
    "%2e%2e/server.py",
    "%2e%2e%2fserver.py",
    "%252e%252e%252fserver.py",
    "..%5cserver.py",
    "..\\server.py",
    "....//server.py",
    "..;/server.py",
    "./../static/../server.py",
    "%c0%ae%c0%ae/server.py",
    "..%00/server.py",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "file:///etc/passwd",
    "../../../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
)


@pytest.mark.parametrize(
    "folder", ["/page/", "/static/", "/assets/", "/api/v1/resources/", "/export?ids=", "/"]
)
def test_no_address_leads_out_of_what_is_served(service: Service, folder: str) -> None:
    for climb in CLIMBS:
        told = service.send(
            f"GET {folder}{climb} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        status = told.split(b" ", 2)[1]
        assert status in (b"400", b"403", b"404", b"405"), climb
        assert b"def create_app" not in told
        assert b"root:" not in told


def test_an_id_is_looked_up_and_never_opened(client: httpx.Client) -> None:
    for hostile in (
        "/etc/passwd",
        "../scop-law",
        "scop-law\x00",
        "scop-law.md",
        "SCOP-LAW",
        "*",
        "scop-law/../arizmendi",
    ):
        assert client.get("/api/v1/similar", params={"resource": hostile}).status_code == 404
        assert client.get("/export", params={"ids": hostile, "format": "ris"}).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "NONSENSE"])
def test_no_other_method_does_anything(client: httpx.Client, method: str) -> None:
    for path in ("/api/v1/status", "/page/page.css", "/export", "/healthz"):
        response = client.request(method, path)
        assert response.status_code in (400, 404, 405), path
        assert "cookie" not in response.text.lower()
