"""A document as HTML, in which text from outside stays text; and pieces of it for a notebook."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import singledispatch
from typing import Any

from markupsafe import Markup, escape

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

_PAGE = Markup(
    "<!doctype html>\n"
    '<html lang="{language}">\n'
    "<head>\n"
    '<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="referrer" content="no-referrer">\n'
    "<title>{title}</title>\n"
    "<style>{style}</style>\n"
    "</head>\n"
    "<body>\n<main>\n{body}\n</main>\n</body>\n"
    "</html>\n"
)
_NAME = Markup('<th scope="row"{}>{}</th>')
_CELL = Markup("<td{}>{}</td>")


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
    return _PAGE.format(
        language=document.language,
        policy=Markup(policy),  # noqa: S704  (no text from outside)
        title=inert(document.title),
        style=Markup(style),  # noqa: S704  (our own file)
        body=as_fragment(document.blocks),
    )


def as_fragment(blocks: Iterable[Block]) -> Markup:
    """
    Return blocks as HTML without a page around them.

    Parameters
    ----------
    blocks
        The blocks, in order.
    """
    return Markup("\n").join(_block(block) for block in blocks)


@singledispatch
def _block(block: Any) -> Markup:  # noqa: ANN401  (dispatched by type)
    raise TypeError(f"no HTML for {type(block).__name__}")


def _writes(kind: type) -> Callable[[Callable[[Any], Markup]], Any]:
    return _block.register(kind)


@_writes(Heading)
def _heading(block: Heading) -> Markup:
    key = Markup(' id="{}"').format(block.key) if block.key else Markup()
    return Markup("<h{0}{1}>{2}</h{0}>").format(block.level, key, inert(block.text))


@_writes(Paragraph)
def _paragraph(block: Paragraph) -> Markup:
    role = Markup() if block.role == "plain" else Markup(' class="{}"').format(block.role)
    return Markup("<p{}>{}</p>").format(role, _line(block.text))


@_writes(Bullets)
def _bullets(block: Bullets) -> Markup:
    items = Markup("\n").join(
        Markup("<li{}>{}</li>").format(
            Markup(' id="source-{}"').format(number) if block.numbered else Markup(), _line(item)
        )
        for number, item in enumerate(block.items, start=1)
    )
    return Markup("<{0}>\n{1}\n</{0}>").format("ol" if block.numbered else "ul", items)


@_writes(Pairs)
def _pairs(block: Pairs) -> Markup:
    rows = Markup("\n").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(inert(name), _line(text))
        for name, text in block.rows
    )
    return Markup("<dl>\n{}\n</dl>").format(rows)


@_writes(Table)
def _table(block: Table) -> Markup:
    numeric = [
        Markup(' class="number"') if column in block.numeric else Markup()
        for column in range(len(block.columns))
    ]
    head = Markup().join(
        Markup('<th scope="col"{}>{}</th>').format(kind, inert(name))
        for kind, name in zip(numeric, block.columns, strict=True)
    )
    rows = Markup("\n").join(_row(row, numeric) for row in block.rows)
    table = Markup(
        '<div class="wide"><table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody>\n</table></div>"
    ).format(inert(block.caption), head, rows)
    return table + (
        Markup('\n<p class="small">{}</p>').format(inert(block.note)) if block.note else Markup()
    )


def _row(row: Sequence[Text], numeric: Sequence[Markup]) -> Markup:
    cells = Markup().join(
        (_NAME if column == 0 else _CELL).format(kind, _line(cell))
        for column, (kind, cell) in enumerate(zip(numeric, row, strict=True))
    )
    return Markup("<tr>{}</tr>").format(cells)


@_writes(Figure)
def _figure(block: Figure) -> Markup:
    return Markup("<figure>\n{}\n<figcaption>{}</figcaption>\n</figure>").format(
        block.svg, inert(block.caption)
    )


@_writes(Formula)
def _formula(block: Formula) -> Markup:
    where = Markup("<p>{}</p>").format(inert(block.where)) if block.where else Markup()
    return Markup('<p class="formula">{}</p>\n{}').format(inert(block.text), where)


@_writes(Listing)
def _listing(block: Listing) -> Markup:
    lines = Markup("\n").join(escape(inert(line)) for line in block.text.splitlines())
    return Markup('<pre tabindex="0"><code>{}</code></pre>').format(lines)


def _line(text: Text) -> Markup:
    return Markup().join(_inline(part) for part in inlines(text))


def _inline(part: Inline) -> Markup:
    match part:
        case str():
            return escape(spaced(part))
        case Strong(text):
            return Markup("<strong>{}</strong>").format(spaced(text))
        case Code(text):
            return Markup("<code>{}</code>").format(inert(text))
        case Cite(number):
            return Markup('<a class="cite" href="#source-{0}">[{0}]</a>').format(number)
        case Link(text, url) if is_web_address(url):
            return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(url, inert(text))
        case Link(text, url):
            return escape(f"{inert(text)} ({inert(url)})")
