"""What a panel shows for a depth, a section and a scenario: numbers, a chart, a map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from shapely.geometry.base import BaseGeometry

from bordermap.assessment import Assessment
from bordermap.estimates import Estimate
from bordermap.figures import curve_chart, locator_map
from bordermap.footprints.strip import SHALLOWEST_M, strip_polygons
from bordermap.report.pen import Pen
from bordermap.strip_answers import StripAnswer
from bordermap.writing.blocks import Block, Figure, Paragraph, Strong, Table
from bordermap.writing.html import as_fragment
from bordermap.writing.words import Words, words


@dataclass(frozen=True, kw_only=True)
class View:
    """
    One state of a panel.

    Parameters
    ----------
    assessment
        What is explored.
    language
        ISO 639-1 code of the words.
    section
        ``all`` or a section of the border.
    depth_m
        Depth of the strip [m].
    scenario
        Id of the scenario whose land is drawn; None for none.
    """

    assessment: Assessment
    language: str
    section: str
    depth_m: float
    scenario: str | None

    def html(self) -> str:
        """Return it as HTML without script, style sheet or address."""
        return f'<div class="bordermap">\n{as_fragment(self._blocks())}\n</div>'

    def text(self) -> str:
        """Return its numbers as one line."""
        return f"{self._strip_told} ({self.pen.words('controls.stated')}: {self.pen.stated})"

    @cached_property
    def pen(self) -> Pen:
        """What it is written with."""
        return Pen(self.assessment, words(self.language))

    @cached_property
    def areas_km2(self) -> Mapping[str, float]:
        """Area of the strip by province [km²]."""
        return self._answer.curve.at(self.depth_m)

    @property
    def _answer(self) -> StripAnswer:
        return next(one for one in self.assessment.strips if one.section == self.section)

    @property
    def _estimate(self) -> Estimate | None:
        found = (one for one in self.assessment.estimates if one.scenario.id == self.scenario)
        return next(found, None)

    @property
    def _strip_told(self) -> str:
        say = self.pen.words
        return say(
            "controls.strip",
            depth=say.number(self.depth_m, "m", step=1),
            section=self.pen.section(self.section),
            length=say.number(self._answer.length_km, "km", step=1),
            area=say.number(sum(self.areas_km2.values()), "km2", step=0.1),
        )

    def _blocks(self) -> Iterator[Block]:
        say = self.pen.words
        yield Paragraph((Strong(self._strip_told),))
        yield self._table()
        said, at = self._strip_told, (self.section, self.depth_m)
        chart = partial(curve_chart, self.assessment, say, said=said, at=at)
        yield Figure(chart, f"{say('results.curve')} {say('controls.mark')}", "")
        picture = partial(locator_map, self.assessment, say, said=said, land=self._land())
        credit = self.assessment.case.dataset.attribution
        yield Figure(picture, f"{say('controls.map')} {say('model.note')} {credit}", "")

    def _table(self) -> Table:
        """Return the stated figure, the strip and the scenario, by province where they have it."""
        say, case = self.pen.words, self.assessment.case
        codes = [one.code for one in case.provinces]
        columns = ("", *map(self.pen.province, codes), say("data.total"))
        total_km2 = say.notation.rounded(sum(self.areas_km2.values()), 0.1)
        rows = [
            (say("controls.stated"), {}, say.interval(case.claim.stated_area_km2, "none")),
            (say("controls.this_strip"), self.areas_km2, total_km2),
        ]
        if (estimate := self._estimate) is not None:
            told = say.interval(estimate.area_km2, "none")
            rows.append((estimate.scenario.title, estimate.by_province, told))
        return Table(
            say("controls.table"),
            columns,
            [
                (name, *(_part(say, parts, code) for code in codes), told)
                for name, parts, told in rows
            ],
            numeric=frozenset(range(1, len(columns))),
            note=say("model.note"),
        )

    def _land(self) -> dict[str, BaseGeometry]:
        """Return what is shaded on the map by its title [degrees, WGS 84]."""
        land: dict[str, BaseGeometry] = {}
        if (estimate := self._estimate) is not None:
            for one in estimate.footprints:
                for code, polygon in one.polygons["best"].items():
                    land[f"{one.title} ({code})"] = polygon
        if self.depth_m >= SHALLOWEST_M:
            borders = self.assessment.case.borders.of_section(self.section)
            for code, polygon in strip_polygons(borders, self.depth_m).items():
                land[f"{self._strip_told} ({code})"] = polygon
        return land


def _part(say: Words, parts: Mapping[str, float], code: str) -> str:
    return say.notation.rounded(parts[code], 0.1) if code in parts else "–"
