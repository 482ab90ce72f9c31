"""A document as HTML, in which text from outside stays text; and pieces of it for a notebook."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import singledispatch
from html import escape
from typing import Any

from markupsafe import Markup

from bordermap.writing.blocks import (
    Block,
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

_SHORT = 12
"""A cell of at most so many characters is not broken [characters]."""


def as_page(document: Document, *, style: str) -> str:
    """
    Return a document as a page of its own, which loads and runs nothing.

    Parameters
    ----------
    document
        The document.
    style
        Its style sheet, our own text; the page's policy allows this one and nothing else.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = (
        "<!doctype html>",
        f'<html lang="{_text(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(document.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
    )
    return "\n".join((*head, as_fragment(document.blocks), "</main>", "</body>", "</html>", ""))


def as_fragment(blocks: Iterable[Block]) -> Markup:
    """
    Return blocks as HTML without a page around them.

    Parameters
    ----------
    blocks
        The blocks, in order.
    """
    return Markup("\n".join(_block(block) for block in blocks))  # noqa: S704  (escaped below)


@singledispatch
def _block(block: Any) -> str:  # noqa: ANN401  (dispatched by type)
    raise TypeError(f"no HTML for {type(block).__name__}")


def _writes(kind: type) -> Callable[[Callable[[Any], str]], Any]:
    return _block.register(kind)


@_writes(Heading)
def _heading(block: Heading) -> str:
    key = f' id="{_text(block.key)}"' if block.key else ""
    return f"<h{block.level}{key}>{_text(block.text)}</h{block.level}>"


@_writes(Paragraph)
def _paragraph(block: Paragraph) -> str:
    role = "" if block.role == "plain" else f' class="{block.role}"'
    return f"<p{role}>{_line(block.text)}</p>"


@_writes(Bullets)
def _bullets(block: Bullets) -> str:
    items = "\n".join(
        f'<li id="source-{number}">{_line(item)}</li>'
        if block.numbered
        else f"<li>{_line(item)}</li>"
        for number, item in enumerate(block.items, start=1)
    )
    name = "ol" if block.numbered else "ul"
    return f"<{name}>\n{items}\n</{name}>"


@_writes(Pairs)
def _pairs(block: Pairs) -> str:
    rows = "\n".join(
        f"<div><dt>{_text(name)}</dt><dd>{_line(text)}</dd></div>" for name, text in block.rows
    )
    return f"<dl>\n{rows}\n</dl>"


@_writes(Table)
def _table(block: Table) -> str:
    names = [_text(name) for name in block.columns]
    kinds = [' class="number"' if n in block.numeric else "" for n in range(len(names))]
    head = "".join(
        f'<th scope="col"{kind}>{name}</th>' for kind, name in zip(kinds, names, strict=True)
    )
    # A table of numbers is scrolled on a narrow screen; one of words is told row by row.
    is_told = len(block.numeric) < len(names) - 1
    columns = [f'{kind} data-name="{name}"' for kind, name in zip(kinds, names, strict=True)]
    rows = "\n".join(_row(row, columns if is_told else kinds) for row in block.rows)
    caption = _text(block.caption)
    around = "told" if is_told else f'wide" tabindex="0" role="region" aria-label="{caption}'
    note = f'\n<p class="small">{_text(block.note)}</p>' if block.note else ""
    return (
        f'<div class="{around}"><table>\n<caption>{caption}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>{note}"
    )


def _row(row: Sequence[Text], columns: Sequence[str]) -> str:
    first, *rest = zip(columns, row, strict=True)
    name = f'<th scope="row"{first[0]}>{_cell(first[1])}</th>'
    return f"<tr>{name}{''.join(f'<td{column}>{_cell(cell)}</td>' for column, cell in rest)}</tr>"


@_writes(Figure)
def _figure(block: Figure) -> str:
    return f"<figure>\n{block.draw()}\n<figcaption>{_text(block.caption)}</figcaption>\n</figure>"


@_writes(Formula)
def _formula(block: Formula) -> str:
    where = f"\n<p>{_text(block.where)}</p>" if block.where else ""
    lines = "<br>\n".join(_text(line) for line in block.text.splitlines())
    return f'<p class="formula">{lines}</p>{where}'


@_writes(Listing)
def _listing(block: Listing) -> str:
    lines = "\n".join(_text(line) for line in block.text.splitlines())
    return f'<pre tabindex="0"><code>{lines}</code></pre>'


def _cell(text: Text) -> str:
    """Return a cell; a short one, such as a day, stays on one line."""
    if isinstance(text, str) and len(text) <= _SHORT:
        return f'<span class="short">{_text(text)}</span>' if "-" in text else _text(text)
    return _line(text)


def _line(text: Text) -> str:
    return "".join([_inline(part) for part in inlines(text)])


def _inline(part: Inline) -> str:
    match part:
        case str():
            return escape(spaced(part))
        case Strong(text):
            return f"<strong>{_text(text)}</strong>"
        case Code(text):
            return f"<code>{_text(text)}</code>"
        case Cite(number):
            return f'<a class="cite" href="#source-{number:d}">[{number:d}]</a>'
        case Link(text, url) if is_web_address(url):
            return f'<a href="{escape(url)}" rel="noreferrer noopener">{_text(text)}</a>'
        case Link(text, url):
            return f"{_text(text)} ({_text(url)})"


def _text(text: str) -> str:
    """Return text from anywhere, fit for an element or a quoted attribute."""
    return escape(inert(text))
