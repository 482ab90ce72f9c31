"""A user's file of provinces as a dataset: every polygon looked at, nothing repaired."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import shapely

from bordermap.areas import geodesic_length_km
from bordermap.countries import country_name
from bordermap.datasets.collection import DEFAULT_VIEW, BoundaryDataset, IndexEntry
from bordermap.datasets.turned import turned_problems
from bordermap.errors import BordermapError, CRSError, DataError, GeometryError
from bordermap.provenance import Dataset
from bordermap.topology import Draft, DraftFile, Problem, read_drafts, unusable
from bordermap.topology.drafts import first_text

_FARTHEST_M = 1e7

_ERRORS: Mapping[str, type[BordermapError]] = {
    "crs": CRSError,
    "out-of-range": CRSError,
    "duplicate": DataError,
    "no-code": DataError,
    "no-country": DataError,
}


def open_user_file(path: Path, worldview: str = DEFAULT_VIEW) -> BoundaryDataset:
    """
    Return the dataset that a GeoJSON or TopoJSON file of provinces holds.

    Parameters
    ----------
    path
        A feature collection of polygons, each with a property ``code`` (or ``iso_3166_2``,
        ``shapeISO``, ``ISO3166-2``). ``country`` may be left out where the code begins with it,
        and ``level`` where the code has the form of a province's or of a country's.
    worldview
        Must be the default: such a file has one view, its own.

    Raises
    ------
    DataError
        If the file cannot be read as such.
    CRSError
        If its coordinates are not longitude, latitude on WGS 84, in this order.
    GeometryError
        If a polygon is invalid; it is not repaired, since that would move its area.

    Notes
    -----
    What the file says of itself in a top-level member ``dataset`` (``title``, ``publisher``,
    ``licence``, ``attribution``, ``vintage``, ``worldview``, ``accuracy_m``,
    ``accuracy_reason``) is taken over. Without it, its accuracy is taken to be half the mean
    distance of its vertices.
    """
    if worldview != DEFAULT_VIEW:
        raise DataError(f"{path.name}: has one view, its own; leave the worldview out")
    file = read_drafts(path)
    for problem in (*unusable(file), *turned_problems(file.drafts)):
        raise _refusal(problem, file.name)
    polygons = {(draft.level, draft.code): draft.polygon for draft in file.drafts}

    def read(entries: Sequence[IndexEntry]) -> list[shapely.MultiPolygon]:
        return [polygons[entry.level, entry.code] for entry in entries]

    return BoundaryDataset(
        info=_info(file),
        worldview=worldview,
        entries=tuple(_entry(draft) for draft in file.drafts),
        read=read,
    )


def _refusal(problem: Problem, file: str) -> BordermapError:
    error = _ERRORS.get(problem.kind, GeometryError)
    where = f"{file}: {problem.feature}" if problem.feature else file
    return error(f"{where} {problem.reason}")


def _entry(draft: Draft) -> IndexEntry:
    west, south, east, north = draft.polygon.bounds
    level: Literal["country", "province"] = "country" if draft.level == "country" else "province"
    name = country_name(draft.code) if level == "country" else draft.code
    return IndexEntry(
        level=level,
        code=draft.code,
        country=draft.country,
        name=draft.name or name,
        bbox=(west, south, east, north),
    )


def _info(file: DraftFile) -> Dataset:
    accuracy_m, reason = _accuracy(file)
    return Dataset(
        id=Path(file.name).stem,
        title=_said(file, "title", file.name),
        publisher=_said(file, "publisher", "the user's own file"),
        licence=_said(file, "licence", "NOASSERTION"),
        attribution=_said(file, "attribution", f"{file.name} (the user's own file)"),
        vintage=_said(file, "vintage", "not stated"),
        accuracy_m=accuracy_m,
        accuracy_reason=reason,
        worldview=_said(file, "worldview", "that of the file, which does not state it"),
        countries=tuple(sorted({draft.country for draft in file.drafts})),
        sha256=file.sha256,
    )


def _said(file: DraftFile, key: str, otherwise: str) -> str:
    return first_text(file.about, [key]) or otherwise


def _accuracy(file: DraftFile) -> tuple[float, str]:
    stated = file.about.get("accuracy_m")
    if (
        isinstance(stated, int | float)
        and not isinstance(stated, bool)
        and 0 < stated < _FARTHEST_M
    ):
        return float(stated), _said(file, "accuracy_reason", "stated by the file")
    lines = [draft.polygon.boundary for draft in file.drafts]
    edges = sum(len(shapely.get_coordinates(line)) for line in lines)
    spacing_m = sum(geodesic_length_km(line) for line in lines) * 1e3 / edges
    return float(np.ceil(spacing_m / 2)), (
        f"not stated; half the mean distance of its vertices ({spacing_m:.0f} m), which is what a"
        " straight edge may hide of a winding line"
    )
