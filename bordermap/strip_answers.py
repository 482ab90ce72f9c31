"""Which strip the stated figure would be, on the whole border and on each section."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    curves = [StripCurve.of(part, deepest_m=end_m) for part in parts]
    return tuple(
        StripAnswer(
            section=section,
            length_km=part.length_km,
            depth_m_for_stated=depth,
            by_province={} if depth is None else strip(part, depth.best).by_province,
            curve=curve,
        )
        for section, part, depth, curve in zip(sections, parts, depths, curves, strict=True)
    )


def _depths_or_none(borders: Borders, stated_km2: Interval) -> Interval | None:
    """Return the depths for a figure, or None where the land near enough is smaller."""
    try:
        return depths_for(borders, stated_km2)
    except GeometryError:
        return None
