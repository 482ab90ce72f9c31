// Figures that the page works out: each has its unrounded value beside the text.

import { element } from "./dom.mjs";
import { withUnit } from "./numbers.mjs";

/** Return an output for a figure; `quiet` ones are not read out at every change. */
export function figureOutput(name, { quiet = false, ...attributes } = {}) {
  return element("output", {
    "data-figure": name,
    "aria-live": quiet ? "off" : null,
    ...attributes,
  });
}

/** Show a value, or that there is none. */
export function showFigure(output, value, unit, language) {
  if (value === null) {
    output.removeAttribute("data-value");
    output.textContent = "–";
    return;
  }
  output.setAttribute("data-value", String(value));
  output.textContent = withUnit(value, unit, language);
}
