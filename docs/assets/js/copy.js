// Copying a text to the clipboard; where the browser refuses, what stands on the page is selected, to copy by hand.

/**
 * In: the text; `source`, the field or the part of the page (a Range) that shows it. Out: whether it is copied. If not,
 * `source` is selected: the browser may refuse, and on an address without encryption it has no clipboard at all.
 */
export async function copyText(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select(source);
    return false;
  }
}

function select(source) {
  if (source instanceof Range) {
    getSelection().removeAllRanges();
    getSelection().addRange(source);
  } else {
    source.select();
  }
}
