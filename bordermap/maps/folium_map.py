"""The map as folium has it: a `folium.Map` that writes bordermap's page."""
# ruff: noqa: SLF001  (branca offers no other way to an element's children and id)

import base64
import html
from collections.abc import Callable
from typing import Any

import folium
from branca.element import Element, Figure

from bordermap.maps.assets import CLAIM, Template
from bordermap.maps.page import Content, MapCode, render_page, tile_host

MAP_ID = "bordermap"

_CREDITS = {
    "tile.openstreetmap.org": "tile.openstreetmap.org, © OpenStreetMap contributors (ODbL 1.0)"
}
"""What hosts of tiles ask to be credited as; others by their name."""

NOTEBOOK_PX = 720
"""Height of the map in a notebook [px]."""


class BorderMap(folium.Map):
    """
    A map of an assessment, or of dated outlines.

    It is a `folium.Map`: layers can be added, `save` writes it, a notebook shows it. folium makes
    the map; the page's own script draws on it. None of folium's links to other hosts is used.

    Parameters
    ----------
    data
        What the page shows.
    template
        Which kind of page.
    language
        Language it opens in.
    tiles
        Template of tile addresses; None for none.
    picture
        Returns a static picture as SVG, for where no script may run; asked only by notebooks.
    """

    def __init__(
        self,
        data: Content,
        *,
        template: Template = CLAIM,
        language: str = "en",
        tiles: str | None = None,
        picture: Callable[[], str] | None = None,
    ) -> None:
        west, south, east, north = data.bounds
        super().__init__(
            location=((south + north) / 2, (west + east) / 2),
            zoom_start=8,
            tiles=None,
            zoom_control="topleft",
            zoom_snap=0.25,
            zoom_delta=0.5,
            min_zoom=3,
            max_zoom=15,
            max_bounds_viscosity=0.9,
            attribution_control=False,
            fade_animation=False,
            wheel_px_per_zoom_level=90,
        )
        self._id = MAP_ID
        # Lists of its own: folium keeps them on the class, shared by all maps.
        self.default_js = []
        self.default_css = []
        self.data = data
        self.template = template
        self.language = language
        self.tiles = tiles
        self.picture = picture
        self.page = _Page(self)
        if tiles is not None:
            self.add_child(_tile_layer(tiles))

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401
        """
        Return the map for a notebook: the page in a frame, over a picture of it.

        Where the notebook is not trusted, the frame is taken out and the picture stays.
        """
        return self.page._repr_html_(**kwargs)


class _Page(Figure):
    """The document round the map."""

    def __init__(self, border_map: BorderMap) -> None:
        super().__init__()
        self.border_map = border_map
        self.add_child(border_map, name=border_map.get_name())

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401
        """Return the page."""
        _number(self.border_map)
        for part in (self.header, self.html, self.script):
            part._children.clear()  # what the last rendering put there
        for child in self._children.values():
            child.render(**kwargs)
        mine = self.border_map.get_name()
        head = [each.render() for name, each in self.header._children.items() if name != mine]
        return render_page(
            self.border_map.data,
            code=MapCode(
                name=mine, script=self.script.render(**kwargs).strip(), head="\n".join(head)
            ),
            template=self.border_map.template,
            language=self.border_map.language,
            tiles=self.border_map.tiles,
        )

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401
        page = html.escape(self.render(**kwargs), quote=True)
        picture = self.border_map.picture
        below = "" if picture is None else _image(picture())
        return (
            f'<div style="position:relative;min-height:{NOTEBOOK_PX}px;background:#fff">{below}'
            f'<iframe srcdoc="{page}" title="bordermap" allowfullscreen'
            ' style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe></div>'
        )


def _image(svg: str) -> str:
    encoded = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    return (
        '<img alt="Static map; trust the notebook for the interactive one"'
        f' style="max-height:{NOTEBOOK_PX}px" src="data:image/svg+xml;base64,{encoded}">'
    )


def _tile_layer(tiles: str) -> folium.TileLayer:
    """Return background tiles; their host is credited, and told no more than the page's origin."""
    host = tile_host(tiles).partition("://")[2]
    return folium.TileLayer(
        tiles=tiles,
        attr=_CREDITS.get(host.removeprefix("*."), host),
        control=False,
        referrer_policy="strict-origin-when-cross-origin",
    )


def _number(element: Element) -> None:
    """Give every added element a number in place of folium's random id: same map, same bytes."""
    for number, child in enumerate(_below(element), start=1):
        child._id = f"{MAP_ID}_{number}"


def _below(element: Element) -> list[Element]:
    return [below for child in element._children.values() for below in (child, *_below(child))]
