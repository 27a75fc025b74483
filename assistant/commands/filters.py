"""Which readings to look in, from the command line. A value that no reading has is wrong use, not silence."""

from __future__ import annotations

from argparse import ArgumentError, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from corpus.filters import Filters
from corpus.resource import Resource

_FIELDS: Mapping[str, tuple[str, Callable[[Resource], Iterable[str]]]] = MappingProxyType(
    {
        "language": ("languages", lambda resource: (resource.language,)),
        "kind": ("kinds", lambda resource: (resource.kind,)),
        "topic": ("topics", lambda resource: resource.topics),
        "place": ("places", lambda resource: resource.places),
        "publisher": ("publishers", lambda resource: (resource.publisher or "",)),
    }
)
"""What can be filtered by: the name of the option, the field of Filters, and what a reading has of it."""

_SHOWN = 12


def add_filters(parser: ArgumentParser) -> None:
    """Give a command the options that narrow down where it looks."""
    group = parser.add_argument_group(
        "only in readings", "Each but the years may be given several times, to look in the readings of any."
    )
    for name in _FIELDS:
        group.add_argument(f"--{name}", action="append", default=[], metavar=name.upper())
    group.add_argument("--from-year", type=int, metavar="YEAR")
    group.add_argument("--to-year", type=int, metavar="YEAR")


def filters_of(options: Namespace, resources: Sequence[Resource]) -> Filters:
    """The filters that were asked for, in any case of letters. ArgumentError where no reading has a value."""
    first, last = options.from_year, options.to_year
    if first is not None and last is not None and first > last:
        raise ArgumentError(None, f"No year is from {first} to {last}: give the earlier one to --from-year.")
    chosen = {
        field: frozenset(_known(name, value, resources) for value in getattr(options, name))
        for name, (field, _) in _FIELDS.items()
    }
    return Filters(**chosen, year_from=first, year_to=last)


def _known(name: str, value: str, resources: Sequence[Resource]) -> str:
    """The value as the readings spell it."""
    values_of = _FIELDS[name][1]
    known = sorted({known for resource in resources for known in values_of(resource) if known})
    wanted = value.strip().casefold()
    for candidate in known:
        if candidate.casefold() == wanted:
            return candidate
    known.sort(key=lambda candidate: wanted not in candidate.casefold())
    shown = ", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
    raise ArgumentError(None, f"No reading has the {name} {value!r}: there are {shown}.")
