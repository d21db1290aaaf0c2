// A button below a letter that copies its text, gaps in brackets, ready to paste into a message.
export function attach(letter) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "si-btn si-btn--quiet";
  button.textContent = "Copy the text";
  button.addEventListener("click", async () => {
    const copy = letter.cloneNode(true);
    copy.querySelectorAll(".si-gap").forEach((gap) => gap.replaceWith(`[${gap.textContent}]`));
    const paragraphs = [...copy.querySelectorAll("p:not(.si-say__label)")].map((p) => p.textContent.trim());
    await navigator.clipboard.writeText(paragraphs.join("\n\n"));
    button.textContent = "Copied";
  });
  letter.after(button);
}
