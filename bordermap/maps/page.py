"""The page put together: one file, under a policy that lets it ask for nothing."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bordermap.errors import DataError
from bordermap.maps import assets
from bordermap.maps.assets import CLAIM, Template
from bordermap.maps.inert_json import inert_json

_SCRIPT = re.compile(
    r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE
)
_TILES = re.compile(
    r"(?P<host>https://(?:\{s\}\.)?[\w.-]+(?::\d+)?|http://(?:localhost|127\.0\.0\.1)(?::\d+)?)"
    r"/[^\s;,'\"<>\\`]*",
    re.ASCII,
)
_SLOT = re.compile(r"\{\{(\w+)\}\}")


class Content(Protocol):
    """What a page shows: a dataclass of plain values, which its script reads."""

    @property
    def title(self) -> str:
        """Title of the page."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what the map is framed on [degrees]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCode:
    """
    What makes the map, as folium wrote it.

    Parameters
    ----------
    name
        Name of the map in the script.
    script
        What makes it, and whatever else was added to it.
    head
        What added elements want in the head.
    """

    name: str
    script: str
    head: str = ""


def render_page(
    data: Content,
    *,
    code: MapCode,
    template: Template = CLAIM,
    language: str = "en",
    tiles: str | None = None,
) -> str:
    """
    Return the page.

    Parameters
    ----------
    data
        What it shows.
    code
        What makes the map.
    template
        Which kind of page.
    language
        Language it opens in.
    tiles
        Template of tile addresses that the map may ask for; None for none.

    Raises
    ------
    DataError
        If there are no words in the language.
    """
    if language not in assets.LANGUAGES:
        raise DataError(
            f"the page has no words in {language[:20]!a}; give one of {', '.join(assets.LANGUAGES)}"
        )
    slots = {
        "language": language,
        "title": html.escape(data.title),
        "style": assets.style(template),
        "map_name": html.escape(code.name),
        "data": inert_json(data),
        "words": inert_json(assets.words(template)),
        "leaflet": assets.leaflet_script(),
        "map_script": code.script,
        "script": assets.script(template),
        "more_head": code.head,
        "policy": "",
    }
    # Its own quotes stay as they are: whoever searches the file for 'none' finds it.
    slots["policy"] = html.escape(_policy(slots, tiles), quote=False)
    return _SLOT.sub(lambda slot: slots[slot[1]], assets.markup(template))


def _policy(slots: Mapping[str, str], tiles: str | None) -> str:
    """Return the Content-Security-Policy: what runs is listed by its hash."""
    scripts = [f"\n{slots[name]}\n" for name in ("leaflet", "map_script", "script")]
    scripts += [found["text"] for found in _SCRIPT.finditer(slots["more_head"])]
    hashes = " ".join(assets.source_hash(text) for text in scripts)
    style = assets.source_hash(f"\n{slots['style']}\n")
    images = "data:" if tiles is None else f"data: {tile_host(tiles)}"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {hashes}",
            f"style-src {style}",
            f"img-src {images}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def tile_host(tiles: str) -> str:
    """
    Return the scheme and host of a tile template, as a policy names them.

    Raises
    ------
    DataError
        If the template is no https address with ``{z}``, ``{x}`` and ``{y}``; this machine's own
        tiles may come by http.
    """
    found = _TILES.fullmatch(tiles)
    if found is None or not all(slot in tiles for slot in ("{z}", "{x}", "{y}")):
        raise DataError(
            f"tiles come from an https address with {{z}}, {{x}} and {{y}}, not {tiles[:80]!a}"
        )
    return found["host"].replace("{s}", "*")
