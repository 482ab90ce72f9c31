"""The panel itself: widgets whose moves draw the view anew."""

import ipywidgets

from bordermap.assessment import Assessment
from bordermap.boundaries import ALL
from bordermap.panel.view import View
from bordermap.report.pen import Pen, is_solved
from bordermap.scenarios import Scenario
from bordermap.writing.words import words

STEP_M = 1.0
_LABELS = {"description_width": "initial"}


class Panel(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """
    Depth, section and scenario to choose, and what follows.

    Parameters
    ----------
    assessment
        What is explored.
    language
        ISO 639-1 code of the words.
    """

    def __init__(self, assessment: Assessment, *, language: str = "en") -> None:
        say = words(language)
        pen = Pen(assessment, say)
        self._assessment, self._language = assessment, language
        self.section = ipywidgets.Dropdown(
            options=[(pen.section(one.section), one.section) for one in assessment.strips],
            value=ALL,
            description=say("results.section"),
            style=_LABELS,
        )
        self.depth_m = ipywidgets.FloatSlider(
            min=0.0,
            max=max(one.curve.deepest_m for one in assessment.strips),
            step=STEP_M,
            value=_first_depth_m(assessment),
            readout_format=".0f",
            description=f"{say('results.depth')} [{say('unit.m')}]",
            style=_LABELS,
            layout={"width": "32em"},
            continuous_update=False,
        )
        self.scenario = ipywidgets.Dropdown(
            options=[
                (say("controls.no_scenario"), None),
                *((one.title, one.id) for one in _offered(assessment)),
            ],
            value=next((one.id for one in _offered(assessment)), None),
            description=say("results.scenario"),
            style=_LABELS,
            layout={"width": "32em"},
        )
        self.shown = ipywidgets.HTML()
        for one in (self.section, self.depth_m, self.scenario):
            one.observe(self._draw, names="value")
        self._draw()
        super().__init__([self.section, self.depth_m, self.scenario, self.shown])

    @property
    def view(self) -> View:
        """What is shown now."""
        return View(
            assessment=self._assessment,
            language=self._language,
            section=self.section.value,
            depth_m=self.depth_m.value,
            scenario=self.scenario.value,
        )

    def _draw(self, *_: object) -> None:
        self.shown.value = self.view.html()

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, object]:
        """Return the widget, and for where there are none the view as it is now."""
        bundle: dict[str, object] = super()._repr_mimebundle_(**kwargs)
        return bundle | {"text/html": self.shown.value, "text/plain": self.view.text()}

    def __repr__(self) -> str:
        return self.view.text()


def _offered(assessment: Assessment) -> list[Scenario]:
    """Return the scenarios that do not take their area from the stated figure."""
    scenarios = (one.scenario for one in assessment.estimates)
    return [one for one in scenarios if not is_solved(one)]


def _first_depth_m(assessment: Assessment) -> float:
    """Return the depth of the stated figure along the whole border; the middle where none is."""
    whole = assessment.strips[0]
    if whole.depth_m_for_stated is None:
        return round(whole.curve.deepest_m / 2)
    return round(whole.depth_m_for_stated.best)
