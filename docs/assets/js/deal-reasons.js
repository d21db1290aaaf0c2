// Why a deal falls short: of questions for a person, or of an essential topic. The reasons are listed in deal.js.
import { count, distance, isFree, isLate } from "./deal-day.js";

/** Why a person has fewer questions than seats. */
export function shortage(day, hands, person) {
  const own = day.pinned.get(person.id);
  const because = (reason, data) => ({ person: person.id, missing: day.each - hands.get(person.id).length, reason, ...data });
  const canAnswer = (question) => distance(day, person, question) < Infinity;
  const others = day.offers.filter((question) => canAnswer(question) && !own.includes(question));
  const available = own.length + others.length;
  if (available < day.each) {
    const dropped = count(day.questions, (q) => day.rejected.has(q.id) && q.timing !== "in-writing" && canAnswer(q) && !own.includes(q));
    return because("too-few-for-role", { available, dropped });
  }
  if ([...own, ...others].every(isLate) || others.some((question) => isFree(day, hands, person, question))) return because("only-late");
  const pinned = others.filter((question) => !isFree(day, day.pinned, person, question));
  if (available - pinned.length < day.each) return because("all-pinned-elsewhere", { pinned: pinned.map(({ id }) => id) });
  return because("shared", { people: rivals(day, hands, person) });
}

/** Everybody who holds what this person could be asked, or what those could be asked instead, and so on. */
function rivals(day, hands, person) {
  const group = [person];
  for (const member of group) {
    const wanted = day.offers.filter((question) => distance(day, member, question) < Infinity);
    const holds = (other) => wanted.some((q) => hands.get(other.id).includes(q) && !day.pinned.get(other.id).includes(q));
    group.push(...day.people.filter((other) => !group.includes(other) && holds(other)));
  }
  return group.slice(1).map(({ id }) => id);
}

/** Why nobody is asked about an essential topic. */
export function gap(day, topic) {
  const about = (list) => list.filter((question) => question.topic === topic);
  const offers = about(day.offers);
  if (!offers.length) {
    const dropped = count(about(day.questions), ({ id }) => day.rejected.has(id));
    const inWriting = count(about(day.questions), (question) => question.timing === "in-writing");
    return { topic, reason: "no-question", dropped, inWriting };
  }
  if (offers.some((question) => day.people.some((person) => distance(day, person, question) < Infinity))) return { topic, reason: "no-room" };
  return { topic, reason: "nobody-to-ask", roles: [...new Set(offers.flatMap(({ roles }) => roles))] };
}
