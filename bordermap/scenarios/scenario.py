"""A scenario: assumptions under one model."""

from dataclasses import dataclass
from typing import Literal, get_args

from bordermap.codes import require_id, require_text
from bordermap.documents import shown
from bordermap.errors import ScenarioError
from bordermap.plugins import plugin_names
from bordermap.scenarios.assumptions import (
    CapAssumption,
    IncursionAssumption,
    NumberAssumption,
    OutlinesAssumption,
    Quantity,
    StatementAssumption,
    StripAssumption,
)

Model = Literal["strip", "incursions", "caps", "outlines", "stated"]
"""A model that comes with bordermap; other packages bring theirs by entry points."""

MODELS: tuple[Model, ...] = get_args(Model)


MAX_ASSUMPTIONS = 1_000
"""Most incursions, caps or statements of one scenario."""


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


def _refuse(scenario: Scenario, what: str, given: str, known: set[str]) -> None:
    raise ScenarioError(
        f"scenario {scenario.id}: no {what} is named {shown(given)}; "
        f"known: {', '.join(sorted(known)) or 'none'}"
    )
