// Numbers as text: rounded, grouped as the language does, always with their unit.

const UNITS = { m: "m", km: "km", km2: "km²" };

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
  return `${plain(value, language, decimals)}\u00a0${UNITS[unit] ?? unit}`;
}

/** Return a number rounded and grouped. */
export function plain(value, language, decimals) {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

/** Return a stated figure as it was said: no decimals that nobody said. */
export function asStated(value, language) {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 4 }).format(value);
}

/** Return the ends of an interval of km², such as "135–165". */
export function ends({ low, high }, language) {
  const decimals = high >= 20 ? 0 : decimalsOf(high, "km2");
  return [low, high].map((end) => plain(end, language, decimals)).join("–");
}

/** Return a date with what is known of it: day, month or year. */
export function dateText(iso, precision, language) {
  if (!iso) return "";
  const parts = { year: "numeric", timeZone: "UTC" };
  if (precision !== "year") parts.month = "short";
  if (precision === "day") parts.day = "numeric";
  return new Intl.DateTimeFormat(language, parts).format(new Date(`${iso}T00:00:00Z`));
}
