"""How to repeat the run, how to cite it, and the list of sources."""

import shlex
from collections.abc import Iterator

from bordermap._version import __version__
from bordermap.datasets.collection import DEFAULT_VIEW
from bordermap.provenance import Source
from bordermap.report.pen import Pen
from bordermap.writing.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    Link,
    Listing,
    Pairs,
    Paragraph,
    Text,
)

_SHORT_SHA = 12


def reproduce_section(pen: Pen) -> Iterator[Block]:
    """Yield the command, the citation, the attributions and the sources."""
    words, one = pen.words, pen.assessment
    case, dataset = one.case, one.case.dataset
    yield Heading(2, words("head.reproduce"), "reproduce")
    yield Paragraph(words("reproduce.text", version=__version__))
    yield Listing(_command(pen, case.id if case.is_shipped else "CASE"))
    if not case.is_shipped:
        yield Paragraph(words("reproduce.own", case=case.title))
    yield Paragraph(words("reproduce.verify"))
    yield Listing("bordermap verify DIR")
    yield Paragraph(words("reproduce.numbers"))
    yield Pairs(
        [
            (words("reproduce.program"), f"bordermap {__version__}"),
            (words("reproduce.case"), (Code(case.id),)),
            (words("reproduce.seed"), str(one.seed)),
            (words("reproduce.draws"), words.notation.exact(one.draws)),
            (words("reproduce.data"), (Code(dataset.id), " SHA-256 ", Code(dataset.sha256))),
        ]
    )
    yield from _citation(pen)
    yield Heading(2, words("head.sources"), "sources")
    yield Bullets([_source(pen, source) for source in pen.sources], numbered=True)


def _command(pen: Pen, case: str) -> str:
    """Return the command that makes the same files: whatever moves a byte is in it."""
    one = pen.assessment
    given = one.case.boundaries
    options = [f"--draws {one.draws}", f"--seed {one.seed}"]
    if not given.info.source_package:
        options.append("--boundaries FILE")
    elif given.info.id != one.case.file.boundaries:
        options.append(f"--boundaries {given.info.id}")
    if given.worldview != DEFAULT_VIEW:
        options.append(f"--worldview {given.worldview}")
    if one.case.lakes != "in":
        options.append(f"--lakes {one.case.lakes}")
    if pen.words.language != "en":
        options.append(f"--language {pen.words.language}")
    if pen.tiles is not None:
        options.append(f"--tiles {shlex.quote(pen.tiles)}")
    return " ".join((f"bordermap build {case} -o DIR", *options))


def _citation(pen: Pen) -> Iterator[Block]:
    words, one = pen.words, pen.assessment
    dataset = one.case.dataset
    yield Heading(2, words("head.cite"), "cite")
    yield Paragraph(
        words(
            "cite.report",
            title=one.case.title,
            version=__version__,
            case=one.case.id,
            dataset=dataset.id,
            vintage=dataset.vintage,
            sha=f"{dataset.sha256[:_SHORT_SHA]}…",
            draws=words.notation.exact(one.draws),
            seed=str(one.seed),
        )
    )
    yield Paragraph(words("cite.claim"))
    yield Pairs([(words("cite.attributions"), f"{dataset.attribution} ({dataset.licence})")])


def _source(pen: Pen, source: Source) -> Text:
    """Return how the list names a source: title, publisher, days, and where to read it."""
    words = pen.words
    title: Inline = Link(source.title, source.url) if source.url else source.title
    days = []
    if source.publisher:
        published = source.published and words(
            "sources.published", date=words.date(source.published)
        )
        days.append(published or words("sources.undated"))
    if source.retrieved:
        days.append(words("sources.retrieved", date=words.date(source.retrieved)))
    note = "" if source.note == "undated" and source.published is None else source.note
    rest = [source.publisher, *days, note]
    return title, "".join(f", {part}" for part in rest if part) + "."
