// The reader's choices in the fragment of the address, so that a link opens the same page.

import { onStep } from "./depth.mjs";

const PAUSE_MS = 400;

/** Return the choices in a fragment; what cannot be used is left out. */
export function readFragment(fragment, allowed) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const choices = {};
  const one = (key, values) => {
    if (values.includes(given.get(key))) choices[key] = given.get(key);
  };
  one("language", allowed.languages);
  one("section", allowed.sections);
  one("scenario", ["", ...allowed.scenarios]);
  one("dataset", allowed.datasets);
  const depth = Number(given.get("depth"));
  if (given.has("depth") && depth >= allowed.depth.least && depth <= allowed.depth.largest) {
    choices.depth = onStep(depth, allowed.depth);
  }
  const date = given.get("date") ?? "";
  if (/^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date))) choices.date = date;
  if (given.has("layers")) {
    // the reader's own outline is in no link: what is drawn after opening one is to be seen
    const layers = [...given.get("layers").split(","), "drawn"];
    choices.layers = [...new Set(layers)].filter((id) => allowed.layers.includes(id));
  }
  const view = (given.get("view") ?? "").split(",").map(Number);
  if (view.length === 3 && view.every(Number.isFinite) && Math.abs(view[0]) <= 90 && Math.abs(view[1]) <= 180) {
    choices.view = { latitude: view[0], longitude: view[1], zoom: view[2] };
  }
  return choices;
}

/** Return the fragment of some choices. */
export function writeFragment(choices) {
  const view = choices.view;
  const pairs = {
    language: choices.language,
    section: choices.section,
    depth: choices.depth,
    scenario: choices.scenario,
    dataset: choices.dataset,
    date: choices.date,
    layers: choices.layers.join(","),
    view: view && [view.latitude.toFixed(5), view.longitude.toFixed(5), view.zoom.toFixed(2)].join(","),
  };
  const text = new URLSearchParams(
    Object.entries(pairs).filter(([, value]) => value !== undefined && value !== null),
  );
  return `#${text.toString().replaceAll("%2C", ",")}`;
}

/** Return a function that writes a fragment once the reader rests: browsers limit how often. */
export function fragmentWriter() {
  let waiting = null;
  return (choices) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      try {
        window.history.replaceState(null, "", writeFragment(choices));
      } catch {
        // a page inside a notebook has no address of its own
      }
    }, PAUSE_MS);
  };
}
