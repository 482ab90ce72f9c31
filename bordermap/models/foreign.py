"""Models that other packages bring, and what is asked of their estimates."""

from collections.abc import Callable
from dataclasses import dataclass

from bordermap.errors import PluginError
from bordermap.estimates import Estimate, Setting
from bordermap.plugins import Plugin, load_plugin
from bordermap.scenarios import Scenario

_ONE_SQUARE_METRE_KM2 = 1e-6


@dataclass(frozen=True, kw_only=True)
class AreaModel:
    """
    An area model of another package, the value of an entry point of ``bordermap.models``.

    Parameters
    ----------
    method
        How it works, in a few sentences, for the report.
    estimate
        Gives what a scenario comes to in a setting; `bordermap.estimates` has what makes one.
    """

    method: str
    estimate: Callable[[Scenario, Setting], Estimate]


def foreign_model(name: str) -> Plugin[AreaModel]:
    """
    Return a model of another package.

    Raises
    ------
    PluginError
        If it is not installed or cannot be used.
    """
    return load_plugin("bordermap.models", name, AreaModel)


def estimate_foreign(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return the estimate of a model of another package.

    Raises
    ------
    PluginError
        If the model cannot be used, fails, or its parts are not those of the case's provinces.
    """
    model = foreign_model(scenario.model)
    found = model.run(lambda: model.value.estimate(scenario, setting))
    if not isinstance(found, Estimate):
        raise PluginError(f"the plugin {model} gave a {type(found).__name__}, not an Estimate")
    if found.scenario != scenario:
        raise PluginError(f"the plugin {model} gave the estimate of another scenario")
    codes = {province.code for province in setting.borders.provinces}
    if foreign := sorted(set(found.by_province) - codes):
        raise PluginError(f"the plugin {model} has land in {', '.join(foreign)}, not of this case")
    apart_km2 = abs(sum(found.by_province.values()) - found.area_km2.best)
    if not apart_km2 <= _ONE_SQUARE_METRE_KM2 * max(1, len(codes)):
        raise PluginError(
            f"the plugin {model} has provinces that add up to {apart_km2:g} km² beside its best"
        )
    return found
