"""The web app: `python app.py [--host H] [--port P]`, the same as `python -m assistant serve`.

For any other ASGI server it is `app:app`, as in `uvicorn app:app`.
"""

from __future__ import annotations

import sys

from assistant.cli import main


def __getattr__(name: str) -> object:
    """`app` is opened when a server first asks for it."""
    if name == "app":
        from assistant.web.asgi import open_app

        return globals().setdefault("app", open_app())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
