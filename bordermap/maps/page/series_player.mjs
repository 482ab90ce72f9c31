// The slider over the dates, and the buttons that move it.

import { byId } from "./dom.mjs";
import { STILL } from "./page_frame.mjs";
import { instantText } from "./series_dates.mjs";

/** A whole film takes about this long, a step no shorter and no longer than this [milliseconds]. */
const FILM_MS = 40_000;
const SHORTEST_MS = 120;
const LONGEST_MS = 1_000;

/** A step for readers who asked for less motion [milliseconds]. */
const STILL_MS = 3_000;

/** How far the Page keys go: a tenth of all dates. */
const PAGE_SHARE = 10;

/** Return the part of the page that chooses a date. */
export function createPlayer(data, store, text) {
  const last = data.steps.length - 1;
  const slider = byId("date");
  const [play, previous, next] = ["play", "previous", "next"].map(byId);
  Object.assign(slider, { min: "0", max: String(last), step: "1" });

  let timer = 0;
  const stop = () => {
    window.clearInterval(timer);
    timer = 0;
    store.set({ playing: false });
  };
  const go = (step) => store.set({ step: Math.max(0, Math.min(last, step)) });
  const choose = (step) => {
    stop();
    go(step);
  };
  const start = () => {
    if (store.state.step === last) go(0);
    store.set({ playing: true });
    timer = window.setInterval(() => {
      go(store.state.step + 1);
      if (store.state.step === last) stop();
    }, pace(last));
  };

  slider.addEventListener("input", () => choose(Number(slider.value)));
  slider.addEventListener("keydown", (event) => {
    const direction = { PageUp: 1, PageDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    choose(store.state.step + direction * Math.max(1, Math.round(last / PAGE_SHARE)));
  });
  previous.addEventListener("click", () => choose(store.state.step - 1));
  next.addEventListener("click", () => choose(store.state.step + 1));
  play.addEventListener("click", () => (timer ? stop() : start()));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer) stop();
  });

  return {
    update({ step, playing }) {
      const t = text();
      const { date } = data.steps[step];
      slider.value = String(step);
      slider.setAttribute("aria-valuetext", date);
      byId("date-shown").textContent = instantText(date, t.language);
      byId("date-count").textContent = t("date count", { number: step + 1, count: last + 1 });
      play.textContent = t(playing ? "pause" : "play");
      for (const [button, ended] of [[previous, step === 0], [next, step === last]]) {
        button.setAttribute("aria-disabled", String(ended)); // a disabled one would lose the focus
      }
      play.hidden = last === 0;
    },
  };
}

function pace(last) {
  if (window.matchMedia(STILL).matches) return STILL_MS;
  return Math.max(SHORTEST_MS, Math.min(LONGEST_MS, FILM_MS / Math.max(1, last)));
}
