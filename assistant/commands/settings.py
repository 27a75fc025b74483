"""`settings`: what is set, from where; and `password`: a line for the file of those who may sign in."""

from __future__ import annotations

import json
from argparse import ArgumentError, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.commands.shown import plain
from assistant.settings import listed, unknown_variables

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


def settings(options: Namespace, _: Encoder | None) -> int:
    """Every setting with its value, default and source. Raises SettingsError."""
    rows = listed()
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        value = plain(row.value) or "(nothing)"
        default = "" if row.source == "default" else f", by default {plain(row.default) or '(nothing)'}"
        print(f"{row.variable} = {value}\n    {row.about} ({row.source}{default})")
    for name in unknown_variables():
        print(f"{plain(name)} is set, and no setting has that name.")
    return 0


def password(options: Namespace, _: Encoder | None) -> int:
    """A line for the password file, from a password that is typed twice. ArgumentError for wrong use."""
    from getpass import getpass

    from assistant.service.passwords import password_line

    try:
        typed, again = getpass("Password: "), getpass("Again: ")
    except EOFError:
        typed = again = ""
    if not typed or typed != again:
        raise ArgumentError(None, "The two were not the same, or nothing was typed. Nothing was written.")
    try:
        print(password_line(options.name, typed))
    except ValueError:
        raise ArgumentError(None, f"{options.name!r} can't be a name: no spaces, no colon.") from None
    return 0
