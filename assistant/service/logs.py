"""What the running service writes to standard error: one line an event, as text or as JSON."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from assistant.settings import Settings

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request at hand; empty outside a request."""

_OURS = ("assistant", "embeddings", "corpus")


def start_log(settings: Settings, stream: TextIO | None = None) -> logging.Handler:
    """Begin the log in the form of the settings, and give its handler: `quiet` keeps to warnings."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.log == "json" else PlainLines())
    handler.addFilter(_with_request)
    handler.setLevel(logging.WARNING if settings.log == "quiet" else logging.INFO)
    root = logging.getLogger()
    root.addHandler(handler)
    _set_ours(handler.level)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """End the log that `start_log` began."""
    logging.getLogger().removeHandler(handler)
    handler.close()
    _set_ours(logging.NOTSET)


def _set_ours(level: int) -> None:
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request, and the facts of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """The same for people. Nothing that was sent to us can begin a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the traceback of an exception under it."""
        facts = " ".join(f"{name}={value!r}" for name, value in _facts(record).items())
        parts = (_time(record), record.levelname.lower(), record.name, record.getMessage(), facts)
        line = " ".join(" ".join(parts).split())
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _with_request(record: logging.LogRecord) -> bool:
    record.request = getattr(record, "request", None) or REQUEST.get()
    return True


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    request = getattr(record, "request", "")
    return ({"request": request} if request else {}) | getattr(record, "facts", {})


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
