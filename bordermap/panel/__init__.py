"""Controls for a notebook: depth, section and scenario, with what follows drawn beside them."""

from typing import TYPE_CHECKING

from bordermap.errors import DataError

if TYPE_CHECKING:
    from bordermap.assessment import Assessment
    from bordermap.panel.widgets import Panel

__all__ = ["controls"]


def controls(assessment: "Assessment", *, language: str = "en") -> "Panel":
    """
    Return a panel for a notebook: a depth, a section and a scenario to choose, and what follows.

    Parameters
    ----------
    assessment
        What to explore.
    language
        ISO 639-1 code of the labels and the numbers: ``en``, ``hy``, ``az`` or ``ru``.

    Returns
    -------
    A widget (``ipywidgets.VBox``). Its parts are there to be read, set and observed:
    ``panel.depth_m.value``, ``panel.section.value``, ``panel.scenario.value``. Where no widgets
    are shown (a notebook that is not trusted, a page on the web) a table and a drawing of the
    state it was displayed in stand in its place.

    Raises
    ------
    DataError
        If ipywidgets is not installed, or there are no words in that language.

    Notes
    -----
    Areas follow `StripCurve`, so that they answer at once; the land on the map is measured at the
    depth that is set.

    Examples
    --------
    >>> import bordermap as bm
    >>> result = bm.assess(bm.load_case("armenia-150"))  # doctest: +SKIP
    >>> panel = bm.controls(result)  # doctest: +SKIP
    >>> panel.section.value, panel.depth_m.value = "mainland", 322.0  # doctest: +SKIP
    """
    try:
        from bordermap.panel.widgets import Panel
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith("ipywidgets"):
            raise
        raise DataError(
            "controls need ipywidgets; install it with pip install 'bordermap[notebook]'"
        ) from error
    return Panel(assessment, language=language)
