"""
Turn a border claim in the news into a map, an area with an interval, and layers to work with.

>>> import bordermap as bm
>>> case = bm.load_case("armenia-150")
>>> round(bm.depth_for_area(case.borders, 150.0), 1)
211.6

Names are imported when they are first used, so that ``import bordermap`` costs neither geopandas
nor folium.
"""

from typing import TYPE_CHECKING

from bordermap.shown import Shown, html_of, text_of

if TYPE_CHECKING:
    from bordermap._version import __version__
    from bordermap.areas import geodesic_area_km2, geodesic_length_km
    from bordermap.asking import borders_of, disagreement_of, provinces_of
    from bordermap.assessment import Assessment, assess
    from bordermap.boundaries import Borders, Province
    from bordermap.building import build_of
    from bordermap.cases import Case, load_case
    from bordermap.claims import Claim, Register
    from bordermap.comparison import Comparison
    from bordermap.datasets import check_boundaries, list_datasets, list_fetched, load_dataset
    from bordermap.disagreement import Disagreement
    from bordermap.doctor import examined
    from bordermap.drafting import draft_case
    from bordermap.errors import BordermapError
    from bordermap.estimates import Estimate, Footprint
    from bordermap.export import write_layers
    from bordermap.fetching import fetch
    from bordermap.footprints.curve import StripCurve
    from bordermap.footprints.strip import Strip, depth_for_area, strip, strip_polygons
    from bordermap.gazetteer import Gazetteer
    from bordermap.intervals import Interval
    from bordermap.layering import layers_of, to_geodataframes
    from bordermap.many import batch_of, series_of, sweep_of
    from bordermap.maps import explore
    from bordermap.measuring import measured_files
    from bordermap.panel import controls
    from bordermap.provenance import Dataset, Source
    from bordermap.reading import article_text, read_article
    from bordermap.report import report_html, report_markdown
    from bordermap.series.explore import explore_series
    from bordermap.verifying import verified

_HOMES = {
    "Assessment": "assessment",
    "BordermapError": "errors",
    "Borders": "boundaries",
    "Case": "cases",
    "Claim": "claims",
    "Comparison": "comparison",
    "Dataset": "provenance",
    "Disagreement": "disagreement",
    "Estimate": "estimates",
    "Footprint": "estimates",
    "Gazetteer": "gazetteer",
    "Interval": "intervals",
    "Province": "boundaries",
    "Register": "claims",
    "Source": "provenance",
    "Strip": "footprints.strip",
    "StripCurve": "footprints.curve",
    "__version__": "_version",
    "article_text": "reading",
    "assess": "assessment",
    "batch_of": "many",
    "borders_of": "asking",
    "build_of": "building",
    "check_boundaries": "datasets",
    "controls": "panel",
    "depth_for_area": "footprints.strip",
    "disagreement_of": "asking",
    "draft_case": "drafting",
    "examined": "doctor",
    "explore": "maps",
    "explore_series": "series.explore",
    "fetch": "fetching",
    "geodesic_area_km2": "areas",
    "geodesic_length_km": "areas",
    "layers_of": "layering",
    "list_datasets": "datasets",
    "list_fetched": "datasets",
    "load_case": "cases",
    "load_dataset": "datasets",
    "measured_files": "measuring",
    "provinces_of": "asking",
    "read_article": "reading",
    "report_html": "report",
    "report_markdown": "report",
    "series_of": "many",
    "strip": "footprints.strip",
    "strip_polygons": "footprints.strip",
    "sweep_of": "many",
    "to_geodataframes": "layering",
    "verified": "verifying",
    "write_layers": "export",
}
"""The module each public name lives in."""

__all__ = [
    "Assessment",
    "BordermapError",
    "Borders",
    "Case",
    "Claim",
    "Comparison",
    "Dataset",
    "Disagreement",
    "Estimate",
    "Footprint",
    "Gazetteer",
    "Interval",
    "Province",
    "Register",
    "Source",
    "Strip",
    "StripCurve",
    "__version__",
    "article_text",
    "assess",
    "batch_of",
    "borders_of",
    "build_of",
    "check_boundaries",
    "controls",
    "depth_for_area",
    "disagreement_of",
    "draft_case",
    "examined",
    "explore",
    "explore_series",
    "fetch",
    "geodesic_area_km2",
    "geodesic_length_km",
    "layers_of",
    "list_datasets",
    "list_fetched",
    "load_case",
    "load_dataset",
    "measured_files",
    "provinces_of",
    "read_article",
    "report_html",
    "report_markdown",
    "series_of",
    "strip",
    "strip_polygons",
    "sweep_of",
    "to_geodataframes",
    "verified",
    "write_layers",
]


@html_of.register
def _html_of(value: Shown) -> str:
    from bordermap import display

    return display.html(value)


@text_of.register
def _text_of(value: Shown) -> str:
    from bordermap import display

    return display.text(value)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'bordermap' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"bordermap.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
