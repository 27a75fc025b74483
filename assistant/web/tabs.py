"""What Gradio keeps of each tab: next to nothing, since each browser keeps its conversation itself."""

from __future__ import annotations

from typing import Any

from gradio.blocks import Blocks
from gradio.components import State
from gradio.state_holder import SessionState, StateHolder

TABS = 1000
"""Of more tabs the one that was quiet for longest is forgotten; its page goes on as a new one."""


class Tab(SessionState):
    """One tab's own components and states, without copies of what they showed.

    Gradio keeps such copies, for links that this page does not have: of every part all that it was given
    last, and again, under a new number, each time that a part is skipped and then given. In a long
    conversation these are megabytes with each answer.
    """

    def __init__(self, blocks: Blocks) -> None:
        super().__init__(blocks)
        self.config_values = {}

    def __setitem__(self, key: int, value: Any) -> None:  # noqa: ANN401  a component, or what a state holds
        block = self.blocks_config.blocks.get(key)
        if isinstance(block, State):
            super().__setitem__(key, value)
        elif block is not None:
            self.blocks_config.blocks[key] = value

    def _update_config(self, key: int) -> None:
        """Nothing is kept."""

    def _update_value_in_config(self, key: int, value: Any) -> None:  # noqa: ANN401
        """Nothing is kept."""


class Tabs(StateHolder):
    """All tabs, by Gradio's name for each."""

    def __init__(self, page: Blocks) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.set_blocks(page)
        self.capacity = TABS

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = Tab(self.blocks)
        return super().__getitem__(session_id)
