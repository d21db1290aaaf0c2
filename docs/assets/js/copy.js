/** Copy a text. Out: whether the browser did. If not (it may refuse, or have no clipboard), `select()` has been called. */
export async function copyText(text, select) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select();
    return false;
  }
}
