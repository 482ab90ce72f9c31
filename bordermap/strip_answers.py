"""Which strip the stated figure would be, on the whole border and on each section."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import shapely

from bordermap.boundaries import ALL, Borders
from bordermap.cells import DEEPEST_M
from bordermap.errors import GeometryError
from bordermap.footprints.curve import StripCurve
from bordermap.footprints.strip import strip
from bordermap.intervals import Interval
from bordermap.models.strips import depths_for

CURVE_STEP_M = 250.0
"""The curve ends at a multiple of this depth."""

LEAST_M = 1_000.0
"""Where it ends if no section can hold the figure."""

CLEARANCE = 1.001
"""What is this much farther away in a cell's metres is farther away on the ground, which they hold
to 7e-5."""


@dataclass(frozen=True, kw_only=True)
class StripAnswer:
    """
    What strip the stated figure would be.

    Parameters
    ----------
    section
        ``all`` or one section of the border.
    length_km
        Its length [km].
    depth_m_for_stated
        Depth for the ends and the best of the stated figure [m]; None where the land within
        `DEEPEST_M` of the section is smaller.
    by_province
        Area by province at the best depth [km²]; empty where there is none.
    curve
        Area by depth.
    """

    section: str
    length_km: float
    depth_m_for_stated: Interval | None
    by_province: Mapping[str, float]
    curve: StripCurve

    def as_json(self) -> dict[str, Any]:
        """Return what `summary.json` says of it."""
        depth = self.depth_m_for_stated
        return {
            "section": self.section,
            "depth_m_for_stated": depth
            and {"low": depth.low, "best": depth.best, "high": depth.high},
            "by_province": dict(self.by_province),
        }


def strip_answers(borders: Borders, stated_km2: Interval) -> tuple[StripAnswer, ...]:
    """
    Return the strip of a stated figure on the whole border and on each section.

    Parameters
    ----------
    borders
        The lines, and the provinces whose land counts.
    stated_km2
        The figure [km²].
    """
    sections = (ALL, *borders.sections)
    parts = [borders.of_section(section) for section in sections]
    depths = [_depths_or_none(part, stated_km2) for part in parts]
    deepest_m = max((1.25 * depth.best for depth in depths if depth is not None), default=LEAST_M)
    end_m = min(math.ceil(deepest_m / CURVE_STEP_M) * CURVE_STEP_M, DEEPEST_M)
    curves = [StripCurve.of(part, deepest_m=end_m) for part in parts[1:]]
    whole = (
        StripCurve.sum_of(curves)
        if _share_no_land(borders, parts[1:], end_m)
        else StripCurve.of(borders, deepest_m=end_m)
    )
    return tuple(
        StripAnswer(
            section=section,
            length_km=part.length_km,
            depth_m_for_stated=depth,
            by_province={} if depth is None else strip(part, depth.best).by_province,
            curve=curve,
        )
        for section, part, depth, curve in zip(
            sections, parts, depths, [whole, *curves], strict=True
        )
    )


def _depths_or_none(borders: Borders, stated_km2: Interval) -> Interval | None:
    """Return the depths for a figure, or None where the land near enough is smaller."""
    try:
        return depths_for(borders, stated_km2)
    except GeometryError:
        return None


def _share_no_land(borders: Borders, parts: Sequence[Borders], depth_m: float) -> bool:
    """
    Return whether the strips of all sections, together, are the strip of the whole border.

    So they are where lines of two sections are farther apart than twice the depth, and all land
    within the depth of a section's line is land that lies behind it.
    """
    cell, *others = borders.cells
    if others:
        return False  # a section may be measured in other cells, so that they cannot be compared
    lines = [cell.projection.to_metres(part.line) for part in parts]
    shapely.prepare(lines)
    if any(shapely.dwithin(*pair, 2 * depth_m * CLEARANCE) for pair in combinations(lines, 2)):
        return False
    land = shapely.get_parts(list(borders.land.values()))
    land_m = shapely.get_parts(list(cell.land.values()))
    for part, line in zip(parts, lines, strict=True):
        behind = set(shapely.to_wkb(shapely.get_parts(list(part.land.values()))))
        beside = [number for number, wkb in enumerate(shapely.to_wkb(land)) if wkb not in behind]
        if shapely.dwithin(line, land_m[beside], depth_m * CLEARANCE).any():
            return False
    return True
