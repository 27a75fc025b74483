"""What can go wrong with a language model, and the one line that says so to the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal[
    "no server",
    "bad key",
    "unknown model",
    "context too small",
    "rate limit",
    "time out",
    "broken",
    "empty",
    "repetition",
    "not understood",
    "refused",
    "stopped",
]

HAPPENED: Mapping[Kind, str] = {
    "no server": "no server answers at its address",
    "bad key": "its server does not take the key",
    "unknown model": "its server does not know it",
    "context too small": "it can't read so much at once",
    "rate limit": "its server has too many requests",
    "time out": "it took too long",
    "broken": "its answer broke off",
    "empty": "its answer was empty",
    "repetition": "it repeated itself",
    "not understood": "its server sent what is no answer",
    "refused": "its server refused the request",
    "stopped": "it was stopped",
}


class ModelFailure(Exception):
    """A model did not write an answer. `detail` is one line for whoever runs the server, without any key."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        self.kind = kind
        self.detail = detail
        super().__init__(f"{HAPPENED[kind]}: {detail}" if detail else HAPPENED[kind])
