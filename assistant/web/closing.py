"""Gradio's stream of answers, without the loss of a question that comes when one ends and the next begins."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STREAM = "/queue/data"
_EVENT = "/queue/join"
_LAST = b'"msg":"close_stream"'

LEAVE_SECONDS = 2.0
"""A page that has not left a closed stream by then is not waited for any more."""


class Closing:
    """ASGI middleware: a page's stream of answers is open or closed, and both sides know it at once.

    Gradio's page opens a stream for an event unless it has one that it takes for open, and leaves a stream
    at its last message. Two things would go wrong where an event comes at that moment, and the page wait
    forever. Its server gives up all events of a session when it hears that the page has left: it does not
    hear it after the last message. And the page may hear that its event was taken before it has heard the
    last message: it hears that only once it has left.

    A third: each stream of a page has the same address, and Chromium, which would keep what comes from
    there, now and then asks twice for one that is opened just after another was left (724 times for 518 of
    them where a page did nothing else). What the second answer gets nobody reads. So nothing is to be kept.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._closing: dict[str, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but for what the class says."""
        if scope["type"] == "http" and scope["path"].endswith(_STREAM):
            await self._stream(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].endswith(_EVENT):
            await self._event(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[0]
        left: asyncio.Event | None = None

        async def send_watched(message: Message) -> None:
            nonlocal left
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["cache-control"] = "no-store"
            if left is None and _LAST in message.get("body", b""):
                left = self._closing[session] = asyncio.Event()
            elif left and not message.get("more_body"):
                await _leaving(receive)
            await send(message)

        async def receive_until_closed() -> Message:
            message = await receive()
            if left and message["type"] == "http.disconnect":
                await asyncio.Event().wait()  # until the app has returned, and cancels this
            return message

        try:
            await self._app(scope, receive_until_closed, send_watched)
        finally:
            if left:
                left.set()
                if self._closing.get(session) is left:
                    del self._closing[session]

    async def _event(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()

        async def receive_noted() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def send_in_turn(message: Message) -> None:
            if self._closing and message["type"] == "http.response.start":
                left = self._closing.get(_session(body))
                if left:
                    await left.wait()
            await send(message)

        await self._app(scope, receive_noted, send_in_turn)


async def _leaving(receive: Receive) -> None:
    """Wait until the client has left."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LEAVE_SECONDS):
            while (await receive())["type"] != "http.disconnect":
                pass


def _session(body: bytearray) -> str:
    """The session that an event is of; '' for what is no event, which Gradio refuses."""
    try:
        event = json.loads(body)
    except ValueError:
        return ""
    return str(event.get("session_hash", "")) if isinstance(event, dict) else ""
