"""Area models: from a scenario's assumptions to an estimate, one file a model."""

from bordermap.estimates import Estimate, Setting
from bordermap.models.drawn_outlines import (
    estimate_outlines,
    outlines_by_scenario,
    outlines_km2,
)
from bordermap.models.figures import estimate_figures
from bordermap.models.foreign import AreaModel, estimate_foreign, foreign_model
from bordermap.models.places import (
    caps_km2,
    estimate_caps,
    estimate_incursions,
    incursions_km2,
)
from bordermap.models.strips import estimate_strip
from bordermap.scenarios import Scenario

__all__ = ["AreaModel", "best_km2", "estimate", "foreign_model", "outlines_by_scenario"]

_MODELS = {
    "strip": estimate_strip,
    "incursions": estimate_incursions,
    "caps": estimate_caps,
    "outlines": estimate_outlines,
    "stated": estimate_figures,
}

_BEST_KM2 = {"incursions": incursions_km2, "caps": caps_km2, "outlines": outlines_km2}
"""Models whose best can be had without the rest of their estimate."""


def estimate(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return what a scenario comes to under its model.

    Raises
    ------
    GeometryError
        If the provinces have no land for an assumption.
    ScenarioError
        If an assumption is missing.
    DataError
        If a user's outlines cannot be read.
    PluginError
        If a model of another package fails.
    """
    return _MODELS.get(scenario.model, estimate_foreign)(scenario, setting)


def best_km2(scenario: Scenario, setting: Setting) -> float:
    """
    Return the best of what `estimate` says, without what only the case's own dataset is asked.

    Raises
    ------
    BordermapError
        As for `estimate`.
    """
    if scenario.model in _BEST_KM2:
        return _BEST_KM2[scenario.model](scenario, setting)
    return estimate(scenario, setting).area_km2.best
