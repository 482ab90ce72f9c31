"""Scenarios: what is assumed, by which model, and why each number is what it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from bordermap.codes import require_id, require_province, require_text
from bordermap.documents import (
    named,
    path_within,
    read_toml,
    shown,
    toml_files,
    validated,
    without_defaults,
)
from bordermap.errors import DataError, ScenarioError
from bordermap.intervals import Interval
from bordermap.plugins import plugin_names

Model = Literal["strip", "incursions", "caps", "outlines", "stated"]
"""A model that comes with bordermap; other packages bring theirs by entry points."""
MODELS: tuple[Model, ...] = get_args(Model)

MAX_SCENARIOS = 100
"""Most scenario files of one case."""
MAX_ASSUMPTIONS = 1_000
"""Most incursions, caps or statements of one scenario."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """
    A set of assumptions under one model.

    Parameters
    ----------
    id
        Name of its file.
    title
        One line to show.
    model
        Which model the assumptions feed, one of `MODELS` or of an installed package; only its own
        part may be filled.
    rationale
        Why this scenario is worth looking at.
    assumes
        What is taken for granted, one sentence each.
    strip, incursions, caps, outlines, statements, numbers
        The assumptions of the model; `numbers` are for one of another package.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  (a field would need a value)

    id: str
    title: str
    model: str
    rationale: str
    assumes: tuple[str, ...]
    strip: StripAssumption | None = None
    incursions: tuple[IncursionAssumption, ...] = ()
    caps: tuple[CapAssumption, ...] = ()
    outlines: OutlinesAssumption | None = None
    statements: tuple[StatementAssumption, ...] = ()
    numbers: tuple[NumberAssumption, ...] = ()

    def __post_init__(self) -> None:
        require_id(self.id)
        require_text(title=self.title, rationale=self.rationale)
        if not self.assumes:
            raise ScenarioError("assumes is empty; say what is taken for granted")
        self._require_model()
        for listed in (self.incursions, self.caps, self.statements, self.numbers):
            self._require_distinct([part.id for part in listed])
        ids = {statement.id for statement in self.statements}
        for statement in self.statements:
            for other in set(statement.overlaps) - ids:
                raise ScenarioError(f"{statement.id} overlaps {shown(other)}, which is not here")

    def _require_model(self) -> None:
        own = _PART_OF.get(self.model, "numbers")
        if self.model not in MODELS and self.model not in plugin_names("bordermap.models"):
            known = (*MODELS, *plugin_names("bordermap.models"))
            raise ScenarioError(f"no model is named {shown(self.model)}; give {', '.join(known)}")
        filled = [part for part in _PARTS if getattr(self, part)]
        if filled != [own] and (filled or self.model in MODELS):
            raise ScenarioError(
                f"the model '{self.model}' takes '{own}' and nothing else; "
                f"given: {', '.join(filled) or 'nothing'}"
            )

    def _require_distinct(self, ids: list[str]) -> None:
        if len(ids) > MAX_ASSUMPTIONS:
            raise ScenarioError(f"{len(ids)} assumptions; give at most {MAX_ASSUMPTIONS}")
        for twice in (id_ for id_ in ids if ids.count(id_) > 1):
            raise ScenarioError(f"two assumptions are named {shown(twice)}; rename one")

    def number(self, id_: str) -> Quantity:
        """
        Return an assumed number of a model of another package.

        Raises
        ------
        ScenarioError
            If it is not assumed.
        """
        for one in self.numbers:
            if one.id == id_:
                return one.quantity
        raise ScenarioError(
            f"the model '{self.model}' needs the number {shown(id_)}; assume it in {self.id}"
        )

    @property
    def sites(self) -> tuple[str, ...]:
        """Ids of the sites that the assumptions speak of, each once, in order."""
        sites: list[str | None] = [incursion.site for incursion in self.incursions]
        sites += [cap.site for cap in self.caps]
        sites += [statement.site for statement in self.statements]
        return tuple(dict.fromkeys(site for site in sites if site is not None))


_PART_OF: dict[str, str] = {
    "strip": "strip",
    "incursions": "incursions",
    "caps": "caps",
    "outlines": "outlines",
    "stated": "statements",
}
_PARTS = (*_PART_OF.values(), "numbers")


def read_scenarios(folder: Path) -> tuple[Scenario, ...]:
    """
    Return the scenarios of a folder, one for each TOML file, by file name.

    Parameters
    ----------
    folder
        The folder ``scenarios`` of a case.

    Raises
    ------
    DataError
        If the folder is missing, holds no scenario or more than `MAX_SCENARIOS`, or a file
        cannot be used (`read_scenario`).
    """
    case = folder.parent  # the folder itself must not be a link out of the case either
    paths = toml_files(folder, most=MAX_SCENARIOS)
    return tuple(read_scenario(path, within=case) for path in paths)


def read_scenario(path: Path, *, within: Path | None = None) -> Scenario:
    """
    Return the scenario in a TOML file; its id is the file's name.

    Parameters
    ----------
    path
        The file ``scenarios/<id>.toml`` of a case.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read, holds no scenario, or names outlines outside the case.
    """
    document = read_toml(path, within=within)
    if "id" in document:
        raise DataError(f"{named(path)}: id is not known here; it is the name of the file")
    scenario = validated(Scenario, document | {"id": path.stem}, path=path, derived=("id",))
    if scenario.outlines is not None:
        path_within(path.parent.parent, scenario.outlines.file)
    return scenario


def scenario_document(scenario: Scenario) -> dict[str, Any]:
    """
    Return a scenario as the content of its file: what `read_scenario` reads.

    Parameters
    ----------
    scenario
        The scenario.
    """
    document: dict[str, Any] = without_defaults(scenario)
    del document["id"]
    return document


def require_known(
    scenario: Scenario, *, sites: set[str], references: set[str], sections: set[str]
) -> None:
    """
    Refuse a scenario that speaks of what the case does not have.

    Parameters
    ----------
    scenario
        The scenario.
    sites
        Ids of the case's sites.
    references
        Ids of the case's reports and claims, which a reason may lean on.
    sections
        Sections of the border that the case names; ``all`` is always known.

    Raises
    ------
    ScenarioError
        If a site, a source that is no address, or a section is not known.
    """
    for site in scenario.sites:
        if site not in sites:
            _refuse(scenario, "site", site, sites)
    if scenario.strip is not None and scenario.strip.section not in sections | {"all"}:
        _refuse(scenario, "section", scenario.strip.section, sections | {"all"})
    for quantity in quantities(scenario):
        for reference in quantity.sources:
            if not reference.startswith(("https://", "http://")) and reference not in references:
                _refuse(scenario, "report, claim or address", reference, references)


def quantities(scenario: Scenario) -> tuple[Quantity, ...]:
    """
    Return every assumed number of a scenario.

    Parameters
    ----------
    scenario
        The scenario.
    """
    values: list[Quantity | None] = []
    if scenario.strip is not None:
        values.append(scenario.strip.depth_m)
    for incursion in scenario.incursions:
        values += [incursion.front_km, incursion.depth_km, incursion.fill]
    values += [cap.radius_km for cap in scenario.caps]
    values += [statement.area_km2 for statement in scenario.statements]
    values += [number.quantity for number in scenario.numbers]
    return tuple(value for value in values if value is not None)


def _refuse(scenario: Scenario, what: str, given: str, known: set[str]) -> None:
    raise ScenarioError(
        f"scenario {scenario.id}: no {what} is named {shown(given)}; "
        f"known: {', '.join(sorted(known)) or 'none'}"
    )


def _require_positive(**values: Quantity) -> None:
    for name, value in values.items():
        if not (value.low or 0) > 0:
            raise ScenarioError(f"{name} is above 0, unlike {value.low:g}")
