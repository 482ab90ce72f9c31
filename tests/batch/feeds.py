"""Invented feeds: articles whose figures, places and speakers are known."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PROVINCES = {"Syunik": "AM-SU", "Vayots Dzor": "AM-VD", "Gegharkunik": "AM-GR", "Tavush": "AM-TV"}


def article(area_km2: float, province: str = "Syunik", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a line of a feed whose one claim is this figure."""
    text = (
        f"Official Yerevan says Azerbaijan has occupied {area_km2:g} square kilometers of"
        f" Armenia's {province} province. Baku rejects this."
    )
    return {"text": text, "countries": ["AM", "AZ"], "date": "2023-05-01", **more}


def articles(count: int) -> list[dict[str, Any]]:
    """Return articles that all differ, so that none is answered from what is known."""
    names = list(PROVINCES)
    return [
        article(10 + number / 8, names[number % len(names)], id=f"article-{number:04d}")
        for number in range(count)
    ]


def feed(path: Path, records: Iterable[Mapping[str, Any] | str]) -> Path:
    """Write a feed; text is written as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
