"""Figures: inline SVG for reports and notebooks, and a map for papers."""

from bordermap.figures.budget_chart import budget_chart, by_scenario
from bordermap.figures.curve_chart import curve_chart
from bordermap.figures.estimates_chart import estimates_chart
from bordermap.figures.locator import locator_map, shaded
from bordermap.figures.paper_map import static_map
from bordermap.figures.register_chart import register_chart

__all__ = [
    "budget_chart",
    "by_scenario",
    "curve_chart",
    "estimates_chart",
    "locator_map",
    "register_chart",
    "shaded",
    "static_map",
]
