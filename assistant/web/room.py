"""What each view of the page is built with, and how views come to be shown.

A view is a module with `build_view(room)`, called inside the column of its view: it makes components and
wires their events, each with `**room.quiet`. The page shows one view at a time (`html[data-view]`), by script
and at once; on the way, `document` gets the event `room:view` with `detail.view`, so that a view's
`js_on_load` can `trigger` the filling of its parts when it is first seen. `room.preferences` changes with the
language: `room.preferences.change(render, [room.preferences], [part], **room.quiet)`, where
`Preferences.of(value).strings` are the words to use.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import gradio as gr

from assistant.web.protocol import PageAssistant

View = Literal["ask", "browse", "map", "list"]
VIEWS: tuple[View, ...] = ("ask", "browse", "map", "list")


@dataclass(frozen=True, slots=True)
class Room:
    """The assistant, what the reader has set (`Preferences.to_json`), and the options of every event."""

    assistant: PageAssistant
    preferences: gr.BrowserState
    quiet: dict[str, Any] = field(
        default_factory=lambda: {"show_progress": "hidden", "api_visibility": "private"}
    )
