"""The page. Importing this package keeps Gradio, wherever it is imported after it, from contacting anyone.

It keeps Gradio from counting, too: after each event it works out statistics of all events since the start,
for a page that is not served here.
"""

from __future__ import annotations

import os

__all__: list[str] = []

# Gradio reads these when it is imported, and looks up foreign hosts without them.
os.environ.update(
    DO_NOT_TRACK="1",
    GRADIO_ANALYTICS_CACHE_FREQUENCY=str(10**9),
    GRADIO_ANALYTICS_ENABLED="False",
    GRADIO_ANALYTICS_MAX_EVENTS="1",
    GRADIO_RUN_HISTORY="False",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HUB_OFFLINE="1",
)
