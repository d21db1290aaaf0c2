"""The command line: `python -m macros check` and `python -m macros publish SITE [ADDRESS]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from macros.catalog import load
from macros.documents import CatalogError


def main(arguments: list[str]) -> int:
    """0, or 1 after printing each content problem on a line and nothing else, or 2 for a wrong call."""
    try:
        match arguments:
            case ["check"]:
                load()
            case ["publish", site, *address] if len(address) < 2:
                from macros.publish import publish  # needs all that draws and indexes; a check does not

                default = os.environ.get("SITE_URL", "http://localhost:8000/")
                publish(Path(site), address[0] if address else default)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except CatalogError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
