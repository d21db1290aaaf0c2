// A pack as the part of an address behind the #, which browsers do not send: to bookmark, and to share.

export const MOST_PACKS = 60;

/** A whole number of packs from 1 to the most, whatever was typed. */
export const cleanCopies = (text) => Math.min(MOST_PACKS, Math.max(1, Math.round(Number(text)) || 1));

/** Choices as text. In: keys of parts, order of cards, bothSides, reasons, organisation, copies, numbered. */
export function toLink({ parts, order, bothSides, reasons, organisation, copies, numbered }) {
  const link = new URLSearchParams({ parts: parts.join(" "), cards: order });
  const others = { sides: bothSides && 2, reasons: reasons && 1, organisation, copies: copies > 1 && copies, numbered: numbered && 1 };
  for (const [name, value] of Object.entries(others)) if (value) link.set(name, value);
  return `#${link}`;
}

/** Choices from text, or null if it is not a pack. What is not there is as toLink() leaves it out. */
export function fromLink(text) {
  const link = new URLSearchParams(text.replace(/^#/, ""));
  if (!link.has("parts")) return null;
  return {
    parts: link.get("parts").split(" ").filter(Boolean),
    order: link.get("cards"),
    bothSides: link.get("sides") === "2",
    reasons: link.has("reasons"),
    organisation: link.get("organisation") ?? "",
    copies: cleanCopies(link.get("copies")),
    numbered: link.has("numbered"),
  };
}
