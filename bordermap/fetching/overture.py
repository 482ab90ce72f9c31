"""Overture as a source: the regions of its divisions, asked through its own client."""

from collections.abc import Sequence

from bordermap.fetching.asking import features_of
from bordermap.fetching.parts import delivery_of
from bordermap.fetching.units import Delivery

SERVICE = "s3://overturemaps-us-west-2/release"
"""What the client reads, the newest release of it."""


def deliveries(countries: Sequence[str]) -> list[Delivery]:
    """
    Return the provinces of countries as Overture has them.

    Parameters
    ----------
    countries
        Alpha-2 codes.

    Raises
    ------
    DataError
        If the client is not installed, or the service cannot be had.
    """
    return [
        delivery_of(
            features_of("overture", country),
            country,
            source=f"Overture {country}",
            licence="ODbL-1.0",
            attribution="© OpenStreetMap contributors, geoBoundaries, Overture Maps (ODbL 1.0)",
            url=SERVICE,
        )
        for country in countries
    ]
