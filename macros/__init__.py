"""The macros that pages may call. Each is a pure function of macros/pages.py on the one catalog."""

from __future__ import annotations

import logging

from macros import pages
from macros.catalog import load
from macros.documents import CatalogError
from macros.rules import MACROS

log = logging.getLogger("mkdocs.macros.content")
NEED_PAGE = {"cite", "notes", "plan_menu"}


def define_env(env) -> None:
    """Called by mkdocs-macros for each build. A content error stops the build; each problem is logged on a line."""
    from mkdocs.exceptions import Abort  # here, so that a check of the content does not load MkDocs

    try:
        catalog = load()
    except CatalogError as error:
        for problem in error.problems:
            log.error(problem)
        raise Abort(f"{len(error.problems)} content problem(s): see the lines above") from None
    for name in MACROS:
        env.macro(_on_page(env, catalog, name), name)


def on_pre_page_macros(env) -> None:
    """Called by mkdocs-macros before it runs a page as a template. It would run the title too, which is text."""
    env.page.title_as_typed, env.page.title = env.page.title, ""


def on_post_page_macros(env) -> None:
    """Called by mkdocs-macros when it has run a page."""
    env.page.title = env.page.title_as_typed


def way_to_top(source: str) -> str:
    """The way from a page to the top of the site, such as "../../", counted from the path of its source below docs/.

    Not from its address: that of the front page is "./", which is no deeper than "".
    """
    is_index = source.rpartition("/")[2] in ("index.md", "README.md")
    return "../" * (source.count("/") + (not is_index)) or "./"


def _on_page(env, catalog, name: str):
    """The function of that name in pages.py, told the catalog and where the page it is called from stands."""
    function = getattr(pages, name)

    def macro(*args, **kwargs):
        file = env.page.file
        root = way_to_top(file.src_uri)
        page = (catalog.pages[file.src_uri],) if name in NEED_PAGE else ()
        return function(catalog, root, *page, *args, **kwargs)

    return macro
