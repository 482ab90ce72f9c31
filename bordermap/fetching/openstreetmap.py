"""OpenStreetMap as a source: what bears an ISO 3166-2 code, asked through OSMnx."""

from collections.abc import Sequence

from bordermap.fetching.asking import features_of
from bordermap.fetching.parts import delivery_of
from bordermap.fetching.units import Delivery

SERVICE = "https://overpass-api.de/api"
"""What OSMnx asks."""


def deliveries(countries: Sequence[str]) -> list[Delivery]:
    """
    Return the provinces of countries as mapped in OpenStreetMap.

    Parameters
    ----------
    countries
        Alpha-2 codes.

    Raises
    ------
    DataError
        If OSMnx is not installed, or the service cannot be had.
    """
    return [
        delivery_of(
            features_of("osm", country),
            country,
            source=f"OpenStreetMap {country}",
            licence="ODbL-1.0",
            attribution="© OpenStreetMap contributors (ODbL 1.0)",
            url=SERVICE,
        )
        for country in countries
    ]
