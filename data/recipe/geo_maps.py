"""Countries out of ``@geo-maps/countries-maritime-10m``: OpenStreetMap's countries of 2017."""

import json
from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from recipe.features import multipolygon
from recipe.packages import member

CONTENT = "package/map.geo.json"


def country_polygons(tarball: Path, codes: Mapping[str, str]) -> dict[str, shapely.MultiPolygon]:
    """
    Return countries by alpha-2 code [degrees, WGS 84].

    Parameters
    ----------
    tarball
        The package.
    codes
        Alpha-2 code by alpha-3 code, by which the file knows them.

    Notes
    -----
    The file keeps the holes of a country as polygons beside it: the land of an exclave stands in
    both countries' lists. What lies inside an even number of polygons is not the country's.
    """
    features = json.loads(member(tarball, CONTENT))["features"]
    shapes = {
        codes[feature["properties"]["A3"]]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in features
        if feature["properties"]["A3"] in codes
    }
    return {code: even_odd(shape) for code, shape in shapes.items()}


def even_odd(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Return the land that lies inside an odd number of the polygons of a geometry."""
    land: BaseGeometry = shapely.Polygon()
    for part in sorted(shapely.get_parts(shape), key=lambda part: -part.area):
        land = shapely.symmetric_difference(land, part)
    return multipolygon(land)
