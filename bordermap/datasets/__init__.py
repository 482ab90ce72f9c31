"""
Boundary datasets: what is shipped, what a user brings, read by need and checked.

``load_dataset("osm-2026").provinces(["AM-SU"])`` reads the index and one line of one file.
"""

from bordermap.countries import alpha2, alpha3, country_name
from bordermap.datasets.cache import list_fetched
from bordermap.datasets.collection import BoundaryDataset, IndexEntry
from bordermap.datasets.load import check_boundaries, is_registered, load_dataset
from bordermap.datasets.registry import list_datasets
from bordermap.datasets.waters import Basemap, Water, load_basemap, without_lakes

__all__ = [
    "Basemap",
    "BoundaryDataset",
    "IndexEntry",
    "Water",
    "alpha2",
    "alpha3",
    "check_boundaries",
    "country_name",
    "is_registered",
    "list_datasets",
    "list_fetched",
    "load_basemap",
    "load_dataset",
    "without_lakes",
]
