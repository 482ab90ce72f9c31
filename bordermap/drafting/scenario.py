"""The first assumption of a new case: a strip along its border."""

from bordermap.documents import toml_text
from bordermap.drafting.setting import Setting, can_hold
from bordermap.reading import DraftClaim


def strip_text(setting: Setting, main: DraftClaim) -> str:
    """Return a strip of the stated area; of an assumed depth where no strip has it."""
    if not can_hold(setting.dataset, setting.provinces, main):
        return _narrow_strip_text()
    return "# Assumptions only. What the article says stands in ../claims.\n\n" + toml_text(
        {
            "title": "An even strip along the whole shared border",
            "model": "strip",
            "rationale": "The figure as a picture: how deep would the land be if it lay evenly "
            "along the border? Nobody says that it lies so.",
            "assumes": [
                "The land lies on the inner side of the border, everywhere to the same depth."
            ],
            "strip": {"section": "all", "area_from": "stated"},
        }
    )


def _narrow_strip_text() -> str:
    """Return a strip of an assumed depth, for a figure that no strip behind the border holds."""
    return "# Assumptions only. What the article says stands in ../claims.\n\n" + toml_text(
        {
            "title": "A strip of an assumed depth along the whole shared border",
            "model": "strip",
            "rationale": "The stated figure is more than the provinces at this border hold: no "
            "even strip has that area. How much does a narrow one have?",
            "assumes": [
                "The land lies on the inner side of the border, everywhere to the same depth."
            ],
            "strip": {
                "section": "all",
                "depth_m": {
                    "low": 1_000.0,
                    "best": 2_000.0,
                    "high": 5_000.0,
                    "reason": "CHECK: the article tells no depth; an example to replace",
                },
            },
        }
    )
