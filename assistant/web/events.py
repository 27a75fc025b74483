"""What comes with an event from the page's own scripts."""

from __future__ import annotations

import gradio as gr


def told(event: gr.EventData, name: str) -> str:
    """What came with a click, as text; '' for what did not."""
    values = event._data
    value = values.get(name) if isinstance(values, dict) else None
    return value if isinstance(value, str) else ""
