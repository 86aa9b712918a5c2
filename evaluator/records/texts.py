"""Texts that people wrote: characters that no eye can see are named, and spaces count for nothing in a SHA-256."""

import hashlib
import json
import re
from collections.abc import Sequence

# Controls, marks that turn the direction of writing, and what is no character.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    r"""Name the characters that steer a display without being seen, so that a text shows all that it holds.

    >>> visible("Trust\u202excod"), visible("One line\nanother")
    ('Trust[U+202E]xcod', 'One line\nanother')
    """
    if text.isprintable():  # quicker to say of most texts than that nothing in them is to be named
        return text
    return UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def fingerprint_of(texts: Sequence[str]) -> str:
    r"""Give the SHA-256 of texts in order, whatever a spreadsheet program does to the space between their words.

    >>> fingerprint_of(["B1", "What need?\n"]) == fingerprint_of(["B1 ", "What  need?"])
    True
    >>> fingerprint_of(["B1", "C1"]) == fingerprint_of(["B1 C1", ""])
    False
    """
    plain = [" ".join(visible(text).split()) for text in texts]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def never_a_formula(text: str) -> str:
    """Give a text for a cell of a CSV file: what a spreadsheet program would take for a formula gets an apostrophe.

    >>> never_a_formula("=1+1"), never_a_formula("Bow East")
    ("'=1+1", 'Bow East')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
