"""What the two programs of the one-folder build do once they run."""

import html
import io
import os
import sys
import webbrowser
from pathlib import Path

from evaluator.cli import main
from evaluator.desk.running import home
from evaluator.files.audit.run_folder import write_page

PROGRAMMES = "Bid evaluator"  # in the account's documents, for whoever names no folder
PROBLEM = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>The desk was not opened</title></head>
<body><h1>The desk was not opened</h1><pre>{said}</pre></body></html>
"""


def command(words: list[str]) -> None:
    """Run a command; a double click, which gives no word, opens the desk."""
    _give_back_library_path()
    main(words or ["desk", str(_programmes())], prog_name="evaluator")


def desk(words: list[str]) -> None:
    """Open the desk of a folder; where there is no console, what went wrong is told in the browser.

    Parameters
    ----------
    words : the folder, as where one was dropped on the program, with options; none for the usual one.
    """
    _give_back_library_path()
    said = io.StringIO()
    sys.stdout = sys.stdout or io.StringIO()
    if quiet := sys.stderr is None:
        sys.stderr = said
    try:
        main(["desk", *(words or [str(_programmes())])], prog_name="evaluator")
    except SystemExit as end:
        if quiet and end.code:
            page = home() / "not-opened.html"
            write_page(page, PROBLEM.format(said=html.escape(said.getvalue())), private=True)
            webbrowser.open(page.as_uri())
        raise


def _programmes() -> Path:
    """Give the folder of programmes of whoever names none; it is made where it is not there."""
    documents = Path.home() / "Documents"
    folder = (documents if documents.is_dir() else Path.home()) / PROGRAMMES
    folder.mkdir(exist_ok=True)
    return folder


def _give_back_library_path() -> None:
    """Let programs that we start, such as the browser, find their own libraries and not those that came with us."""
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)
