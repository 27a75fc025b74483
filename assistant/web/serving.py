"""From a command to a running page: listen, open the assistant, serve. Behind `python app.py`."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from assistant.web.protocol import PageAssistant
from corpus.errors import CoopAssistantError

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 7860

STOPPED, FAILED, WRONG_ADDRESS, INTERRUPTED = 0, 1, 2, 130
"""What the commands exit with."""


def serve(opening: Callable[[], AbstractContextManager[PageAssistant]], host: str, port: int) -> int:
    """Serve the page until it is stopped, and give the exit code.

    The port is taken before anything slow is done, so that a port in use is known at once.
    """
    if not 0 <= port <= 65535:
        return _fail(f"{port} is not a port. Choose one between 1024 and 65535 with --port.", WRONG_ADDRESS)
    try:
        listening = listen(host, port)
    except OSError as error:
        return _fail(why_not_listening(host, port, error), WRONG_ADDRESS)
    with listening:
        try:
            with opening() as assistant:
                return _serve(assistant, listening)
        except CoopAssistantError as error:
            return _fail(str(error), FAILED)
        except KeyboardInterrupt:
            return INTERRUPTED


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at host and port. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)


def why_not_listening(host: str, port: int, error: OSError) -> str:
    """One sentence on what is wrong with the address, and what to do."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return f"Port {port} of {host} is in use. Stop what uses it, or choose another one: --port {other}."
    if error.errno == errno.EACCES:
        return f"Port {port} is not open to this user. Choose one between 1024 and 65535 with --port."
    reason = error.strerror or str(error)
    return f"This machine can't listen at {host} ({reason}). Leave out --host to serve this machine only."


def _serve(assistant: PageAssistant, listening: socket.socket) -> int:
    import uvicorn  # here, since Gradio takes seconds to import and a wrong port should not

    from assistant.web.server import create_app

    config = uvicorn.Config(create_app(assistant), log_level="warning", timeout_graceful_shutdown=2)
    sys.stdout.write(f"The reading room is open at {_address(listening)} (stop it with Ctrl-C)\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listening])
    return STOPPED


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"{message}\n")
    return code
