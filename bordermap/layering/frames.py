"""The layers of an assessment as GeoDataFrames."""

from typing import TYPE_CHECKING

from bordermap.assessment import Assessment
from bordermap.layering.layers import layers_of

if TYPE_CHECKING:
    import geopandas


def to_geodataframes(assessment: Assessment) -> "dict[str, geopandas.GeoDataFrame]":
    """
    Return the layers of an assessment as GeoDataFrames by name, on WGS 84.

    Parameters
    ----------
    assessment
        What follows from a case.

    Examples
    --------
    >>> import bordermap as bm
    >>> frames = bm.to_geodataframes(bm.assess(bm.load_case("chamizal-1963"), draws=20))
    >>> frames["footprints"][["scenario", "area_km2_best"]].round(3).values.tolist()
    [['even-strip', 1.769], ['relocated-channel', 1.963]]
    """
    import geopandas

    return {
        name: geopandas.GeoDataFrame(
            [{"id": feature.id, **feature.properties} for feature in features],
            geometry=[feature.geometry for feature in features],
            crs="OGC:CRS84",
        )
        for name, features in layers_of(assessment).items()
    }
