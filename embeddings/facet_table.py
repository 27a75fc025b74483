"""Which readings have which values: a filter is then looked up, not tried on one reading after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.filters import FIELDS, Filters
from corpus.resource import Resource

_NO_YEAR = np.iinfo(np.int32).min


class FacetTable:
    """Row i is `resources[i]`."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self.resources = tuple(resources)
        rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for field, values_of in FIELDS.items():
            for row, resource in enumerate(resources):
                for value in values_of(resource):
                    rows[field, value].append(row)
        self._rows = {value: np.asarray(its, np.int32) for value, its in rows.items()}
        years = (_NO_YEAR if resource.year is None else resource.year for resource in resources)
        self._years = np.fromiter(years, np.int32, len(resources))

    def values(self, field: str) -> list[str]:
        """The values that readings have in a field of `Filters`."""
        return [value for its_field, value in self._rows if its_field == field]

    def count(self, field: str, value: str) -> int:
        """How many readings have the value."""
        return len(self._rows.get((field, value), ()))

    def admitted(self, filters: Filters) -> NDArray[np.bool_]:
        """Whether each reading passes the filters, (readings,): what `Filters.admit` says of it."""
        admitted = np.ones(len(self._years), np.bool_)
        for field in FIELDS:
            wanted: frozenset[str] = getattr(filters, field)
            if wanted:
                has_one = np.zeros(len(self._years), np.bool_)
                for value in wanted:
                    has_one[self._rows.get((field, value), [])] = True
                admitted &= has_one
        if filters.year_from is not None or filters.year_to is not None:
            admitted &= self._years != _NO_YEAR
        if filters.year_from is not None:
            admitted &= self._years >= filters.year_from
        if filters.year_to is not None:
            admitted &= self._years <= filters.year_to
        return admitted
