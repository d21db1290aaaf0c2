// Where and when the interview is: the lines at the top of the day.
import { create } from "./dom.js";

const FORMATS = { "in-person": "In person", video: "By video", phone: "By phone" };

const dateOf = (day) =>
  new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** The address of a link that may be followed, else null: what people paste is not always one. */
export function addressOf(link) {
  try {
    const address = new URL(link.trim());
    return ["https:", "http:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** Lines for an interview of the record; none for what is not known. */
export function createWhere({ company, job, day, zone, place, link, format }) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const lines = [
    [job, company].filter((text) => text.trim()).join(", "),
    [day && dateOf(day), FORMATS[format]].filter(Boolean).join(" · "),
    zone && zone !== own ? `Times are those of ${zone}.` : "",
    place.trim(),
    createLink(link.trim()),
  ];
  return lines.filter(Boolean).map((line) => create("p", "", line));
}

function createLink(link) {
  const address = addressOf(link);
  return address ? Object.assign(create("a", "", link), { href: address }) : link;
}
