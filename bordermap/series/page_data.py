"""What the page of a series is given; its script reads it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from bordermap._version import __version__
from bordermap.boundaries import Province
from bordermap.maps.ground import ground_around, limits_around
from bordermap.maps.ground_names import inside
from bordermap.maps.page_data.ground import Ground
from bordermap.maps.shapes import GROUND_DIGITS, Polygons, encoded_polygons
from bordermap.provenance import Dataset
from bordermap.series.reel import DIGITS, Reel
from bordermap.series.series import Series
from bordermap.series.steps import Step

PROVINCE_DEGREES = 0.002
"""What simplifying may move on provinces, which are only drawn [degrees], about 200 m."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """
    The figures of a step, as the command line has them.

    Parameters
    ----------
    date, file
        When the outline is of, and the name of its file.
    area_km2, gained_km2, lost_km2
        As in `Step`.
    missing
        First and last of the days since the outline before that have none; None for none.
    overlap_km2
        Land in several features, which is counted once [km²].
    repairs, repairs_km2
        How many polygons were made valid, and how much area that changed [km²].
    """

    date: str
    file: str
    area_km2: float
    gained_km2: float | None
    lost_km2: float | None
    missing: tuple[str, str] | None
    overlap_km2: float
    repairs: int
    repairs_km2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvincePart:
    """
    A province that outlines were split by.

    Parameters
    ----------
    code, name, names
        As the province has them.
    shape
        Its polygons, simplified.
    point
        Where its name may stand.
    areas_km2
        How much of it each outline has [km²]; empty where none has any.
    """

    code: str
    name: str
    names: Mapping[str, str]
    shape: Polygons
    point: tuple[float, float]
    areas_km2: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryCard:
    """
    Where provinces come from.

    Parameters
    ----------
    title, worldview
        As the dataset has them.
    """

    title: str
    worldview: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage:
    """
    Everything the page shows.

    Parameters
    ----------
    version
        Version of bordermap.
    title
        Title of the page.
    named
        Whether the title was given, and is shown.
    bounds, limits
        West, south, east, north of what the map is framed on, and of what it can be moved to
        [degrees].
    shape_digits, ground_digits
        Decimals of a degree of the frames, and of the rest.
    simplified_m
        By how much frames are simplified [m]; 0 for not at all.
    steps
        The figures.
    frames
        The shapes of each step: outline, gained, lost; see `Copying`.
    provinces
        What areas are split by.
    dataset
        Where the provinces come from; None where there are none.
    outside_km2
        How much of each outline lies in none of them; empty where there are none.
    ground
        What lies beneath.
    attributions
        What must be credited.
    """

    version: str
    title: str
    named: bool
    bounds: tuple[float, float, float, float]
    limits: tuple[float, float, float, float]
    shape_digits: int
    ground_digits: int
    simplified_m: float
    steps: tuple[StepRow, ...]
    frames: list[list[Any]]
    provinces: tuple[ProvincePart, ...]
    dataset: BoundaryCard | None
    outside_km2: tuple[float, ...]
    ground: Ground
    attributions: tuple[str, ...]


def series_page(
    steps: Sequence[Step], reel: Reel, series: Series, *, title: str = ""
) -> SeriesPage:
    """
    Return what the page of a series is given.

    Parameters
    ----------
    steps
        The steps, at least one; their land may be let go.
    reel
        Their frames.
    series
        What was gone through.
    title
        Title of the page; one that names the dates if empty.

    Raises
    ------
    DataError
        If no outline has any land, or a shipped file is missing.
    """
    bounds = reel.bounds
    limits = limits_around(bounds)
    ground = ground_around(limits)
    credited = () if series.dataset is None else (series.dataset.attribution,)
    dates = f"{steps[0].instant} to {steps[-1].instant}"
    return SeriesPage(
        version=__version__,
        title=title or f"Dated outlines, {dates}",
        named=bool(title),
        bounds=bounds,
        limits=limits,
        shape_digits=DIGITS,
        ground_digits=GROUND_DIGITS,
        simplified_m=reel.simplified_m,
        steps=tuple(_row(step) for step in steps),
        frames=[
            [json.loads(text) for text in (frame.outline, frame.gained, frame.lost)]
            for frame in reel.frames
        ],
        provinces=_parts(steps, series.provinces),
        dataset=_card(series.dataset),
        outside_km2=tuple(step.parts.outside_km2 for step in steps if step.parts is not None),
        ground=ground.ground,
        attributions=tuple(dict.fromkeys((*credited, *ground.attributions))),
    )


def _row(step: Step) -> StepRow:
    return StepRow(
        date=str(step.instant),
        file=Path(step.file).name,
        area_km2=step.area_km2,
        gained_km2=step.gained_km2,
        lost_km2=step.lost_km2,
        missing=step.missing and (step.missing[0].isoformat(), step.missing[1].isoformat()),
        overlap_km2=step.overlap_km2,
        repairs=len(step.repairs),
        repairs_km2=sum(repair.area_change_km2 for repair in step.repairs),
    )


def _card(dataset: Dataset | None) -> BoundaryCard | None:
    if dataset is None:
        return None
    return BoundaryCard(title=dataset.title, worldview=dataset.worldview)


def _parts(steps: Sequence[Step], provinces: Sequence[Province]) -> tuple[ProvincePart, ...]:
    polygons = [province.polygon for province in provinces]
    shapes = list(shapely.coverage_simplify(polygons, PROVINCE_DEGREES)) if polygons else []
    drawn = encoded_polygons(shapes, digits=GROUND_DIGITS)
    areas_km2 = {
        province.code: [step.parts.by_province[province.code] for step in steps if step.parts]
        for province in provinces
    }
    return tuple(
        ProvincePart(
            code=province.code,
            name=province.name,
            names=province.names,
            shape=shape,
            point=inside(province.polygon),
            areas_km2=tuple(areas_km2[province.code]) if any(areas_km2[province.code]) else (),
        )
        for province, shape in zip(provinces, drawn, strict=True)
    )
