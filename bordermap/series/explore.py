"""The map of a series: one page, a slider over its dates."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bordermap.series.page_data import series_page
from bordermap.series.reel import Reel
from bordermap.series.series import Series
from bordermap.series.steps import Step

if TYPE_CHECKING:
    from bordermap.maps.folium_map import BorderMap


def explore_series(series: Series, *, title: str = "", language: str = "en") -> "BorderMap":
    """
    Return the interactive map of dated outlines, after reading them.

    Parameters
    ----------
    series
        The outlines; see `series_of`.
    title
        Title of the page; one that names the dates if empty.
    language
        Language the page opens in: ``en``, ``hy``, ``az`` or ``ru``.

    Returns
    -------
    A `folium.Map`; its `save` writes the bytes that ``bordermap series -o map.html`` writes.

    Raises
    ------
    DataError
        If a file cannot be used, no outline has any land, they are too many for one page, or the
        page has no words in the language.
    GeometryError
        If a polygon is not valid and not to be repaired.

    Examples
    --------
    >>> import bordermap as bm
    >>> outlines = bm.series_of(["outlines/"], by="UA")  # doctest: +SKIP
    >>> bm.explore_series(outlines).save("map.html")  # doctest: +SKIP
    """
    reel = Reel()
    steps = [step.without_land() for step in passing(series, reel)]
    return series_map(steps, reel, series, title=title, language=language)


def passing(steps: Iterable[Step], reel: Reel) -> Iterator[Step]:
    """Pass steps on, after taking the frame of each."""
    for step in steps:
        reel.add(step)
        yield step


def series_map(
    steps: Sequence[Step],
    reel: Reel,
    series: Series,
    *,
    title: str = "",
    language: str = "en",
) -> "BorderMap":
    """
    Return the interactive map of steps whose frames were taken.

    Parameters
    ----------
    steps, reel
        The steps, and their frames.
    series
        What was gone through.
    title, language
        As in `explore_series`.

    Raises
    ------
    DataError
        As `explore_series` does.
    """
    from bordermap.maps.assets import SERIES
    from bordermap.maps.folium_map import BorderMap

    data = series_page(steps, reel, series, title=title)
    return BorderMap(data, template=SERIES, language=language)
