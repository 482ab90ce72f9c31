"""Names on a small map: where each can stand so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.assessment import Assessment
from bordermap.figures import svg
from bordermap.figures.view import WIDTH, View
from bordermap.writing.words import Words

SITE_SIZE, PROVINCE_SIZE, COUNTRY_SIZE = 11.0, 14.0, 13.0
"""Font sizes [px]."""

CLEAR_PX = 30.0
"""A country's name keeps so far from the provinces, if it can [px]."""

METRES_A_DEGREE = 111_320.0

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """
    A name on the drawing.

    Parameters
    ----------
    text
        The name.
    x, y
        Where its base line begins [px].
    size
        Font size [px].
    """

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, kw_only=True)
class Names:
    """
    The names on a drawing.

    Parameters
    ----------
    view
        What is drawn.
    taken
        Boxes that hold something already: left, top, right, bottom [px].
    """

    view: View
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def placed(self, text: str, spots: Sequence[Spot], size: float) -> Name | None:
        """Return a name at the first spot where it is on the drawing and covers nothing."""
        width = width_of(text, size)
        for x, y in spots:
            box = (x, y - size, x + width, y + 2)
            on_it = box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= self.view.height
            if on_it and not any(_overlap(box, other) for other in self.taken):
                self.taken.append(box)
                return Name(text=text, x=x, y=y, size=size)
        return None


def names_of(assessment: Assessment, words: Words, view: View) -> list[Name]:
    """
    Return the names of sites, provinces and countries that find room, the first ones first.

    Parameters
    ----------
    assessment
        What is drawn.
    words
        The language of the names.
    view
        Where it is drawn.
    """
    case = assessment.case
    names = Names(view=view)
    sites = [one for one in case.sites if view.holds(one.point)]
    for x, y in (view.point(one.point) for one in sites):
        names.taken.append((x - 4, y - 4, x + 4, y + 4))
    placed = []
    for site in sites:
        text = site.names.get(words.language, site.name)
        spots = _beside(*view.point(site.point), text)
        placed.append(names.placed(text, spots, SITE_SIZE))
    provinces = [view.seen(one.polygon) for one in case.provinces]
    for province, land in zip(case.provinces, provinces, strict=True):
        text = province.names.get(words.language) or province.name
        middle = view.point(shapely.centroid(land))
        spots = _around(*middle, text, PROVINCE_SIZE, down=(0, 22, -22, 44, -44))
        placed.append(names.placed(text, spots, PROVINCE_SIZE))
    for country in (case.country, case.neighbour):
        text = words.table.get(f"country.{country.code}", country.name)
        spots = _inside(view.seen(country.polygon), provinces, view, text)
        placed.append(names.placed(text, spots, COUNTRY_SIZE))
    return [name for name in placed if name is not None]


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is [px]."""
    return svg.LETTER * size * len(text)


def _beside(x: float, y: float, text: str) -> list[Spot]:
    """Return spots right, left, above and below a point."""
    width = width_of(text, SITE_SIZE)
    middle = x - width / 2
    return [(x + 6, y + 4), (x - 6 - width, y + 4), (middle, y - 6), (middle, y + 14)]


def _around(x: float, y: float, text: str, size: float, *, down: Sequence[float]) -> list[Spot]:
    left = x - width_of(text, size) / 2
    return [(left, y + dy) for dy in down]


def _inside(
    land: BaseGeometry, provinces: Sequence[BaseGeometry], view: View, text: str
) -> list[Spot]:
    """Return spots where a name lies on land clear of the provinces, the middle ones first."""
    across, down = (np.linspace(0.05, 0.95, 19) * size for size in (WIDTH, view.height))
    middles = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    half = width_of(text, COUNTRY_SIZE) / 2
    ends = middles[:, None] + np.array([(-half, -6), (0, -6), (half, -6)])
    points = view.degrees(ends.reshape(-1, 2))
    here = shapely.contains_xy(land, *points.T)
    for province in provinces:
        here &= ~shapely.contains_xy(province, *points.T)
    kept = middles[here.reshape(-1, 3).all(axis=1)]
    places = shapely.points(view.degrees(kept))
    near = shapely.distance(np.asarray(provinces)[:, None], places).min(axis=0)
    is_close = near * METRES_A_DEGREE / view.metres_a_px < CLEAR_PX
    off = np.hypot(*(kept - (WIDTH / 2, view.height / 2)).T)
    return [(x - half, y) for x, y in kept[np.lexsort((off, is_close))].tolist()]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
