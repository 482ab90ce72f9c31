"""The style sheet of the report."""

from functools import cache
from pathlib import Path


@cache
def style() -> str:
    """Return the style sheet of the report, which `report.css` holds."""
    return Path(__file__).with_name("report.css").read_text("utf-8")
