// Panes of the map: one a layer, each with a renderer of its own, hidden and shown as a whole.

import { svg } from "./dom.mjs";

/** Below this zoom lines and signs are drawn finer. */
export const FAR_ZOOM = 8.2;

/** Layers of more shapes than this are drawn on a canvas. */
export const MOST_SVG_SHAPES = 2000;

/**
 * Return a pane with an SVG renderer; `layer` is told to whoever reads the page. One `inside` another
 * is shown and hidden with it.
 */
export function createPane(map, name, { z, layer = null, inside = null, className = "", padding = 0.5 }) {
  const pane = map.createPane(name, inside);
  pane.style.zIndex = String(z);
  if (layer) pane.dataset.layer = layer;
  if (className) pane.classList.add(...className.split(" "));
  return { name, pane, renderer: L.svg({ pane: name, padding }).addTo(map) };
}

/** Return a pane with a canvas renderer, for many shapes. */
export function createCanvasPane(map, name, { z, layer, inside = null, className = "" }) {
  const pane = map.createPane(name, inside);
  pane.style.zIndex = String(z);
  pane.dataset.layer = layer;
  if (className) pane.classList.add(className);
  return { name, pane, renderer: L.canvas({ pane: name, padding: 0.3, tolerance: 2 }).addTo(map) };
}

/** Return the definitions of a pane's drawing, made where there are none yet. */
export function definitions(renderer) {
  const container = renderer.getPane().querySelector("svg");
  let defs = container.querySelector("defs");
  if (!defs) {
    defs = svg("defs");
    container.prepend(defs);
  }
  return defs;
}

/** Put a hatch into a pane's definitions and return the fill that refers to it. */
export function hatch(renderer, id, { angle, gap, className, cross = false }) {
  const lines = [svg("line", { x1: 0, y1: 0, x2: 0, y2: gap, class: className })];
  if (cross) lines.push(svg("line", { x1: 0, y1: 0, x2: gap, y2: 0, class: className }));
  definitions(renderer).append(
    svg(
      "pattern",
      {
        id,
        width: gap,
        height: gap,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(${angle})`,
      },
      svg("rect", { width: gap, height: gap, class: `${className}-ground` }),
      lines,
    ),
  );
  return `url(#${id})`;
}

/** Show or hide a pane. */
export function showPane(pane, shown) {
  pane.style.display = shown ? "" : "none";
}

/** Make a shape reachable by keyboard, with a name that may change. */
export function makeButton(shape, { name, act }) {
  const node = shape.getElement();
  node.setAttribute("tabindex", "0");
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", name());
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    act(null);
  });
  shape.on("click", (event) => {
    L.DomEvent.stop(event);
    act(event.latlng);
  });
  return () => node.setAttribute("aria-label", name());
}

/** Return the sign of a layer for the legend. */
export function swatchOf(...content) {
  return svg(
    "svg",
    { class: "swatch", viewBox: "0 0 34 18", width: 34, height: 18, "aria-hidden": "true" },
    content,
  );
}
