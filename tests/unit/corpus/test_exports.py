from __future__ import annotations

from types import ModuleType

import corpus


def test_everything_that_the_package_imports_is_exported_in_order() -> None:
    imported = {
        name
        for name, value in vars(corpus).items()
        if not name.startswith("_") and not isinstance(value, ModuleType) and name != "annotations"
    }

    assert imported == set(corpus.__all__)
    assert corpus.__all__ == sorted(corpus.__all__, key=lambda name: (not name.isupper(), name))
