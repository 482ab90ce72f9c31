"""Scenarios: what is assumed, by which model, and why each number is what it is."""

from bordermap.scenarios.assumptions import (
    CapAssumption,
    IncursionAssumption,
    OutlinesAssumption,
    Quantity,
    StatementAssumption,
    StripAssumption,
)
from bordermap.scenarios.files import (
    MAX_SCENARIOS,
    read_scenario,
    read_scenarios,
    scenario_document,
)
from bordermap.scenarios.scenario import (
    MAX_ASSUMPTIONS,
    MODELS,
    Scenario,
    quantities,
    require_known,
)

__all__ = [
    "MAX_ASSUMPTIONS",
    "MAX_SCENARIOS",
    "MODELS",
    "CapAssumption",
    "IncursionAssumption",
    "OutlinesAssumption",
    "Quantity",
    "Scenario",
    "StatementAssumption",
    "StripAssumption",
    "quantities",
    "read_scenario",
    "read_scenarios",
    "require_known",
    "scenario_document",
]
