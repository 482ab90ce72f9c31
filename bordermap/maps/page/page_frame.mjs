// What every page has: its map made ready, its words, its languages, and its map on paper.

import { byId, element, fill } from "./dom.mjs";
import { FAR_ZOOM } from "./panes.mjs";

export const PHONE = "(max-width: 760px), (max-height: 500px)";

/** Whether the reader asked for less motion. */
export const STILL = "(prefers-reduced-motion: reduce)";

/** Make folium's map ready: nothing beyond the limits, and no motion where none is wanted. */
export function prepareMap(map, [west, south, east, north]) {
  map.attributionControl?.remove();
  if (window.matchMedia(STILL).matches) {
    Object.assign(map.options, { zoomAnimation: false, markerZoomAnimation: false, inertia: false });
    map._zoomAnimated = false; // decided when the map was made, and there is no other way
  }
  map.setMaxBounds([[south, west], [north, east]]);
}

/** Frame the map on west, south, east, north; before anything lies on it, all is drawn once. */
export function frameBounds(map, [west, south, east, north], { top = 0 } = {}) {
  const room = window.matchMedia(PHONE).matches ? 8 : 24;
  map.fitBounds([[south, west], [north, east]], {
    animate: false,
    paddingTopLeft: [room, top + room],
    paddingBottomRight: [room, room],
  });
}

/** Write the words of the page that never depend on what is chosen. */
export function writeWords(t) {
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
  }
}

/** Tell the style sheet when the map shows so much at once that fine lines would run together. */
export function followZoom(map) {
  const tell = () => map.getContainer().classList.toggle("far", map.getZoom() < FAR_ZOOM);
  map.on("zoomend", tell);
  tell();
}

/** On paper the map shows what the screen does, whatever the paper's shape; then all is as before. */
export function framePrint(map) {
  let screen = null;
  window.matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) screen = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() };
    map.invalidateSize({ animate: false });
    if (matches) map.fitBounds(screen.bounds, { animate: false });
    else if (screen) map.setView(screen.centre, screen.zoom, { animate: false });
  });
}

/** Offer the languages. */
export function languageChoice(tables, store) {
  const choice = byId("language");
  fill(choice, Object.entries(tables).map(([code, words]) =>
    element("option", { value: code, lang: code, selected: code === store.state.language }, words["own name"]),
  ));
  choice.addEventListener("change", () => store.set({ language: choice.value }));
  store.follow((state) => {
    choice.value = state.language;
  });
}
