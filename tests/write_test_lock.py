"""Leave in ``requirements-test.txt`` only what ``requirements.txt`` does not hold: ``python -m tests.write_test_lock``.

Both are made by the commands that stand at their heads; this comes after the second.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
USUAL, FOR_TESTS = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
ENTRY = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)  # every entry begins a line; its hashes are indented
INCLUDED = "-r requirements.txt\n"


def entries(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the head of a lock and its entries, each a package with its version and hashes."""
    head, *found = ENTRY.split(text)
    return head, tuple(found)


def without(text: str, usual: str) -> str:
    """Take the entries of the usual lock out of another, which then includes it."""
    pinned = {entry.split()[0] for entry in entries(usual)[1]}
    head, found = entries(text)
    own = "".join(entry for entry in found if entry.split()[0] not in pinned)
    return head.replace(INCLUDED, "") + INCLUDED + own


if __name__ == "__main__":
    FOR_TESTS.write_text(without(FOR_TESTS.read_text("utf-8"), USUAL.read_text("utf-8")), "utf-8", newline="\n")
