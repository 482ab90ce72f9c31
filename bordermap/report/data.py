"""The data: which dataset, whose view it takes, and what it makes of the border."""

from collections.abc import Iterator
from functools import partial

from bordermap.figures import locator_map, shaded
from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Code, Figure, Heading, Pairs, Table, Text


def data_section(pen: Pen) -> Iterator[Block]:
    """Yield the dataset and the lengths and areas it gives."""
    yield Heading(2, pen.words("head.data"), "data")
    yield Pairs(list(_dataset_rows(pen)))
    yield _map(pen)
    yield _borders(pen)


def _dataset_rows(pen: Pen) -> Iterator[tuple[str, Text]]:
    words, dataset = pen.words, pen.assessment.case.dataset
    accuracy = words.number(dataset.accuracy_m, "m")
    yield words("data.dataset"), (Code(dataset.id), f" – {dataset.title}")
    yield words("data.view"), dataset.worldview
    yield (
        words("data.accuracy"),
        words("data.accuracy_said", metres=accuracy, reason=dataset.accuracy_reason),
    )
    yield words("data.publisher"), dataset.publisher
    yield words("data.vintage"), dataset.vintage
    yield words("data.licence"), dataset.licence
    yield words("data.attribution"), dataset.attribution
    if dataset.source_package:
        yield words("data.package"), (Code(f"{dataset.source_package} {dataset.source_version}"),)
    yield words("data.sha256"), (Code(dataset.sha256),)


def _map(pen: Pen) -> Figure:
    words, case = pen.words, pen.assessment.case
    shown = shaded(pen.assessment)
    said = words(
        "data.map_said",
        provinces=words.listed([pen.province(one.code) for one in case.provinces]),
        neighbour=pen.country(case.neighbour.code),
        length=words.length(pen.resolution.length_km),
        places=words.listed([site.name for site in case.sites]),
    )
    caption = [words("data.map")]
    if shown is not None:
        caption += [words("data.shaded", scenario=shown.scenario.title), words("model.note")]
    caption.append(case.dataset.attribution)
    draw = partial(locator_map, pen.assessment, words, said=said)
    return Figure(draw, " ".join(caption), said)


def _borders(pen: Pen) -> Table:
    """Return the length of border by province and section, and each province's area."""
    words, case = pen.words, pen.assessment.case
    lengths, sections = pen.lengths_km, case.borders.sections

    def km(value: float) -> str:
        return words.notation.rounded(value, 0.1)

    rows = [
        (
            pen.province(code),
            *(km(lengths.get((code, section), 0.0)) for section in sections),
            km(sum(lengths.get((code, section), 0.0) for section in sections)),
            words.notation.rounded(area_km2, 1),
            words.notation.rounded(case.dry_areas_km2[code], 1),
        )
        for code, area_km2 in case.province_areas_km2.items()
    ]
    whole = (
        words("data.total"),
        *(
            km(sum(lengths.get((code, section), 0.0) for code in case.province_areas_km2))
            for section in sections
        ),
        km(sum(lengths.values())),
        words.notation.rounded(sum(case.province_areas_km2.values()), 1),
        words.notation.rounded(sum(case.dry_areas_km2.values()), 1),
    )
    columns = [
        words("data.province"),
        *(pen.section(section) for section in sections),
        words("data.total"),
        words("data.area"),
        words("data.dry"),
    ]
    return Table(
        words("data.borders"),
        columns,
        [*rows, whole],
        numeric=frozenset(range(1, len(columns))),
        note=words("results.rounding"),
    )
