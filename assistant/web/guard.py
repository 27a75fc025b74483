"""What every response says to the browser, and what of Gradio's server is not for this page."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_BYTES = 2_000_000
"""A conversation of 30 answers, as the browser sends it, is about a tenth of this."""

# Gradio's own scripts are inline and build functions from text, so its page does not run without the two
# unsafe words. Nothing may be loaded from, or sent to, anywhere but this server.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

# The page's own traffic with Gradio. Uploads, files, proxying, recordings and the rest are closed.
GRADIO_API = "/gradio_api/"
OPEN_TO_THE_PAGE = (
    "queue/join",
    "queue/data",
    "cancel",
    "reset",
    "heartbeat/",
    "startup-events",
    "theme.css",
)


class Guard:
    """ASGI middleware: headers on every response, no endpoint that the page has no use for, no huge body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or refuse it with 404, 411 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = _refusal(scope) or self._app
        await answer(scope, receive, send_guarded)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    path = scope["path"]
    if path.startswith(GRADIO_API) and not path.removeprefix(GRADIO_API).startswith(OPEN_TO_THE_PAGE):
        return PlainTextResponse("There is nothing here.", 404)
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers:
        return PlainTextResponse("Send the length of the request.", 411)
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > REQUEST_BYTES:
        return PlainTextResponse("The request is too large.", 413)
    return None
