"""How a page looks, read from the browser: colours of the theme that are none of ours, and states held still."""

from __future__ import annotations

import re
from pathlib import Path

import material

from tests.conftest import ROOT

THEME = next(Path(material.__file__).parent.glob("templates/assets/stylesheets/main.*.min.css"))
COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\([^()]*\)"

# In: colours of the theme, names of our tokens. Out: where on the page one of the former shows that is none of the
# latter, by element, pseudo-element and property. A colour counts at every strength, black and white as it is written.
FOREIGN = """([theirs, tokens]) => {
  const PSEUDO = [null, "::before", "::after", "::marker", "::placeholder", "::selection", "::backdrop"];
  const ALWAYS = ["::marker", "::placeholder", "::selection", "::backdrop"];
  const ANYWHERE = ["color", "background-color", "background-image", "box-shadow", "text-shadow", "filter",
    "caret-color", "accent-color", "scrollbar-color"];
  const SIDES = ["border-top", "border-right", "border-bottom", "border-left"];
  const WHERE_DRAWN = { outline: "outline-style", "text-decoration": "text-decoration-line",
    "text-emphasis": "text-emphasis-style", "column-rule": "column-rule-style",
    ...Object.fromEntries(SIDES.map((side) => [side, `${side}-style`])) };
  const probe = document.body.appendChild(document.createElement("i"));
  const resolve = (colour) => { probe.style.color = colour; return getComputedStyle(probe).color; };
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const keyOf = (colour) => {
    const [red, green, blue, strength = 1] = parts(colour);
    return red === green && green === blue ? String([red, green, blue, strength]) : String([red, green, blue]);
  };
  const palette = new Set(theirs.map(resolve).filter((colour) => parts(colour)[3] !== 0).map(keyOf));
  for (const sheet of ["", "si-sheet"]) { // of the page, and of paper on it, which is always light
    probe.className = sheet;
    for (const token of tokens) palette.delete(keyOf(resolve(`var(${token})`)));
  }
  probe.remove();
  const found = new Set();
  const look = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const isThere = !pseudo || ALWAYS.includes(pseudo) || !["none", "normal"].includes(style.content);
    if (!isThere || style.display === "none") return;
    const values = ANYWHERE.map((name) => [name, style.getPropertyValue(name)]);
    for (const [name, when] of Object.entries(WHERE_DRAWN)) {
      if (style.getPropertyValue(when) !== "none") values.push([name, style.getPropertyValue(`${name}-color`)]);
    }
    if (element instanceof SVGElement) values.push(["fill", style.fill], ["stroke", style.stroke]);
    for (const [name, value] of values) {
      for (const colour of value.match(/rgba?\\([^)]*\\)/g) ?? []) {
        const where = `${element.localName}.${element.getAttribute("class")}${pseudo ?? ""}`;
        if (palette.has(keyOf(colour))) found.add(`${where} ${name}: ${colour}`);
      }
    }
  };
  for (const element of document.querySelectorAll("body, body *")) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    for (const pseudo of PSEUDO) look(element, pseudo);
  }
  return [palette.size, ...found];
}"""


def hold_still(page):
    """Have no colour change step by step."""
    page.add_style_tag(content="*, ::before, ::after { transition: none !important }")


def foreign_colours(page):
    """Where a colour of the theme shows that our tokens lack."""
    theirs = sorted(set(re.findall(COLOUR, THEME.read_text("utf-8"))))
    tokens = re.findall(
        r"^ +(--si-[\w-]+): (?:#|var\(--si-light)", (ROOT / "docs/assets/css/tokens.css").read_text("utf-8"), re.M
    )
    size, *found = page.evaluate(FOREIGN, [theirs, tokens])
    assert size > 30, "the theme's palette was not found"
    return found


def hold(page, selector, states):
    """Have all that a selector finds hovered, focused … at once, as the browser's own tools can, until they leave."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": states})
    return session
