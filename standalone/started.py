"""What the two programs of the one-folder build do once they run."""

import html
import io
import os
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path

from evaluator.cli import main
from evaluator.desk.serving.running import home
from evaluator.files.audit.run_folder import write_page

PROGRAMMES = "Bid evaluator"  # in the account's documents, for whoever names no folder
LIBRARIES = "LD_LIBRARY_PATH"  # set by PyInstaller's programs on Linux; with _ORIG at its end, what it was before
PROBLEM = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>The desk was not opened</title></head>
<body><h1>The desk was not opened</h1><pre>{said}</pre></body></html>
"""


def command(words: list[str]) -> None:
    """Run a command; a double click, which gives no word, opens the desk."""
    _let_the_browser_be()
    main(words or ["desk", str(_programmes())], prog_name="evaluator")


def desk(words: list[str]) -> None:
    """Open the desk of a folder; where there is no console, what went wrong is told in the browser.

    Parameters
    ----------
    words : the folder, as where one was dropped on the program, with options; none for the usual one.
    """
    _let_the_browser_be()
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


class _Browser(webbrowser.BaseBrowser):
    """The usual browser, which finds its own libraries and not those that came with us; CBC needs ours."""

    def __init__(self, usual: webbrowser.BaseBrowser) -> None:
        super().__init__()
        self._usual = usual

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        ours, theirs = os.environ.pop(LIBRARIES, None), os.environ.get(f"{LIBRARIES}_ORIG")
        if theirs is not None:
            os.environ[LIBRARIES] = theirs
        try:
            return self._usual.open(url, new, autoraise)
        finally:
            if ours is not None:
                os.environ[LIBRARIES] = ours


def _let_the_browser_be() -> None:
    """Let the browser be started as it would be without us."""
    with suppress(webbrowser.Error):
        webbrowser.register("of the system", None, _Browser(webbrowser.get()), preferred=True)
