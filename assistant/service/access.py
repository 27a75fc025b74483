"""Who may come in: anyone, those with a password, those whom a trusted proxy names, programs with a key."""

from __future__ import annotations

import asyncio
import base64
import binascii
import secrets
from collections import OrderedDict
from hashlib import blake2b
from ipaddress import ip_address
from typing import Literal

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.service.clients import peer_is_trusted
from assistant.service.passwords import fingerprint, is_password, read_keys, read_passwords
from assistant.service.rate import Rate
from assistant.settings import Settings
from corpus.errors import SettingsError

Verdict = Literal["in", "sign in", "show a key", "too many tries"]

TRIES_PER_MINUTE = 10
"""So many wrong passwords or keys of one client are looked at."""

_REMEMBERED = 1000
_PROBES = ("/healthz", "/readyz")
_FOR_PROGRAMS = ("/api/", "/mcp", "/metrics")


class Access:
    """What the settings ask of those who come. Raises SettingsError for files that can't be used."""

    def __init__(self, settings: Settings) -> None:
        self._passwords = read_passwords(settings.password_file) if settings.password_file else {}
        self._keys = read_keys(settings.api_keys_file) if settings.api_keys_file else frozenset()
        self._header = settings.sign_in_header
        self._proxies = settings.trusted_proxies
        self._tries = Rate(TRIES_PER_MINUTE)
        self._secret = secrets.token_bytes()
        self._known: OrderedDict[bytes, None] = OrderedDict()

    async def verdict(self, scope: Scope, client: str) -> Verdict:
        """Whether this request may go on, or what it lacks."""
        if scope["path"] in _PROBES:
            return "in"
        by_key = bool(self._keys) and scope["path"].startswith(_FOR_PROGRAMS)
        by_name = bool(self._passwords or self._header)
        if not by_key and not by_name:
            return "in"
        scheme, _, credentials = Headers(scope=scope).get("authorization", "").partition(" ")
        tried = scheme.lower() == "bearer" if by_key else False
        if tried and self._has_key(credentials.strip()):
            return "in"
        if self._header and self._named(scope):
            return "in"
        if scheme.lower() == "basic" and self._passwords:
            tried = True
            if self._remembers(credentials):
                return "in"
        if tried and self._tries.wait(client):
            return "too many tries"
        if tried and scheme.lower() == "basic" and await asyncio.to_thread(self._has_password, credentials):
            self._remember(credentials)
            return "in"
        return "sign in" if by_name else "show a key"

    @property
    def asks_for_password(self) -> bool:
        """Whether a browser should show its sign-in."""
        return bool(self._passwords)

    def _named(self, scope: Scope) -> bool:
        name = Headers(scope=scope).get(self._header or "", "").strip()
        return bool(name) and peer_is_trusted(scope, self._proxies)

    def _has_key(self, key: str) -> bool:
        return fingerprint(key) in self._keys

    def _has_password(self, credentials: str) -> bool:
        try:
            name, colon, password = base64.b64decode(credentials, validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return False
        return bool(colon) and is_password(self._passwords, name, password)

    def _remembers(self, credentials: str) -> bool:
        """Whether these were right before: a password costs time to check, and a page makes many requests."""
        return self._digest(credentials) in self._known

    def _remember(self, credentials: str) -> None:
        self._known[self._digest(credentials)] = None
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _digest(self, credentials: str) -> bytes:
        return blake2b(credentials.encode(), key=self._secret).digest()


def check_access(settings: Settings) -> None:
    """Raises SettingsError where strangers would come in unasked, or a sign-in would not work."""
    Access(settings)
    if settings.sign_in_header and not settings.trusted_proxies:
        raise SettingsError(
            "ASSISTANT_SIGN_IN_HEADER is believed from trusted proxies only, and there are none. "
            "Name them in ASSISTANT_TRUSTED_PROXIES."
        )
    if not (is_loopback(settings.host) or serves_others(settings)):
        raise SettingsError(
            f"{settings.host} can be reached from other machines, and anyone there could ask. Set "
            "ASSISTANT_PASSWORD_FILE or ASSISTANT_SIGN_IN_HEADER, or give --public if that is meant."
        )


def serves_others(settings: Settings) -> bool:
    """Whether other machines may come in: after a sign-in, or because it was said so."""
    return bool(settings.password_file or settings.sign_in_header or settings.public)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
