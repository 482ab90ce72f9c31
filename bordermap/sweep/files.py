"""The world table and its lines as files, a row and a line for each province at a border."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bordermap.datasets import BoundaryDataset
from bordermap.geojson import Feature, collection_pieces
from bordermap.outputs import write_file
from bordermap.sweep.answers import PairAnswer, Question, dataset_of
from bordermap.sweep.world_map import PICTURES, world_map
from bordermap.tables import TABLES, Columns, Row, write_table

COLUMNS: Columns = {
    "country": "text",
    "neighbour": "text",
    "province": "text",
    "province_name": "text",
    "length_km": "number",
    "strip_km2": "number",
    "border_length_km": "number",
    "area_km2": "number",
    "depth_m": "number",
    "least_km2": "number",
    "resolvable": "truth",
    "dataset": "text",
    "note": "text",
}
"""
The columns of the world table.

A row is a province at a border: ``length_km`` is its part of the border and ``strip_km2`` its
part of the strip; the other numbers are of the whole border of the country with the neighbour.
"""

LINES = ".geojson"
SUFFIXES = (*TABLES, LINES, *PICTURES)
"""Suffixes of files that can be written."""


def rows_of(answer: PairAnswer, question: Question) -> Iterator[Row]:
    """Yield the rows of a pair, one a province."""
    for code, length_km in answer.length_km.items():
        yield {
            "country": answer.pair.country,
            "neighbour": answer.pair.neighbour,
            "province": code,
            "province_name": answer.names[code],
            "length_km": length_km,
            "strip_km2": answer.strip_km2.get(code),
            "border_length_km": sum(answer.length_km.values()),
            "area_km2": question.area_km2,
            "depth_m": answer.depth_m,
            "least_km2": answer.least_km2,
            "resolvable": answer.resolvable,
            "dataset": question.dataset,
            "note": answer.note or None,
        }


def features_of(
    answer: PairAnswer, question: Question, dataset: BoundaryDataset
) -> Iterator[Feature]:
    """Yield the lines of a pair, one a province, with its row."""
    for row in rows_of(answer, question):
        code = str(row["province"])
        yield Feature(
            id=f"{code}-{answer.pair.neighbour}",
            geometry=answer.lines[code],
            properties={
                **row,
                "sha256": dataset.info.sha256,
                "attribution": dataset.info.attribution,
                "worldview": dataset.info.worldview,
            },
        )


def write_answers(answers: Sequence[PairAnswer], question: Question, paths: Sequence[Path]) -> None:
    """
    Write the world table, the lines and the map to files.

    Parameters
    ----------
    answers
        What was found, in order.
    question
        What was asked.
    paths
        Where; each ends in one of `SUFFIXES`.

    Raises
    ------
    OutputError
        If a file cannot be written.
    DataError
        If a map is asked for and matplotlib is missing.
    """
    dataset = dataset_of(question)
    for path in paths:
        if path.suffix.lower() == LINES:
            features = (
                feature for one in answers for feature in features_of(one, question, dataset)
            )
            write_file(path, collection_pieces(features))
        elif path.suffix.lower() in PICTURES:
            write_file(path, [world_map(answers, question, kind=path.suffix.lower()[1:])])
        else:
            rows = (row for one in answers for row in rows_of(one, question))
            write_table(path, rows, COLUMNS)
