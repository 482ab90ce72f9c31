"""What is assumed: numbers with their reasons, and what each model takes."""

from dataclasses import dataclass
from typing import Literal

from bordermap.codes import require_id, require_province, require_text
from bordermap.documents import shown
from bordermap.errors import ScenarioError
from bordermap.intervals import Interval

HALF_ELLIPSE = 0.7853981633974483
"""Area of a half ellipse over that of the rectangle round it, π/4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Interval):
    """
    An assumed number: an interval, and why it is this one.

    Parameters
    ----------
    reason
        Why low, best and high are what they are.
    sources
        Addresses, or ids of reports or claims, that the reason leans on.

    Raises
    ------
    ScenarioError
        If an end is missing or below 0, or no reason is given.
    """

    reason: str
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Interval.__post_init__(self)
        if self.low is None or self.high is None:
            raise ScenarioError("an assumed number needs low, best and high")
        if self.low < 0:
            raise ScenarioError(f"an assumed number is not below 0, unlike {self.low:g}")
        require_text(reason=self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class StripAssumption:
    """
    Land within a depth of a border.

    Parameters
    ----------
    section
        Section of the shared border: ``all`` or one that the case names.
    area_from
        ``stated``: the depth is the one whose strip has the area that the main claim states.
    depth_m
        The depth [m], where it is assumed instead.
    """

    section: str = "all"
    area_from: Literal["stated"] | None = None
    depth_m: Quantity | None = None

    def __post_init__(self) -> None:
        require_text(section=self.section)
        if (self.area_from is None) == (self.depth_m is None):
            raise ScenarioError("a strip has either area_from or depth_m: give one of the two")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncursionAssumption:
    """
    An area that reaches from the border inward at a site.

    Parameters
    ----------
    id
        Key within the scenario.
    site
        Id of the site.
    front_km
        Length along the border [km].
    depth_km
        Reach from the border inward [km].
    fill
        Area over front times depth: 0.5 for a triangle, π/4 for a half ellipse, 1 for a rectangle;
        None for that range with the half ellipse as best.
    """

    id: str
    site: str
    front_km: Quantity
    depth_km: Quantity
    fill: Quantity | None = None

    def __post_init__(self) -> None:
        require_id(self.id)
        require_id(self.site)
        _require_positive(front_km=self.front_km, depth_km=self.depth_km)
        if self.fill is not None:
            _require_positive(fill=self.fill)
            if self.fill.high is not None and self.fill.high > 1:
                raise ScenarioError(f"fill is at most 1, not {self.fill.high:g}")

    @property
    def fill_or_default(self) -> Quantity:
        """The fill to use."""
        return self.fill or Quantity(
            low=0.5,
            best=HALF_ELLIPSE,
            high=1.0,
            reason="no source tells the shape: from a triangle over a half ellipse to a rectangle",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CapAssumption:
    """
    A disc round a site.

    Parameters
    ----------
    id
        Key within the scenario.
    site
        Id of the site.
    radius_km
        Radius [km].
    """

    id: str
    site: str
    radius_km: Quantity

    def __post_init__(self) -> None:
        require_id(self.id)
        require_id(self.site)
        _require_positive(radius_km=self.radius_km)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinesAssumption:
    """
    Polygons that somebody drew.

    Parameters
    ----------
    file
        GeoJSON file below the case's folder, such as ``outlines/a.geojson``.
    reason
        Whose outlines they are, and why they are used.
    """

    file: str
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.file.endswith((".geojson", ".json")):
            raise ScenarioError(f"outlines are a .geojson file, not {shown(self.file)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAssumption:
    """
    An area that was stated for one place, to be summed with others.

    Parameters
    ----------
    id
        Key within the scenario.
    place
        What the area was stated for, in words.
    site
        Id of the site it is shown at; None if it has no one place.
    province
        ISO 3166-2 code of the province it is counted to.
    area_km2
        The area [km²].
    overlaps
        Ids of statements that may speak of some of the same land: the low end of the sum counts
        only the largest of them, the high end all.
    """

    id: str
    place: str
    site: str | None = None
    province: str
    area_km2: Quantity
    overlaps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_id(self.id)
        require_text(place=self.place)
        require_province(self.province)
        if self.site is not None:
            require_id(self.site)
        if self.id in self.overlaps:
            raise ScenarioError(f"{self.id} overlaps itself; name other statements")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAssumption:
    """
    A number for a model of another package.

    Parameters
    ----------
    id
        What the model calls it.
    quantity
        The number, in the unit that its name ends with.
    """

    id: str
    quantity: Quantity

    def __post_init__(self) -> None:
        require_text(id=self.id)


def _require_positive(**values: Quantity) -> None:
    for name, value in values.items():
        if not (value.low or 0) > 0:
            raise ScenarioError(f"{name} is above 0, unlike {value.low:g}")
