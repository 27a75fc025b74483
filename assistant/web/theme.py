"""The few colours and fonts that Gradio's own parts need; everything else is in static/page.css."""

from __future__ import annotations

import gradio as gr

SYSTEM_FONTS = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "sans-serif")
PAPER, INK = "#fbfaf6", "#23241f"
DARK_PAPER, DARK_INK = "#211f1b", "#ece7dc"


def page_theme() -> gr.themes.Base:
    """Paper and ink, with fonts that the reader's machine already has."""
    return gr.themes.Base(font=SYSTEM_FONTS, font_mono=("ui-monospace", "monospace")).set(
        body_background_fill=PAPER,
        body_background_fill_dark=DARK_PAPER,
        body_text_color=INK,
        body_text_color_dark=DARK_INK,
        background_fill_primary=PAPER,
        background_fill_primary_dark=DARK_PAPER,
    )
