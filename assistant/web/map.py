"""A view of the page."""

from __future__ import annotations

import gradio as gr

from assistant.web.room import Room


def build_view(room: Room) -> None:  # noqa: ARG001
    """The parts of this view and their events."""
    gr.HTML(elem_id="map", apply_default_css=False)
