// A link to a card opens its back.
export function attach(card) {
  const open = () => {
    if (location.hash === `#${card.dataset.id}`) card.querySelector("details").open = true;
  };
  addEventListener("hashchange", open);
  open();
}
