"""The command line: check the content, show what to look at again, publish, crawl a published site, draw one sheet."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from macros import asked, upkeep
from macros.catalog import load
from macros.documents import CatalogError


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in two lines, those of the command that was called."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage().strip()}\n{self.prog}: {message}; see {self.prog} --help\n")


def main(arguments: list[str]) -> int:
    """0, or 1 after saying on a line what is wrong with content or published site, or 2 for a wrong call."""
    options, unknown = _parser().parse_known_args(arguments)
    if unknown:
        options.parser.error(f"{unknown[0]!r} is not known here")
    try:
        return options.run(options) or 0
    except CatalogError as error:
        print(error)
        return 1
    except ValueError as error:
        print(f"python -m macros: {error}", file=sys.stderr)
        return 2
    except OSError as error:  # a file or folder that is not as it has to be
        what = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
        print(f"python -m macros: {what}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    usage = "%(prog)s COMMAND …"
    parser = Parser(prog="python -m macros", description=__doc__, usage=usage)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", prog="python -m macros")
    check = commands.add_parser("check", help="read all content files and say what is wrong, a line each")
    check.set_defaults(run=_check)
    overdue = commands.add_parser("overdue", help="show what was searched, read or reviewed over a year ago")
    overdue.set_defaults(run=_overdue)
    uncited = commands.add_parser("uncited-law", help="show sentences that speak of law where no law is cited")
    uncited.set_defaults(run=_uncited_law)
    publish = commands.add_parser(
        "publish", usage="%(prog)s SITE [ADDRESS]", help="write data/, sheets/ and pagefind/ into a built site"
    )
    publish.add_argument("site", type=Path)
    publish.add_argument("address", nargs="?", help="of the site; without it SITE_URL, or what mkdocs.yml says")
    publish.set_defaults(run=_publish)
    crawl = commands.add_parser(
        "crawl",
        usage="%(prog)s ADDRESS [options]",
        help="follow every link of a published site and say what is wrong, a line each",
    )
    crawl.add_argument("address", help="where the site is published")
    crawl.add_argument("--built-for", default="", help="the address it says it has, when tried out at another one")
    crawl.add_argument("--commit", help="wait until the site's commit.txt says this")
    crawl.add_argument("--wait", type=_seconds, default=600, metavar="SECONDS", help="the longest wait for it")
    crawl.set_defaults(run=_crawl)
    as_written = argparse.RawDescriptionHelpFormatter
    usage = "%(prog)s SUBJECT [options]"
    _add_sheet(
        commands.add_parser("sheet", help="draw one PDF", usage=usage, epilog=EPILOG, formatter_class=as_written)
    )
    for command in commands.choices.values():
        command.set_defaults(parser=command)
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 86400:  # a day; NaN is not within it
        raise argparse.ArgumentTypeError(f"{text!r} is not a time of 0 to 86400 seconds")
    return seconds


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
    # What is not typed is None: an option that means nothing for a sheet is refused, its default is not.
    add = sheet.add_argument
    add("subject", help="what to print, like checklist:week-before (see below)")
    add("--paper", help="any (the default: fits both), a4, letter or <width>x<height> in mm")
    add("--card", help="field (90 x 62 mm, the default), index (3 x 5 in), a7 or <width>x<height> in mm")
    orders = ("fold", "duplex", "stacked", "single")
    add("--order", type=str.lower, choices=orders, help="where backs stand: fold is the default")
    add("--ids", help="these cards only: ids or printed codes, with commas between")
    add("--full", action="store_true", help="a checklist with its reasons")
    add("--organisation", help="printed at the foot")
    add("--back-text", help="printed on every back in place of the card's own")
    add(
        "--back-offset",
        nargs=2,
        type=float,
        metavar=("ACROSS", "UP_OR_DOWN"),
        help="mm. What you read on the sheet test:duplex, type here. Right and up are plus, left and down are minus.",
    )
    add("--address", help="of the site, printed at the foot; without it SITE_URL, or what mkdocs.yml says, or none")
    add("-o", "--output", type=Path, help="the file to write; without it, one named after the subject in sheets/")
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

    site = asked.built_site(options.site)
    typed = options.address
    publish(site, asked.address_to_print(None) if typed is None else asked.address(typed, "address"))


def _crawl(options: argparse.Namespace) -> int:
    from macros import crawl

    built_for = options.built_for and asked.address(options.built_for, "--built-for")
    site = crawl.Site(asked.address(options.address, "address"), built_for)
    if options.commit and (late := site.wait_for(options.commit, options.wait)):
        print(late)
        return 1
    files = crawl.crawl(site)
    faults = [*crawl.faults(site, files)]
    print(*faults or [f"{site.address}: {len(files)} addresses, nothing is wrong"], sep="\n")
    return 1 if faults else 0


def _sheet(options: argparse.Namespace) -> None:
    from macros import sheets
    from macros.sheet_content import create_content

    catalog = load()
    sheet, address = asked.sheet(catalog, options), asked.address_to_print(options.address)
    file = asked.file(options.output, sheet.file)
    pdf = sheets.render(catalog, sheet, create_content(catalog, sheet, address))
    there = file.exists()
    file.write_bytes(pdf)
    print(f"{file}: {sheets.describe(sheet, pdf)['pages']} page(s){', in place of what was there' if there else ''}")
    shown = f"at the foot: {address}" if address else "no address at the foot: give one by --address or SITE_URL"
    print(f"python -m macros: {shown}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
