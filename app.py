"""The web app: `python app.py [--host H] [--port P]`. Nothing but wiring."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, closing

from assistant.web.progress import IndexingBar
from assistant.web.protocol import PageAssistant
from assistant.web.serving import DEFAULT_HOST, DEFAULT_PORT, serve


def open_assistant() -> AbstractContextManager[PageAssistant]:
    """The assistant over the collection; the first time, its index is built."""
    from assistant.assistant import Assistant  # here, since its libraries take seconds to import

    assistant = Assistant.open(progress=IndexingBar())
    assistant.warm_up()
    return closing(assistant)


def main() -> int:
    """Serve the page until it is stopped."""
    parser = argparse.ArgumentParser(description="Ask about worker cooperatives in the browser.")
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", default=DEFAULT_PORT, type=int, help="port (default: %(default)s)")
    options = parser.parse_args()
    return serve(open_assistant, options.host, options.port)


if __name__ == "__main__":
    sys.exit(main())
