"""Columns: parallel lines in steps along which land is measured exactly, many at once."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def crossings(
    columns_m: NDArray[np.float64],
    low_m: NDArray[np.float64] | float,
    high_m: NDArray[np.float64] | float,
    geometry: BaseGeometry,
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """
    Return where columns cross a geometry: which column, from and to [m].

    Parameters
    ----------
    columns_m
        Where the columns stand, evenly spaced [m].
    low_m, high_m
        Where each begins and ends [m]; one without a height crosses nothing.
    geometry
        Lines or polygons [m].
    """
    _, south, _, north = shapely.bounds(geometry)
    ends = np.empty((len(columns_m), 2, 2))
    ends[..., 0] = columns_m[:, None]
    ends[:, 0, 1], ends[:, 1, 1] = np.maximum(low_m, south - 1), np.minimum(high_m, north + 1)
    standing = ends[:, 1, 1] > ends[:, 0, 1]
    rays = shapely.multilinestrings(np.asarray(shapely.linestrings(ends[standing])))
    # One overlay of all columns: a ray's number is read back from where it stands.
    pieces = shapely.get_parts(shapely.intersection(rays, geometry))
    west, low, _, high = shapely.bounds(pieces[~shapely.is_empty(pieces)]).T
    step_m = columns_m[1] - columns_m[0]
    return np.rint((west - columns_m[0]) / step_m).astype(np.intp), low, high
