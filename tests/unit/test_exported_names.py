"""What each package says it offers is what it has."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType

import pytest

import assistant
import corpus
import corpus.readers
import embeddings

NOT_OFFERED = {"annotations", "TYPE_CHECKING"}


@pytest.mark.parametrize("package", [assistant, corpus, corpus.readers, embeddings])
def test_everything_that_a_package_imports_is_exported_in_order(package: ModuleType) -> None:
    imported = {
        name
        for name, value in vars(package).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    offered = list(package.__all__)

    assert imported - NOT_OFFERED <= set(offered)
    assert all(hasattr(package, name) for name in offered)
    assert offered == sorted(offered, key=lambda name: (not name.isupper(), name))


def test_the_nouns_are_imported_without_the_libraries_that_take_time() -> None:
    script = (
        "import sys, assistant; print(*{'numpy', 'faiss', 'torch', 'gradio', 'fastapi'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not ran.stdout.strip()


def test_the_products_of_matrices_run_on_the_questions_own_thread() -> None:
    script = (
        "import assistant, numpy, threadpoolctl as t; print(*{i['num_threads'] for i in t.threadpool_info()})"
    )
    unset = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=unset
    )
    assert ran.stdout.split() in (["1"], [])


def test_a_name_that_is_not_there_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="'assistant' has no attribute 'Asistant'"):
        assistant.__getattr__("Asistant")
