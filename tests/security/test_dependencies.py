from __future__ import annotations

import re

from tests.dependencies import installed, licence

PERMISSIVE = r"MIT|Apache|BSD|ISC|PSF|Python|Zlib|CC0|CNRI|BSL|LLVM|HPND|Unlicense"
OF_SINGLE_FILES = {"certifi", "orjson", "tld", "tqdm"}
"""Under the Mozilla Public Licence, or a choice that has it: it binds changes of their own files only."""


def test_every_dependency_says_that_it_may_be_used_by_anyone_for_anything() -> None:
    for name, package in installed().items():
        told = licence(package)
        if name in OF_SINGLE_FILES:
            assert re.search("MPL|Mozilla", told), (name, told)
        else:
            assert re.search(PERMISSIVE, told), (name, told)
            assert not re.search("GPL|Proprietary|SSPL|Commons Clause", told), (name, told)


def test_there_are_few_of_them() -> None:
    assert 50 < len(installed()) < 150
