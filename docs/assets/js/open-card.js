// A link to a card opens its back.
export function attach(card) {
  card.querySelector("details").open = true;
}
