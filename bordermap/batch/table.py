"""The one table of a batch: its columns and its rows."""

from collections.abc import Mapping
from typing import Any

from bordermap.tables import Columns, Row, Value, has_parquet

COLUMNS: Columns = {
    "item": "text",
    "folder": "text",
    "kind": "text",
    "claim": "text",
    "figure_text": "text",
    "stated_low_km2": "number",
    "stated_best_km2": "number",
    "stated_high_km2": "number",
    "asserted_by": "text",
    "asserted_by_country": "text",
    "provinces": "text",
    "neighbour": "text",
    "dataset": "text",
    "border_length_km": "number",
    "depth_low_m": "number",
    "depth_best_m": "number",
    "depth_high_m": "number",
    "least_km2": "number",
    "resolvable": "truth",
    "scenario": "text",
    "model": "text",
    "area_low_km2": "number",
    "area_best_km2": "number",
    "area_high_km2": "number",
    "ratio": "number",
    "outcome": "text",
    "note": "text",
}
"""
Every column and what it holds.

A row is a scenario of a case, or a claim of an article; an article without one has a row too, so
that every finished item is in the table. ``depth`` is of the strip on the whole border that the
stated figure would be; ``note`` says why something is empty.
"""

FAILURE_COLUMNS: Columns = {"item": "text", "reason": "text"}


def row(**values: Value) -> Row:
    """Return a row with every column, empty where no value is given."""
    unknown = values.keys() - COLUMNS.keys()
    if unknown:
        raise TypeError(f"the table has no column {min(unknown)}")
    return {name: values.get(name) for name in COLUMNS}


def case_rows(summary: Mapping[str, Any], *, neighbour: str, least_km2: float) -> list[Row]:
    """
    Return the rows of a case, one a scenario.

    Parameters
    ----------
    summary
        The content of its ``summary.json``.
    neighbour
        ISO 3166-1 alpha-2 code.
    least_km2
        Smallest area that can be told from nothing along its border [km²].
    """
    claim, stated = summary["claim"], summary["claim"]["stated_area_km2"]
    whole = next(answer for answer in summary["strip"] if answer["section"] == "all")
    depth = whole["depth_m_for_stated"] or {}
    return [
        row(
            kind="case",
            claim=claim["id"],
            figure_text=claim["figure_text"],
            stated_low_km2=stated["low"],
            stated_best_km2=stated["best"],
            stated_high_km2=stated["high"],
            asserted_by=claim["asserted_by"]["text"],
            asserted_by_country=claim["asserted_by"]["country"],
            provinces=",".join(summary["border_length_km"]["by_province"]),
            neighbour=neighbour,
            dataset=summary["dataset"],
            border_length_km=summary["border_length_km"]["total"],
            depth_low_m=depth.get("low"),
            depth_best_m=depth.get("best"),
            depth_high_m=depth.get("high"),
            least_km2=least_km2,
            resolvable=comparison["resolvable"],
            scenario=estimate["scenario"],
            model=estimate["model"],
            area_low_km2=estimate["area_km2"]["low"],
            area_best_km2=estimate["area_km2"]["best"],
            area_high_km2=estimate["area_km2"]["high"],
            ratio=comparison["ratio"],
            outcome=comparison["outcome"],
            note=comparison["why"],
        )
        for estimate, comparison in zip(summary["estimates"], summary["comparisons"], strict=True)
    ]


def article_rows(summary: Mapping[str, Any]) -> list[Row]:
    """
    Return the rows of an article, one a claim.

    Parameters
    ----------
    summary
        The content of its ``summary.json``.
    """
    if not summary["claims"]:
        return [row(kind="article", note="the article states no area that a party holds or claims")]
    return [_claim_row(number, claim) for number, claim in enumerate(summary["claims"], start=1)]


def _claim_row(number: int, claim: Mapping[str, Any]) -> Row:
    stated, on_border = claim["area_km2"], claim["on_border"] or {}
    depth = on_border.get("depth_m_for_stated") or {}
    return row(
        kind="article",
        claim=f"claim-{number:02d}",
        figure_text=claim["figure_text"],
        stated_low_km2=stated["low"],
        stated_best_km2=stated["best"],
        stated_high_km2=stated["high"],
        asserted_by=claim["asserted_by"]["text"],
        asserted_by_country=claim["asserted_by"]["country"],
        provinces=",".join(on_border.get("provinces", [])) or None,
        neighbour=on_border.get("neighbour"),
        dataset=on_border.get("dataset"),
        border_length_km=on_border.get("border_length_km"),
        depth_low_m=depth.get("low"),
        depth_best_m=depth.get("best"),
        depth_high_m=depth.get("high"),
        least_km2=on_border.get("least_km2"),
        resolvable=on_border.get("resolvable"),
        note=claim["note"],
    )


def table_name() -> str:
    """Return the name of the table's file: Parquet where it can be written, else CSV."""
    return "results.parquet" if has_parquet() else "results.csv"
