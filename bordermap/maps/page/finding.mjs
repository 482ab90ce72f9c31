// The finding: what the stated figure would be, in one sentence, and the claim it is about.

import { byId, element, fill } from "./dom.mjs";
import { figureOutput, showFigure } from "./figure.mjs";
import { dateText, statedKm2, withUnit } from "./numbers.mjs";
import { curveOf } from "./depth.mjs";
import { sectionName } from "./map_layers.mjs";
import { estimatedArea, sourceLine, statedArea } from "./sources.mjs";
import { nameIn } from "./words.mjs";

/** Most names that the heading lists. */
const MOST_NAMES = 4;

/** Return the heading and the claim. */
export function createFinding(data, text) {
  const depth = figureOutput("claim-depth-m");
  return {
    update(state, changed) {
      const t = text();
      const curve = curveOf(data, state.section);
      const area = statedKm2(data.claim.area_km2.best, t.language);
      const depthM = curve.stated_depth_m?.best ?? null;
      showFigure(depth, depthM, "m", t.language);
      const values = {
        area,
        depth,
        length: withUnit(curve.length_km, "km", t.language),
        section: sectionName(state.section, t),
        provinces: listed(data.provinces.map((one) => nameIn(one, t.language)), t),
      };
      const key = depthM === null ? "finding none" : state.section === "all" ? "finding all" : "finding section";
      fill(byId("finding"), t.parts(key, values), depthM === null ? element("span", { hidden: true }, depth) : null);
      if (changed.has("language")) {
        byId("eyebrow").textContent = eyebrow(data.claim, t);
        fill(byId("finding-also"), alsoSentences(data, t));
        fill(byId("finding-more"), moreSentences(data, t));
        fill(byId("claim-body"), claimCard(data, t));
      }
    },
  };
}

function eyebrow(claim, t) {
  const stated = `${t("stated by")} ${claim.asserted_by.text}`;
  return claim.rejected_by ? `${stated} · ${t("rejected by")} ${claim.rejected_by.text}` : stated;
}

/** Return names as a list in words; a long one is cut short. */
function listed(names, t) {
  if (names.length > MOST_NAMES) return `${names.slice(0, MOST_NAMES - 1).join(", ")} …`;
  const before = names.slice(0, -1).join(", ");
  return before ? t("list end", { before, last: names.at(-1) }) : names[0];
}

/** Return the scenario that belongs beside the strip at once: reported incursions where there are any. */
function besideStrip(data) {
  const others = data.scenarios.filter((scenario) => scenario.model !== "strip");
  return others.find((scenario) => scenario.model === "incursions") ?? others[0];
}

function alsoSentences(data, t) {
  const beside = besideStrip(data);
  const estimate = beside && t.parts(beside.model === "incursions" ? "finding incursions" : "finding scenario", {
    title: beside.title,
    area: element("strong", { class: "modelled" }, estimatedArea(beside.area_km2, t)),
  });
  const least = element("strong", { class: "differ-text" }, withUnit(data.resolvable_km2, "km2", t.language));
  return [estimate ?? [], " ", t.parts("finding resolves", { area: least })];
}

function moreSentences(data, t) {
  const beside = besideStrip(data);
  return data.scenarios
    .filter((scenario) => scenario.model !== "strip" && scenario !== beside)
    .map((scenario) => t("finding scenario", { title: scenario.title, area: estimatedArea(scenario.area_km2, t) }))
    .join(" ");
}

function claimCard(data, t) {
  const { claim } = data;
  return [
    element(
      "p",
      { class: "claim-figure" },
      element("q", {}, claim.figure_text),
      " ",
      element("span", { class: "claim-area" }, statedArea(claim.area_km2, t)),
    ),
    element("p", { class: "claim-scope" }, claim.scope),
    element(
      "dl",
      { class: "parties" },
      party("stated by", claim.asserted_by, t),
      claim.rejected_by
        ? party("rejected by", claim.rejected_by, t)
        : [element("dt", {}, `${t("rejected by")} `), element("dd", {}, claim.no_rejection)],
      element("dt", {}, t("as of")),
      element("dd", {}, dateText(claim.date, claim.precision, t.language), claim.since ? ` · ${t("since", { date: dateText(fullDate(claim.since), precisionOf(claim.since), t.language) })}` : ""),
      element("dt", {}, t("read as")),
      element("dd", {}, statedArea(claim.area_km2, t), element("span", { class: "note" }, ` ${claim.reading}`)),
    ),
    element("p", { class: "model-note" }, t("model note")),
  ];
}

function party(key, one, t) {
  return [
    element("dt", {}, `${t(key)} `),
    element("dd", {}, element("strong", {}, one.text), one.says ? element("span", { class: "says" }, ` ${one.says}`) : null, element("br"), sourceLine(one.source, t)),
  ];
}

function fullDate(iso) {
  return `${iso}-01-01`.slice(0, 10);
}

function precisionOf(iso) {
  return { 4: "year", 7: "month" }[iso.length] ?? "day";
}
