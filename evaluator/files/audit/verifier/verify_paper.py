"""Write what `verify.py` printed as a working paper, a page of plain HTML, for `verify.py`.

Objective, source, test, result, by whom, and the SHA-256 of what was read and of the files that read it. It lies beside
`verify.py`, which calls it. Standard library only, Python 3.9 or later.
"""

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BLANK = "____________________"
OPTIONS = (
    ("--paper", "FILE", "write a working paper, a page of HTML, into this new file"),
    ("--by", "NAME", "who makes the paper"),
    ("--date", "DAY", "the paper's day"),
)
OBJECTIVE = "To check the bundle's figures by a program that shares no code with the one that made them."
TEST = (
    "verify.py, which needs nothing but Python, read the bundle: it checked the sum of every file, worked out points, "
    "totals and ranks from the marks and prices in the data, held the awards to every published rule, and compared the "
    "evidence in the bundle with each other. What it did not check it names at the end of the result."
)
STYLE = (
    "body{max-width:50rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Arial,sans-serif;color:#1b2430}"
    "h1,h2{color:#1d3557}dt{font-weight:bold}dd{margin:0 0 .5rem;overflow-wrap:anywhere}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:.9rem/1.4 Consolas,monospace}"
)


class Both(io.TextIOBase):
    """Whatever is printed goes to the screen, and is kept."""

    def __init__(self, screen: Any) -> None:
        self.screen, self.kept = screen, io.StringIO()

    def write(self, text: str) -> int:
        """Print and keep a text."""
        self.screen.write(text)
        return self.kept.write(text)

    def flush(self) -> None:
        """Let the screen show what was printed."""
        self.screen.flush()


def options(reader: argparse.ArgumentParser) -> None:
    """Add the options of the paper to those of verify.py."""
    for name, shown, words in OPTIONS:
        reader.add_argument(name, default="", metavar=shown, help=words)


def kept(run: Callable[[list[str]], int], words: list[str], asked: Any) -> int:
    """Run the check; where a paper is asked for, keep what is printed and write it."""
    reader = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    options(reader)
    given, rest = reader.parse_known_args(words)
    if not given.paper:
        return run(words)
    if Path(given.paper).exists():
        print(f"No paper was written: {given.paper} is there already.", file=sys.stderr)
        return 2
    both = Both(sys.stdout)
    with redirect_stdout(both):
        code = run(rest)
    bundle = asked(rest, HERE)["bundle"] if asked else HERE
    try:
        Path(given.paper).write_text(page(both.kept.getvalue(), code, bundle, given), encoding="utf-8")
    except OSError as error:
        print(f"No paper was written: {given.paper}: {error.strerror}.", file=sys.stderr)
        return 2
    return code


def page(told: str, code: int, bundle: Path, given: Any) -> str:
    """Give the paper; ``told`` is what was printed, ``code`` how the check ended."""
    head, _, rest = told.partition("\n\n")
    heading = [line.partition(" ")[::2] for line in head.splitlines()]
    known = heading if [name for name, _ in heading] == ["run", "seal", "manifest", "head"] else []
    facts = [(name.capitalize(), text.strip()) for name, text in known]
    shown = rest if known else told
    title = f"Verification of {facts[0][1].partition(',')[0]}" if facts else "Verification of a bundle"
    whole = "Nothing that was checked differs" if code == 0 else "Something differs, or could not be checked"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<h2>Objective</h2>\n<p>{escape(OBJECTIVE)}</p>",
        f"<h2>Source</h2>\n{listed([*facts, *sums(bundle)])}",
        f"<h2>Test</h2>\n<p>{escape(TEST)}</p>",
        f"<h2>Result</h2>\n<p>{whole}. This is what was printed:</p>\n<pre>{escape(shown.strip())}</pre>",
        "<h2>By whom</h2>\n"
        + listed(
            [
                ("Conclusion", BLANK),
                ("Made by", given.by or BLANK),
                ("Date", given.date or BLANK),
                ("Reviewed by", BLANK),
            ]
        ),
        "<p>A program computed this; people judge it.</p>",
    ]
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def listed(facts: list[tuple[str, str]]) -> str:
    """Write names with their values."""
    lines = "\n".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    return f"<dl>\n{lines}\n</dl>"


def sums(bundle: Path) -> Iterator[tuple[str, str]]:
    """Give the SHA-256 of the bundle, where it is one file, and of each file that checked it."""
    if bundle.is_file():
        yield f"{bundle.name} (SHA-256)", sha256(bundle.read_bytes()).hexdigest()
    for path in sorted(HERE.glob("verify*.py")):
        yield f"{path.name} (SHA-256)", sha256(path.read_bytes()).hexdigest()
    yield "Python", sys.version.split()[0]
