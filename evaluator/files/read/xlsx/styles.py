"""How cells are shown: number formats, and fonts and fills that hide what a cell holds."""

import re
from xml.etree import ElementTree

from evaluator.files.read.xlsx.cell import Look
from evaluator.files.read.xlsx.colours import cannot_be_read, colour_of
from evaluator.files.read.xlsx.package import Package, RefusedError
from evaluator.files.read.xlsx.workbook_parts import MAIN, TRUE

Element = ElementTree.Element
MOST_STYLES = 70_000
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', 42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
NOT_A_DATE = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\[\]]*\]|[_\\*].', re.IGNORECASE)
PICTURES = ("wingdings", "webdings", "symbol", "marlett")  # fonts in which a 4 is no 4
SMALLEST = 4.0  # points
MOST_INDENT = 5  # steps of about three spaces; further in, a figure is pushed out of its cell


def is_date(number_format: str) -> bool:
    r"""Whether a number format makes a date or a time of a number.

    >>> [is_date(one) for one in ("General", "yyyy-mm-dd", "[h]:mm", '0.0 "days"', "[Red]0", "0\\d")]
    [False, True, True, False, False, False]
    """
    plain = NOT_A_DATE.sub("", number_format.split(";")[0])
    return "general" not in plain.casefold() and re.search("[dmhys]", plain, re.IGNORECASE) is not None


def read_styles(package: Package, part: str) -> tuple[tuple[Look, ...], tuple[str, ...]]:
    """Read the looks of cells, and what each conditional format hides or changes (empty texts for those that do not).

    A workbook without styles has one look.
    """
    tree = package.tree(part) if part else None
    if tree is None:
        return (Look(),), ()
    formats = BUILT_IN | {_number(one, "numFmtId"): one.get("formatCode", "") for one in _all(tree, "numFmts")}
    fonts = [_font(one) for one in _all(tree, "fonts")]
    fills = [_fill(one) for one in _all(tree, "fills")]
    looks = tuple(_look(one, formats, fonts, fills) for one in _all(tree, "cellXfs"))
    return looks or (Look(),), tuple(_conditional(one) for one in _all(tree, "dxfs"))


def _all(tree: Element, name: str) -> list[Element]:
    group = tree.find(f"{MAIN}{name}")
    found = [] if group is None else list(group)
    if len(found) > MOST_STYLES:
        raise RefusedError("E-FILE-013", what="a workbook of more styles than a spreadsheet program writes")
    return found


def _number(element: Element, key: str) -> int:
    text = element.get(key, "0")
    if not text.isascii() or not text.isdigit():
        raise RefusedError("E-FILE-011")
    return int(text[:9])


def _look(one: Element, formats: dict[int, str], fonts: list[tuple[str, str]], fills: list[str]) -> Look:
    number_format = formats.get(_number(one, "numFmtId"), "General")
    font, fill = _number(one, "fontId"), _number(one, "fillId")
    colour, odd = fonts[font] if font < len(fonts) else ("", "")
    behind = fills[fill] if fill < len(fills) else ""
    alignment = one.find(f"{MAIN}alignment")
    if alignment is not None and alignment.get("horizontal") == "fill":
        odd = "it is repeated over the whole width of the cell"
    elif alignment is not None and _number(alignment, "indent") > MOST_INDENT:
        odd = "it is indented so far that it can lie outside the cell"
    return Look(number_format, is_date(number_format), odd or _same_colour(colour, behind))


def _same_colour(colour: str, behind: str) -> str:
    return "its text has the colour of its background" if cannot_be_read(colour, behind) else ""


def _font(element: Element) -> tuple[str, str]:
    """Give a font's colour, and what makes its texts unreadable."""
    name, size, strike = (element.find(f"{MAIN}{tag}") for tag in ("name", "sz", "strike"))
    odd = ""
    if name is not None and name.get("val", "").casefold().startswith(PICTURES):
        odd = f"the font {name.get('val', '')[:40]} shows other signs"
    elif strike is not None and strike.get("val", "1") in TRUE:
        odd = "it is struck through"
    elif size is not None and re.fullmatch(r"[0-9]+(\.[0-9]+)?", size.get("val", "")):
        odd = "its text is too small to be seen" if float(size.get("val", "")) < SMALLEST else ""
    return colour_of(element.find(f"{MAIN}color")), odd


def _fill(element: Element) -> str:
    pattern = element.find(f"{MAIN}patternFill")
    if pattern is None or pattern.get("patternType", "none") == "none":
        return ""
    colour = colour_of(pattern.find(f"{MAIN}fgColor")) if pattern.get("patternType") == "solid" else ""
    return colour or "a pattern"


def _conditional(element: Element) -> str:
    """Say what a conditional format changes beyond colours that can still be read."""
    if element.find(f"{MAIN}numFmt") is not None:
        return "changes the number format"
    font, fill = element.find(f"{MAIN}font"), element.find(f"{MAIN}fill")
    colour, odd = _font(font) if font is not None else ("", "")
    pattern = fill.find(f"{MAIN}patternFill") if fill is not None else None
    behind = colour_of(pattern.find(f"{MAIN}bgColor")) if pattern is not None else ""
    return "hides or strikes out what is there" if odd or _same_colour(colour, behind) else ""
