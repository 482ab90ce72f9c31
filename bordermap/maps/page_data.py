"""What the page is given: plain values, ready to be written as JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from bordermap.maps.shapes import Path, Polygons

MOST_SHAPES = 2_000
"""Most shapes of a layer that are elements of the page; more are drawn on a canvas."""

LayerId = Literal[
    "provinces", "borders", "strip", "incursions", "sites", "caps", "outlines", "disagreement"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """
    An interval; None where an end is not given.

    Parameters
    ----------
    low, best, high
        In the unit of the field that holds it.
    coverage
        Share of the draws it holds; None for bounds that are stated or read.
    """

    low: float | None
    best: float
    high: float | None
    coverage: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """
    Where something stands.

    Parameters
    ----------
    title, publisher
        What it is and who published it.
    url
        Web address; empty for none.
    published
        ISO date; empty where undated.
    note
        What a reader should know.
    """

    title: str
    publisher: str
    url: str = ""
    published: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """
    Who says something.

    Parameters
    ----------
    text, country
        Who, and the alpha-2 code of the side this is; empty for nobody's.
    says
        What, paraphrased.
    source
        Where it stands.
    """

    text: str
    country: str
    says: str
    source: SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """
    A claim, as the card and the register show it.

    Parameters
    ----------
    id, title, figure_text, scope, reading, kind, note
        As the claim has them.
    date, precision, since
        ISO day the statement describes, how much of it is known, and since when the land is said
        to be held (empty if not said).
    area_km2
        The figure as an interval [km²].
    asserted_by
        Who states it.
    rejected_by
        Who rejects it; None where nobody is known to, and then `no_rejection` says why.
    source, more_sources
        Where it was read.
    differs
        What its scope has otherwise than the main claim's, one sentence each.
    """

    id: str
    title: str
    figure_text: str
    scope: str
    reading: str
    kind: str
    date: str
    precision: str
    since: str
    area_km2: Range
    asserted_by: PartyLine
    rejected_by: PartyLine | None
    no_rejection: str
    source: SourceLine
    more_sources: tuple[SourceLine, ...] = ()
    differs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """
    Something that happened, or that a party holds.

    Parameters
    ----------
    date, precision
        ISO day, and how much of it is known.
    text
        In neutral words; a party's position begins with the party.
    source
        Where it stands.
    """

    date: str
    precision: str
    text: str
    source: SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryLine:
    """
    A country's name.

    Parameters
    ----------
    code
        Alpha-2 code.
    name, names
        Name to show, and other forms by language.
    """

    code: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceShape:
    """
    A province of the claim.

    Parameters
    ----------
    code, name, names
        ISO 3166-2 code, name to show, other forms by language.
    area_km2, border_km
        Geodesic area, and length of what it shares with the neighbour.
    labels
        Longitude, latitude of places where its name may stand, the roomiest first.
    shape
        Its polygons at full detail.
    """

    code: str
    name: str
    names: Mapping[str, str]
    area_km2: float
    border_km: float
    labels: tuple[tuple[float, float], ...]
    shape: Polygons


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderShape:
    """
    The shared border of one province and section, at full detail.

    Parameters
    ----------
    province, section
        Code, and section name.
    length_km
        Geodesic length.
    lines
        Its lines.
    """

    province: str
    section: str
    length_km: float
    lines: list[Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCurve:
    """
    A section's strip at every depth the slider has.

    Parameters
    ----------
    section, length_km
        Name and geodesic length of the section.
    stated_depth_m
        Depth whose strip has the stated area; None where the section cannot hold it.
    provinces
        Codes, in the order of the columns.
    depths_m, areas_km2, slopes_km2_per_m
        Nodes; area and its derivative at each by province.
    """

    section: str
    length_km: float
    stated_depth_m: Range | None
    provinces: tuple[str, ...]
    depths_m: list[float]
    areas_km2: list[list[float]]
    slopes_km2_per_m: list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """
    An assumed number.

    Parameters
    ----------
    of
        What it belongs to, such as a site; empty for the scenario's own.
    name
        Its name, such as ``front_km``.
    value
        The interval, in the unit its name ends with.
    reason
        Why it is this one.
    sources
        What it leans on.
    """

    of: str
    name: str
    value: Range
    reason: str = ""
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintShape:
    """
    The land of one assumption, for low, best and high.

    Parameters
    ----------
    id, name
        Key and name to show.
    site
        Id of the site it starts from; empty for none.
    area_km2
        Area of the three [km²].
    parameters
        The numbers it follows from.
    low, best, high
        Polygons; low and high are empty where they equal best.
    """

    id: str
    name: str
    site: str
    area_km2: Range
    parameters: tuple[Parameter, ...]
    low: Polygons
    best: Polygons
    high: Polygons


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeColumns:
    """
    Intervals, a column for each end.

    Parameters
    ----------
    low, best, high
        One value a row; low and high are None where all of them equal best.
    """

    low: list[float | None] | None
    best: list[float]
    high: list[float | None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintTable:
    """
    Thousands of footprints in columns, in a fraction of the bytes.

    Parameters
    ----------
    names, sites
        As each `FootprintShape` has them.
    area_km2
        Areas to a square metre [km²].
    parameters
        The numbers each follows from, by name; without reasons.
    shapes
        Polygons of best; the other ends are not drawn.
    """

    names: list[str]
    sites: list[str]
    area_km2: RangeColumns
    parameters: Mapping[str, RangeColumns]
    shapes: list[Polygons]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioCard:
    """
    What a scenario assumes and comes to, beside what is stated.

    Parameters
    ----------
    id, title, model, rationale, assumes
        As the scenario has them.
    layer
        Layer its footprints are on; empty for a model without footprints.
    section
        Section of a strip; empty for other models.
    area_km2, by_province
        The estimate, and the parts of its best [km²].
    outcome, why, ratio, difference_km2, probability
        The comparison; `probability` is the share of draws that reach the stated figure, None
        for a model without draws.
    parameters
        The assumed numbers.
    footprints
        Its land.
    many
        Its land where there are more than `MOST_SHAPES` footprints; `footprints` is empty then.
    budget
        What the width of its interval is made of.
    conditions
        What the stated figure would need.
    """

    id: str
    title: str
    model: str
    rationale: str
    assumes: tuple[str, ...]
    layer: str
    section: str
    area_km2: Range
    by_province: Mapping[str, float]
    outcome: str
    why: str
    ratio: float
    difference_km2: float
    probability: float | None
    parameters: tuple[Parameter, ...]
    footprints: tuple[FootprintShape, ...]
    many: FootprintTable | None = None
    budget: tuple["BudgetRow", ...] = ()
    conditions: tuple["ConditionRow", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """
    What one source states about a site.

    Parameters
    ----------
    date, precision
        ISO day and how much of it is known; empty for none.
    event, figure_text
        What is said to have happened, and the words that carry figures.
    speaker
        Who states it.
    source
        Where it stands.
    counters
        What others say of it: who, what and where.
    """

    date: str
    precision: str
    event: str
    figure_text: str
    speaker: str
    source: SourceLine
    counters: tuple[PartyLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePoint:
    """
    A named point.

    Parameters
    ----------
    id, name, names, kind, province
        As the site has them.
    point
        Longitude, latitude [degrees, WGS 84].
    accuracy_m
        Radius that holds the true place 95 times in 100.
    note
        What a reader should know.
    reports
        What is stated about it.
    """

    id: str
    name: str
    names: Mapping[str, str]
    kind: str
    province: str
    point: tuple[float, float]
    accuracy_m: float
    note: str
    reports: tuple[ReportLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A name on the ground.

    Parameters
    ----------
    kind
        ``country``, ``part``, ``lake``, ``river`` or ``town``.
    code
        Alpha-2 code of a country; empty for others.
    name, names
        Name to show, and other forms by language.
    points
        Longitude, latitude of places where it may stand, the best first.
    rank
        Lower ranks are placed first.
    """

    kind: str
    code: str
    name: str
    names: Mapping[str, str]
    points: tuple[tuple[float, float], ...]
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """
    What lies under the layers; nothing is measured on it.

    Parameters
    ----------
    land
        All land within the bounds.
    claimed, neighbour
        The two countries.
    lines
        Borders between other countries.
    lakes, rivers
        Waters.
    places
        Names.
    """

    land: Polygons
    claimed: Polygons
    neighbour: Polygons
    lines: list[Path]
    lakes: Polygons
    rivers: list[Path]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCard:
    """
    The boundary dataset in use.

    Parameters
    ----------
    id, title, publisher, licence, attribution, vintage, accuracy_m, accuracy_reason, worldview
        As the dataset has them.
    """

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    vintage: str
    accuracy_m: float
    accuracy_reason: str
    worldview: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementShape:
    """
    Land that two datasets place on different sides.

    Parameters
    ----------
    dataset
        The other dataset; the first is the one in use.
    total_km2
        All of it [km²].
    by_province
        Parts by province code [km²].
    a_only, b_only
        Land of the claimed side in the dataset in use and of the neighbour in the other, and the
        reverse.
    a_only_km2, b_only_km2
        Areas of the two [km²].
    lines
        The shared border as the other dataset has it.
    """

    dataset: DatasetCard
    total_km2: float
    by_province: Mapping[str, float]
    a_only: Polygons
    b_only: Polygons
    a_only_km2: float
    b_only_km2: float
    lines: list[Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """
    How much one source of uncertainty moves an estimate.

    Parameters
    ----------
    source
        What it is.
    km2
        Half the width of the interval that it alone gives [km²].
    """

    source: str
    km2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """
    Where one kind of assumed number would have to be for the stated figure.

    Parameters
    ----------
    source
        Which numbers, all together.
    low_km2, high_km2
        What the estimate is with them all low and all high, the others at best [km²].
    place
        -1 low, 0 best, 1 high; None for nowhere between.
    """

    source: str
    low_km2: float
    high_km2: float
    place: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """
    Something of a familiar size.

    Parameters
    ----------
    name, names
        Name to show, and other forms by language.
    area_km2
        Geodesic area of its shape in the data shipped [km²].
    """

    name: str
    names: Mapping[str, str]
    area_km2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """
    Everything the page shows.

    Parameters
    ----------
    version
        Version of bordermap.
    case, title, summary
        Id, title and summary of the case.
    languages
        Languages whose forms of a name are always shown, the parties' first.
    bounds
        West, south, east, north of what the map is framed on [degrees].
    limits
        The same of what the map can be moved to.
    precise_digits, ground_digits
        Decimals of a degree in measured shapes and on the ground.
    slider_m
        Least, largest and initial depth of the slider, and its step [m].
    claim, register, events
        What is stated, and what happened.
    claimed, neighbour
        The two countries.
    provinces, borders, sections
        Where it could be.
    scenarios, sites
        What is assumed, and where.
    dataset, disagreements, resolvable_km2
        How sure.
    references
        What is of a familiar size.
    ground
        What lies beneath.
    attributions
        What must be credited.
    """

    version: str
    case: str
    title: str
    summary: str
    languages: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    limits: tuple[float, float, float, float]
    precise_digits: int
    ground_digits: int
    slider_m: Mapping[str, float]
    claim: ClaimRow
    register: tuple[ClaimRow, ...]
    events: tuple[EventRow, ...]
    claimed: CountryLine
    neighbour: CountryLine
    provinces: tuple[ProvinceShape, ...]
    borders: tuple[BorderShape, ...]
    sections: tuple[SectionCurve, ...]
    scenarios: tuple[ScenarioCard, ...]
    sites: tuple[SitePoint, ...]
    dataset: DatasetCard
    disagreements: tuple[DisagreementShape, ...]
    resolvable_km2: float
    references: tuple[Reference, ...]
    ground: Ground
    attributions: tuple[str, ...]


TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the reading direction."""

_INERT = {
    **{char: f"\\\\u{ord(char):04x}" for char in TURNING},
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_NOT_INERT = re.compile(f"[{''.join(_INERT)}]")


def inert_json(value: object) -> str:
    """
    Return JSON that can stand inside a script element, whatever text it carries.

    Parameters
    ----------
    value
        Plain values, or dataclasses of them.

    Notes
    -----
    No ``<``, ``>`` or ``&`` is left, so that nothing in it can end the element or begin another.
    Characters that turn the reading direction become visible escapes: a name must not be able to
    turn the words round it.
    """
    text = json.dumps(
        value, default=_members, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return _NOT_INERT.sub(lambda found: _INERT[found[0]], text)


def _members(value: object) -> dict[str, Any]:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} cannot be written as JSON")
    return {part.name: getattr(value, part.name) for part in fields(value)}
