"""What the least browsers do not know: tests/newer.json, out of MDN's browser-compat-data (CC0-1.0).

Made anew by hand, from the file `data.json` of its npm package:

    python -m tests.compat data.json
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "newer.json"
LEAST = {"Safari": 16, "Safari iOS": 16, "Firefox": 115, "Firefox Android": 115, "Chrome": 110, "Edge": 110}
# Of the web platform, the parts that a page like ours may be tempted by; all of it would forbid common words.
INTERFACES = re.compile(
    r"AbortSignal|Blob|CSS|CSSStyleSheet|CloseWatcher|Clipboard\w*|CompressionStream|CookieStore|CustomStateSet|Document|"
    r"Element|ElementInternals|HTML(Dialog|Details|Button|Input|Select|TextArea)?Element|Highlight|IdleDeadline|"
    r"Navigation|Navigator|NavigatorUAData|Range|Response|Scheduler|Selection|ShadowRoot|StorageManager|URL|"
    r"URLPattern|URLSearchParams|ViewTransition|WakeLock|Window"
)


def newer_than_least(compat: dict[str, Any]) -> str:
    """The browsers that know the feature only past LEAST, wholly and without a flag, such as "Safari 17.4"."""
    late = []
    for browser, least in LEAST.items():
        rows = compat["support"].get(browser.lower().replace(" ", "_"), [])
        since = [version for row in (rows if isinstance(rows, list) else [rows]) if (version := _since(row))]
        if rows and all(int(version.split(".")[0]) > least for version in since):
            late.append((browser.split()[0].replace("Edge", "Chrome"), since[0] if since else "never"))
    return ", ".join(f"{browser} {version}" for browser, version in dict.fromkeys(late))


def _since(row: dict[str, Any]) -> str | None:
    """The first version that has the feature under its own name, as it is meant."""
    lacks = ("flags", "prefix", "alternative_name", "partial_implementation", "version_removed")
    version = row.get("version_added")
    usable = isinstance(version, str) and re.match(r"≤?\d", version) and not any(row.get(key) for key in lacks)
    return version.lstrip("≤") if usable else None


def names(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Kind (property, function, selector, at-rule, script) -> name -> the browsers for which it is too new."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    css = data["css"]
    for kind, parts in (("property", css["properties"]), ("selector", css["selectors"]), ("at-rule", css["at-rules"])):
        for name, feature in parts.items():
            found[kind][name].append(newer_than_least(feature["__compat"]))
    for name, compat in _walk(css["types"]):
        found["function"][name.removesuffix("_function")].append(newer_than_least(compat))
    for name, feature in data["javascript"]["builtins"].items():
        for member, compat in _walk({name: {"__compat": feature["__compat"]} if name == "Temporal" else feature}):
            found["script"][member].append(newer_than_least(compat))
    for name, feature in data["api"].items():
        if INTERFACES.fullmatch(name):
            for member, compat in _walk({name: feature}):
                found["script"][member].append(newer_than_least(compat))
    return {
        kind: {
            name: late[0] for name, late in sorted(every.items()) if all(late) and re.fullmatch(r"[a-zA-Z][\w-]+", name)
        }
        for kind, every in found.items()
    }


def _walk(feature: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, part in feature.items():
        if name != "__compat" and isinstance(part, dict):
            if "__compat" in part:
                yield name.removesuffix("_static"), part["__compat"]
            yield from _walk(part)


if __name__ == "__main__":
    data = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    source = f"@mdn/browser-compat-data {data['__meta']['version']}, CC0-1.0"
    table = {"source": source, "least": LEAST, **names(data)}
    FILE.write_text(json.dumps(table, indent=0) + "\n", "utf-8")
