"""Passwords and keys as they are kept: scrypt of a password with its salt, SHA-256 of a key that is long."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import SettingsError

SHORTEST_KEY = 20
"""A key has at least so many characters, so that nobody finds it by trying."""

_COST, _BLOCK, _SALT_BYTES = 2**14, 8, 16
_LINE = re.compile(r"([^:\s]{1,64}):scrypt:([0-9a-f]{32}):([0-9a-f]{64})")
_NOBODY = f"{'0' * 32}:{'0' * 64}"


def password_line(name: str, password: str) -> str:
    """A line for the password file. Raises ValueError for a name with a colon or a space in it."""
    salt = secrets.token_bytes(_SALT_BYTES)
    line = f"{name}:scrypt:{salt.hex()}:{_scrypt(password, salt).hex()}"
    if not _LINE.fullmatch(line):
        raise ValueError(name)
    return line


def read_passwords(path: Path) -> dict[str, str]:
    """What is kept of each name's password. Raises SettingsError."""
    kept = {}
    for number, line in _lines(path, "ASSISTANT_PASSWORD_FILE"):
        found = _LINE.fullmatch(line)
        if not found:
            raise SettingsError(
                f"Line {number} of {path} is none of a password file. "
                "Make its lines with `python -m assistant password NAME`."
            )
        kept[found[1]] = f"{found[2]}:{found[3]}"
    if not kept:
        raise SettingsError(f"{path} names nobody. Make a line with `python -m assistant password NAME`.")
    return kept


def is_password(kept: Mapping[str, str], name: str, password: str) -> bool:
    """Whether this is the name's password; takes as long for a name that nobody has (about 50 ms)."""
    salt, _, expected = kept.get(name, _NOBODY).partition(":")
    same = hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(expected))
    return same and name in kept


def read_keys(path: Path) -> frozenset[bytes]:
    """The fingerprints of the keys. Raises SettingsError."""
    keys = set()
    for number, line in _lines(path, "ASSISTANT_API_KEYS_FILE"):
        if len(line) < SHORTEST_KEY or not line.isascii() or len(line.split()) > 1:
            raise SettingsError(
                f"Line {number} of {path} is no key: {SHORTEST_KEY} or more letters and digits. Make one "
                'with `python -c "import secrets; print(secrets.token_urlsafe())"`.'
            )
        keys.add(fingerprint(line))
    if not keys:
        raise SettingsError(f"{path} has no key. Write one of {SHORTEST_KEY} or more letters on a line.")
    return frozenset(keys)


def fingerprint(key: str) -> bytes:
    """SHA-256, 32 bytes: what keys are compared by."""
    return hashlib.sha256(key.encode()).digest()


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, dklen=32)


def _lines(path: Path, variable: str) -> list[tuple[int, str]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable} names {path}, which can't be read ({error}).") from None
    lines = enumerate((line.strip() for line in text.splitlines()), start=1)
    return [(number, line) for number, line in lines if line and not line.startswith("#")]
