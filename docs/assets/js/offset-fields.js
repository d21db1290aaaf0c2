// The fields for the two numbers that are read off the duplex test: how far a printer's backs are off.
import { FARTHEST } from "./record.js";

const field = (name) => `<input type="number" name="${name}" min="${-FARTHEST}" max="${FARTHEST}" step="0.1"> mm`;

/** The fields as HTML. The scales of the test have their plus where its number moves the backs right and down. */
export const OFFSET_FIELDS = `Read on the duplex test: <label>across ${field("right")}</label>, <label>up or down ${field("down")}</label>.
  <small>What you read there, type here. Right and up are plus, left and down are minus.</small> <strong role="alert"></strong>`;

/** What the fields of a form say, in mm that backs move right and down. A number that cannot be leaves `last` as it was. */
export const offsetOf = ({ right, down }, last) => [right, down].map((one, axis) => (one.validity.valid ? one.valueAsNumber || 0 : last[axis]));

/** Say of fields with a number that cannot be what would be one. Out: whether there is such a field. */
export function refuse(form) {
  const fields = [form.elements.right, form.elements.down];
  const wrong = fields.filter(({ validity }) => !validity.valid);
  for (const one of fields) one.setAttribute("aria-invalid", String(wrong.includes(one)));
  const said = wrong.length ? `A number from −${FARTHEST} to ${FARTHEST} is needed, such as 1.5. Backs that are further off are on another paper than you chose.` : "";
  const place = form.querySelector("[role=alert]");
  if (place.textContent !== said) place.textContent = said; // said once, not at each key
  return wrong.length > 0;
}
