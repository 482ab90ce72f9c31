"""Regions of Overture's divisions, by its own client."""

import importlib
import json
from typing import Any

import shapely

Box = tuple[float, float, float, float]

_COLUMNS = ["subtype", "class", "region", "names", "geometry"]
_SILENCE_SECONDS = 60


def features(box: Box) -> list[dict[str, Any]]:
    """
    Return the regions on land that meet a box, whole, as GeoJSON features.

    Parameters
    ----------
    box
        West, south, east, north [degrees, WGS 84].
    """
    client = importlib.import_module("overturemaps.core")
    reader = client.record_batch_reader(
        "division_area",
        bbox=box,
        connect_timeout=_SILENCE_SECONDS,
        request_timeout=_SILENCE_SECONDS,
        stac=True,
    )
    if reader is None:
        raise SystemExit("Overture's files cannot be read")
    return [
        feature
        for batch in reader
        for row in batch.select(_COLUMNS).to_pylist()
        if (feature := feature_of(row)) is not None
    ]


def feature_of(row: dict[str, Any]) -> dict[str, Any] | None:
    """Return a row as a feature; None if it is no region on land."""
    if row["subtype"] != "region" or row["class"] != "land" or not row["region"]:
        return None
    names = row["names"] or {}
    geometry = shapely.from_wkb(row["geometry"])
    return {
        "properties": {"code": row["region"], "name": names.get("primary")},
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }
