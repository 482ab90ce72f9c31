"""A boundary source: two boxes a country, Armenia west of 46° east and Azerbaijan east of it."""

import datetime as dt
import json
from collections.abc import Sequence

import shapely

from bordermap.fetching import BoundarySource, Delivery, delivery_of

_WEST = {"AM": 45.0, "AZ": 46.0}
_PROVINCES = {"AM": ("AM-SU", "AM-VD"), "AZ": ("AZ-LAC", "AZ-KAL")}


def deliveries(countries: Sequence[str]) -> list[Delivery]:
    """Return the boxes of countries, south before north."""
    return [_delivery(country) for country in countries]


def _delivery(country: str) -> Delivery:
    west = _WEST[country]
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": f"box {code}"},
            "geometry": json.loads(
                shapely.to_geojson(shapely.box(west, south, west + 1, south + 1))
            ),
        }
        for south, code in zip((39.0, 40.0), _PROVINCES[country], strict=True)
    ]
    return delivery_of(
        features,
        country,
        source=f"sketch {country}",
        licence="CC0-1.0",
        attribution="a sketch, for an example",
        url="https://example.org/sketch",
        today=dt.date(2024, 1, 15),
    )


SOURCE = BoundarySource(
    title="Sketch of two countries",
    publisher="an example",
    worldview="nobody's: boxes drawn for an example",
    deliveries=deliveries,
)
