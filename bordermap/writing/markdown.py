"""A document as Markdown (GitHub's dialect), in which text from outside stays text."""

import re
from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Any

from bordermap.writing.blocks import (
    Bullets,
    Cite,
    Code,
    Document,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    Listing,
    Pairs,
    Paragraph,
    Strong,
    Table,
    Text,
    inlines,
)
from bordermap.writing.inert import inert, is_web_address, spaced

# Entities where a reader of another dialect does not know the backslash, backslashes elsewhere.
_MEANT = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "$": "&#36;"}
    | {char: "\\" + char for char in "\\`*_[]{}"}
)
_AT_THE_START = re.compile(r"^(?:(?=[#+=-])|(\d+)(?=[.)](?:\s|$)))")
_LINKED = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)|(@)")
_IN_ADDRESS = str.maketrans(
    {char: f"%{ord(char):02X}" for char in "<>()[]\\`\"'|{}^* "} | {"&": "&amp;", "_": "\\_"}
)


def as_markdown(document: Document) -> str:
    """
    Return a document as Markdown.

    Parameters
    ----------
    document
        The document; figures become their captions and what they say in words.
    """
    return "\n\n".join(part for block in document.blocks for part in _block(block)) + "\n"


def escaped(text: str) -> str:
    r"""
    Return text that Markdown shows as it is: no markup, no HTML, no address that links itself.

    Examples
    --------
    >>> print(escaped("[a](b) <script> `x` | *y*"))
    \[a\]\(b) &lt;script&gt; \`x\` &#124; \*y\*
    """
    safe = spaced(text).translate(_MEANT).replace("\\](", "\\]\\(")
    return _LINKED.sub(_unlinked, safe)


def _unlinked(match: re.Match[str]) -> str:
    scheme, _, www, _, _ = match.groups()
    if scheme:
        return f"{scheme}&#58;"
    return f"{www}&#46;" if www else "&#64;"


@singledispatch
def _block(block: Any) -> Sequence[str]:  # noqa: ANN401  (dispatched by type)
    raise TypeError(f"no Markdown for {type(block).__name__}")


def _writes(kind: type) -> Callable[[Callable[[Any], Sequence[str]]], Any]:
    return _block.register(kind)


@_writes(Heading)
def _heading(block: Heading) -> Sequence[str]:
    return [f"{'#' * block.level} {escaped(block.text)}"]


@_writes(Paragraph)
def _paragraph(block: Paragraph) -> Sequence[str]:
    text = _line(block.text)
    return [f"> {text}" if block.role == "note" else text]


@_writes(Bullets)
def _bullets(block: Bullets) -> Sequence[str]:
    marks = [f"{n}." if block.numbered else "-" for n in range(1, len(block.items) + 1)]
    lines = [f"{mark} {_line(item)}" for mark, item in zip(marks, block.items, strict=True)]
    return ["\n".join(lines)] if lines else []


@_writes(Pairs)
def _pairs(block: Pairs) -> Sequence[str]:
    return ["\n".join(f"- **{escaped(name)}:** {_line(text)}" for name, text in block.rows)]


@_writes(Table)
def _table(block: Table) -> Sequence[str]:
    rules = ["---:" if n in block.numeric else "---" for n in range(len(block.columns))]
    rows = [[escaped(name) for name in block.columns], rules]
    rows += [[_line(cell) for cell in row] for row in block.rows]
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    note = [f"*{escaped(block.note)}*"] if block.note else []
    return [f"**{escaped(block.caption)}**", lines, *note]


@_writes(Figure)
def _figure(block: Figure) -> Sequence[str]:
    return [f"*{escaped(block.caption)}* {escaped(block.said)}"]


@_writes(Formula)
def _formula(block: Formula) -> Sequence[str]:
    return [_fenced(block.text), *([escaped(block.where)] if block.where else [])]


@_writes(Listing)
def _listing(block: Listing) -> Sequence[str]:
    return [_fenced(block.text)]


def _line(text: Text) -> str:
    """Return running text on one line that cannot be taken for a list, heading or rule."""
    line = "".join(_inline(part) for part in inlines(text))
    return _AT_THE_START.sub(r"\1\\", line)


def _inline(part: Inline) -> str:
    match part:
        case str():
            return escaped(part)
        case Strong(text):
            return f"**{escaped(text)}**"
        case Code(text):
            return _code(text)
        case Cite(number):
            return f"\\[{number}\\]"
        case Link(text, url) if is_web_address(url):
            return f"[{escaped(text)}]({url.translate(_IN_ADDRESS)})"
        case Link(text, url):
            return f"{escaped(text)} ({escaped(url)})"


def _fenced(text: str) -> str:
    """Return lines between more backticks than they have in a row."""
    lines = "\n".join(inert(line) for line in text.splitlines())
    fence = "`" * max(3, _longest_run(lines) + 1)
    return f"{fence}text\n{lines}\n{fence}"


def _code(text: str) -> str:
    """Return text between more backticks than it has in a row."""
    plain = inert(text).replace("|", "\N{DIVIDES}")
    fence = "`" * (_longest_run(plain) + 1)
    gap = " " if plain.startswith("`") or plain.endswith("`") or not plain else ""
    return f"{fence}{gap}{plain}{gap}{fence}"


def _longest_run(text: str) -> int:
    """Return the length of the longest run of backticks."""
    return max((len(run) for run in re.findall("`+", text)), default=0)
