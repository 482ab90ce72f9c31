"""Commands that ask about a border: depth, strip."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bordermap.cli.console import print_json, print_table, print_text, progress
from bordermap.cli.options import (
    Boundaries,
    CaseOption,
    Json,
    Lakes,
    LakesOption,
    Neighbour,
    Provinces,
    Section,
    Worldview,
    listed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bordermap.boundaries import Borders


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(depth)
    app.command()(strip)


def depth(  # noqa: PLR0913  (an option each)
    area_km2: Annotated[float, typer.Argument(metavar="AREA_KM2", help="Area [km²].")],
    *,
    provinces: Provinces = None,
    neighbour: Neighbour = None,
    section: Section = "all",
    boundaries: Boundaries = None,
    worldview: Worldview = "iso",
    case: CaseOption = "armenia-150",
    lakes: LakesOption = Lakes.IN,
    json: Json = False,
) -> None:
    """Print the depth of the strip that has an area."""
    from bordermap.footprints.strip import depth_for_area

    question = Question(provinces, neighbour, section, boundaries, worldview, case, lakes)
    _answer(question, lambda borders: depth_for_area(borders, area_km2), json=json)


def strip(  # noqa: PLR0913  (an option each)
    depth_m: Annotated[float, typer.Argument(metavar="DEPTH_M", help="Depth [m].")],
    *,
    provinces: Provinces = None,
    neighbour: Neighbour = None,
    section: Section = "all",
    boundaries: Boundaries = None,
    worldview: Worldview = "iso",
    case: CaseOption = "armenia-150",
    lakes: LakesOption = Lakes.IN,
    json: Json = False,
) -> None:
    """Print the area of a strip of a depth."""
    question = Question(provinces, neighbour, section, boundaries, worldview, case, lakes)
    _answer(question, lambda _: depth_m, json=json)


class Question(NamedTuple):
    """Which border is asked about, as the options say it."""

    provinces: str | None
    neighbour: str | None
    section: str
    boundaries: str | None
    worldview: str
    case: str
    lakes: Lakes

    def borders(self) -> "Borders":
        """Return the border that is meant."""
        from bordermap.asking import borders_of

        return borders_of(
            listed(self.provinces),
            neighbour=self.neighbour,
            case=self.case,
            boundaries=self.boundaries,
            worldview=self.worldview,
            lakes=self.lakes.value,
        ).of_section(self.section)


def _answer(question: Question, depth_of: "Callable[[Borders], float]", *, json: bool) -> None:
    from bordermap.comparison import Resolution
    from bordermap.footprints.strip import strip
    from bordermap.numbers import Notation

    with progress("measuring the strip"):
        borders = question.borders()
        answer = strip(borders, depth_of(borders))
    dataset = borders.dataset
    resolution = Resolution(length_km=borders.length_km, accuracy_m=dataset.accuracy_m)
    resolvable = resolution.can_tell(answer.area_km2)
    if json:
        print_json(
            {
                "depth_m": answer.depth_m,
                "area_km2": answer.area_km2,
                "by_province": answer.by_province,
                "border_length_km": borders.length_km,
                "section": question.section,
                "dataset": dataset.id,
                "worldview": dataset.worldview,
                "darea_ddepth_km2_per_m": answer.darea_ddepth_km2_per_m,
                "accuracy_m": dataset.accuracy_m,
                "resolvable": resolvable,
            }
        )
        return
    print_text(
        f"{Notation().exact(answer.area_km2)} km² is a strip {answer.depth_m:,.1f} m deep along"
        f" {borders.length_km:,.1f} km of border with {borders.neighbour}"
        f" (section: {question.section})"
    )
    print_table(
        ["province", "", "border [km]", "area [km²]"],
        [
            [code, province.name, f"{length:,.1f}", f"{answer.by_province[code]:,.2f}"]
            for province, (code, length) in zip(
                borders.provinces, borders.length_km_by_province().items(), strict=True
            )
        ],
    )
    told = "can be told from nothing" if resolvable else "cannot be told from nothing"
    print_text(
        f"{dataset.id} is good to {dataset.accuracy_m:,.0f} m: along this border an area of this"
        f" size {told} (the least is {resolution.least_km2:,.1f} km²).",
        f"Boundaries: {dataset.title}; {dataset.worldview}. {dataset.attribution}.",
    )
