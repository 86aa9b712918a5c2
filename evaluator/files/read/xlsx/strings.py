"""The texts that a workbook keeps in one list for all its cells, and the fonts of their parts."""

import re
from collections.abc import Iterator

from evaluator.files.read.xlsx.fonts import Attributes
from evaluator.files.read.xlsx.package import DEEPEST, RefusedError, feed, local, new_parser

LONGEST = 200_000  # characters of a cell; spreadsheet programs hold 32,767
MOST_TEXTS = 2_000_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SPOKEN = "rPh"  # how a text is pronounced
PLAIN = ("t", "r", SPOKEN, "phoneticPr")
Run = tuple[tuple[str, Attributes], ...]  # what is said of the font of a part of a text
Text = tuple[str, tuple[Run, ...]]  # with the fonts of its parts, where they have any of their own


def unescaped(text: str) -> str:
    """Turn the file format's own escapes into the characters that a person sees.

    >>> unescaped("_x0034_"), unescaped("a_x005F_x0041_b"), unescaped("a_x41_")
    ('4', 'a_x0041_b', 'a_x41_')
    """
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Runs:
    """The fonts of a text's parts, as they are read."""

    def __init__(self) -> None:
        self._runs: list[list[tuple[str, Attributes]]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take an element within a text."""
        if tag == "rPr":
            self._runs.append([])
        elif self._runs and tag not in PLAIN:
            self._runs[-1].append((tag, attributes))

    @property
    def found(self) -> tuple[Run, ...]:
        """What is said of fonts, each once; empty where nothing is said."""
        return tuple(tuple(one) for one in self._runs if one)


class Texts:
    """One reading of the list. Words that only say how a text is pronounced are left out."""

    def __init__(self) -> None:
        self.found: list[Text] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._size = 0
        self._runs = Runs()

    def read(self, pieces: Iterator[bytes]) -> list[Text]:
        """Read the list from the pieces of its part."""
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        feed(parser, pieces)
        return self.found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            if self._open != ["sst"]:
                raise RefusedError("E-FILE-011")
            self._text, self._size, self._runs = [], 0, Runs()
        elif tag != "t":
            self._runs.start(tag, attributes)
            if len(self._open) > DEEPEST:
                raise RefusedError("E-FILE-011")
        elif not self._open:
            raise RefusedError("E-FILE-011")
        self._open.append(tag)

    def _end(self, _: str) -> None:
        if self._open.pop() == "si":
            if len(self.found) >= MOST_TEXTS:
                raise RefusedError("E-FILE-013", what="a workbook of more texts than a table needs")
            self.found.append((unescaped("".join(self._text)), self._runs.found))

    def _characters(self, text: str) -> None:
        path = self._open
        if path[-1] == "t" and path[-2] in ("si", "r") and SPOKEN not in path:
            self._size += len(text)
            if self._size > LONGEST:
                raise RefusedError("E-FILE-013", what="a workbook with a text longer than a cell can hold")
            self._text.append(text)
