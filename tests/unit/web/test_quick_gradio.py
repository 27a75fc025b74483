"""Gradio is imported without what only its developers need."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
written = []
def watch(event, args):
    if event == "open" and str(args[0]).endswith(".pyi"):
        written.append(args[0])
sys.addaudithook(watch)

from assistant.web.quick_gradio import load_gradio
load_gradio()
import gradio
assert not written, written
assert "mcp" not in sys.modules
with gradio.Blocks() as blocks:
    gradio.Textbox().submit(len, None, gradio.Chatbot())
assert len(blocks.fns) == 1
import mcp
load_gradio()
"""


def test_gradio_is_whole_and_writes_nothing_beside_its_sources() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
