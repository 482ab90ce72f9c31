"""The locator map: where the provinces, the border by section and the places are."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from bordermap.assessment import Assessment
from bordermap.boundaries import Province
from bordermap.estimates import Estimate
from bordermap.figures import svg
from bordermap.figures.names import SITE_SIZE, Name, names_of
from bordermap.figures.palette import DASHES, MODELLED
from bordermap.figures.view import WIDTH, View
from bordermap.sites import Site
from bordermap.writing.words import Words

BAR_PX = 70.0
"""The scale bar is at least so long [px]."""


def locator_map(
    assessment: Assessment,
    words: Words,
    *,
    said: str,
    land: Mapping[str, BaseGeometry] | None = None,
) -> Markup:
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
    land
        What is shaded, by its title [degrees, WGS 84]; None for the land of `shaded`, every
        number at its best.

    Notes
    -----
    In Lambert's azimuthal equal-area projection about the middle of the provinces, where north is
    up.
    """
    case = assessment.case
    view = View.of([one.polygon for one in case.provinces])
    shaded_land = _best_land(shaded(assessment)) if land is None else list(land.items())
    return svg.drawing(
        _path(case.neighbour.polygon, view, fill="currentColor", fill_opacity=0.05, stroke="none"),
        _path(case.country.polygon, view, fill="currentColor", fill_opacity=0.1, stroke="none"),
        *(_province(one, view) for one in case.provinces),
        *(
            _path(one, view, title, fill=MODELLED, fill_opacity=0.45, stroke=MODELLED)
            for title, one in shaded_land
        ),
        *_border(assessment, words, view),
        *_scale_bar(view, words),
        *(_dot(one, view) for one in case.sites if view.holds(one.point)),
        *(_written(name) for name in names_of(assessment, words, view)),
        width=WIDTH,
        height=view.height,
        said=said,
    )


def shaded(assessment: Assessment) -> Estimate | None:
    """Return the estimate whose land a map at this scale can show; None where none has places."""
    models = ("incursions", "outlines", "caps")
    found = [one for one in assessment.estimates if one.scenario.model in models]
    return min(found, key=lambda one: models.index(one.scenario.model), default=None)


def scale_bar(view: View) -> tuple[float, float]:
    """Return a round length [km] and how long it is on the drawing [px]."""
    km = svg.round_step(view.metres_a_px * BAR_PX / 1e3)
    return km, km * 1e3 / view.metres_a_px


def _path(
    geometry: BaseGeometry, view: View, title: str = "", /, **attributes: svg.Attribute
) -> svg.Part:
    """Return a geometry [degrees, WGS 84] as a path; a ring ends where it began."""
    runs = [
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run.tolist()) for run in view.runs(geometry)
    ]
    d = "".join(runs)
    return svg.shape("path", title, d=d, fill_rule="evenodd", **attributes) if d else ""


def _province(province: Province, view: View) -> svg.Part:
    return _path(
        province.polygon,
        view,
        province.name,
        fill="currentColor",
        fill_opacity=0.06,
        stroke="currentColor",
        stroke_opacity=0.5,
        stroke_width=0.8,
    )


def _best_land(estimate: Estimate | None) -> list[tuple[str, BaseGeometry]]:
    """Return the land of an estimate, each piece with its title [degrees, WGS 84]."""
    footprints = () if estimate is None else estimate.footprints
    return [(one.title, land) for one in footprints for land in one.polygons["best"].values()]


def _border(assessment: Assessment, words: Words, view: View) -> Iterator[svg.Part]:
    """Yield the shared border, a pattern for each section, and which is which."""
    borders = assessment.case.borders
    y = view.height - 12 - 16 * len(borders.sections)
    for dash, section in zip(DASHES * len(borders.sections), borders.sections, strict=False):
        style: dict[str, svg.Attribute] = {"stroke_dasharray": dash or "none", "stroke_width": 2.2}
        name = words.named("section", section)
        for one in borders.lines:
            if one.section == section:
                yield _path(one.line, view, name, stroke="currentColor", **style)
        yield svg.line(12, y - 4, 42, y - 4, **style)
        yield svg.label(48, y, name, font_size=SITE_SIZE)
        y += 16


def _scale_bar(view: View, words: Words) -> Iterator[svg.Part]:
    km, width = scale_bar(view)
    y, text = view.height - 10, words("data.scale", km=words.notation.exact(km))
    yield svg.shape("path", d=f"M12 {svg.px(y - 4)}v4h{svg.px(width)}v-4", stroke="currentColor")
    yield svg.label(18 + width, y, text, font_size=SITE_SIZE)


def _dot(site: Site, view: View) -> svg.Part:
    x, y = view.point(site.point)
    return svg.shape("circle", site.name, cx=x, cy=y, r=2.6, fill="currentColor")


def _written(name: Name) -> svg.Part:
    """Return a name that stands out from what is under it; large ones recede."""
    return svg.label(
        name.x,
        name.y,
        name.text,
        font_size=name.size,
        fill_opacity=1 if name.size == SITE_SIZE else 0.6,
        stroke="Canvas",
        stroke_width=2.5,
        stroke_opacity=0.8,
        paint_order="stroke",
    )
