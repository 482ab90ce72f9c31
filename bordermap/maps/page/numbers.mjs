// Numbers as text: rounded, grouped as the language does, always with their unit.

let conventions = {};

/** Formats by their options: to make one costs more than to write a hundred numbers with it. */
const formats = new Map();

/**
 * Learn how each language writes numbers, units and dates. Browsers know this of some languages
 * only, and not the same ones everywhere.
 */
export function learnConventions(tables) {
  conventions = tables;
}

/** Return the sign of a unit as a language writes it: "km²", "км²", "կմ²". */
export function unitText(unit, language) {
  return conventions[language][`unit ${unit}`];
}

function written(value, language, options) {
  const { decimal, group } = conventions[language];
  const signs = { decimal, group };
  return formatOf(options)
    .formatToParts(value)
    .map((part) => signs[part.type] ?? part.value)
    .join("");
}

function formatOf(options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat("en", options));
  return formats.get(key);
}

/** Return how many decimals a value is shown with. */
export function decimalsOf(value, unit) {
  const size = Math.abs(value);
  if (unit === "m") return size < 10 && !Number.isInteger(value) ? 1 : 0;
  if (unit === "km" && size >= 100) return 0;
  if (size >= 1000) return 0;
  if (size >= 10) return 1;
  if (size >= 1) return 2;
  return size >= 0.01 || size === 0 ? 3 : 6;
}

/** Return a number with its unit, such as "1,234 km²". */
export function withUnit(value, unit, language, decimals = decimalsOf(value, unit)) {
  return `${plain(value, language, decimals)}\u00a0${unitText(unit, language)}`;
}

/** Return a number rounded and grouped. */
export function plain(value, language, decimals) {
  return written(value, language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Return a stated figure as it was said: no decimals that nobody said. */
export function asStated(value, language) {
  return written(value, language, { maximumSignificantDigits: 4 });
}

/** Return a stated area with its unit. */
export function statedKm2(value, language) {
  return `${asStated(value, language)}\u00a0${unitText("km2", language)}`;
}

/** Return the ends of an interval of km², such as "135–165". */
export function ends({ low, high }, language) {
  const decimals = high >= 20 ? 0 : decimalsOf(high, "km2");
  return [low, high].map((end) => plain(end, language, decimals)).join("–");
}

/** Return a date with what is known of it: day, month or year. */
export function dateText(iso, precision, language) {
  if (!iso) return "";
  const [year, month, day] = iso.split("-").map(Number);
  if (precision === "year") return String(year);
  const table = conventions[language];
  const names = table[precision === "day" ? "months" : "months alone"].split(",");
  return table[`date ${precision}`]
    .replace("{day}", day)
    .replace("{month}", names[month - 1])
    .replace("{year}", year);
}
