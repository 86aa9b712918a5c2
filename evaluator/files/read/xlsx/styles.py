"""How cells are shown: number formats, and fonts, fills and alignments that hide what is there or show it otherwise."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from xml.etree import ElementTree

from evaluator.files.read.xlsx.cell import Look
from evaluator.files.read.xlsx.colours import BLACK, WHITE, Palette, cannot_be_read, six_digits
from evaluator.files.read.xlsx.fonts import USUAL, Font, font_of, parts_of
from evaluator.files.read.xlsx.formats import is_date
from evaluator.files.read.xlsx.package import Package, RefusedError, tree_of
from evaluator.files.read.xlsx.workbook_parts import MAIN, TRUE

Element = ElementTree.Element
MOST_STYLES = 70_000
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', 42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
    # Dates in the East Asian and Thai lists of part 1 of ECMA-376 (18.8.30), which no code goes with.
    **dict.fromkeys((*range(27, 37), *range(50, 59), *range(71, 82)), '"of another language: "d/m/yyyy'),
}  # fmt: skip
LINES = ("general", "left", "center", "right", "justify", "distributed")  # ways to set a text that show it once, here
MOST_INDENT = 5  # steps of about three spaces; further in, a figure is pushed out of its cell
FROM_RIGHT = "2"
SPARSE = (
    "gray125",
    "gray0625",
    "lightGrid",
    "lightTrellis",
    "lightHorizontal",
    "lightVertical",
    "lightDown",
    "lightUp",
)
SAME = "its text has the colour of its background"
THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)  # light 1 comes first for cells, and dark 1 in the theme


class Differing(NamedTuple):
    """What a conditional format changes: the text's colour, what is behind it, and whether it hides it altogether."""

    colour: str = ""
    behind: tuple[str, ...] = ()
    odd: str = ""


class Styles(NamedTuple):
    """The looks of cells, the conditional formats that rules name by number, colours, and the usual font's size.

    ``tables`` are the styles of tables that the workbook has of its own: by name, what each part of them changes.
    """

    looks: tuple[Look, ...]
    conditional: tuple[Differing, ...]
    palette: Palette
    usual_size: float = USUAL
    tables: Mapping[str, tuple[tuple[str, Differing], ...]] = MappingProxyType({})


def read_styles(package: Package, part: str, theme: str) -> Styles:
    """Read a workbook's styles; one without has one look.

    Parameters
    ----------
    theme : the part with the colours of the theme, empty where there is none.
    """
    return _styles(package.content(part), package.content(theme))


@lru_cache(maxsize=4)  # a panel's returns were issued with the same styles
def _styles(content: bytes, theme: bytes) -> Styles:
    tree = tree_of(content) if content else None
    palette = Palette(lambda: _theme(theme), _indexed(tree))
    if tree is None:
        return Styles((Look(),), (), palette)
    written = {_number(one, "numFmtId"): one.get("formatCode", "") for one in _all(tree, "numFmts")}
    fonts = [_font(one, palette) for one in _all(tree, "fonts")]
    fills = [_fill(one, palette) for one in _all(tree, "fills")]
    looks = tuple(_look(one, BUILT_IN | written, fonts, fills) for one in _all(tree, "cellXfs"))
    conditional = tuple(differing(one, palette) for one in _all(tree, "dxfs"))
    tables = {one.get("name", ""): tuple(_parts(one, conditional)) for one in _all(tree, "tableStyles")}
    return Styles(looks or (Look(),), conditional, palette, (fonts[0].size if fonts else 0) or USUAL, tables)


def _parts(style: Element, conditional: tuple[Differing, ...]) -> Iterator[tuple[str, Differing]]:
    for one in style:
        number = _number(one, "dxfId") if one.get("dxfId") else len(conditional)
        if number < len(conditional):
            yield one.get("type", ""), conditional[number]


def _all(tree: Element, name: str) -> list[Element]:
    group = tree.find(f"{MAIN}{name}")
    found = [] if group is None else list(group)
    if len(found) > MOST_STYLES:
        raise RefusedError("E-FILE-013", what="a workbook of more styles than a spreadsheet program writes")
    return found


def _number(element: Element, key: str) -> int:
    """Read a number that a program may leave out or leave empty."""
    text = element.get(key, "").strip() or "0"
    if not text.isascii() or not text.isdigit():
        raise RefusedError("E-FILE-011")
    return int(text[:9])


def _theme(content: bytes) -> tuple[str, ...]:
    """Read the twelve colours of a theme in the order in which cells number them."""
    tree = tree_of(content) if content else None
    scheme = next((one for one in tree.iter() if one.tag.endswith("}clrScheme")), None) if tree is not None else None
    colours = [_theme_colour(one) for one in scheme if len(one)] if scheme is not None else []
    return tuple(colours[place] for place in THEME_ORDER) if len(colours) == len(THEME_ORDER) else ()


def _theme_colour(element: Element) -> str:
    return six_digits(element[0].get("lastClr", element[0].get("val", ""))) or BLACK


def _indexed(tree: Element | None) -> tuple[str, ...]:
    group = tree.find(f"{MAIN}colors/{MAIN}indexedColors") if tree is not None else None
    return tuple(six_digits(one.get("rgb", "")) or BLACK for one in group) if group is not None else ()


def _look(one: Element, formats: dict[int, str], fonts: list[Font], fills: list[tuple[str, ...]]) -> Look:
    identity = _number(one, "numFmtId")
    code = formats.get(identity, f'"built-in format {identity}"')
    font, fill = _number(one, "fontId"), _number(one, "fillId")
    colour, odd, size = fonts[font] if font < len(fonts) else Font()
    behind = fills[fill] if fill < len(fills) else ()
    alignment = one.find(f"{MAIN}alignment")
    lines = _lines(alignment) if alignment is not None else ""
    unseen = lines or odd or (SAME if cannot_be_read(colour, behind) else "")
    turned = alignment is not None and _number(alignment, "textRotation") != 0
    shrunk = alignment is not None and alignment.get("shrinkToFit", "") in TRUE
    return Look(code, is_date(code), unseen, colour, behind, size, turned, shrunk)


def _lines(alignment: Element) -> str:
    """Say how the setting of a text shows it otherwise than once, in its own cell, from left to right."""
    horizontal = alignment.get("horizontal") or "general"
    if horizontal == "fill":
        return "it is repeated over the whole width of the cell"
    if horizontal not in LINES:
        return "it is set across the cells beside it"
    if abs(_indent(alignment)) > MOST_INDENT:
        return "it is indented so far that it can lie outside the cell"
    return "it is set from right to left" if alignment.get("readingOrder") == FROM_RIGHT else ""


def _indent(alignment: Element) -> int:
    negative = alignment.get("indent", "").startswith("-")  # some programs write what the standard forbids
    return MOST_INDENT + 1 if negative else _number(alignment, "indent") + abs(_relative(alignment))


def _relative(alignment: Element) -> int:
    text = alignment.get("relativeIndent", "").lstrip("-")
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def _children(element: Element) -> Iterator[tuple[str, dict[str, str]]]:
    return ((one.tag.rpartition("}")[2], one.attrib) for one in element)


def _font(element: Element, palette: Palette) -> Font:
    return font_of(parts_of(_children(element)), palette)


def _fill(element: Element, palette: Palette) -> tuple[str, ...]:
    """Give the colours behind a text; none of them may swallow it."""
    found = {one.tag.rpartition("}")[2]: one for one in element.iter()}
    if "gradientFill" in found:
        return tuple(palette.colour(one.attrib) or WHITE for one in element.iter() if one.tag.endswith("color"))
    kind = found["patternFill"].get("patternType") or "none" if "patternFill" in found else "none"
    first, second = (palette.colour(found[tag].attrib) if tag in found else "" for tag in ("fgColor", "bgColor"))
    if kind == "none":
        return ()
    if kind == "solid":
        return (first or BLACK,)
    return (second or WHITE,) if kind in SPARSE else (first or BLACK, second or WHITE)


def differing(element: Element, palette: Palette) -> Differing:
    """Read what a conditional format changes; a number format is always something else than the cell's own."""
    found = {one.tag.rpartition("}")[2]: one for one in element}
    if "numFmt" in found:
        return Differing(odd="a conditional format can change its number format")
    font = _font(found["font"], palette) if "font" in found else Font()
    fill = {one.tag.rpartition("}")[2]: one.attrib for one in found["fill"].iter()} if "fill" in found else {}
    behind = palette.colour(fill.get("bgColor")) or palette.colour(fill.get("fgColor"))
    if "gradientFill" in fill:
        return Differing(font.colour, _fill(found["fill"], palette), font.odd)
    return Differing(font.colour, (behind,) if behind else (), font.odd)
