"""What every request meets first: its client, an id, the limits, the sign-in. An ASGI middleware."""

from __future__ import annotations

import logging
import re
from math import ceil
from secrets import token_hex
from time import perf_counter
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.access import Access
from assistant.service.clients import CLIENT, client_address, peer_is_trusted
from assistant.service.logs import REQUEST
from assistant.service.metrics import Figures
from assistant.service.origins import is_elsewhere, is_foreign, is_local_name
from assistant.service.problems import refusal
from assistant.service.rate import Rate
from assistant.settings import Settings

_log = logging.getLogger(__name__)

REQUEST_ID = "coop_assistant.request"
"""The request's id in its ASGI scope, for what goes on after the request itself."""

_GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_UNLIMITED = ("/healthz", "/readyz")
_NOT_FOR_OTHERS = (
    "This server serves its own machine only. To serve others set ASSISTANT_PASSWORD_FILE or "
    "ASSISTANT_SIGN_IN_HEADER, or ASSISTANT_PUBLIC=yes if that is meant."
)
_NOT_OUR_NAME = (
    "This server answers to localhost and to addresses only. Behind a proxy, name the proxy in "
    "ASSISTANT_TRUSTED_PROXIES."
)


class Front:
    """Lets a request through to `app`, or answers 401, 403, 421 or 429 itself.

    `local_only` takes nothing that came in at an address that other machines reach, and no host's name but
    localhost: a site whose name was pointed at this machine after its page was loaded would pass for our own
    page otherwise.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, access: Access, figures: Figures, *, local_only: bool = False
    ) -> None:
        self._app = app
        self._trusted = settings.trusted_proxies
        self._local_only = local_only
        self._access = access
        self._figures = figures
        self._rate = Rate(settings.requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request. A WebSocket is closed: nothing here speaks it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        client = client_address(scope, self._trusted)
        request = self._request_id(scope)
        CLIENT.set(client)
        REQUEST.set(request)
        status = 0

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request
            await send(message)

        try:
            answer = await self._refusal(scope, client) or self._app
            await answer(self._told(scope, client) | {REQUEST_ID: request}, receive, send_named)
        finally:
            self._figures.requested(status or 500)
            facts = {"method": scope["method"], "path": scope["path"], "status": status or 500}
            milliseconds = round(1000 * (perf_counter() - began), 1)
            _log.info("request", extra={"facts": {**facts, "milliseconds": milliseconds}})

    async def _refusal(self, scope: Scope, client: str) -> Response | None:
        path = scope["path"]
        if path not in _UNLIMITED and (wait := self._rate.wait(client)):
            detail = f"Too many requests in a short time. Wait {ceil(wait)} seconds."
            return refusal(path, 429, detail, {"retry-after": str(ceil(wait))})
        if self._local_only and is_elsewhere(scope):
            return refusal(path, 403, _NOT_FOR_OTHERS)
        if self._local_only and not self._trusted and not is_local_name(Headers(scope=scope).get("host", "")):
            return refusal(path, 421, _NOT_OUR_NAME)
        if is_foreign(scope):
            return refusal(path, 403, "Another site's page may not ask here.")
        match await self._access.verdict(scope, client):
            case "in":
                return None
            case "too many tries":
                return refusal(path, 429, "Too many tries. Wait a minute.", {"retry-after": "60"})
            case "show a key":
                detail = "A key is needed: send it as `Authorization: Bearer KEY`."
                return refusal(path, 401, detail, {"www-authenticate": "Bearer"})
        asks = {"www-authenticate": 'Basic realm="Reading room", charset="UTF-8"'}
        return refusal(path, 401, "Sign in first.", asks if self._access.asks_for_password else None)

    def _told(self, scope: Scope, client: str) -> dict[str, Any]:
        """The request with its true client; what anyone could say about proxies is left out."""
        if peer_is_trusted(scope, self._trusted):
            headers = scope["headers"]
        else:
            headers = [(name, value) for name, value in scope["headers"] if not _tells_of_proxies(name)]
        return {**scope, "client": (client, 0), "headers": headers}

    def _request_id(self, scope: Scope) -> str:
        """The id that a trusted proxy has given, or one of our own."""
        given = Headers(scope=scope).get("x-request-id", "")
        if peer_is_trusted(scope, self._trusted) and _GIVEN_ID.fullmatch(given):
            return given
        return token_hex(8)


def _tells_of_proxies(name: bytes) -> bool:
    return name == b"forwarded" or name.startswith(b"x-forwarded-")
