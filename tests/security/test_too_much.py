"""Requests that are too large, too slow or too many, and what is left for everybody else."""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from threading import Event
from typing import Any

import httpx
import pytest
from gradio.queueing import Queue
from gradio.state_holder import SessionState
from starlette.requests import ClientDisconnect
from starlette.requests import Request as StarletteRequest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from assistant.answer import Answer
from assistant.setting_values import networks
from assistant.settings import Settings
from assistant.web.asking import CROWD
from assistant.web.guard import Guard
from assistant.web.tabs import Tabs
from tests.browser.scripted import BUYOUTS, FIRST, ScriptedAssistant, conversation
from tests.page_client import PageClient
from tests.security.conftest import HEAD_SECONDS, Service, serving

IDLE_CONNECTIONS = 1000


def test_a_question_of_ten_megabytes_is_refused_before_it_is_read(service: Service) -> None:
    began = time.monotonic()
    with service.connect() as connection:
        connection.sendall(
            b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 10000000\r\n\r\n"
        )
        told = connection.recv(65536)
    assert told.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in told
    assert time.monotonic() - began < 2


def test_a_question_that_is_too_long_is_told_so(client: httpx.Client) -> None:
    response = client.post("/api/v1/ask", json={"question": "w" * 4001})
    assert response.status_code == 422
    assert response.json()["errors"][0]["at"] == "body/question"


@pytest.mark.parametrize(
    "body", [b"[" * 900_000, b'{"a":' * 300_000, b'{"question": "' + b"\\u0041" * 300_000 + b'"}']
)
def test_json_that_is_deep_or_swollen_is_refused(client: httpx.Client, body: bytes) -> None:
    for path in ("/api/v1/ask", "/gradio_api/queue/join"):
        response = client.post(path, content=body, headers={"content-type": "application/json"})
        assert 400 <= response.status_code < 500
    assert client.get("/healthz").status_code == 200


def test_a_number_of_many_digits_is_refused(client: httpx.Client) -> None:
    body = b'{"question": "x", "filters": {"from_year": ' + b"9" * 100_000 + b"}}"
    headers = {"content-type": "application/json"}
    assert client.post("/api/v1/ask", content=body, headers=headers).status_code in (400, 422)
    assert client.get(f"/api/v1/resources?offset={'9' * 5000}").status_code in (400, 422)


@pytest.mark.parametrize("head", [b"GET /" + b"a" * 200_000, b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 200_000])
def test_a_head_without_end_is_refused(service: Service, head: bytes) -> None:
    with service.connect() as connection:
        try:
            connection.sendall(head)
            told = connection.recv(65536)
        except ConnectionResetError:  # it was closed before all of it was sent
            return
    assert told.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 431 "))


def test_a_head_that_comes_letter_by_letter_is_given_up(service: Service) -> None:
    with service.connect() as connection:
        began = time.monotonic()
        for letter in b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"y" * 200:
            try:
                connection.sendall(bytes([letter]))
            except OSError:
                break
            time.sleep(0.02)
        assert HEAD_SECONDS * 0.5 < time.monotonic() - began < HEAD_SECONDS * 3


def test_a_second_request_that_never_ends_is_given_up_as_well(service: Service) -> None:
    with service.connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTT")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
        began = time.monotonic()
        while connection.recv(65536):
            pass
        assert time.monotonic() - began < HEAD_SECONDS * 3


def test_a_body_that_does_not_come_is_given_up() -> None:
    async def nothing_more() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("the body was waited for")

    async def read(scope: Scope, receive: Receive, send: Send) -> None:
        with pytest.raises(ClientDisconnect):
            await StarletteRequest(scope, receive).body()
        await Response(status_code=400)(scope, receive, send)

    async def send(message: Message) -> None:
        sent.append(message)

    sent: list[Message] = []
    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-length", b"9")]}
    asyncio.run(Guard(read, body_seconds=0.05)(scope, nothing_more, send))
    assert sent[0]["status"] == 400


def test_a_thousand_idle_connections_keep_nobody_out(service: Service) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * IDLE_CONNECTIONS + 500  # both ends are of this process here
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    idle = [service.connect() for _ in range(IDLE_CONNECTIONS)]
    try:
        began = time.monotonic()
        assert httpx.get(f"{service.address}/api/v1/status", timeout=10).status_code == 200
        assert time.monotonic() - began < 2
        idle[0].settimeout(HEAD_SECONDS * 10)
        assert idle[0].recv(1) == b""
        assert idle[-1].recv(1) == b""
    finally:
        for connection in idle:
            connection.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_client_of_the_api_that_asks_too_often_waits(strict: Service) -> None:
    asked = [_ask(strict, "203.0.113.1") for _ in range(3)]
    assert [response.status_code for response in asked] == [200, 200, 429]
    assert 1 <= int(asked[-1].headers["retry-after"]) <= 30
    assert "many questions" in asked[-1].json()["detail"]
    assert _ask(strict, "203.0.113.2").status_code == 200


def test_a_reader_of_the_page_who_asks_too_often_is_told_in_the_page(strict: Service) -> None:
    async def read(address: str) -> list[str]:
        headers = {"x-forwarded-for": address}
        async with httpx.AsyncClient(base_url=strict.address, headers=headers, timeout=20) as client:
            page = await PageClient.open(client)
            return [await page.ask("Who founded Mondragon?") for _ in range(3)]

    async def both() -> list[list[str]]:
        return [await read("203.0.113.3"), await read("203.0.113.4")]

    for shown in asyncio.run(both()):
        assert ["You have asked many questions" in text for text in shown] == [False, False, True]


class Gated(ScriptedAssistant):
    """Answers nobody before its gate is opened."""

    def __init__(self) -> None:
        super().__init__((BUYOUTS,), (conversation().ask(FIRST),))
        self.gate = Event()

    def stream(self, *said: Any, **how: Any) -> Iterator[Answer]:  # noqa: ANN401
        assert self.gate.wait(20)
        yield from super().stream(*said, **how)


def test_in_a_crowd_answers_are_shown_whole_and_alone_sentence_by_sentence() -> None:
    assistant = Gated()
    readers = 3 * CROWD

    async def read(address: str) -> list[int]:
        async with AsyncExitStack() as stack:
            pages = []
            for number in range(readers):
                headers = {"x-forwarded-for": f"203.0.113.{number}"}
                client = httpx.AsyncClient(base_url=address, headers=headers, timeout=30)
                pages.append(await PageClient.open(await stack.enter_async_context(client)))
            asked = asyncio.gather(*(page.ask(FIRST) for page in pages))
            while not all("searching" in str(page.values[page.component("current")]) for page in pages):
                await asyncio.sleep(0.02)
            assistant.gate.set()
            shown = await asked
            assert all(text.count('class="sentence"') == 3 for text in shown)
            crowd = sorted(page.updates for page in pages)
            await pages[0].ask(FIRST)
            return [crowd[0], crowd[CROWD], pages[0].updates]

    settings = Settings(trusted_proxies=networks("127.0.0.1"))
    with serving(assistant, settings) as service:
        first, in_the_crowd, alone = asyncio.run(read(service.address))
    assert (first, in_the_crowd, alone) == (2, 2, 5)


def test_gradio_keeps_no_list_of_what_was_asked(service: Service) -> None:
    async def talk() -> None:
        async with httpx.AsyncClient(base_url=service.address, timeout=30) as client:
            page = await PageClient.open(client)
            for _ in range(3):
                await page.ask("What is the Marcora law?")

    asyncio.run(talk())
    queues = [one for one in gc.get_objects() if isinstance(one, Queue)]
    assert queues
    assert all(len(queue.event_analytics) <= 1 for queue in queues)
    assert all(queue.cached_event_analytics_summary == {"functions": {}} for queue in queues)


def _ask(service: Service, address: str) -> httpx.Response:
    question = json.dumps({"question": "Who founded Mondragon?"})
    headers = {"content-type": "application/json", "x-forwarded-for": address}
    return httpx.post(f"{service.address}/api/v1/ask", content=question, headers=headers, timeout=20)


def test_of_a_long_conversation_the_server_keeps_nothing(service: Service) -> None:
    async def talk() -> str:
        async with httpx.AsyncClient(base_url=service.address, timeout=30) as client:
            page = await PageClient.open(client)
            for question in ("What is the Marcora law?", "And in Argentina?", "Who owns a cooperative?"):
                await page.ask(question)
            return page.session

    session = asyncio.run(talk())
    alive = gc.get_objects()
    assert not [one for one in alive if type(one) is SessionState]
    kept = next(tabs[session] for tabs in alive if isinstance(tabs, Tabs) and session in tabs)
    assert kept.config_values == {}
    assert set(kept.blocks_config.blocks) == set(kept.blocks_config.root_block.blocks)
