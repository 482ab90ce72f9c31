"""Which features of a file count: those whose properties have given values."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from bordermap.errors import DataError
from bordermap.series.instants import shown

Properties = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Where:
    """
    Values that properties must have for a feature to count.

    Parameters
    ----------
    allowed
        The values by property, as text; a feature counts if each property has one of its values.
    """

    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def reading(cls, conditions: Iterable[str]) -> Self:
        """
        Return what conditions such as ``name=occupied`` say; of one name several, any of them.

        Raises
        ------
        DataError
            If one has no equals sign or no name.
        """
        allowed: dict[str, frozenset[str]] = {}
        for condition in conditions:
            name, equals, value = condition.partition("=")
            if not name or not equals:
                raise DataError(
                    f"{shown(condition)!r} is no condition; give a property and a value, such as"
                    " name=occupied"
                )
            allowed[name] = allowed.get(name, frozenset()) | {value}
        return cls(allowed=allowed)

    def holds(self, properties: Properties) -> bool:
        """Return whether a feature with some properties counts."""
        return all(
            name in properties and any(_is(properties[name], value) for value in values)
            for name, values in self.allowed.items()
        )

    def __str__(self) -> str:
        """Return it as it would be given."""
        return " ".join(
            f"{name}={value}" for name, values in self.allowed.items() for value in sorted(values)
        )


def _is(found: object, value: str) -> bool:
    """Return whether a property has a value: text as it is, a number whichever way written."""
    if isinstance(found, bool):
        return value == ("true" if found else "false")
    if isinstance(found, int | float):
        return _number(value) == found
    return found == value if isinstance(found, str) else found is None and value == "null"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
