"""A bare window of WebKitGTK for WebKitWebDriver, run by the system's Python. What it prints or saves goes to a folder.

WebDriver for WebKit cannot print, and under it a page's own print() does nothing: here SIGUSR1 does it, to the process
whose id stands in the folder, on the paper that stands there. In: the folder, and options that WebKitWebDriver adds.
"""

import json
import os
import signal
import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

FOLDER = Path(sys.argv[1])
PHONE = (390, 844)  # pixels


def save(download, name):
    download.set_destination((FOLDER / name).as_uri())
    return True


def print_to_file(view):
    """With the margins of the page's own styles and nothing that a print dialog would add."""
    part = FOLDER / "printing"
    settings = Gtk.PrintSettings()
    settings.set_printer("Print to File")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, part.as_uri())
    paper = Gtk.PageSetup()
    width, height = (10 * cm for cm in json.loads((FOLDER / "paper").read_text("utf-8")).values())
    paper.set_paper_size(Gtk.PaperSize.new_custom("paper", "paper", width, height, Gtk.Unit.MM))
    for edge in ("top", "right", "bottom", "left"):
        getattr(paper, f"set_{edge}_margin")(0, Gtk.Unit.MM)
    operation = WebKit2.PrintOperation(web_view=view, print_settings=settings, page_setup=paper)
    operation.connect("finished", lambda _: part.rename(FOLDER / "printed.pdf"))
    operation.print_()
    view.printing = operation  # or Python throws it away before it has ended


def open_window(_session, context):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, lambda: print_to_file(view) or GLib.SOURCE_CONTINUE)
    window = Gtk.Window(decorated=False)
    window.set_default_size(*PHONE)
    window.add(view)
    window.show_all()
    return view


(FOLDER / "pid").write_text(str(os.getpid()), "utf-8")
context = WebKit2.WebContext.new_ephemeral()
context.set_automation_allowed(True)
context.connect("automation-started", lambda _, session: session.connect("create-web-view", open_window, context))
context.connect("download-started", lambda _, download: download.connect("decide-destination", save))
Gtk.main()
