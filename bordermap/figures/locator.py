"""The locator map: where the provinces, the border by section and the places are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from markupsafe import Markup
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.assessment import Assessment
from bordermap.boundaries import Country, Province
from bordermap.estimates import Estimate
from bordermap.figures import svg
from bordermap.figures.palette import DASHES, MODELLED
from bordermap.projection import LocalProjection
from bordermap.writing.words import Words

WIDTH = 470.0
MARGIN = 0.06
"""Land shown beyond the provinces, as a share of their extent."""

FINEST_PX = 0.35
"""Detail smaller than this is left out [px]."""


def locator_map(assessment: Assessment, words: Words, *, said: str) -> Markup:
    """
    Return a map of the provinces, the shared border by section, and the places named by reports.

    Parameters
    ----------
    assessment
        What it shows.
    words
        Names and notation.
    said
        The same in words.

    Notes
    -----
    In Lambert's azimuthal equal-area projection about the middle of the provinces, where north is
    up. The land of `shaded` is drawn with every number at its best.
    """
    case = assessment.case
    view = View.of([one.polygon for one in case.provinces])
    shown = shaded(assessment)
    countries = (case.country, case.neighbour)
    labels = Labels()
    sites = [
        (one.names.get(words.language, one.name), *view.point(one.point))
        for one in case.sites
        if view.holds(one.point)
    ]
    for _, x, y in sites:
        labels.taken.append((x - 4, y - 4, x + 4, y + 4))
    return svg.drawing(
        view.path(case.neighbour.polygon, fill="currentColor", fill_opacity=0.05, stroke="none"),
        view.path(case.country.polygon, fill="currentColor", fill_opacity=0.1, stroke="none"),
        *(_province(one, view) for one in case.provinces),
        *(_land(shown, view) if shown else ()),
        *_border(assessment, words, view),
        *_scale_bar(view, words),
        *(_site(name, x, y, labels, view) for name, x, y in sites),
        *(_province_name(one, words, view, labels) for one in case.provinces),
        *(_country_name(one, assessment, words, view, labels) for one in countries),
        width=WIDTH,
        height=view.height,
        said=said,
    )


def shaded(assessment: Assessment) -> Estimate | None:
    """Return the estimate whose land a map at this scale can show; None where none has places."""
    models = ("incursions", "outlines", "caps")
    found = [one for one in assessment.estimates if one.scenario.model in models]
    return min(found, key=lambda one: models.index(one.scenario.model), default=None)


@dataclass(frozen=True, kw_only=True)
class View:
    """
    What part of the world is drawn, and where on the drawing it is.

    Parameters
    ----------
    projection
        Local projection.
    box
        West, south, east, north of what is drawn [degrees, WGS 84].
    west_m, north_m
        The upper left corner [m].
    metres_a_px
        Scale [m/px].
    height
        Height of the drawing [px].
    """

    projection: LocalProjection
    box: tuple[float, float, float, float]
    west_m: float
    north_m: float
    metres_a_px: float
    height: float

    @classmethod
    def of(cls, land: Sequence[BaseGeometry]) -> "View":
        """Return the view that holds some land [degrees, WGS 84], with a margin."""
        west, south, east, north = shapely.total_bounds(land).tolist()
        projection = LocalProjection(lon=(west + east) / 2, lat=(south + north) / 2)
        rim = np.array([(x, y) for x in np.linspace(west, east, 9) for y in (south, north)])
        metres = projection.project(rim)
        (left, bottom), (right, top) = metres.min(axis=0), metres.max(axis=0)
        margin = MARGIN * max(right - left, top - bottom)
        scale = (right - left + 2 * margin) / WIDTH
        corners = np.array(
            [
                (x, y)
                for x in (left - margin, right + margin)
                for y in (bottom - margin, top + margin)
            ]
        )
        degrees = projection.unproject(corners)
        (low_x, low_y), (high_x, high_y) = degrees.min(axis=0), degrees.max(axis=0)
        return cls(
            projection=projection,
            box=(float(low_x), float(low_y), float(high_x), float(high_y)),
            west_m=float(left - margin),
            north_m=float(top + margin),
            metres_a_px=float(scale),
            height=float((top - bottom + 2 * margin) / scale),
        )

    def pixels(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points are on the drawing [px]; longitude, latitude [degrees, WGS 84]."""
        metres = self.projection.project(degrees)
        return (metres - (self.west_m, self.north_m)) * (1, -1) / self.metres_a_px

    def point(self, point: shapely.Point) -> tuple[float, float]:
        """Return where a point is on the drawing [px]."""
        x, y = self.pixels(np.array([[point.x, point.y]]))[0].tolist()
        return x, y

    def holds(self, point: shapely.Point) -> bool:
        """Return whether a point is on the drawing."""
        x, y = self.point(point)
        return 0 <= x <= WIDTH and 0 <= y <= self.height

    def seen(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry [degrees, WGS 84] cut to the view, without detail too fine to see."""
        tolerance = FINEST_PX * self.metres_a_px / 111_320
        cut = shapely.clip_by_rect(geometry, *self.box)
        return shapely.simplify(cut, tolerance, preserve_topology=False)

    def path(
        self, geometry: BaseGeometry, *, title: str = "", **attributes: svg.Attribute
    ) -> svg.Part:
        """Return a geometry [degrees, WGS 84] as a path, cut to the view."""
        d = "".join(self._drawn(part) for part in shapely.get_parts(self.seen(geometry)))
        return svg.shape("path", title, d=d, fill_rule="evenodd", **attributes) if d else ""

    def _drawn(self, part: BaseGeometry) -> str:
        if isinstance(part, shapely.Polygon):
            rings = [part.exterior, *part.interiors]
            return "".join(self._run(ring) + "Z" for ring in rings)
        return self._run(part)

    def _run(self, part: BaseGeometry) -> str:
        pixels = self.pixels(shapely.get_coordinates(part)).tolist()
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in pixels)


@dataclass(frozen=True)
class Labels:
    """
    Where words can still be put.

    Parameters
    ----------
    taken
        Boxes that hold something already: left, top, right, bottom [px].
    """

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def place(
        self, text: str, spots: Sequence[tuple[float, float]], *, size: float, height: float
    ) -> tuple[float, float] | None:
        """
        Return the first spot at which a label is on the drawing and covers nothing, or None.

        Parameters
        ----------
        text
            The label.
        spots
            Where its base line may begin [px].
        size
            Font size [px].
        height
            Height of the drawing [px].
        """
        width = svg.LETTER * size * len(text)
        for x, y in spots:
            box = (x, y - size, x + width, y + 2)
            on_it = box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= height
            if on_it and not any(_overlap(box, other) for other in self.taken):
                self.taken.append(box)
                return x, y
        return None


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _province(province: Province, view: View) -> svg.Part:
    return view.path(
        province.polygon,
        title=province.name,
        fill="currentColor",
        fill_opacity=0.06,
        stroke="currentColor",
        stroke_opacity=0.5,
        stroke_width=0.8,
    )


def _land(estimate: Estimate, view: View) -> Iterator[svg.Part]:
    for one in estimate.footprints:
        for polygon in one.polygons["best"].values():
            yield view.path(
                polygon, title=one.title, fill=MODELLED, fill_opacity=0.45, stroke=MODELLED
            )


def _border(assessment: Assessment, words: Words, view: View) -> Iterator[svg.Part]:
    """Yield the shared border, a pattern for each section, and which is which."""
    borders = assessment.case.borders
    y = view.height - 12 - 16 * len(borders.sections)
    for dash, section in zip(DASHES * len(borders.sections), borders.sections, strict=False):
        style: dict[str, svg.Attribute] = {"stroke_dasharray": dash or "none", "stroke_width": 2.2}
        name = words.named("section", section)
        for one in borders.lines:
            if one.section == section:
                yield view.path(one.line, title=name, stroke="currentColor", **style)
        yield svg.line(12, y - 4, 42, y - 4, **style)
        yield svg.label(48, y, name, font_size=11)
        y += 16


def _scale_bar(view: View, words: Words) -> Iterator[svg.Part]:
    km = svg.round_step(view.metres_a_px * 70 / 1e3)
    width, y = km * 1e3 / view.metres_a_px, view.height - 10
    yield svg.shape("path", d=f"M12 {svg.px(y - 4)}v4h{svg.px(width)}v-4", stroke="currentColor")
    yield svg.label(18 + width, y, words("data.scale", km=words.notation.exact(km)), font_size=11)


def _site(name: str, x: float, y: float, labels: Labels, view: View) -> svg.Part:
    dot = svg.shape("circle", name, cx=x, cy=y, r=2.6, fill="currentColor")
    width = svg.LETTER * 11 * len(name)
    spots = [
        (x + 6, y + 4),
        (x - 6 - width, y + 4),
        (x - width / 2, y - 6),
        (x - width / 2, y + 14),
    ]
    spot = labels.place(name, spots, size=11, height=view.height)
    return dot if spot is None else dot + _haloed(*spot, name, font_size=11)


def _province_name(province: Province, words: Words, view: View, labels: Labels) -> svg.Part:
    name = province.names.get(words.language) or province.name
    x, y = view.point(shapely.point_on_surface(province.polygon))
    width = svg.LETTER * 14 * len(name)
    spots = [(x - width / 2, y + dy) for dy in (0, 22, -22, 44, -44)]
    spot = labels.place(name, spots, size=14, height=view.height)
    return "" if spot is None else _haloed(*spot, name, font_size=14, fill_opacity=0.6)


def _country_name(
    country: Country, assessment: Assessment, words: Words, view: View, labels: Labels
) -> svg.Part:
    """Return a country's name on the largest part of it that is drawn beside the provinces."""
    # Simplified shapes may cross themselves; a buffer of 0 mends them well enough for a label.
    shapes = [country.polygon, *(one.polygon for one in assessment.case.provinces)]
    whole, *provinces = shapely.buffer([view.seen(shape) for shape in shapes], 0)
    seen = shapely.get_parts(shapely.difference(whole, shapely.union_all(provinces)))
    if not len(seen):
        return ""
    name = words.table.get(f"country.{country.code}", country.name)
    x, y = view.point(shapely.point_on_surface(seen[shapely.area(seen).argmax()]))
    width = svg.LETTER * 13 * len(name)
    spots = [(x - width / 2 + dx, y + dy) for dx in (0, 40, -40) for dy in (0, 40, -40, 80)]
    spot = labels.place(name, spots, size=13, height=view.height)
    return "" if spot is None else svg.label(*spot, name, font_size=13, fill_opacity=0.55)


def _haloed(x: float, y: float, text: str, **attributes: svg.Attribute) -> svg.Part:
    """Return a label that stands out from what is under it."""
    return svg.label(
        x,
        y,
        text,
        stroke="Canvas",
        stroke_width=2.5,
        stroke_opacity=0.8,
        paint_order="stroke",
        **attributes,
    )
