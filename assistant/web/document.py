"""Gradio's document without the tags that name Gradio and its makers to whoever previews a link."""

from __future__ import annotations

import re
from collections.abc import Callable

from gradio.routes import templates
from jinja2 import BaseLoader, Environment

_PREVIEW = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')


class _Plain(BaseLoader):
    """Another loader's templates, without those tags."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, file, is_current = self._loader.get_source(environment, template)
        return _PREVIEW.sub("", source), file, is_current


def leave_out_previews() -> None:
    """From now on the page is served without the tags."""
    loader = templates.env.loader
    if loader is not None and not isinstance(loader, _Plain):
        templates.env.loader = _Plain(loader)
