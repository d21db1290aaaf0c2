// Opens closed text while the page prints, in browsers whose style sheets cannot (Firefox before 143).
export function attach(details) {
  let closed;
  addEventListener("beforeprint", () => {
    closed = !details.open;
    details.open = true;
  });
  addEventListener("afterprint", () => {
    if (closed) details.open = false;
  });
}
