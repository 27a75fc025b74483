"""The end of Gradio's stream of answers, without the loss of a question that comes at the same moment."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STREAM = "/queue/data"
_LAST = b'"msg":"close_stream"'


class Closing:
    """ASGI middleware: once the last message of a stream is sent, its app does not hear that the client left.

    The client leaves at that message. Where Gradio hears of it before its stream has returned, it gives up
    all events of the session: a question that was asked meanwhile would be lost, and the page wait forever.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but for what the class says."""
        if scope["type"] != "http" or not scope["path"].endswith(_STREAM):
            await self._app(scope, receive, send)
            return
        closed = False

        async def send_watched(message: Message) -> None:
            nonlocal closed
            closed = closed or _LAST in message.get("body", b"")
            await send(message)

        async def receive_until_closed() -> Message:
            message = await receive()
            if closed and message["type"] == "http.disconnect":
                await asyncio.Event().wait()  # until the app has returned, and cancels this
            return message

        await self._app(scope, receive_until_closed, send_watched)
