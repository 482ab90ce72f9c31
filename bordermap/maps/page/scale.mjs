// The scale bar, its unit as the language writes it.

import { withUnit } from "./numbers.mjs";

/** Put the scale bar on the map; it follows the language. */
export function createScale(map, text) {
  const Scale = L.Control.Scale.extend({
    _updateMetric(mostM) {
      const lengthM = this._getRoundNum(mostM);
      const [value, unit] = lengthM < 1000 ? [lengthM, "m"] : [lengthM / 1000, "km"];
      this._updateScale(this._mScale, withUnit(value, unit, text().language, 0), lengthM / mostM);
    },
  });
  const bar = new Scale({ imperial: false, maxWidth: 140, position: "bottomright" }).addTo(map);
  return {
    update(_, changed) {
      if (changed.has("language")) bar._update();
    },
  };
}
