"""Styles that QGIS takes from a GeoPackage, so that its layers open coloured."""

from xml.etree import ElementTree as ET

_SYMBOLS = {
    "provinces": ("fill", "SimpleFill", {"color": "255,255,255,20", "outline_color": "85,85,85"}),
    "borders": ("line", "SimpleLine", {"line_color": "32,32,32", "line_width": "0.7"}),
    "footprints": ("fill", "SimpleFill", {"color": "168,99,26,90", "outline_color": "168,99,26"}),
    "budget": ("fill", "SimpleFill", {"color": "168,99,26,160", "style": "dense6"}),
    "sites": ("marker", "SimpleMarker", {"color": "255,255,255", "outline_color": "32,32,32"}),
    "disagreement": ("fill", "SimpleFill", {"color": "122,74,138,90", "style": "b_diagonal"}),
}


def qml_of(layer: str) -> str | None:
    """
    Return the style of a layer as QGIS writes it; None if the layer has none.

    Parameters
    ----------
    layer
        Name of the layer.

    Notes
    -----
    Options stand twice: as QGIS writes them since 3.18, and as versions before read them.
    """
    if layer not in _SYMBOLS:
        return None
    kind, symbol, options = _SYMBOLS[layer]
    root = ET.Element("qgis", version="3.0", styleCategories="Symbology")
    renderer = ET.SubElement(root, "renderer-v2", type="singleSymbol")
    symbols = ET.SubElement(renderer, "symbols")
    drawn = ET.SubElement(symbols, "symbol", type=kind, name="0")
    part = ET.SubElement(drawn, "layer", {"class": symbol, "enabled": "1"})
    listed = ET.SubElement(part, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(listed, "Option", type="QString", name=name, value=value)
    for name, value in options.items():
        ET.SubElement(part, "prop", k=name, v=value)
    return ET.tostring(root, encoding="unicode")
