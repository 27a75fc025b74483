"""What each view of the page is built with, and how views come to be shown.

A view is a module with `build_view(room)`, called inside the column of its view: it makes components and
wires their events, each with `**room.quiet`. The page shows one view at a time (`html[data-view]`), by script
and at once; on the way, `document` gets the event `room:view` with `detail.view`, so that a view's
`js_on_load` can `trigger("show")` the filling of its part when it is first seen. `room.fill` wires that, and
says the same in other words when the reader's language changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import gradio as gr

from assistant.web.preferences import Preferences
from assistant.web.protocol import PageAssistant

View = Literal["ask", "browse", "map", "list"]
VIEWS: tuple[View, ...] = ("ask", "browse", "map", "list")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a view shows, as its `render` asks for it, and the language that it is shown in."""

    what: str
    language: str


@dataclass(frozen=True, slots=True)
class Room:
    """The assistant, what the reader has set (`Preferences.to_json`), and the options of every event."""

    assistant: PageAssistant
    preferences: gr.BrowserState
    quiet: dict[str, Any] = field(
        default_factory=lambda: {
            "show_progress": "hidden",
            "api_visibility": "private",
            "preprocess": False,  # nothing to do, for which Gradio would wake a thread for each input
        }
    )

    def fill(
        self, part: gr.HTML, show: Callable[..., Any], render: Callable[[Preferences, str], str]
    ) -> None:
        """Wire a part: `show` gives its HTML and what was `Seen`, and `render` the same in another language.

        A link may open a view before the page knows the reader's language. So the language is looked at
        when it changes, and again when the view is shown, whichever comes last.
        """
        seen = gr.State(None)
        again = partial(in_other_words, render)
        shown = part.show(show, [self.preferences], [part, seen], **self.quiet)
        for changed in (shown.then, self.preferences.change):
            changed(again, [self.preferences, seen], [part, seen], **self.quiet)


def in_other_words(
    render: Callable[[Preferences, str], str], preferences: object, seen: Seen | None
) -> tuple[Any, Any]:
    """What is `seen`, in the reader's language; nothing if it is so already, or nothing is seen."""
    chosen = Preferences.of(preferences)
    if seen is None or seen.language == chosen.language:
        return gr.skip(), gr.skip()
    return render(chosen, seen.what), Seen(seen.what, chosen.language)
