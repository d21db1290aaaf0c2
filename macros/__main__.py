"""The command line: check the content, show what to look at again, publish, crawl a published site, draw one sheet."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from macros import upkeep
from macros.catalog import load
from macros.documents import CatalogError

SITE = os.environ.get("SITE_URL", "http://localhost:8000/")


def main(arguments: list[str]) -> int:
    """0, or 1 after saying on a line what is wrong with content or published site, or 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except CatalogError as error:
        print(error)
        return 1
    except ValueError as error:
        print(f"python -m macros: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="read all content files and say what is wrong, a line each")
    check.set_defaults(run=_check)
    overdue = commands.add_parser("overdue", help="show what was searched, read or reviewed over a year ago")
    overdue.set_defaults(run=_overdue)
    uncited = commands.add_parser("uncited-law", help="show sentences that speak of law where no law is cited")
    uncited.set_defaults(run=_uncited_law)
    publish = commands.add_parser("publish", help="write data/, sheets/ and pagefind/ into a built site")
    publish.add_argument("site", type=Path)
    publish.add_argument("address", nargs="?", default=SITE)
    publish.set_defaults(run=_publish)
    crawl = commands.add_parser(
        "crawl", help="follow every link of a published site and say what is wrong, a line each"
    )
    crawl.add_argument("address", help="where the site is published")
    crawl.add_argument("--built-for", default="", help="the address it says it has, when tried out at another one")
    crawl.add_argument("--commit", help="wait until the site's commit.txt says this")
    crawl.add_argument("--wait", type=float, default=600, metavar="SECONDS", help="the longest wait for it")
    crawl.set_defaults(run=_crawl)
    as_written = argparse.RawDescriptionHelpFormatter
    _add_sheet(commands.add_parser("sheet", help="draw one PDF", epilog=EPILOG, formatter_class=as_written))
    return parser


EPILOG = """subjects:
  ask:<topic>  ask:all  ask:starter  answer:<competency>  answer:all  role:<role>
  checklist:<name>  worksheet:<name>  session:<name>  pack:candidate  pack:coach
  pocket:day  blank:cards  test:duplex

examples:
  python -m macros sheet ask:growth --card 100x70 --paper 297x420
  python -m macros sheet role:peer --order duplex --paper a4 --back-offset 1.5 -0.5
  python -m macros sheet blank:cards --card index --paper letter --organisation "Job club"
  python -m macros sheet answer:conflict --order duplex --paper a4 --back-text "Take a breath"
"""


def _add_sheet(sheet: argparse.ArgumentParser) -> None:
    add = sheet.add_argument
    add("subject", help="what to print, like checklist:week-before (see below)")
    add("--paper", default="any", help="a4, letter, any (fits both) or <width>x<height> in mm")
    add("--card", default="field", help="field (90 x 62 mm), index (3 x 5 in), a7 or <width>x<height> in mm")
    add("--order", default="fold", choices=("fold", "duplex", "stacked", "single"), help="where backs stand")
    add("--ids", default="", help="these cards only: ids, with commas between")
    add("--full", action="store_true", help="a checklist with its reasons")
    add("--organisation", default="", help="printed at the foot")
    add("--back-text", default="", help="printed on every back in place of the card's own")
    add(
        "--back-offset",
        nargs=2,
        type=float,
        default=(0.0, 0.0),
        metavar=("ACROSS", "UP_OR_DOWN"),
        help="mm. What you read on the sheet test:duplex, type here. Right and up are plus, left and down are minus.",
    )
    add("--address", default=SITE, help="of the site, printed at the foot")
    add("-o", "--output", type=Path, help="the file to write; a name made of the subject when left out")
    sheet.set_defaults(run=_sheet)


def _check(options: argparse.Namespace) -> None:
    load()


def _overdue(options: argparse.Namespace) -> None:
    for problem in upkeep.overdue(load(), datetime.now(UTC).date()):
        print(problem)


def _uncited_law(options: argparse.Namespace) -> None:
    for problem in upkeep.uncited_law(load()):
        print(problem)


def _publish(options: argparse.Namespace) -> None:
    from macros.publish import publish  # needs all that draws and indexes; a check does not

    publish(options.site, options.address)


def _crawl(options: argparse.Namespace) -> int:
    from macros import crawl

    site = crawl.Site(options.address, options.built_for)
    if options.commit and (late := site.wait_for(options.commit, options.wait)):
        print(late)
        return 1
    files = crawl.crawl(site)
    faults = [*crawl.faults(site, files)]
    print(*faults or [f"{site.address}: {len(files)} addresses, nothing is wrong"], sep="\n")
    return 1 if faults else 0


def _sheet(options: argparse.Namespace) -> None:
    from macros import sheets, shop
    from macros.sheet_content import create_content

    catalog = load()
    sheet = shop.create_sheet(
        catalog,
        options.subject,
        options.paper,
        options.card,
        options.order,
        ids=tuple(id_ for id_ in options.ids.split(",") if id_),
        full=options.full,
        organisation=options.organisation,
        back_offset=tuple(options.back_offset),
        back_text=options.back_text,
    )
    pdf = sheets.render(catalog, sheet, create_content(catalog, sheet, options.address))
    file = options.output or Path(sheet.file)
    file.write_bytes(pdf)
    print(f"{file}: {sheets.describe(sheet, pdf)['pages']} page(s)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
