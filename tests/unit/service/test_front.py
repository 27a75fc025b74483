from __future__ import annotations

import base64
import json
import logging
from io import StringIO
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.service.access import Access, check_access
from assistant.service.front import Front
from assistant.service.logs import start_log, stop_log
from assistant.service.metrics import Figures
from assistant.service.passwords import is_password, password_line, read_keys, read_passwords
from assistant.settings import Settings
from corpus.errors import SettingsError

PROXIED = {"ASSISTANT_TRUSTED_PROXIES": "10.0.0.0/8"}
KEY = "a-key-of-twenty-letters-or-more"
PROXY, STRANGER = ("10.0.0.1", 1), ("192.0.2.7", 1)


async def _told(request: Request) -> JSONResponse:
    return JSONResponse({"client": request.client.host if request.client else "", **request.headers})


def front(
    environment: dict[str, str] | None = None,
    client: tuple[str, int] = STRANGER,
    *,
    local_only: bool = False,
    address: str = "http://readings.example",
) -> TestClient:
    settings = Settings.load(environment or {})
    app = Starlette(routes=[Route("/{path:path}", _told, methods=["GET", "POST"])])
    fronted = Front(app, settings, Access(settings), Figures(), local_only=local_only)
    return TestClient(fronted, base_url=address, client=client)


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"}


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    file = tmp_path / "passwords"
    file.write_text(f"# who may come in\n\n{password_line('ada', 'open sesame: now')}\n", "utf-8")
    return str(file)


@pytest.fixture
def keys_file(tmp_path: Path) -> str:
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\n", "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("client", "forwarded", "expected"),
    [
        (STRANGER, "203.0.113.9", "192.0.2.7"),
        (PROXY, "203.0.113.9", "203.0.113.9"),
        (PROXY, "198.51.100.1, 203.0.113.9, 10.2.3.4", "203.0.113.9"),
        (PROXY, "203.0.113.9, nonsense", "10.0.0.1"),
        (PROXY, "", "10.0.0.1"),
        (PROXY, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_a_client_s_address_is_believed_from_trusted_proxies_only(
    client: tuple[str, int], forwarded: str, expected: str
) -> None:
    headers = {"x-forwarded-for": forwarded, "x-forwarded-host": "evil.example", "forwarded": "for=1.2.3.4"}
    told = front(PROXIED, client).get("/", headers=headers).json()
    assert told["client"] == expected
    assert ("x-forwarded-host" in told) == (client is PROXY)


def test_nobody_s_headers_are_believed_where_no_proxy_is_named() -> None:
    told = front(client=("127.0.0.1", 1)).get("/", headers={"x-forwarded-for": "203.0.113.9"}).json()
    assert told["client"] == "127.0.0.1"


def test_a_client_that_sends_too_much_waits_and_others_do_not() -> None:
    service = front({**PROXIED, "ASSISTANT_REQUESTS_PER_MINUTE": "10"}, PROXY)
    one, other = {"x-forwarded-for": "203.0.113.9"}, {"x-forwarded-for": "203.0.113.10"}
    assert [service.get("/", headers=one).status_code for _ in range(12)] == [200] * 10 + [429] * 2
    assert 1 <= int(service.get("/", headers=one).headers["retry-after"]) <= 6
    assert service.get("/", headers=other).status_code == 200
    assert service.get("/healthz", headers=one).status_code == 200
    problem = service.get("/api/v1/status", headers=one)
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 429


def test_each_response_has_an_id_and_a_trusted_proxy_s_is_kept() -> None:
    given = {"x-request-id": "from-the-proxy-1"}
    assert front(PROXIED, PROXY).get("/", headers=given).headers["x-request-id"] == "from-the-proxy-1"
    assert front().get("/", headers=given).headers["x-request-id"] != "from-the-proxy-1"
    bad = {"x-request-id": "no spaces\x01 here"}
    assert len(front(PROXIED, PROXY).get("/", headers=bad).headers["x-request-id"]) == 16


def test_without_files_and_headers_everyone_comes_in() -> None:
    assert front().get("/").status_code == 200
    assert front().get("/api/v1/status").status_code == 200


def test_a_password_opens_the_page_and_the_api(password_file: str) -> None:
    service = front({"ASSISTANT_PASSWORD_FILE": password_file})
    asked = service.get("/")
    assert asked.status_code == 401
    assert asked.headers["www-authenticate"].startswith("Basic realm=")
    for _ in range(2):  # the second time it is remembered
        assert service.get("/", headers=basic("ada", "open sesame: now")).status_code == 200
    assert service.get("/api/v1/status", headers=basic("ada", "open sesame: now")).status_code == 200
    for wrong in (
        basic("ada", "open"),
        basic("eve", ""),
        {"authorization": "Basic ???"},
        {"authorization": ""},
    ):
        assert service.get("/", headers=wrong).status_code == 401
    assert service.get("/healthz").status_code == 200
    assert service.get("/metrics").status_code == 401


def test_passwords_can_t_be_tried_without_end(password_file: str) -> None:
    service = front({"ASSISTANT_PASSWORD_FILE": password_file})
    statuses = [service.get("/", headers=basic("ada", str(number))).status_code for number in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    assert service.get("/").status_code == 401


def test_a_key_opens_the_api_and_leaves_the_page_open(keys_file: str) -> None:
    service = front({"ASSISTANT_API_KEYS_FILE": keys_file})
    assert service.get("/").status_code == 200
    refused = service.get("/api/v1/status")
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert "Bearer KEY" in refused.json()["detail"]
    for path in ("/api/v1/status", "/mcp", "/metrics"):
        assert service.get(path, headers={"authorization": f"Bearer {KEY}"}).status_code == 200
        assert service.get(path, headers={"authorization": f"Bearer {KEY}x"}).status_code == 401


def test_a_name_is_believed_from_a_trusted_proxy_only() -> None:
    settings = {**PROXIED, "ASSISTANT_SIGN_IN_HEADER": "X-Forwarded-User"}
    named = {"x-forwarded-user": "ada"}
    assert front(settings, PROXY).get("/", headers=named).status_code == 200
    assert front(settings, PROXY).get("/", headers={"x-forwarded-user": " "}).status_code == 401
    assert front(settings, STRANGER).get("/", headers=named).status_code == 401


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"ASSISTANT_HOST": "0.0.0.0"}, "--public"),  # noqa: S104
        ({"ASSISTANT_HOST": "::"}, "--public"),
        ({"ASSISTANT_HOST": "readings.example"}, "ASSISTANT_PASSWORD_FILE"),
        ({"ASSISTANT_SIGN_IN_HEADER": "X-User"}, "ASSISTANT_TRUSTED_PROXIES"),
        ({"ASSISTANT_PASSWORD_FILE": "/nowhere/at/all"}, "can't be read"),
        ({"ASSISTANT_API_KEYS_FILE": "/nowhere/at/all"}, "can't be read"),
    ],
)
def test_strangers_are_not_served_by_accident(environment: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        check_access(Settings.load(environment))


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"ASSISTANT_HOST": "::1"},
        {"ASSISTANT_HOST": "127.3.2.1"},
        {"ASSISTANT_HOST": "0.0.0.0", "ASSISTANT_PUBLIC": "yes"},  # noqa: S104
        {"SPACE_ID": "union/readings"},
    ],
)
def test_this_machine_and_what_is_meant_are_served(environment: dict[str, str]) -> None:
    check_access(Settings.load(environment))


@pytest.mark.parametrize("address", ["http://192.0.2.1", "http://[2001:db8::1]", "http://10.0.0.9:8000"])
def test_under_another_server_too_nobody_else_comes_in_unasked(address: str) -> None:
    """That server listens where it was told to, which is known from the requests only."""
    for environment in ({}, PROXIED):
        refused = front(environment, local_only=True, address=address).get("/")
        assert refused.status_code == 403
        assert "ASSISTANT_PASSWORD_FILE" in refused.text
    assert front(local_only=False, address=address).get("/").status_code == 200


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://[::1]", "http://[::ffff:127.0.0.1]"])
def test_this_machine_comes_in_under_any_server(address: str) -> None:
    assert front(local_only=True, address=address).get("/").status_code == 200


def test_files_that_are_none_are_told_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for text, told in (("ada:secret", "Line 1"), ("# nobody", "names nobody")):
        file.write_text(text, "utf-8")
        with pytest.raises(SettingsError, match=told):
            read_passwords(file)
    for text, told in (("short", "Line 1"), ("", "has no key")):
        file.write_text(text, "utf-8")
        with pytest.raises(SettingsError, match=told):
            read_keys(file)


def test_a_password_line_tells_nothing_of_the_password(password_file: str) -> None:
    kept = read_passwords(Path(password_file))
    assert is_password(kept, "ada", "open sesame: now")
    assert not is_password(kept, "ada", "open sesame: now ")
    assert not is_password(kept, "nobody", "")
    assert "sesame" not in Path(password_file).read_text("utf-8")
    assert password_line("ada", "same") != password_line("ada", "same")
    with pytest.raises(ValueError, match="a:b"):
        password_line("a:b", "x")


def test_the_log_has_an_id_and_a_path_and_neither_words_nor_addresses() -> None:
    written = StringIO()
    log = start_log(Settings(log="json"), written)
    try:
        response = front().get("/api/v1/search?q=secret+words", headers={"cookie": "secret=1"})
        logging.getLogger("assistant").warning("two\nlines")
    finally:
        stop_log(log)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    request, warning = lines
    assert request["request"] == response.headers["x-request-id"]
    assert (request["method"], request["path"], request["status"]) == ("GET", "/api/v1/search", 200)
    assert warning["message"] == "two\nlines"
    assert "secret" not in written.getvalue()
    assert "192.0.2.7" not in written.getvalue()


def test_nothing_that_was_sent_begins_a_line_in_a_log_for_people() -> None:
    written = StringIO()
    log = start_log(Settings(log="text"), written)
    try:
        front().get("/a%0A2026-01-01 error forged")
    finally:
        stop_log(log)
    assert written.getvalue().count("\n") == 1


def test_a_log_that_ends_leaves_the_loggers_as_they_were() -> None:
    before = logging.getLogger("embeddings").level
    stop_log(start_log(Settings(log="quiet"), StringIO()))
    assert logging.getLogger("embeddings").level == before


def test_a_quiet_log_keeps_to_warnings() -> None:
    written = StringIO()
    log = start_log(Settings(), written)
    try:
        front().get("/")
    finally:
        stop_log(log)
    assert not written.getvalue()
