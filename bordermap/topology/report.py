"""What a check of boundaries found."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "crs",
    "no-polygon",
    "open-ring",
    "out-of-range",
    "antimeridian",
    "invalid-ring",
    "duplicate",
    "no-code",
    "no-country",
    "overlap",
    "gap",
    "seam",
    "partition",
    "winding",
]

UNUSABLE = frozenset(
    {
        *("crs", "no-polygon", "open-ring", "out-of-range", "antimeridian", "invalid-ring"),
        *("duplicate", "no-code", "no-country"),
    }
)
"""Faults for which a file is refused as boundaries; with the others it can be measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One fault.

    Parameters
    ----------
    feature
        Which feature or features, by code, id or number; empty for the file as a whole.
    kind
        What sort of fault.
    reason
        What is wrong, with its size where it has one.
    """

    feature: str
    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyReport:
    """
    What a check found.

    Parameters
    ----------
    file
        Name of the file or id of the dataset.
    area_km2
        Geodesic area that its readable polygons cover, each place once [km²].
    problems
        Faults, in the order of the features.
    """

    file: str
    area_km2: float
    problems: tuple[Problem, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def usable(self) -> bool:
        """Whether it can be used as boundaries all the same."""
        return not any(problem.kind in UNUSABLE for problem in self.problems)

    def as_json(self) -> dict[str, object]:
        """Return the report as values of JSON."""
        return {
            "file": self.file,
            "valid": self.valid,
            "area_km2": self.area_km2,
            "problems": [
                {"feature": p.feature, "kind": p.kind, "reason": p.reason} for p in self.problems
            ],
        }
