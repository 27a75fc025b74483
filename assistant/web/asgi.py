"""The service for any ASGI server, which listens and signs people in as its own settings say."""

from __future__ import annotations

import atexit
from typing import cast

from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.service.access import check_access, serves_others
from assistant.service.logs import start_log
from assistant.settings import Settings
from assistant.web.protocol import PageAssistant
from assistant.web.quick_gradio import load_gradio


def open_app() -> FastAPI:
    """The service over the assistant of this environment, open until the process ends.

    Where the server listens is not known before a request comes, so each that comes in from elsewhere is
    refused unless a sign-in or ASSISTANT_PUBLIC lets others in. Raises CoopAssistantError.
    """
    load_gradio()
    from assistant.web.server import create_app

    settings = Settings.load()
    check_access(settings)
    start_log(settings)
    assistant = Assistant.open()
    atexit.register(assistant.close)
    assistant.warm_up()
    alone = not serves_others(settings)
    return create_app(cast(PageAssistant, assistant), settings=settings, local_only=alone)
