"""KML for Google Earth: a folder a layer, a style each, balloons with what is known."""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.export.flat import flat, text_of
from bordermap.geojson import Feature
from bordermap.layering import MODEL_NOTE, Layers

NAMESPACE = "http://www.opengis.net/kml/2.2"
KMZ_DATE = (1980, 1, 1, 0, 0, 0)

_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True, kw_only=True)
class Style:
    """
    How a layer is drawn.

    Parameters
    ----------
    line, fill
        Colours as KML writes them: alpha, blue, green, red.
    width
        Of lines, in pixels.
    """

    line: str
    fill: str
    width: float


STYLES: Mapping[str, Style] = {
    "provinces": Style(line="ff555555", fill="14ffffff", width=1.2),
    "borders": Style(line="ff202020", fill="00000000", width=2.4),
    "footprints": Style(line="ff1a63a8", fill="591a63a8", width=1.4),
    "budget": Style(line="001a63a8", fill="331a63a8", width=1.0),
    "sites": Style(line="ff202020", fill="ffffffff", width=1.0),
    "disagreement": Style(line="ff8a4a7a", fill="598a4a7a", width=1.0),
}
_OTHER = Style(line="ff555555", fill="33555555", width=1.0)


def kml_pieces(layers: Layers, *, title: str) -> Iterator[bytes]:
    """
    Yield a KML document.

    Parameters
    ----------
    layers
        Features by layer [degrees, WGS 84].
    title
        Name of the document.
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("kml"))
    document = ET.SubElement(root, _tag("Document"))
    _text(document, "name", title)
    _text(document, "description", f"Footprints are {MODEL_NOTE}.")
    for name in layers:
        _add_style(document, name)
    for name, features in layers.items():
        folder = ET.SubElement(document, _tag("Folder"))
        _text(folder, "name", name)
        for feature in features:
            _add_place(folder, feature, style=name)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield ET.tostring(root, encoding="utf-8")
    yield b"\n"


def kmz_bytes(layers: Layers, *, title: str) -> bytes:
    """Return the KML document in a zip archive without a time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("doc.kml", date_time=KMZ_DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, b"".join(kml_pieces(layers, title=title)))
    return packed.getvalue()


def _add_style(document: ET.Element, name: str) -> None:
    style = STYLES.get(name, _OTHER)
    element = ET.SubElement(document, _tag("Style"), id=_xml(name))
    line = ET.SubElement(element, _tag("LineStyle"))
    _text(line, "color", style.line)
    _text(line, "width", f"{style.width:g}")
    _text(ET.SubElement(element, _tag("PolyStyle")), "color", style.fill)
    # the balloon that Google Earth makes by itself takes names and values for HTML
    _text(ET.SubElement(element, _tag("BalloonStyle")), "text", "$[description]")


def _add_place(folder: ET.Element, feature: Feature, *, style: str) -> None:
    place = ET.SubElement(folder, _tag("Placemark"))
    properties = text_of(feature.properties)
    title = properties.get("name") or properties.get("title") or str(feature.id)
    _text(place, "name", title)
    ET.SubElement(place, _tag("Snippet"), maxLines="0")
    _text(place, "description", _balloon(title, feature.properties))
    _text(place, "styleUrl", f"#{style}")
    data = ET.SubElement(place, _tag("ExtendedData"))
    for key, value in properties.items():
        entry = ET.SubElement(data, _tag("Data"), name=_xml(key))
        _text(entry, "value", value)
    _add_geometry(place, feature.geometry)


def _balloon(title: str, properties: Mapping[str, object]) -> str:
    """Return what Google Earth shows of a place as HTML in which all text is inert."""
    rows = "".join(
        f"<tr><th align='left' valign='top'>{_html(key)}</th><td>{_told(value)}</td></tr>"
        for key, value in properties.items()
        if value is not None
    )
    return f"<h3>{_html(title)}</h3><table>{rows}</table>"


def _told(value: object) -> str:
    """Return a property as a reader has it: lists line by line, what has names with them."""
    if isinstance(value, Mapping):
        return "; ".join(
            f"{_html(str(name))}: {_told(part)}" for name, part in value.items() if part is not None
        )
    if isinstance(value, list | tuple):
        return "<br>".join(map(_told, value))
    return _linked(str(flat(value)))


def _linked(value: str) -> str:
    text = _html(value)
    return f"<a href='{text}'>{text}</a>" if _ADDRESS.fullmatch(value) else text


def _html(text: str) -> str:
    # Google Earth puts other fields in the place of $[name]
    return html.escape(text).replace("$", "&#36;")


def _add_geometry(parent: ET.Element, geometry: BaseGeometry) -> None:
    parts = shapely.get_parts(geometry)
    if len(parts) != 1:
        parent = ET.SubElement(parent, _tag("MultiGeometry"))
    for part in parts:
        if isinstance(part, shapely.Polygon):
            polygon = ET.SubElement(parent, _tag("Polygon"))
            wound = shapely.orient_polygons(part)
            rings = [("outerBoundaryIs", wound.exterior)]
            rings += [("innerBoundaryIs", hole) for hole in wound.interiors]
            for side, ring in rings:
                edge = ET.SubElement(ET.SubElement(polygon, _tag(side)), _tag("LinearRing"))
                _text(edge, "coordinates", _coordinates(ring))
        elif isinstance(part, shapely.Point | shapely.LineString):
            _text(ET.SubElement(parent, _tag(part.geom_type)), "coordinates", _coordinates(part))
        else:
            _add_geometry(parent, part)


def _coordinates(geometry: BaseGeometry) -> str:
    corners = shapely.get_coordinates(geometry).round(7).tolist()
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in corners)


def _text(parent: ET.Element, name: str, content: str) -> None:
    ET.SubElement(parent, _tag(name)).text = _xml(content)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _xml(text: str) -> str:
    """Return text without the characters that XML has no place for."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
