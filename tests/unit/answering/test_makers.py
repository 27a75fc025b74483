from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.makers import made_by
from tests.readings import reading

READINGS = (
    replace(reading("one", "x"), people=("Virginie Pérotin", "Fathi Fakhfakh")),
    replace(reading("two", "x"), publisher="Grassroots Economic Organizing (GEO)"),
    replace(reading("three", "x"), people=("Jean-Paul de Gaudemar",), publisher="ILO"),
    replace(reading("four", "x"), publisher="YES! Magazine / Shareable"),
    reading("five", "Written by nobody."),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Virginie Pérotin", {"one"}),
        ("perotin", {"one"}),
        ("Virginie", set()),
        ("GEO", {"two"}),
        ("Grassroots Economic Organizing", {"two"}),
        ("Organizing", set()),
        ("the International Labour Organization", {"three"}),
        ("Gaudemar", {"three"}),
        ("Shareable", {"four"}),
        ("the", set()),
        ("", set()),
    ],
)
def test_a_name_is_a_persons_a_familys_or_a_publishers_by_any_of_its_names(
    name: str, expected: set[str]
) -> None:
    assert made_by(READINGS, name) == expected
