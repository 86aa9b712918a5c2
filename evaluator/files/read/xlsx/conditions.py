"""What is drawn into cells or changes how they are shown, by rule: conditional formats old and new, and small charts.

The rules stand in the sheet itself, and newer ones in its extensions. Whether a rule holds is never asked: what it may
hide when it holds is not certain to be seen.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from evaluator.files.read.xlsx.cell import Look
from evaluator.files.read.xlsx.colours import cannot_be_read
from evaluator.files.read.xlsx.package import DEEPEST, RefusedError
from evaluator.files.read.xlsx.styles import Differing, Styles, differing
from evaluator.files.read.xlsx.workbook_parts import TRUE

MOST_ELEMENTS = 200_000
MAY_HIDE = "a conditional format, or the style of its table, can change or hide it"
MOST_PAIRS = 400  # of colours and grounds that rules for one cell may bring together
SCALES = ("colorScale", "dataBar")
FILLS = ("color", "fillColor", "negativeFillColor")


class Rule(NamedTuple):
    """A rule: the ranges that it is for, as the file writes them, and what it changes."""

    ranges: str
    change: Differing


def rules_of(tree: ElementTree.Element, styles: Styles) -> Iterator[Rule]:
    """Give the rules of a conditional format, or the small charts of a group, that change something."""
    ranges = tree.get("sqref") or tree.findtext("sqref") or ""
    for one in tree.iter("sparkline"):
        yield Rule(one.findtext("sqref") or "", Differing(odd="a small chart is drawn over it"))
    for rule in tree.iter("cfRule"):
        for change in _changes(rule, styles):
            yield Rule(ranges, change)


def _changes(rule: ElementTree.Element, styles: Styles) -> Iterator[Differing]:
    number = rule.get("dxfId", "")
    if number.isascii() and number.isdigit() and int(number[:7]) < len(styles.conditional):
        yield styles.conditional[int(number[:7])]
    for element in rule.iter():
        if element.tag == "dxf":
            yield differing(element, styles.palette)
        if element.get("showValue", "1") not in TRUE:
            yield Differing(odd=MAY_HIDE)
        if element.tag in SCALES:
            colours = (styles.palette.colour(one.attrib) for one in element if one.tag in FILLS)
            yield Differing(behind=tuple(filter(None, colours)))


def hidden_by(look: Look, changes: list[Differing]) -> str:
    """Say whether the rules for a cell can hide its text, one of them or two together; empty where they cannot."""
    texts = {one.colour for one in changes if one.colour}
    grounds = {one.behind for one in changes if one.behind}
    if len(texts) * len(grounds) > MOST_PAIRS:
        return MAY_HIDE
    pairs = [(one.colour or look.colour, one.behind or look.behind) for one in changes]
    pairs += [(one.colour, ground) for one in changes if one.colour and not one.behind for ground in grounds]
    pairs += [(text, one.behind) for one in changes if one.behind and not one.colour for text in texts]
    return MAY_HIDE if any(cannot_be_read(text, behind) for text, behind in pairs) else ""


class Capture:
    """Reads one element of a sheet as a whole, with plain names, and gives the parser back when it ends."""

    def __init__(self, parser: expat.XMLParserType, done: Callable[[ElementTree.Element], None]) -> None:
        self._parser, self._done = parser, done
        self._before = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
        self._builder = ElementTree.TreeBuilder()
        self._names: list[str] = []
        self._count = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take the element that has just begun, and all that follows until it ends."""
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._builder.data
        self._start(name, attributes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._names) > DEEPEST or self._count > MOST_ELEMENTS:
            raise RefusedError("E-FILE-013", what="a sheet with more conditional formats than a table needs")
        self._names.append(name.rpartition(" ")[2])
        self._builder.start(self._names[-1], attributes)

    def _end(self, name: str) -> None:
        self._builder.end(self._names.pop())
        if not self._names:
            start, end, characters = self._before
            self._parser.StartElementHandler, self._parser.EndElementHandler = start, end
            self._parser.CharacterDataHandler = characters
            self._done(self._builder.close())
            if end is not None:
                end(name)
