"""The page's components, without what Gradio does to values that need nothing done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

if TYPE_CHECKING:
    from gradio.block_function import BlockFunction
    from gradio.state_holder import SessionState


class Page(gr.Blocks):
    """Blocks whose events pass on text and JSON values as they are, and leave alone what they don't name.

    Gradio makes every output that an event does not name anew, component and all, hands each value that it
    does name to a thread that gives it back, and looks through it for files. That was a seventh of the work
    for an answer, and this page has no files.
    """

    async def postprocess_data(
        self, block_fn: BlockFunction, predictions: list[Any] | dict[Any, Any], state: SessionState | None
    ) -> list[Any]:
        """Values for the browser, one for each output of the event."""
        if isinstance(predictions, dict) and all(
            output in block_fn.outputs and not output.stateful and _is_plain(value)
            for output, value in predictions.items()
        ):
            return [predictions.get(output, gr.skip()) for output in block_fn.outputs]
        return await super().postprocess_data(block_fn, predictions, state)


def _is_plain(value: object) -> bool:
    return isinstance(value, (str, list)) or (isinstance(value, dict) and "__type__" not in value)
