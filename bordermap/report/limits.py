"""What the assessment cannot tell."""

from collections.abc import Iterator

from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Bullets, Heading


def limits_section(pen: Pen) -> Iterator[Block]:
    """Yield what must not be read into the numbers."""
    words, dataset = pen.words, pen.assessment.case.dataset
    yield Heading(2, words("head.limits"), "limits")
    keys = ("truth", "place", "border", "small", "fragments", "model", "register")
    values = {"dataset": dataset.id, "view": dataset.worldview, "least": pen.least}
    yield Bullets([words(f"limits.{key}", **values) for key in keys])
