"""From a command to a running page: listen, open the assistant, serve. Behind `python app.py`."""

from __future__ import annotations

import errno
import gc
import logging
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from assistant.settings import Settings, unknown_variables
from assistant.web.protocol import PageAssistant
from corpus.errors import CoopAssistantError

STOPPED, FAILED, WRONG_ADDRESS, INTERRUPTED = 0, 1, 2, 130
"""What the commands exit with."""

_log = logging.getLogger(__name__)


def serve(opening: Callable[[], AbstractContextManager[PageAssistant]], settings: Settings) -> int:
    """Serve the page until it is stopped, and give the exit code.

    The port is taken before anything slow is done, so that a port in use is known at once. Raises
    SettingsError where strangers would be served unasked, or a file that the settings name can't be used.
    """
    from assistant.heap import keep_small
    from assistant.service.access import check_access

    keep_small()
    check_access(settings)
    host, port = settings.host, settings.port
    try:
        listening = listen(host, port)
    except OSError as error:
        return _fail(why_not_listening(host, port, error), WRONG_ADDRESS)
    with listening:
        try:
            with opening() as assistant:
                return _serve(assistant, listening, settings)
        except CoopAssistantError as error:
            return _fail(str(error), FAILED)
        except KeyboardInterrupt:
            return INTERRUPTED


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at host and port. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def why_not_listening(host: str, port: int, error: OSError) -> str:
    """One sentence on what is wrong with the address, and what to do."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return f"Port {port} of {host} is in use. Stop what uses it, or choose another one: --port {other}."
    if error.errno == errno.EACCES:
        return f"Port {port} is not open to this user. Choose one between 1024 and 65535 with --port."
    reason = error.strerror or str(error)
    return f"This machine can't listen at {host} ({reason}). Leave out --host to serve this machine only."


def _serve(assistant: PageAssistant, listening: socket.socket, settings: Settings) -> int:
    from assistant.web.quick_gradio import load_gradio

    load_gradio()  # here, since it takes a second or two, and a wrong port should not
    from assistant.heap import give_back
    from assistant.service.access import is_loopback
    from assistant.service.desk import Desk
    from assistant.service.logs import start_log, stop_log
    from assistant.web.connections import allow_many_connections, server
    from assistant.web.server import create_app

    log = start_log(settings)
    for name in unknown_variables():
        _log.warning("%s is set, and no setting has that name.", name)
    allow_many_connections()
    desk = Desk(settings)
    app = create_app(assistant, settings=settings, desk=desk, local_only=is_loopback(settings.host))
    gc.collect()
    gc.freeze()  # what a start leaves stays: looking it through for garbage would stop all readers for 0.15 s
    give_back()
    sys.stdout.write(f"The reading room is open at {_address(listening)} (stop it with Ctrl-C)\n")
    sys.stdout.flush()
    try:
        server(app, desk, settings.stop_seconds).run(sockets=[listening])
    finally:
        stop_log(log)
    return STOPPED


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"{message}\n")
    return code
