"""The first page of a programme's folder, in plain text: what lies where, and what to do next."""

import textwrap
from collections.abc import Iterator

from evaluator.records.office.folder import FOLDERS, LEDGER, SETTINGS
from evaluator.records.office.steps import STEPS
from evaluator.records.texts import visible

WIDE = 88
NOT_INSTALLED = (
    "Where “evaluator” is not known, write “python3 run.py” instead of it (on Windows “py run.py”), in the folder of "
    "the evaluator, with the whole path of this folder."
)


def start_text(title: str, folder: str) -> str:
    """Write the page.

    Parameters
    ----------
    title : as the programme is called.
    folder : the name of the folder, as commands are to be given it.
    """
    return "\n".join(_lines(visible(title), visible(folder))) + "\n"


def _lines(title: str, folder: str) -> Iterator[str]:
    named = f'"{folder}"' if " " in folder else folder
    yield from (title, "=" * len(title), "")
    yield from _wrapped("Type the commands in the folder that holds this one. Each explains itself with --help.", "")
    yield from _wrapped(NOT_INSTALLED, "")
    for number, step in enumerate(STEPS, 1):
        yield ""
        yield f"{number}. {step.name}"
        yield from (f"     evaluator {command.replace('PROGRAMME', named)}" for command in step.commands)
        yield from _wrapped(step.what, "   ")
    yield from ("", f"What is next is told at any time by:  evaluator status {named}", "", "What lies where")
    for name, what in FOLDERS.items():
        yield from _wrapped(f"{name + '/':<12}{what}", "  ", 12)
    yield from _wrapped(f"{SETTINGS:<15}who works here, names, dates, and how long what is kept", "  ", 15)
    yield from _wrapped(f"{LEDGER:<15}what happened, entry by entry; it is never edited", "  ", 15)


def _wrapped(text: str, indent: str, more: int = 0) -> list[str]:
    return textwrap.wrap(text, WIDE, initial_indent=indent, subsequent_indent=indent + " " * more)
