"""Strips along the border at every depth that the slider has."""

from collections.abc import Sequence
from dataclasses import dataclass

from bordermap.maps.page_data.figures import Range, range_of
from bordermap.strip_answers import StripAnswer

SLIDER_STEPS_M = (1.0, 0.1, 0.01)
"""Steps that the depth slider may have; its smallest depth is one of them [m]."""

FINE_STEPS = 20.0
"""The stated figure's depth is at least this many steps, where a step is fine enough."""

WIDEST = 20.0
"""The slider ends at most at this many times the stated figure's depth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCurve:
    """
    A section's strip at every depth the slider has.

    Parameters
    ----------
    section, length_km
        Name and geodesic length of the section.
    stated_depth_m
        Depth whose strip has the stated area; None where the section cannot hold it.
    provinces
        Codes, in the order of the columns.
    depths_m, areas_km2, slopes_km2_per_m
        Nodes; area and its derivative at each by province.
    """

    section: str
    length_km: float
    stated_depth_m: Range | None
    provinces: tuple[str, ...]
    depths_m: list[float]
    areas_km2: list[list[float]]
    slopes_km2_per_m: list[list[float]]


def section_curve(answer: StripAnswer) -> SectionCurve:
    """Return the strip of a section at the nodes of its curve."""
    curve, depth = answer.curve, answer.depth_m_for_stated
    return SectionCurve(
        section=answer.section,
        length_km=answer.length_km,
        stated_depth_m=None if depth is None else range_of(depth),
        provinces=curve.provinces,
        depths_m=curve.depths_m.tolist(),
        areas_km2=curve.areas_km2.tolist(),
        slopes_km2_per_m=curve.slopes_km2_per_m.tolist(),
    )


def slider_m(strips: Sequence[StripAnswer]) -> dict[str, float]:
    """Return the least and the largest depth of the slider, and its step [m]."""
    deepest_m = min(answer.curve.deepest_m for answer in strips)
    stated = strips[0].depth_m_for_stated
    stated_m = deepest_m if stated is None else stated.best
    step_m = next(
        (step for step in SLIDER_STEPS_M if stated_m >= FINE_STEPS * step), SLIDER_STEPS_M[-1]
    )
    largest_m = min(deepest_m, max(1.0, float(f"{WIDEST * stated_m:.1g}")))
    return {"least": step_m, "largest": largest_m, "step": step_m}
