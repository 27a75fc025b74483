from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from assistant.web.closing import Closing


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

    await asyncio.wait_for(Closing(app)({"type": "http", "path": path}, receive, send), 5)
    return heard.is_set()


@pytest.mark.parametrize(
    ("path", "body", "heard"),
    [
        ("/gradio_api/queue/data", b'data: {"msg":"close_stream","event_id":null}', False),
        ("/gradio_api/queue/data", b'data: {"msg":"process_generating"}', True),
        ("/gradio_api/heartbeat/x", b'data: {"msg":"close_stream"}', True),
    ],
)
def test_a_client_that_leaves_at_the_last_message_is_not_one_that_went_away(
    path: str, body: bytes, heard: bool
) -> None:
    assert asyncio.run(_heard(path, body)) is heard
