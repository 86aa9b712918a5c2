"""Colours of texts and of what is behind them: whether an eye can tell one from the other."""

import colorsys
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache

from evaluator.files.read.xlsx.measures import number_of

BLACK, WHITE = "000000", "FFFFFF"  # of a text and of a sheet that say nothing of their colour
LEAST_CONTRAST = 1.25  # pale yellow on white has 1.07, light grey on white 1.5; plain texts should have 4.5
HEXADECIMAL = frozenset("0123456789ABCDEF")
SYSTEM = {"64": BLACK, "65": WHITE, "81": BLACK}  # of a window's text, of the window, of a comment's text
OFFICE = (  # of a workbook without a theme
    *("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D"),
    *("9BBB59", "8064A2", "4BACC6", "F79646", "0000FF", "800080"),
)
INDEXED = (  # of a workbook without a palette of its own
    *("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF") * 2,
    *("800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080"),
    *("9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF"),
    *("000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF"),
    *("00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99"),
    *("3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696"),
    *("003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333"),
)


class Palette:
    """What a workbook's colours are: those of its theme, read when one is first asked for, and those with numbers.

    Parameters
    ----------
    theme : reads the twelve colours of the theme; empty where there is none.
    indexed : a palette of the workbook's own.
    """

    def __init__(self, theme: Callable[[], tuple[str, ...]], indexed: tuple[str, ...] = ()) -> None:
        self._read_theme, self._indexed = theme, indexed or INDEXED

    @cached_property
    def theme(self) -> tuple[str, ...]:
        """The theme's colours, in the order in which cells number them."""
        return self._read_theme() or OFFICE

    def colour(self, attributes: Mapping[str, str] | None) -> str:
        """Give a colour as six hexadecimal digits; empty for none, and for what a spreadsheet program passes over."""
        if not attributes:
            return ""
        found = self._plain(attributes)
        tint = number_of(attributes.get("tint"))
        return _tinted(found, min(1.0, max(-1.0, tint))) if found and tint else found

    def _plain(self, attributes: Mapping[str, str]) -> str:
        if "rgb" in attributes:
            return six_digits(attributes["rgb"])
        if "theme" in attributes:
            return _at(self.theme, attributes["theme"])
        number = attributes.get("indexed", "")
        return SYSTEM.get(number) or _at(self._indexed, number)


def six_digits(text: str) -> str:
    """Give the last six digits of a colour, which may have its opacity before them; empty where they are none.

    >>> six_digits("FF9C0006"), six_digits("00ffffff"), six_digits("red")
    ('9C0006', 'FFFFFF', '')
    """
    last = text[-6:].upper()
    return last if len(last) == 6 and HEXADECIMAL.issuperset(last) else ""


def _at(colours: tuple[str, ...], number: str) -> str:
    plain = number.isascii() and number.isdigit() and len(number) < 4
    return colours[int(number)] if plain and int(number) < len(colours) else ""


def _tinted(colour: str, tint: float) -> str:
    """Make a colour darker or lighter, as part 1 of ECMA-376 says in 18.8.3."""
    hue, light, full = colorsys.rgb_to_hls(*_levels(colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(one * 255):02X}" for one in colorsys.hls_to_rgb(hue, light, full))


def cannot_be_read(colour: str, behind: Iterable[str] = ()) -> bool:
    """Whether a text is lost on a colour that is behind it; a text that says no colour is black, a sheet is white.

    >>> cannot_be_read("FFFFFF"), cannot_be_read("FFFFFF", ["FFF9DB"]), cannot_be_read("", ["000000"])
    (True, True, True)
    >>> cannot_be_read(""), cannot_be_read("777777"), cannot_be_read("FFFFFF", ["1F497D"])
    (False, False, False)
    """
    text = _luminance(colour or BLACK)
    for ground in tuple(behind) or (WHITE,):
        low, high = sorted((text, _luminance(ground)))
        if (high + 0.05) / (low + 0.05) < LEAST_CONTRAST:
            return True
    return False


def _levels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


@lru_cache(maxsize=1024)
def _luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2.2."""
    parts = _levels(colour)
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
