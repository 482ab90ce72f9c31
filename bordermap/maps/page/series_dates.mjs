// Instants as the command line writes them: a day, or a moment in UTC.

import { dateText } from "./numbers.mjs";

/** Return an instant in words: "8 Jul 2024", "8 Jul 2024, 06:30 UTC". */
export function instantText(iso, language) {
  const [day, clock] = iso.split("T");
  const date = dateText(day, "day", language);
  return clock ? `${date}, ${clock.replace("Z", "").replace(/:00$/, "")} UTC` : date;
}

/** Return days without an outline in words: one day, or from one to another. */
export function missingText([first, last], t) {
  const [from, to] = [first, last].map((day) => dateText(day, "day", t.language));
  return first === last ? t("missing day", { day: from }) : t("missing days", { from, to });
}

/** Return seconds since 1970. */
export function secondsOf(iso) {
  return Date.parse(iso) / 1000;
}
