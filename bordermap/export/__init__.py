"""Layers as files that GIS programs open, written twice the same bytes."""

from pathlib import Path

from bordermap.assessment import Assessment
from bordermap.export.files import FORMATS, export_layers
from bordermap.layering import layers_of, tables_of

__all__ = ["FORMATS", "export_layers", "write_layers"]


def write_layers(assessment: Assessment, path: str | Path) -> tuple[Path, ...]:
    """
    Write the layers of an assessment in the format that a suffix names; return the files.

    Parameters
    ----------
    assessment
        What follows from a case.
    path
        Where, ending in one of `FORMATS`; without a suffix a folder of GeoJSON files.

    Raises
    ------
    OutputError
        If the format is not known, the place cannot be written, or something else has the name
        of a layer's file.
    DataError
        If the format needs a library that is not installed.

    Examples
    --------
    >>> import bordermap as bm
    >>> result = bm.assess(bm.load_case("chamizal-1963"))  # doctest: +SKIP
    >>> bm.write_layers(result, "chamizal.gpkg")  # doctest: +SKIP
    (PosixPath('chamizal.gpkg'),)
    """
    return export_layers(
        layers_of(assessment),
        Path(path),
        title=assessment.case.title,
        tables=tables_of(assessment),
    )
