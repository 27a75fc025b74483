from __future__ import annotations

import asyncio
import json

import pytest
from starlette.types import Message, Receive, Scope, Send

from assistant.web.closing import Closing

_LAST = b'data: {"msg":"close_stream","event_id":null}'


async def _heard(path: str, body: bytes) -> bool:
    """Whether an app that sends this body hears that its client has left."""
    heard = asyncio.Event()

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.body", "body": body, "more_body": True})

        async def listen() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            heard.set()

        listening = asyncio.create_task(listen())
        await asyncio.sleep(0.01)
        listening.cancel()

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_: Message) -> None:
        return

    await asyncio.wait_for(Closing(app)(_scope(path), receive, send), 5)
    return heard.is_set()


@pytest.mark.parametrize(
    ("path", "body", "heard"),
    [
        ("/gradio_api/queue/data", _LAST, False),
        ("/gradio_api/queue/data", b'data: {"msg":"process_generating"}', True),
        ("/gradio_api/heartbeat/x", b'data: {"msg":"close_stream"}', True),
    ],
)
def test_a_client_that_leaves_at_the_last_message_is_not_one_that_went_away(
    path: str, body: bytes, heard: bool
) -> None:
    assert asyncio.run(_heard(path, body)) is heard


async def _order(session: str, body: bytes) -> list[str]:
    """What happens in which order where an event comes when a stream of session "a" has just closed."""
    seen: list[str] = []
    left = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("join"):
            await receive()
            await send({"type": "http.response.start", "status": 200})
        else:
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "more_body": False})

    async def waits_for_the_client() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def event() -> Message:
        return {"type": "http.request", "body": json.dumps({"session_hash": session}).encode()}

    async def send_stream(_: Message) -> None:
        return

    async def send_event(message: Message) -> None:
        if message["type"] == "http.response.start":
            seen.append("the event is taken")

    closing = Closing(app)
    stream = closing(_scope("/gradio_api/queue/data"), waits_for_the_client, send_stream)
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(stream)
        await asyncio.sleep(0.01)
        group.create_task(closing(_scope("/gradio_api/queue/join"), event, send_event))
        await asyncio.sleep(0.05)
        seen.append("the page leaves the stream")
        left.set()
    return seen


@pytest.mark.parametrize(
    ("session", "body", "waits"),
    [
        ("a", _LAST, True),
        ("b", _LAST, False),
        ("a", b'data: {"msg":"process_generating"}', False),
    ],
)
def test_an_event_is_taken_when_the_page_has_left_its_closed_stream(
    session: str, body: bytes, waits: bool
) -> None:
    order = ["the event is taken", "the page leaves the stream"]
    assert asyncio.run(_order(session, body)) == (order[::-1] if waits else order)


async def _headers(path: str) -> list[tuple[bytes, bytes]]:
    """The headers that a browser gets."""
    got: list[tuple[bytes, bytes]] = []

    async def app(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        got.extend(message["headers"])

    await Closing(app)(_scope(path), receive, send)
    return got


def test_a_stream_is_not_kept_by_the_browser() -> None:
    """It would ask for the next one of the same page twice, now and then, and read one of both."""
    assert asyncio.run(_headers("/gradio_api/queue/data")) == [(b"cache-control", b"no-store")]
    assert asyncio.run(_headers("/page/page.css")) == []


def _scope(path: str) -> Scope:
    return {"type": "http", "path": path, "query_string": b"session_hash=a"}
