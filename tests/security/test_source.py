"""What the program's own source may not hold, so that nothing that was sent or stored can run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("assistant", "corpus", "embeddings")
FILES = sorted([ROOT / "app.py", *(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))])
TEMPLATES = sorted((ROOT / "assistant" / "web" / "templates").glob("*"))

UNPICKLING = {"cloudpickle", "dill", "joblib", "jsonpickle", "marshal", "pickle", "shelve"}
RUNNING_TEXT = {"eval", "exec", "compile", "__import__"}
YAML_THAT_MAKES_OBJECTS = {
    *("load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all"),
    *("Loader", "FullLoader", "UnsafeLoader", "CLoader", "CFullLoader", "CUnsafeLoader"),
}
SHELLS = {
    "os.popen",
    "os.system",
    "os.execl",
    "os.spawnl",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
}
ONLY_WITH: dict[str, tuple[str, object]] = {
    "np.load": ("allow_pickle", False),
    "numpy.load": ("allow_pickle", False),
    "torch.load": ("weights_only", True),
}


def _calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def _imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def _names_of(module: str, file: Path) -> set[str]:
    """What of a module a file uses."""
    return {
        node.attr
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == module
    }


def _keyword(call: ast.Call, name: str) -> object:
    found = (keyword.value for keyword in call.keywords if keyword.arg == name)
    value = next(found, None)
    return value.value if isinstance(value, ast.Constant) else value


def test_there_is_a_source_to_read() -> None:
    assert len(FILES) > 100


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_is_unpickled_evaluated_or_given_to_a_shell(file: Path) -> None:
    assert not _imports(file) & UNPICKLING
    assert not _names_of("yaml", file) & YAML_THAT_MAKES_OBJECTS
    for name, call in _calls(file):
        assert name not in RUNNING_TEXT, ast.unparse(call)
        assert name not in SHELLS, ast.unparse(call)
        assert _keyword(call, "shell") in (None, False), ast.unparse(call)
        assert _keyword(call, "verify") is not False, ast.unparse(call)
        assert _keyword(call, "trust_remote_code") in (None, False), ast.unparse(call)
        if name in ONLY_WITH:
            keyword, value = ONLY_WITH[name]
            assert _keyword(call, keyword) is value, ast.unparse(call)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_page_of_gradio_is_loaded_shared_or_opened_to_others(file: Path) -> None:
    for name, call in _calls(file):
        assert name not in ("gr.load", "gr.FileExplorer", "gr.File", "gr.UploadButton"), ast.unparse(call)
        for keyword in ("share", "mcp_server", "allowed_paths", "enable_monitoring", "api_open"):
            assert _keyword(call, keyword) in (None, False), ast.unparse(call)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_lets_text_through_unescaped(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b", text)
    assert "autoescape" not in text
