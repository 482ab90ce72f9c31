"""What scenarios assume and come to, beside what is stated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bordermap.assessment import Assessment
from bordermap.maps.page_data.figures import Parameter, Range, parameter_of, range_of
from bordermap.maps.page_data.footprints import (
    MOST_SHAPES,
    FootprintShape,
    FootprintTable,
    footprint_shapes,
    footprint_table,
)
from bordermap.maps.page_data.sources import Cited
from bordermap.scenarios import MODELS, Scenario

LAYERS = {"incursions": "incursions", "caps": "caps", "outlines": "outlines"}
"""Layer that the footprints of each model are on; the strip has the slider's."""


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
    budget: tuple[BudgetRow, ...] = ()
    conditions: tuple[ConditionRow, ...] = ()


def scenario_cards(assessment: Assessment, cited: Cited) -> Iterator[ScenarioCard]:
    """Yield a card for each estimate, its layer numbered where a model comes again."""
    comparisons = {one.scenario: one for one in assessment.comparisons}
    times: dict[str, int] = {}
    for estimate in assessment.estimates:
        scenario = estimate.scenario
        # what another package's model draws is shown as outlines are
        layer = LAYERS.get(scenario.model, "" if scenario.model in MODELS else "outlines")
        times[layer] = times.get(layer, 0) + 1
        many = bool(layer) and len(estimate.footprints) > MOST_SHAPES
        compared = comparisons[scenario.id]
        yield ScenarioCard(
            id=scenario.id,
            title=scenario.title,
            model=scenario.model,
            rationale=scenario.rationale,
            assumes=scenario.assumes,
            layer=layer if times[layer] == 1 or not layer else f"{layer}-{times[layer]}",
            section="" if scenario.strip is None else scenario.strip.section,
            area_km2=range_of(estimate.area_km2),
            by_province=estimate.by_province,
            outcome=compared.outcome,
            why=compared.why,
            ratio=compared.ratio,
            difference_km2=compared.difference_km2,
            probability=compared.probability_at_least_stated,
            parameters=tuple(_parameters(scenario, cited)),
            footprints=footprint_shapes(estimate, cited) if layer and not many else (),
            many=footprint_table(estimate) if many else None,
            budget=tuple(
                BudgetRow(source=line.source, km2=line.km2)
                for line in assessment.budget
                if line.scenario == scenario.id
            ),
            conditions=tuple(
                ConditionRow(
                    source=one.source, low_km2=one.low_km2, high_km2=one.high_km2, place=one.place
                )
                for one in assessment.conditions
                if one.scenario == scenario.id
            ),
        )


def _parameters(scenario: Scenario, cited: Cited) -> Iterator[Parameter]:
    """Yield the numbers of a scenario that no footprint shows."""
    if scenario.strip is not None and scenario.strip.depth_m is not None:
        yield parameter_of("", "depth_m", scenario.strip.depth_m, cited)
    for statement in scenario.statements:
        yield parameter_of(statement.place, "area_km2", statement.area_km2, cited)
    for number in scenario.numbers:
        yield parameter_of("", number.id, number.quantity, cited)
