"""The page's own files and Leaflet's, read once and made ready to stand inside one page."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from bordermap.errors import DataError

LANGUAGES = ("en", "hy", "az", "ru")
"""Languages of the page's words."""

_IMPORT = re.compile(r"^import\s*(\{[^}]*\})\s*from\s*\"\./(\w+)\.mjs\";$", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:const|function) (\w+))", re.MULTILINE)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_IMAGE = re.compile(r"url\((images/[\w.-]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """
    What a kind of page is made of.

    Parameters
    ----------
    markup
        Its HTML, between what every page begins and ends with.
    main
        The module that its script begins with.
    styles
        Its style sheets, in order.
    words
        Folders of its words; what stands in a later one goes before.
    """

    markup: str
    main: str
    styles: tuple[str, ...] = ("theme.css", "page.css", "map.css", "print.css")
    words: tuple[str, ...] = ("words",)


CLAIM = Template(markup="page.html", main="main")
"""The page of a claim."""

SERIES = Template(
    markup="series.html",
    main="series",
    styles=("theme.css", "page.css", "map.css", "series.css", "print.css"),
    words=("words", "words/series"),
)
"""The page of dated outlines."""


@cache
def page_text(name: str) -> str:
    """Return one of the page's files."""
    return (resources.files("bordermap.maps") / "page" / name).read_text("utf-8")


@cache
def markup(template: Template = CLAIM) -> str:
    """Return a page's HTML, with slots for what is put into it."""
    return page_text("shell.html").replace("{{content}}\n", page_text(template.markup))


@cache
def script(template: Template = CLAIM) -> str:
    """
    Return a page's script: its modules one after the other, each after those it imports.

    Notes
    -----
    A page that is one file cannot import from another, so that each module becomes a function
    that is called once and returns what it exports.
    """
    ordered: dict[str, str] = {}
    _visit(template.main, ordered)
    return "\n".join(ordered.values())


def _visit(module: str, ordered: dict[str, str]) -> None:
    if module in ordered:
        return
    text = page_text(f"{module}.mjs")
    for _, imported in _IMPORT.findall(text):
        _visit(imported, ordered)
    body = _IMPORT.sub(r"const \1 = module_\2;", text)
    exports = ", ".join(name for _, name in _EXPORT.findall(text))
    body = _EXPORT.sub(r"\1", body).strip()
    ordered[module] = f"const module_{module} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();"


@cache
def style(template: Template = CLAIM) -> str:
    """Return Leaflet's style and a page's own."""
    leaflet = _IMAGE.sub(lambda found: f"url({_image(found[1])})", leaflet_text("leaflet.css"))
    return "\n".join([leaflet, *(page_text(name) for name in template.styles)])


@cache
def leaflet_script() -> str:
    """Return Leaflet, without the address of its source map."""
    return _SOURCE_MAP.sub("", leaflet_text("leaflet.js")).strip()


def leaflet_text(name: str) -> str:
    """
    Return a text file of the installed Leaflet.

    Raises
    ------
    DataError
        If the package that carries it is not complete.
    """
    return _leaflet(name).read_text("utf-8")


def _image(name: str) -> str:
    encoded = base64.b64encode(_leaflet(name).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{encoded}"


def _leaflet(name: str) -> Path:
    from xstatic.pkg import leaflet

    path = Path(leaflet.BASE_DIR) / name
    if not path.is_file():
        raise DataError(f"Leaflet's {name} is missing; install the package xstatic-leaflet anew")
    return path


@cache
def words(template: Template = CLAIM) -> Mapping[str, Mapping[str, str]]:
    """Return a page's words by language and key."""
    folders = [resources.files("bordermap.maps") / folder for folder in template.words]
    return {
        language: {
            key: sentence
            for folder in folders
            for key, sentence in json.loads(
                (folder / f"{language}.json").read_text("utf-8")
            ).items()
        }
        for language in LANGUAGES
    }


def source_hash(text: str) -> str:
    """Return what a Content-Security-Policy calls an inline script or style by."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
