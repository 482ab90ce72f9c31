"""What a document is made of; one value for every kind of block and of running text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Text that is typed as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web address, and what to show for it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A source in the list at the end, by its number there."""

    number: int


Inline: TypeAlias = str | Strong | Code | Link | Cite
Text: TypeAlias = str | Sequence[Inline]
"""Running text. A plain string is shown as it is: nothing in it is markup, whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """
    A heading.

    Parameters
    ----------
    level
        1 for the document, 2 for a section, 3 below it.
    text
        Its words.
    key
        Name to link to; empty for none.
    """

    level: Literal[1, 2, 3]
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """
    A paragraph.

    Parameters
    ----------
    text
        Its words.
    role
        ``lead`` for the finding, ``note`` for what must not be overlooked, ``small`` for the rest
        of a caption.
    """

    text: Text
    role: Literal["plain", "lead", "note", "small"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """
    A list.

    Parameters
    ----------
    items
        Its entries.
    numbered
        Whether entries are counted from 1, so that `Cite` can point to them.
    """

    items: Sequence[Text]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """
    Names and what they stand for, one pair a row.

    Parameters
    ----------
    rows
        The pairs.
    """

    rows: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table.

    Parameters
    ----------
    caption
        What it shows.
    columns
        Headings.
    rows
        Cells; the first of a row names it.
    numeric
        Numbers of the columns that hold numbers, counted from 0.
    note
        What to know about its numbers.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Text]]
    numeric: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A drawing.

    Parameters
    ----------
    draw
        Gives inline SVG; a format that has no drawings does not ask.
    caption
        What it shows.
    said
        The same in words, for those who do not see it.
    """

    draw: Callable[[], Markup]
    caption: str
    said: str


@dataclass(frozen=True, slots=True)
class Formula:
    """
    A formula.

    Parameters
    ----------
    text
        In plain characters, such as ``A = f · w · d``; one formula a line.
    where
        What its letters mean.
    """

    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that are typed or read by a program."""

    text: str


Block: TypeAlias = Heading | Paragraph | Bullets | Pairs | Table | Figure | Formula | Listing


@dataclass(frozen=True, slots=True)
class Document:
    """
    A document.

    Parameters
    ----------
    title
        Its title.
    language
        ISO 639-1 code of its fixed text.
    blocks
        What it holds, the title among them.
    """

    title: str
    language: str
    blocks: Sequence[Block]


def inlines(text: Text) -> Sequence[Inline]:
    """Return running text as a sequence."""
    return (text,) if isinstance(text, str) else text
