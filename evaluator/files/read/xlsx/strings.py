"""The texts that a workbook keeps in one list for all its cells."""

import re
from collections.abc import Iterator

from evaluator.files.read.xlsx.package import DEEPEST, RefusedError, feed, new_parser

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
LONGEST = 200_000  # characters of a cell; spreadsheet programs hold 32,767
MOST_TEXTS = 2_000_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Text = tuple[str, bool]  # and whether parts of it have formats of their own


def unescaped(text: str) -> str:
    """Turn the file format's own escapes into the characters that a person sees.

    >>> unescaped("_x0034_"), unescaped("a_x005F_x0041_b"), unescaped("a_x41_")
    ('4', 'a_x0041_b', 'a_x41_')
    """
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Texts:
    """One reading of the list. Words that only say how a text is pronounced are left out."""

    def __init__(self) -> None:
        self.found: list[Text] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._size = 0
        self._formatted = False

    def read(self, pieces: Iterator[bytes]) -> list[Text]:
        """Read the list from the pieces of its part."""
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        feed(parser, pieces)
        return self.found

    def _start(self, name: str, _: dict[str, str]) -> None:
        tag = name.removeprefix(MAIN)
        if tag == "si":
            if self._open != ["sst"]:
                raise RefusedError("E-FILE-011")
            self._text, self._size, self._formatted = [], 0, False
        elif tag == "rPr":
            self._formatted = True
        elif len(self._open) > DEEPEST:
            raise RefusedError("E-FILE-011")
        self._open.append(tag)

    def _end(self, _: str) -> None:
        if self._open.pop() == "si":
            if len(self.found) >= MOST_TEXTS:
                raise RefusedError("E-FILE-013", what="a workbook of more texts than a table needs")
            self.found.append((unescaped("".join(self._text)), self._formatted))

    def _characters(self, text: str) -> None:
        path = self._open
        if path[-1] == "t" and path[-2] in ("si", "r") and "rPh" not in path:
            self._size += len(text)
            if self._size > LONGEST:
                raise RefusedError("E-FILE-013", what="a workbook with a text longer than a cell can hold")
            self._text.append(text)
