"""Online sources of boundaries, asked only when told to; what they give is kept and used."""

from bordermap.fetching.obtaining import SOURCES, Fetched, fetch
from bordermap.fetching.units import Delivery
from bordermap.fetching.web import Web

__all__ = ["SOURCES", "Delivery", "Fetched", "Web", "fetch"]
