"""Gradio, imported in half its time: call `load_gradio` before anything imports it.

At each import Gradio parses the source of its eighty components and writes type stubs beside them, into the
folder of installed packages, and it imports the library for a protocol that the page does not serve.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec

import assistant.web  # noqa: F401 - what it sets must stand before Gradio is imported

_UNUSED = "mcp"


def load_gradio() -> None:
    """Import Gradio without that work; as it is where this version of it does not allow that."""
    if "gradio" in sys.modules:
        return
    unused_before = sys.modules.get(_UNUSED)
    if unused_before is None:
        sys.modules[_UNUSED] = None  # type: ignore[assignment] # an import of it is an ImportError, which Gradio expects
    try:
        _load_without_stubs()
    except (ImportError, AttributeError):
        for name in [name for name in sys.modules if name.partition(".")[0] == "gradio"]:
            del sys.modules[name]
    finally:
        if unused_before is None:
            del sys.modules[_UNUSED]
    import_module("gradio")


def _load_without_stubs() -> None:
    spec = find_spec("gradio")
    if spec is None or spec.loader is None:
        raise ImportError("Gradio is not installed.")
    gradio = module_from_spec(spec)
    sys.modules["gradio"] = gradio
    stubs = import_module("gradio.component_meta")  # before any component is defined
    if "create_or_modify_pyi" in vars(stubs):
        vars(stubs)["create_or_modify_pyi"] = _write_none
    spec.loader.exec_module(gradio)


def _write_none(*_: object) -> None:
    """In place of what writes the stubs."""
