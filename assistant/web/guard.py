"""What every response says to the browser, and what of Gradio's server is not for this page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.problems import refusal

REQUEST_BYTES = 2_000_000
"""A conversation of 30 answers, as the browser sends it, is about a tenth of this."""

BODY_SECONDS = 20.0
"""The body of a request has to be here by then."""

EMBED = "/embed"
"""The page for another site's frame."""

# Gradio's own scripts are inline and build functions from text, so its page does not run without the two
# unsafe words. Nothing may be loaded from, or sent to, anywhere but this server.
_PAGE_POLICY = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "worker-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)
_API_POLICY = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)

_NOT_USED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
_HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

# The page's own traffic with Gradio. Uploads, files, proxying, recordings and the rest are closed.
_GRADIO_API = "/gradio_api/"
_OPEN_TO_THE_PAGE = ("app_id", "cancel", "queue/data", "queue/join", "reset", "startup-events", "theme.css")
_HEARTBEAT = "heartbeat/"
_CLOSED = (
    "/config",
    "/custom_component",
    "/dev",
    "/login",
    "/logout",
    "/monitoring",
    "/svelte",
)


class Guard:
    """ASGI middleware: headers on every response, no endpoint that the page has no use for, no huge body.

    `embed_origins` may show the page in a frame. `/embed` is the same page, which can tell by its address
    that it stands in another site's.
    """

    def __init__(
        self, app: ASGIApp, embed_origins: Sequence[str] = (), *, body_seconds: float = BODY_SECONDS
    ) -> None:
        self._app = app
        self._body_seconds = body_seconds
        self._embed_origins = tuple(embed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or refuse it with 400, 404, 411 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = self._headers(scope["path"])

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        answer = _refusal(scope) or self._app
        if scope["path"] == EMBED:
            scope = {**scope, "path": "/", "raw_path": b"/"}
        await answer(scope, _in_time(receive, self._body_seconds), send_guarded)

    def _headers(self, path: str) -> Mapping[str, str]:
        if path.startswith("/api/"):
            return {**_HEADERS, "content-security-policy": "; ".join(_API_POLICY)}
        policy = (*_PAGE_POLICY, " ".join(("frame-ancestors 'self'", *self._embed_origins)))
        return {**_HEADERS, "content-security-policy": "; ".join(policy)}


def _refusal(scope: Scope) -> Response | None:
    path = scope["path"]
    if _is_closed(path):
        return refusal(path, 404, "There is nothing here.")
    if not path.isprintable():  # routes are matched line by line
        return refusal(path, 400, "An address has no such characters.")
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers:
        # The connection ends here: proxies don't agree on where such a request does.
        return refusal(path, 411, "Send the length of the request.", {"connection": "close"})
    length = headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 12 or int(length) > REQUEST_BYTES:
        return refusal(path, 413, f"The request is too large: {REQUEST_BYTES:,} bytes can be taken.")
    return None


def _is_closed(path: str) -> bool:
    if path.startswith(_GRADIO_API):
        name = path.removeprefix(_GRADIO_API).rstrip("/")
        return name not in _OPEN_TO_THE_PAGE and not name.startswith(_HEARTBEAT)
    return any(path == closed or path.startswith(f"{closed}/") for closed in _CLOSED)


def _in_time(receive: Receive, seconds: float) -> Receive:
    """The same, but who sends a body too slowly has gone."""
    until = asyncio.get_running_loop().time() + seconds
    whole = False

    async def receive_in_time() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return receive_in_time
