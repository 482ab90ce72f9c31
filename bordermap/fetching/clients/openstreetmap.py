"""Administrative boundaries of OpenStreetMap, by OSMnx."""

import importlib
import json
from typing import Any

import shapely

Box = tuple[float, float, float, float]

_LARGEST_QUERY_M2 = 1e14
_TAG = "ISO3166-2"


def features(box: Box) -> list[dict[str, Any]]:
    """
    Return what bears an ISO 3166-2 code in a box, whole, as GeoJSON features.

    Parameters
    ----------
    box
        West, south, east, north [degrees, WGS 84].
    """
    osmnx = importlib.import_module("osmnx")

    # one query for the whole box: cut into many, a large country would be thousands
    osmnx.settings.max_query_area_size = _LARGEST_QUERY_M2
    osmnx.settings.use_cache = False
    osmnx.settings.doh_url_template = None
    found = osmnx.features_from_bbox(box, tags={_TAG: True})
    return [
        {
            "properties": {"code": row[_TAG], "name": row.get("name:en") or row.get("name")},
            "geometry": json.loads(shapely.to_geojson(row["geometry"])),
        }
        for row in found.to_dict("records")
        if isinstance(row[_TAG], str) and row["geometry"].geom_type in {"Polygon", "MultiPolygon"}
    ]
