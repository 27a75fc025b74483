"""Found first on PYTHONPATH, this refuses every connection to another machine and writes it down.

Python calls the hook for each connection and each look-up of a name, in whatever library they are made.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path

RECORD = Path(os.environ["OFFLINE_RECORD"])
WATCHED = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")


def _on_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in WATCHED:
        return
    target = arguments[0] if event.startswith("socket.get") else arguments[1]
    if event in ("socket.connect", "socket.sendto"):
        if not isinstance(target, tuple):  # a socket in the file system
            return
        target = target[0]
    if not _on_this_machine(target):
        with RECORD.open("a", encoding="utf-8") as record:
            record.write(f"{event} {target}\n")
        raise OSError(f"refused by the test: {event} {target}")


sys.addaudithook(_refuse)
