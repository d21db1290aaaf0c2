"""Writes what stands beside the pages of a built site: data/, sheets/, the search index, scripts without comments.

MkDocs calls it as a hook; `python -m macros publish SITE` does the same to a site that anything else built.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the `mkdocs` command does not look for packages where the project is

from macros import asked, exports, scripts, search, serving, sheets, shop  # noqa: E402
from macros.catalog import Catalog, load  # noqa: E402
from macros.days import day  # noqa: E402
from macros.documents import CatalogError  # noqa: E402
from macros.sheet_content import create_content  # noqa: E402

CACHE = ROOT / ".cache" / "sheets"
KEPT = 14 * 24 * 60 * 60  # seconds after it was last used: the sheets of another address or branch come back at once
THEME_STYLES = re.compile(r"assets/stylesheets/main\.\w+\.min\.css")
log = logging.getLogger("mkdocs.publish")


def on_startup(command: str, **_: Any) -> None:
    """MkDocs hook: once, before the first build."""
    if command == "serve":
        serving.begin()
        gc.set_threshold(100_000, 50, 100)  # a build makes no garbage in circles; looking for some costs a tenth


def on_serve(server: Any, **_: Any) -> None:
    """MkDocs hook: once, when the server is ready to start."""
    serving.adopt(server)


def on_shutdown(**_: Any) -> None:
    """MkDocs hook: once, when the command ends."""
    serving.stop()


def on_files(files: Any, config: Any, **_: Any) -> None:
    """MkDocs hook: of what the theme brings, only its stylesheet is published; no page loads anything else of it."""
    for file in list(files):
        if file.src_dir != config.docs_dir and not THEME_STYLES.fullmatch(file.src_uri):
            files.remove(file)


def on_env(env: Any, **_: Any) -> None:
    """MkDocs hook: before the pages are put into the theme's templates. What is written in front matter and navigation
    is text: it is escaped wherever a template shows it, ours or the theme's."""
    env.autoescape = True
    env.filters["day"] = day


def on_post_build(config: Any, **_: Any) -> None:
    """MkDocs hook: after the pages of a build are written."""
    if serving.active:
        serving.start("publish", config.site_dir)
        return
    try:
        publish(Path(config.site_dir), asked.address_to_print(None))
    except CatalogError as error:
        from mkdocs.exceptions import Abort

        for problem in error.problems:
            log.error(problem)
        raise Abort(f"{len(error.problems)} content problem(s): see the lines above") from None
    except ValueError as error:  # an address that cannot be printed
        from mkdocs.exceptions import Abort

        raise Abort(str(error)) from None


def publish(site: Path, address: str) -> None:
    """Write data/, sheets/ and pagefind/ into `site`, whose public address is `address`; lighten its scripts.

    Without an address, "", its sheets carry none.

    Raises CatalogError when the content breaks its rules or a card does not fit.
    """
    catalog = load()
    write_data(catalog, site)
    write_sheets(catalog, site, address)
    write_search(catalog, site)
    write_scripts(site)


def write_scripts(site: Path) -> None:
    """assets/js/*.js without what only developers read: a quarter of what a page would have to load."""
    for file in (site / "assets" / "js").glob("*.js"):
        file.write_text(scripts.without_comments(file.read_text("utf-8")), "utf-8")


def write_data(catalog: Catalog, site: Path) -> None:
    """data/catalog.json, codes.json, ask.json, items.json, answer.json and data/schema/*.json."""
    folder = site / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    (site / "data" / "catalog.json").write_text(exports.create_catalog_json(catalog), "utf-8")
    (site / "data" / "codes.json").write_text(exports.create_codes_json(catalog), "utf-8")
    (site / "data" / "ask.json").write_text(exports.create_ask_json(catalog), "utf-8")
    (site / "data" / "items.json").write_text(exports.create_items_json(catalog), "utf-8")
    (site / "data" / "answer.json").write_text(exports.create_answer_json(catalog), "utf-8")
    for name, model in exports.SCHEMAS.items():
        (folder / f"{name}.json").write_text(exports.create_schema(model, catalog.vocabulary), "utf-8")


# ---------------------------------------------------------------- sheets


def write_sheets(catalog: Catalog, site: Path, address: str) -> None:
    """sheets/*.pdf, their pictures and sheets/index.json. A sheet is drawn again when what makes it has changed.

    Those that gather from others come last, and not at all once one of the others cannot be drawn: whatever is too
    long stands in one of these, so that all problems still come at once, in a tenth of the time.
    """
    folder = site / "sheets"
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    maker = _digest_of_the_maker()
    published = shop.published(catalog)
    rows, problems = {}, []
    for sheet in sorted(published, key=shop.gathers):
        if problems and shop.gathers(sheet):
            break
        content = create_content(catalog, sheet, address)
        digest = hashlib.sha256(
            f"{maker}{sheet}{shop.SIDES[sheet.sides]}{json.dumps(content, sort_keys=True)}".encode()
        ).hexdigest()
        pdf, picture, row = (CACHE / f"{digest}.{ending}" for ending in ("pdf", "png", "json"))
        if not _still_kept(row, picture, pdf):
            try:
                data = sheets.render(catalog, sheet, content)
            except CatalogError as error:
                problems += error.problems
                continue
            _keep(pdf, data)
            _keep(picture, sheets.render_picture(content))
            _keep(row, json.dumps(sheets.describe(sheet, data)).encode())  # last: it says that all three are there
        shutil.copyfile(pdf, folder / sheet.file)
        shutil.copyfile(picture, folder / "pictures" / f"{sheet.name}.png")
        rows[sheet.file] = json.loads(row.read_text("utf-8"))
    if problems:
        raise CatalogError(list(dict.fromkeys(problems)))
    _forget_unused()
    index = [rows[sheet.file] for sheet in published]
    (folder / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _keep(file: Path, data: bytes) -> None:
    """Write a file of the cache whole or not at all: another build may be reading it."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(file)


def _still_kept(*files: Path) -> bool:
    """Whether all are there; if so they are marked as used."""
    try:
        for file in files:
            os.utime(file)
    except FileNotFoundError:
        return False
    return True


def _forget_unused() -> None:
    """Remove from the cache what no build has used for long, and what one that was ended left half written."""
    for file in CACHE.iterdir():
        with contextlib.suppress(OSError):  # another build may have removed it, or be reading it, which Windows minds
            if time.time() - file.stat().st_mtime > KEPT:
                file.unlink()


def _digest_of_the_maker() -> str:
    """Changes when the code, the templates, the fonts or the versions that draw a sheet change."""
    files = [Path(sheets.__file__), *sorted(path for path in sheets.TYPST.rglob("*") if path.is_file())]
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


# ---------------------------------------------------------------- search


def write_search(catalog: Catalog, site: Path) -> None:
    """pagefind/: the index of every page with a searchable body, and the script that reads it."""
    output = site / "pagefind"
    with tempfile.TemporaryDirectory() as folder:
        for file in site.rglob("index.html"):
            page = search.create_indexed(file.read_text("utf-8"), catalog.synonyms)
            if page:
                target = Path(folder) / file.relative_to(site)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(page, "utf-8")
        # Its command, not its Python API: that may stop Pagefind before the files are on the disk, and leave
        # one of them empty (https://github.com/Pagefind/pagefind/issues/1271).
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", folder, "--output-path", str(output)]
        subprocess.run([*command, "--exclude-selectors", ".headerlink", "--force-language", "en"], check=True)
    for unused in output.glob("pagefind-*ui.*"):
        unused.unlink()
