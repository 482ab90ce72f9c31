// The strip on the map: the border, stroked twice as wide as the depth, cut by the provinces.

import { svg } from "./dom.mjs";
import { createPane, definitions } from "./panes.mjs";
import { decodePath, decodePolygons, toLatLngs } from "./shapes.mjs";

const EQUATOR_M = 40075016.686;
const TILE_PX = 256;

/** Return how many metres a pixel is at a latitude and zoom, on the map's Mercator. */
export function metresPerPixel(latitude, zoom) {
  return (EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (TILE_PX * 2 ** zoom);
}

/** Return the layer, which `ground` lends room for what cuts it; `show` draws another strip. */
export function createStripLayer(map, data, ground) {
  const { renderer, pane } = createPane(map, "strip", { z: 400, layer: "strip" });
  const options = { renderer, interactive: false, noClip: true, smoothFactor: 0.4 };
  const lines = data.borders.map((border) => {
    const places = border.lines.map((line) => decodePath(line, data.precise_digits));
    const latitudes = places.flat().map((place) => place[1]);
    return {
      section: border.section,
      latitude: (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
      shape: L.polyline(toLatLngs(places), {
        ...options,
        className: "strip-line",
        lineCap: "round",
        lineJoin: "round",
      }).addTo(map),
    };
  });
  cutByProvinces(map, data, { renderer, ground, options });

  let shown = { depthM: 0, section: "all" };
  const draw = () => {
    for (const line of lines) {
      const counts = shown.section === "all" || shown.section === line.section;
      const weight = (2 * shown.depthM) / metresPerPixel(line.latitude, map.getZoom());
      line.shape.setStyle({ weight: counts ? weight : 0, stroke: counts && weight > 0 });
    }
  };
  map.on("zoomend viewreset", draw);
  return {
    pane,
    show(depthM, section) {
      shown = { depthM, section };
      draw();
    },
  };
}

/**
 * Leaflet keeps the provinces' paths up to date; inside the clip path they do the cutting.
 * It stands with the ground, so that the strip's own pane holds nothing but what is seen.
 */
function cutByProvinces(map, data, { renderer, ground, options }) {
  const cut = svg("clipPath", { id: "strip-cut" });
  definitions(ground).append(cut);
  for (const province of data.provinces) {
    const polygons = toLatLngs(decodePolygons(province.shape, data.precise_digits));
    const path = L.polygon(polygons, options).addTo(map).getElement();
    path.setAttribute("clip-rule", "evenodd");
    cut.append(path);
  }
  const group = renderer.getPane().querySelector("svg > g");
  group.setAttribute("clip-path", "url(#strip-cut)");
  group.setAttribute("class", "strip-group");
}
