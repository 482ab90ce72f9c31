// The register: every area that was stated, by whom and when; and what happened, on a time line.

import { byId, element, fill } from "./dom.mjs";
import { dateText } from "./numbers.mjs";
import { sideOf } from "./chart.mjs";
import { shortSource, statedArea } from "./sources.mjs";

const DAY_MS = 86400000;

/** Most years that are written along the time line. */
const MOST_YEARS = 9;

/** A register of so few statements is not folded. */
const FEW_ROWS = 6;

/** How far the time line goes beyond its first and last day; it shows a year's turn at least. */
const ASIDE_DAYS = 20;
const LEAST_DAYS = 400;

const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`) / DAY_MS;
const isoOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Return the first and the last day of the time line. */
export function timeRange(data) {
  const days = [...data.register, ...data.events].map((one) => dayOf(one.date));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const aside = Math.max(ASIDE_DAYS, (LEAST_DAYS - (last - first)) / 2);
  return { first: Math.floor(first - aside), last: Math.ceil(last + aside) };
}

/** Return the register table and the time line above it. */
export function createRegister(data, store, text) {
  const range = timeRange(data);
  const slider = byId("date");
  Object.assign(slider, { min: String(range.first), max: String(range.last), step: "1" });
  slider.addEventListener("input", () => {
    const day = Number(slider.value);
    store.set({ date: day >= range.last ? null : isoOf(day) });
  });
  const more = byId("register-more");
  more.parentElement.hidden = data.register.length <= FEW_ROWS;
  more.addEventListener("click", () => {
    const folded = byId("register-table").classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = text()(folded ? "register all" : "register latest", { count: data.register.length });
  });
  return {
    update(state, changed) {
      const t = text();
      if (changed.has("language")) {
        const isOpen = more.getAttribute("aria-expanded") === "true";
        more.textContent = t(isOpen ? "register latest" : "register all", { count: data.register.length });
        fill(byId("register-body"), data.register.map((claim) => row(claim, data, t)));
        fill(byId("timeline-claims"), data.register.map((claim) => claimMark(claim, data, range, store, t)));
        fill(byId("timeline-events"), data.events.map((event) => eventMark(event, range, store, t)));
        fill(byId("timeline-years"), yearMarks(range));
      }
      if (!changed.has("language") && !changed.has("date")) return;
      const day = state.date ? dayOf(state.date) : range.last;
      slider.value = String(day);
      const stated = data.register.filter((claim) => dayOf(claim.date) <= day);
      const when = state.date ? dateText(state.date, "day", t.language) : t("all dates");
      slider.setAttribute("aria-valuetext", when);
      const latest = stated.at(-1);
      fill(byId("timeline-source"), latest ? shortSource(latest.source, t) : []);
      byId("timeline-words").textContent = t(state.date ? "timeline then" : "timeline now", {
        date: when,
        count: stated.length,
        all: data.register.length,
        latest: latest ? `${latest.asserted_by.text}: ${latest.figure_text}` : t("nothing yet"),
      });
      for (const node of document.querySelectorAll("[data-day]")) {
        node.classList.toggle("later", Number(node.dataset.day) > day);
      }
      byId("timeline").style.setProperty("--now", String((day - range.first) / (range.last - range.first)));
    },
  };
}

function row(claim, data, t) {
  return element(
    "tr",
    { "data-day": dayOf(claim.date), class: claim.id === data.claim.id ? "main-claim" : null },
    element("td", { class: "date" }, dateText(claim.date, claim.precision, t.language)),
    element(
      "td",
      {},
      element("span", { class: `side side-${sideOf(claim, data)}`, title: claim.asserted_by.country }),
      element("strong", {}, claim.asserted_by.text),
      element("span", { class: "note" }, ` ${claim.scope}`),
      element("br"),
      shortSource(claim.source, t),
      claim.rejected_by ? element("span", { class: "note" }, ` · ${t("rejected by")} ${claim.rejected_by.text}, `, shortSource(claim.rejected_by.source, t)) : null,
    ),
    element("td", { class: "number" }, statedArea(claim.area_km2, t), element("br"), element("q", { class: "note" }, claim.figure_text)),
  );
}

function claimMark(claim, data, range, store, t) {
  const largest = Math.max(...data.register.map((one) => one.area_km2.best));
  const words = `${dateText(claim.date, claim.precision, t.language)}, ${claim.asserted_by.text}: ${claim.figure_text}`;
  const mark = element(
    "li",
    { class: `mark side-${sideOf(claim, data)}${claim.id === data.claim.id ? " main-claim" : ""}`, "data-day": dayOf(claim.date), title: words },
    element("span", { class: "visually-hidden" }, words),
  );
  mark.style.setProperty("--at", String(share(claim.date, range)));
  mark.style.setProperty("--high", String(Math.sqrt(claim.area_km2.best / largest)));
  mark.addEventListener("click", () => store.set({ date: claim.date }));
  return mark;
}

function eventMark(event, range, store, t) {
  const words = `${dateText(event.date, event.precision, t.language)}: ${event.text}`;
  const mark = element(
    "li",
    { class: "event", "data-day": dayOf(event.date), title: words },
    element("span", { class: "visually-hidden" }, words),
  );
  mark.style.setProperty("--at", String(share(event.date, range)));
  mark.addEventListener("click", () => store.set({ date: event.date }));
  return mark;
}

function yearMarks(range) {
  const marks = [];
  const years = (range.last - range.first) / 365.25;
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => years / each <= MOST_YEARS) ?? 500;
  const first = Number(isoOf(range.first).slice(0, 4)) + 1;
  for (let year = Math.ceil(first / step) * step; dayOf(`${year}-01-01`) < range.last; year += step) {
    const mark = element("span", {}, String(year));
    mark.style.setProperty("--at", String(share(`${year}-01-01`, range)));
    marks.push(mark);
  }
  return marks;
}

function share(iso, range) {
  return (dayOf(iso) - range.first) / (range.last - range.first);
}
