"""The map that people open: one HTML file with everything in it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordermap.assessment import Assessment
    from bordermap.maps.folium_map import BorderMap
    from bordermap.maps.ground import GroundWithCredits

__all__ = ["explore", "map_html"]


def explore(
    assessment: "Assessment", *, tiles: str | None = None, language: str = "en"
) -> "BorderMap":
    """
    Return the interactive map of an assessment.

    Parameters
    ----------
    assessment
        What to show.
    tiles
        Template of tile addresses to lay under the map, such as
        ``https://tile.example.org/{z}/{x}/{y}.png``; None for none, so that nothing is asked for.
    language
        Language the page opens in: ``en``, ``hy``, ``az`` or ``ru``.

    Returns
    -------
    A `folium.Map`; its `save` writes the bytes that the command line's ``map.html`` has.

    Raises
    ------
    DataError
        If the tiles or the language cannot be used.

    Examples
    --------
    >>> import bordermap as bm
    >>> result = bm.assess(bm.load_case("chamizal-1963"))  # doctest: +SKIP
    >>> page = bm.explore(result, language="ru")  # doctest: +SKIP
    >>> page.save("map.html")  # doctest: +SKIP
    """
    return _page(assessment, tiles=tiles, language=language)


def map_html(
    assessment: "Assessment",
    *,
    tiles: str | None = None,
    language: str = "en",
    ground: "GroundWithCredits | None" = None,
) -> str:
    """
    Return the page of an assessment as text; see `explore`.

    Parameters
    ----------
    assessment, tiles, language
        As for `explore`.
    ground
        The ground of the assessment's case, if it is drawn already.
    """
    page = _page(assessment, tiles=tiles, language=language, ground=ground)
    return str(page.get_root().render())


def _page(
    assessment: "Assessment",
    *,
    tiles: str | None,
    language: str,
    ground: "GroundWithCredits | None" = None,
) -> "BorderMap":
    from bordermap.maps.folium_map import BorderMap
    from bordermap.maps.page_data.page import page_data

    def picture() -> str:
        from bordermap.figures import locator_map
        from bordermap.writing.words import words

        return str(locator_map(assessment, words(), said=assessment.case.title))

    data = page_data(assessment, ground=ground)
    return BorderMap(data, language=language, tiles=tiles, picture=picture)
