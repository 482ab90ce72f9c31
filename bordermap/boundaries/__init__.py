"""Provinces, country parts and the borders that two countries share, by section."""

from bordermap.boundaries.borders import (
    ALL,
    DETACHED,
    EXCLAVES,
    MAINLAND,
    Borders,
    Country,
    Province,
    SharedBorder,
)
from bordermap.boundaries.shared import shared_borders

__all__ = [
    "ALL",
    "DETACHED",
    "EXCLAVES",
    "MAINLAND",
    "Borders",
    "Country",
    "Province",
    "SharedBorder",
    "shared_borders",
]
