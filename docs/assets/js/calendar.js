// The plan as an iCalendar file (RFC 5545).
//
// Time zones: times are written as UTC instants, worked out here from the clock on the wall where the interview is.
// The other way, TZID with a VTIMEZONE, asks every program to read our table of a zone's rules, and several put their
// own zone in its place when they do not know the name. An instant leaves nothing to read wrongly, and each program
// shows it on the clock of whoever looks. What this loses: should a country change its clocks after the file was made,
// the file must be made again. So each description also has the time on the wall and the name of its zone.
//
// A second import replaces what the first one brought: UIDs are made of an item's id and the interview day, and
// SEQUENCE counts the seconds to `now`. Nothing that has ended and no reminder that has rung is written.
import { addDays } from "./days.js";
import { CHASE, chaseDay, distance } from "./schedule.js";
import { instantOf, minuteOfDay, wallClock } from "./zones.js";

const PRODUCT = "-//Second interview//My interview//EN";
const DEFAULT_MINUTES = 45; // an interview whose length is not known
const EVENING = "19:00"; // thank-you notes; as a rule within 24 hours of the last interview
const EVENING_MINUTES = 30;
const MORNING_HOUR = 9; // reminders of what has a day and no time
const MINUTE = 60_000; // milliseconds
const FIRST = Date.UTC(2026, 0, 1); // SEQUENCE counts from here, because it may not pass 2 147 483 647
const THANK = "within-24-thank-each"; // who has ticked this needs no reminder

/**
 * The text of the file, to be saved as UTF-8; empty when nothing is still to come (without entries it is not valid).
 *
 * In: `schedule` of schedule.js; `interview` { day, zone, company, job, place, link }, `day` and `zone` being those of
 * the place where it is held, the rest optional; `people` [{ id, title, start: 'HH:MM', minutes, panel }] in the order
 * they are met, all but the id optional; `now`, a Date; `site`, the address of the site with its last slash;
 * `readerZone`, the reader's own zone, empty for that of the browser; `decision`, the date they promised to decide by,
 * or null; `perDay`, one entry for each day instead of one for each item. Throws RangeError for a zone or a day that is
 * none.
 */
export function calendar({ people = [], readerZone = "", ...given }) {
  const made = { ...given, readerZone, talks: talksOf(people, given.interview) };
  const talks = made.talks.map((talk) => talkEvent(talk, made));
  const events = [...dayEvents(made), theDay(made), ...talks, thanks(made), nudge(made)].filter(Boolean);
  const lines = events.filter((event) => !hasEnded(event, made)).flatMap((event) => eventLines(event, made));
  if (!lines.length) return "";
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:${PRODUCT}`, "CALSCALE:GREGORIAN"];
  return [...head, ...lines, "END:VCALENDAR"].map((line) => `${fold(line)}\r\n`).join("");
}

// ------------------------------------------------------------------ what goes in

// An event is { id, title, text, day } or { …, start, end } with `alarms` in minutes from its beginning.

/** The talks, each with `at` and `end` as Dates or null, and `who` is there: people of one panel share one. */
function talksOf(people, { day, zone }) {
  return panelsOf(people).map((person, index) => {
    const known = minuteOfDay(person.start) !== null;
    const { instant, occurs } = known ? instantOf(day, person.start, zone) : { instant: null, occurs: null };
    const minutes = person.minutes > 0 ? Number(person.minutes) : DEFAULT_MINUTES;
    const end = known ? new Date(Number(instant) + minutes * MINUTE) : null;
    return { ...person, id: person.id ?? index + 1, at: instant, end, occurs, who: person.titles.join("; ") };
  });
}

/** The people, those of one panel as one: from the first start to the last end, with all of the titles. */
function panelsOf(people) {
  const talks = [];
  for (const { title = "Someone not named yet", ...person } of people) {
    const same = talks.find(({ panel }) => panel && panel === person.panel);
    if (!same) talks.push({ ...person, titles: [title] });
    else {
      same.titles.push(title);
      same.start ||= person.start;
      const later = person.minutes > 0 ? minutesBetween(same.start, person.start) : 0;
      same.minutes = Math.max(same.minutes, Number(person.minutes) + later) || null;
    }
  }
  return talks;
}

/** The minutes from one time on the clock to a later one; none where one of them is not known. */
const minutesBetween = (start, end) => Math.max(0, (minuteOfDay(end) ?? 0) - (minuteOfDay(start) ?? Infinity));

function dayEvents(made) {
  const { schedule, site, decision, perDay } = made;
  const isOurs = ({ id, ticked }) => !ticked && !(id === CHASE && decision);
  const others = schedule.rows.filter(({ offset }) => offset !== 0);
  const rows = others.map((row) => ({ ...row, items: row.items.filter(isOurs) }));
  return rows.filter(({ items }) => items.length).flatMap((row) => (perDay ? [wholeDay(row, made)] : eachItem(row, site)));
}

// The title stands in the calendar for good: no "today" in it, which would be wrong tomorrow.
const wholeDay = ({ day, offset, items }, { site, interview }) => ({
  id: `day${offset}`,
  title: `Second interview${at(interview)}, ${distance(offset)}: ${items.length} to do`,
  text: items.map((item) => `• ${item.text}`).join("\n"),
  url: `${site}checklists/${items[0].list}/`,
  day,
  alarms: [MORNING_HOUR * 60],
});

// One reminder a day is enough: the first item rings for all of them.
const eachItem = ({ day, items }, site) =>
  items.map((item, index) => ({
    id: item.id,
    title: item.text,
    text: item.priority === "useful" ? "Useful, not essential." : "",
    url: itemAddress(item, site),
    day,
    alarms: index ? [] : [MORNING_HOUR * 60],
  }));

const itemAddress = ({ list, id }, site) => `${site}checklists/${list}/#${id}`;

/** The interview day itself: the order of the talks and the list to read, in one entry. */
function theDay({ schedule, interview, talks, site }) {
  const items = schedule.rows.find(({ offset }) => offset === 0)?.items.filter(({ ticked }) => !ticked) ?? [];
  const order = talks.map(({ start, at, who }) => `${at ? start.trim() : "Time not known"}: ${who}`);
  const zoned = order.length ? [`Times of ${zoneName(interview)}:`, ...order, ""] : [];
  return {
    id: "interview",
    title: `Second interview${interview.job?.trim() ? `: ${interview.job.trim()}` : ""}${at(interview)}`,
    text: [...zoned, ...items.map(({ text }) => `• ${text}`)].join("\n"),
    url: `${site}checklists/on-the-day/`,
    place: placeOf(interview),
    day: schedule.interview,
    alarms: [],
  };
}

function talkEvent(talk, { interview, talks }) {
  if (!talk.at) return null; // named in the entry for the day
  const shown = wallClock(talk.at, interview.zone).time;
  const ask = "Ask which time they mean.";
  const doubts = {
    never: `${talk.start.trim()} does not exist that day, because the clocks go forward. This is ${shown}. ${ask}`,
    twice: `${talk.start.trim()} comes twice that day, because the clocks go back. This is the first. ${ask}`,
  };
  const length = talk.minutes > 0 ? "" : `Nobody has said how long. ${DEFAULT_MINUTES} minutes are kept.`;
  return {
    id: `person-${talk.id}`,
    title: `Interview: ${talk.who}${at(interview)}`,
    text: [`${shown}, time of ${zoneName(interview)}.`, doubts[talk.occurs], length].filter(Boolean).join("\n"),
    url: linkOf(interview),
    place: placeOf(interview),
    start: talk.at,
    end: talk.end,
    alarms: talk === firstOf(talks) ? [-120, -10] : [-10],
  };
}

const firstOf = (talks) => talks.filter(({ at: begins }) => begins).sort((one, other) => one.at - other.at)[0];

/** The first evening of the reader's after the last talk has ended. */
function thanks({ schedule, talks, site, readerZone, interview }) {
  if (isTicked(schedule, THANK)) return null;
  const over = Math.max(...talks.map(({ end }) => Number(end))); // -Infinity for nobody, 0 when no time is known
  const evening = (day) => instantOf(day, EVENING, readerZone).instant;
  const last = over > 0 ? wallClock(over, readerZone).day : schedule.interview;
  const start = evening(last) >= over ? evening(last) : evening(addDays(last, 1));
  return {
    id: "thank-you",
    title: `Write the thank-you notes${at(interview)}`,
    text: "One short note each, with the one thing that only they said.",
    url: `${site}guide/within-24-hours/thank-you/`,
    start,
    end: new Date(Number(start) + EVENING_MINUTES * MINUTE),
    alarms: [0],
  };
}

/** Takes the place of the checklist's own entry, which does not know the date. */
function nudge({ schedule, interview, decision, site }) {
  if (!decision || isTicked(schedule, CHASE)) return null;
  return {
    id: CHASE,
    title: `No news yet? Ask once for a date${at(interview)}`,
    text: `They hoped to decide by ${decision}, and two working days have gone. Holidays where they are count too.`,
    url: `${site}guide/waiting/silence/`,
    day: chaseDay(decision),
    alarms: [MORNING_HOUR * 60],
  };
}

const isTicked = ({ rows, past }, wanted) =>
  [...rows, ...past].some(({ items }) => items.some(({ id, ticked }) => id === wanted && ticked));

const at = ({ company }) => (company?.trim() ? ` (${company.trim()})` : "");
const zoneName = ({ zone }) => zone || "your own time zone";

/** The video link as an address that a program may open, undefined when it is none. */
function linkOf({ link }) {
  try {
    const url = new URL(link);
    return ["https:", "http:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const placeOf = ({ place, link }) => [place?.trim(), link?.trim()].filter(Boolean).join(" · ");

// ------------------------------------------------------------------ what is past

// An entry for a day begins at the reader's midnight, wherever the interview is.
const beginOf = ({ start, day }, { readerZone }) => start ?? instantOf(day, "00:00", readerZone).instant;

function hasEnded({ end, day }, { readerZone, now }) {
  return (end ?? instantOf(addDays(day, 1), "00:00", readerZone).instant) <= now;
}

// ------------------------------------------------------------------ lines

function eventLines(event, made) {
  const { now, interview } = made;
  return [
    "BEGIN:VEVENT",
    `UID:${escape(`${event.id}-${interview.day}@second-interview`)}`,
    `DTSTAMP:${utc(now)}`,
    `SEQUENCE:${Math.max(0, Math.floor((now - FIRST) / 1000))}`,
    ...timeLines(event),
    `SUMMARY:${escape(event.title)}`,
    ...(event.text ? [`DESCRIPTION:${escape(event.text)}`] : []),
    ...(event.url ? [`URL:${event.url}`] : []),
    ...(event.place ? [`LOCATION:${escape(event.place)}`] : []),
    "CLASS:PRIVATE", // a calendar may be shared with the people one works with
    ...event.alarms.flatMap((minutes) => alarmLines(minutes, event, made)),
    "END:VEVENT",
  ];
}

function timeLines({ day, start, end }) {
  if (start) return [`DTSTART:${utc(start)}`, `DTEND:${utc(end)}`];
  const digits = (date) => date.replaceAll("-", "");
  const days = [`DTSTART;VALUE=DATE:${digits(day)}`, `DTEND;VALUE=DATE:${digits(addDays(day, 1))}`];
  return [...days, "TRANSP:TRANSPARENT"]; // does not make the day look busy
}

function alarmLines(minutes, event, made) {
  if (Number(beginOf(event, made)) + minutes * MINUTE <= Number(made.now)) return [];
  const trigger = `TRIGGER:${minutes < 0 ? "-" : ""}PT${Math.abs(minutes)}M`;
  return ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escape(event.title)}`, trigger, "END:VALARM"];
}

/** An instant as 20270314T133000Z. */
const utc = (instant) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");

/** Text as RFC 5545 wants it (section 3.3.11), without the control characters it forbids. */
function escape(text) {
  const clean = text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "");
  return clean.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** A line broken into lines of at most 75 octets of UTF-8, never inside a character (section 3.1). */
function fold(line) {
  const octets = (character) => new TextEncoder().encode(character).length;
  let folded = "";
  let room = 75;
  for (const character of line) {
    if (octets(character) > room) {
      folded += "\r\n ";
      room = 74; // the space counts
    }
    folded += character;
    room -= octets(character);
  }
  return folded;
}
