"""Cases: claims, sites, scenarios and the boundaries they are laid on, put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import shapely

from bordermap._shipped import shipped
from bordermap.areas import geodesic_areas_km2
from bordermap.boundaries import Borders, Country, Province, shared_borders
from bordermap.casefile import CaseFile, read_case_file
from bordermap.claims import Claim, Register, read_claims
from bordermap.datasets import BoundaryDataset, alpha2, load_basemap, load_dataset, without_lakes
from bordermap.datasets.collection import DEFAULT_VIEW
from bordermap.errors import ClaimError, DataError, NoSharedBorderError
from bordermap.provenance import Dataset
from bordermap.scenarios import Scenario, read_scenarios, require_known
from bordermap.sites import Report, Site, read_reports, read_sites

DEFAULT_CASE = "armenia-150"

Lakes = Literal["in", "out"]
"""Whether large lakes count as land of their province; official figures do either."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """
    Everything an assessment starts from.

    Parameters
    ----------
    file
        What ties the case together: claim, provinces, neighbour, seed.
    folder
        Where it was read.
    register
        All its claims, oldest first.
    sites, reports
        Named points, and what was stated about them.
    scenarios
        Sets of assumptions.
    boundaries
        The dataset the geometry is read from.
    country, neighbour
        The claimed side and the other one, whole.
    borders
        What the provinces share with the neighbour, and the land behind it.
    lakes
        Whether large lakes count as land of their province.
    """

    file: CaseFile
    folder: Path
    register: Register
    sites: tuple[Site, ...]
    reports: tuple[Report, ...]
    scenarios: tuple[Scenario, ...]
    boundaries: BoundaryDataset
    country: Country
    neighbour: Country
    borders: Borders
    lakes: Lakes = "in"

    @property
    def id(self) -> str:
        """Name of the case."""
        return self.file.id

    @property
    def title(self) -> str:
        """One line to show."""
        return self.file.title

    @property
    def is_shipped(self) -> bool:
        """Whether it was read from where the program's own cases lie, and not from a copy."""
        return self.folder in {case_folder(one) for one in shipped_cases()}

    @property
    def dataset(self) -> Dataset:
        """What is known of the boundaries besides their geometry."""
        return self.borders.dataset

    @property
    def provinces(self) -> tuple[Province, ...]:
        """The provinces that the claim speaks of."""
        return self.borders.provinces

    @cached_property
    def claim(self) -> Claim:
        """The main claim."""
        return self.register[self.file.claim]

    @property
    def section_points(self) -> dict[str, shapely.Point]:
        """Names of the neighbour's detached parts, each by a point inside [degrees, WGS 84]."""
        return {name: shapely.Point(point) for name, point in self.file.sections.items()}

    @cached_property
    def province_areas_km2(self) -> dict[str, float]:
        """Geodesic area of each province [km²]."""
        areas = geodesic_areas_km2([province.polygon for province in self.provinces])
        return {p.code: area for p, area in zip(self.provinces, areas.tolist(), strict=True)}

    @cached_property
    def dry_areas_km2(self) -> dict[str, float]:
        """Geodesic area of each province without its large lakes [km²]."""
        land = dry_land(self.provinces)
        areas = geodesic_areas_km2(list(land.values()))
        return dict(zip(land, areas.tolist(), strict=True))

    def site(self, site_id: str) -> Site:
        """Return the site of an id."""
        return next(site for site in self.sites if site.id == site_id)


def case_folder(case: str | Path) -> Path:
    """
    Return the folder of a shipped case, by its id, or the folder given.

    Raises
    ------
    DataError
        If it is neither; the message names the shipped cases.
    """
    here = Path(case)
    if (
        isinstance(case, str)
        and "/" not in case
        and (shipped("cases", case) / "case.toml").exists()
    ):
        return shipped("cases", case)
    if (here / "case.toml").exists():
        return here
    raise DataError(
        f"no case {str(case)!r}: give a shipped one ({', '.join(shipped_cases())}) or a folder that"
        " holds a case.toml"
    )


def shipped_cases() -> tuple[str, ...]:
    """Return the ids of the shipped cases."""
    return tuple(sorted(path.parent.name for path in shipped("cases").glob("*/case.toml")))


def load_case(
    case: str | Path = DEFAULT_CASE,
    *,
    boundaries: str | Path | None = None,
    worldview: str = DEFAULT_VIEW,
    lakes: Lakes = "in",
) -> Case:
    """
    Return a case with its boundaries.

    Parameters
    ----------
    case
        Id of a shipped case, or a folder.
    boundaries
        A dataset's id or a user's file; None for the one that the case names.
    worldview
        Which view of disputed provinces the dataset is read under.
    lakes
        Whether large lakes count as land of their province.

    Raises
    ------
    DataError
        If a file is missing or broken.
    ClaimError
        If the main claim is not among the claims.
    ScenarioError
        If a scenario speaks of what the case does not have.
    PlaceNotFoundError
        If the dataset lacks a province or country.
    NoSharedBorderError
        If a province does not touch the neighbour.

    Examples
    --------
    >>> import bordermap as bm
    >>> case = bm.load_case("armenia-150")
    >>> case.claim.figure_text, case.claim.asserted_by.country, case.claim.rejected_by.country
    ('some 150 square kilometers', 'AM', 'AZ')
    >>> bm.load_case("armenia-150", boundaries="osm-2017").dataset.id
    'osm-2017'
    """
    folder = case_folder(case)
    file = read_case_file(folder / "case.toml", within=folder)
    register = Register(claims=read_claims(folder / "claims"))
    register[file.claim]  # refused here, not when somebody asks for it
    sites = read_sites(folder / "sites.csv", within=folder)
    reports = read_reports(folder / "reports.toml", within=folder)
    scenarios = read_scenarios(folder / "scenarios")
    for scenario in scenarios:
        require_known(
            scenario,
            sites={site.id for site in sites},
            references={entry.id for entry in (*reports, *register)},
            sections={"mainland", "exclaves", "detached", *file.sections},
        )
    dataset = load_dataset(boundaries or file.boundaries, worldview=worldview)
    return Case(
        file=file,
        folder=folder,
        register=register,
        sites=sites,
        reports=reports,
        scenarios=scenarios,
        boundaries=dataset,
        country=dataset.country(file.country),
        neighbour=dataset.country(file.neighbour),
        borders=borders_between(
            dataset,
            provinces=file.provinces,
            neighbour=file.neighbour,
            sections={name: shapely.Point(point) for name, point in file.sections.items()},
            lakes=lakes,
        ),
        lakes=lakes,
    )


def borders_between(
    dataset: BoundaryDataset,
    *,
    provinces: Sequence[str],
    neighbour: str,
    sections: dict[str, shapely.Point] | None = None,
    lakes: Lakes = "in",
) -> Borders:
    """
    Return the borders that provinces of one country share with a neighbour.

    Parameters
    ----------
    dataset
        Where the geometry is read from.
    provinces
        ISO 3166-2 codes.
    neighbour
        ISO 3166-1 code.
    sections
        Names of the neighbour's detached parts, each by a point inside [degrees, WGS 84].
    lakes
        Whether large lakes count as land of their province.

    Raises
    ------
    PlaceNotFoundError
        If the dataset lacks one of them.
    NoSharedBorderError
        If a province does not touch the neighbour, or the provinces are of several countries.
    """
    found = dataset.provinces(provinces)
    claimed = _their_country(found, dataset, neighbour)
    borders = shared_borders(
        found,
        claimed=claimed,
        neighbour=dataset.country(neighbour),
        dataset=dataset.info,
        sections=sections,
    )
    return borders if lakes == "in" else replace(borders, land=dry_land(found))


def _their_country(
    provinces: Sequence[Province], dataset: BoundaryDataset, neighbour: str
) -> Country:
    """Return the one country that provinces belong to, which is not the neighbour."""
    view = dataset.worldview
    nobodys = [province.code for province in provinces if not province.country]
    if nobodys:
        raise NoSharedBorderError(
            f"{', '.join(nobodys)}: given to no country under the view {view!r}; take another"
        )
    countries = sorted({province.country for province in provinces})
    codes = ", ".join(province.code for province in provinces)
    if len(countries) != 1:
        raise ClaimError(
            f"{codes} are provinces of {' and '.join(countries) or 'no country'};"
            " a border has the provinces of one"
        )
    if countries[0] == alpha2(neighbour):
        raise NoSharedBorderError(
            f"{codes}: on the side of {countries[0]} under the view {view!r}; name the country on"
            " the other side as neighbour"
        )
    return dataset.country(countries[0])


def dry_land(provinces: Sequence[Province]) -> dict[str, shapely.MultiPolygon]:
    """Return the land of provinces without their large lakes, by code [degrees, WGS 84]."""
    everything = shapely.GeometryCollection([province.polygon for province in provinces])
    waters = load_basemap(everything.bounds).lakes
    return {province.code: without_lakes(province, waters).polygon for province in provinces}
