"""Colours of texts and of what is behind them: whether an eye can tell one from the other."""

import re
from xml.etree import ElementTree

INDEXED = {"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF", "64": "", "65": ""}  # the last: as it comes
THEME = {"0": 255, "1": 0}  # white and black, unless somebody changed the theme; the others are none of the two
BLACK, WHITE = "000000", "FFFFFF"  # of a text and of a sheet that say nothing of their colour
LEAST_CONTRAST = 1.25  # pale yellow on white has 1.07, light grey on white 1.5; plain texts should have 4.5
RGB = re.compile("[0-9A-F]{6}")


def colour_of(element: ElementTree.Element | None) -> str:
    """Give a colour as six hexadecimal digits, or as a name where the file alone does not say; empty for none."""
    if element is None:
        return ""
    if "rgb" in element.attrib:
        return element.get("rgb", "")[-6:].upper()
    if "indexed" in element.attrib:
        return INDEXED.get(element.get("indexed", ""), f"indexed {element.get('indexed')}")
    theme, tint = element.get("theme", ""), element.get("tint", "0")
    if theme in THEME and re.fullmatch(r"[+-]?[01](\.[0-9]+)?", tint):
        level, change = THEME[theme], min(1.0, max(-1.0, float(tint)))
        level = round(level * (1 + change) if change < 0 else level + (255 - level) * change)
        return f"{level:02X}" * 3
    return f"theme {theme}{tint}" if theme else ""


def cannot_be_read(colour: str, behind: str) -> bool:
    """Whether a text of one colour is lost on another; a text that says no colour is black, and a sheet is white.

    >>> cannot_be_read("FFFFFF", ""), cannot_be_read("FFFFFF", "FFF9DB"), cannot_be_read("", "000000")
    (True, True, True)
    >>> cannot_be_read("", ""), cannot_be_read("777777", ""), cannot_be_read("FFFFFF", "theme 4")
    (False, False, False)
    """
    text, ground = colour or BLACK, behind or WHITE
    if not (RGB.fullmatch(text) and RGB.fullmatch(ground)):
        return text == ground
    low, high = sorted((_luminance(text), _luminance(ground)))
    return (high + 0.05) / (low + 0.05) < LEAST_CONTRAST


def _luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
