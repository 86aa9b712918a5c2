"""Fonts, of whole cells and of parts of their texts: which of them show a text so that it can be read."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evaluator.files.read.xlsx.colours import Palette
from evaluator.files.read.xlsx.measures import measure

Attributes = Mapping[str, str]
FALSE = ("0", "false", "off")
SMALLEST = 5.0  # points
USUAL = 11.0  # points, of a font that does not say
SYMBOLS = "2"  # the character set of fonts that show signs
SIGNS = (  # words in the names of fonts in which a 4 is no 4; a font that a machine lacks is shown in a plain one
    *("wingding", "webding", "dingbat", "symbol", "marlett", "bookshelf", "mt extra", "ms outlook", "specialty"),
    *("barcode", "bar code", "3 of 9", "code 39", "code39", "code 128", "code128", "ean13", "upc-a", "qr code"),
    *("icons", "redacted", "blank", "invisible", "password", "awesome", "braille", "playing card", "chess", "morse"),
)


class Font(NamedTuple):
    """A font: its colour, what makes its texts unreadable or empty, and its size in points."""

    colour: str = ""
    odd: str = ""
    size: float = USUAL


def font_of(parts: Mapping[str, Attributes], palette: Palette) -> Font:
    """Read a font from the attributes of its parts, which are ``name`` or ``rFont``, ``sz``, ``color`` and so on."""
    size = measure(parts.get("sz", {}).get("val"))
    return Font(palette.colour(parts.get("color")), _odd(parts, size), USUAL if size is None else size)


def is_on(parts: Mapping[str, Attributes], tag: str) -> bool:
    """Whether a part that is there or not is there, and not said to be off."""
    return tag in parts and parts[tag].get("val", "1").lower() not in FALSE


def _odd(parts: Mapping[str, Attributes], size: float | None) -> str:
    name = (parts.get("name") or parts.get("rFont") or {}).get("val", "")
    charset = parts.get("charset", {}).get("val", "")
    if charset == SYMBOLS or any(word in name.casefold() for word in SIGNS):
        return f"the font {name[:40]} shows other signs"
    if is_on(parts, "strike") or is_on(parts, "dstrike"):
        return "it is struck through"
    if size is not None and size < SMALLEST:
        return "its text is too small to be seen"
    if parts.get("vertAlign", {}).get("val", "baseline") != "baseline":
        return "its text is raised or lowered"
    return ""


def parts_of(children: Iterable[tuple[str, Attributes]]) -> dict[str, Attributes]:
    """Put the parts of a font together; of one that stands twice the first counts, and a line through it always."""
    parts: dict[str, Attributes] = {}
    for tag, attributes in children:
        if tag not in parts or (tag == "strike" and not is_on(parts, tag)):
            parts[tag] = attributes
    return parts
