// Sources, parties and intervals in words: pieces that cards, popups and tables share.

import { element, link } from "./dom.mjs";
import { asStated, dateText, ends, plain, statedKm2, unitText, withUnit } from "./numbers.mjs";
import { nameIn } from "./words.mjs";

/** Return where something stands, as a link with publisher and date. */
export function sourceLine(source, t) {
  const about = [source.publisher, dateText(source.published, "day", t.language)].filter(Boolean);
  return element(
    "span",
    { class: "source" },
    link(source.title, source.url),
    about.length ? ` · ${about.join(", ")}` : "",
    source.note ? element("span", { class: "note" }, ` (${source.note})`) : null,
  );
}

/** Return a source in few words: who published it, as a link, and when. */
export function shortSource(source, t) {
  return element(
    "span",
    { class: "source", title: source.title },
    link(source.publisher || source.title, source.url),
    source.published ? `, ${dateText(source.published, "day", t.language)}` : "",
  );
}

/** Return an area as it is stated: "150 km² (135–165)", "at least 40 km²". */
export function statedArea(range, t) {
  const best = statedKm2(range.best, t.language);
  if (range.low === null && range.high === null) return best;
  if (range.low === null) return t("at most", { value: best });
  if (range.high === null) return t("at least", { value: statedKm2(range.low, t.language) });
  if (range.low === range.high) return best;
  return `${best} (${asStated(range.low, t.language)}–${asStated(range.high, t.language)})`;
}

/** Return an estimate with its interval: "95.2 km² (60–140)". */
export function estimatedArea(range, t) {
  const best = withUnit(range.best, "km2", t.language);
  if (range.low === null || range.high === null) return best;
  const [low, high] = [range.low, range.high].map((end) => withUnit(end, "km2", t.language));
  if (low === best && high === best) return best; // all the same as far as it is written
  return `${best} (${ends(range, t.language)})`;
}

/** Return the forms of a name, each marked with its language. */
export function nameForms(thing, languages, t) {
  const forms = languages
    .map((language) => [language, thing.names?.[language]])
    .filter(([, form]) => form);
  if (forms.length === 0) return null;
  return element(
    "dl",
    { class: "forms" },
    forms.map(([language, form]) => [
      element("dt", {}, t(`language ${language}`)),
      element("dd", { lang: language }, form),
    ]),
  );
}

/** Return an assumed number: name, interval with unit, reason. */
export function parameterRow(parameter, t) {
  const [, name, unit] = /^(.*?)_?(km2|km|m)?$/.exec(parameter.name) ?? [null, parameter.name, ""];
  const shown = t.has(`parameter ${name}`) ? t(`parameter ${name}`) : name.replaceAll("_", " ");
  return element(
    "div",
    { class: "parameter" },
    element("dt", {}, parameter.of ? `${parameter.of}: ${shown}` : shown),
    element(
      "dd",
      {},
      element("span", { class: "number" }, numbers(parameter.value, unit, t.language)),
      parameter.reason ? element("span", { class: "note" }, ` ${parameter.reason}`) : null,
      parameter.sources.map((source) => [" · ", shortSource(source, t)]),
    ),
  );
}

function numbers(range, unit, language) {
  const suffix = unit ? `\u00a0${unitText(unit, language)}` : "";
  const decimals = Math.max(...[range.low, range.best, range.high].map((value) => (value === null ? 0 : digits(value))));
  const one = (value) => (value === null ? "…" : plain(value, language, decimals));
  const best = one(range.best);
  const ends = [one(range.low), one(range.high)];
  if (ends[0] === best && ends[1] === best) return best + suffix;
  return `${best}${suffix} (${ends.join("–")})`;
}

function digits(value) {
  if (Math.abs(value) >= 100) return 0;
  return [0, 1].find((decimals) => Number(value.toFixed(decimals)) === value) ?? 2;
}

/** Return a heading and what stands under it, for a popup. */
export function popupCard(title, ...content) {
  return element("div", { class: "popup" }, element("h3", {}, title), content);
}

/** Return the name of a province by its code. */
export function provinceName(code, data, language) {
  const province = data.provinces.find((one) => one.code === code);
  return province ? nameIn(province, language) : code;
}
