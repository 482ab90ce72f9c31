"""The boundary datasets, and the land that two of them place on different sides."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from bordermap.maps.shapes import Path, Polygons, encoded_lines, encoded_polygons
from bordermap.provenance import Dataset
from bordermap.spread import OtherDataset


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCard:
    """
    The boundary dataset in use.

    Parameters
    ----------
    id, title, publisher, licence, attribution, vintage, accuracy_m, accuracy_reason, worldview
        As the dataset has them.
    """

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    vintage: str
    accuracy_m: float
    accuracy_reason: str
    worldview: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementShape:
    """
    Land that two datasets place on different sides.

    Parameters
    ----------
    dataset
        The other dataset; the first is the one in use.
    total_km2
        All of it [km²].
    by_province
        Parts by province code [km²].
    a_only, b_only
        Land of the claimed side in the dataset in use and of the neighbour in the other, and the
        reverse.
    a_only_km2, b_only_km2
        Areas of the two [km²].
    lines
        The shared border as the other dataset has it.
    """

    dataset: DatasetCard
    total_km2: float
    by_province: Mapping[str, float]
    a_only: Polygons
    b_only: Polygons
    a_only_km2: float
    b_only_km2: float
    lines: list[Path]


def dataset_card(dataset: Dataset) -> DatasetCard:
    """Return a boundary dataset as its card shows it."""
    return DatasetCard(
        id=dataset.id,
        title=dataset.title,
        publisher=dataset.publisher,
        licence=dataset.licence,
        attribution=dataset.attribution,
        vintage=dataset.vintage,
        accuracy_m=dataset.accuracy_m,
        accuracy_reason=dataset.accuracy_reason,
        worldview=dataset.worldview,
    )


def disagreement_shape(other: OtherDataset) -> DisagreementShape:
    """Return the land that another dataset places on the other side."""
    sides = other.disagreement.by_province
    a_only, b_only = encoded_polygons(
        [
            shapely.MultiPolygon([part for side in sides.values() for part in side.a_only.geoms]),
            shapely.MultiPolygon([part for side in sides.values() for part in side.b_only.geoms]),
        ]
    )
    return DisagreementShape(
        dataset=dataset_card(other.borders.dataset),
        total_km2=other.disagreement.total_km2,
        by_province={code: side.a_only_km2 + side.b_only_km2 for code, side in sides.items()},
        a_only=a_only,
        b_only=b_only,
        a_only_km2=sum(side.a_only_km2 for side in sides.values()),
        b_only_km2=sum(side.b_only_km2 for side in sides.values()),
        lines=[line for border in other.borders.lines for line in encoded_lines(border.line)],
    )
