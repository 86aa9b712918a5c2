"""The criteria workbook: what an officer fills in, with drop-down lists, notes and live totals of the weights."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from evaluator.records.documents import Cell, Choice, Highlight, Hint, Sheet, Style, Workbook
from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.programme.by_name import Named
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.price.names import choices
from evaluator.records.programme.written.cells import facts_cell, list_cell, number_cell, pairs_cell, text_cell
from evaluator.records.programme.written.files import ACCEPTED_FILE, PROGRAMME, TEMPLATE, VERSIONS_FILE, Plain
from evaluator.records.programme.written.layout import (
    ACCEPTED,
    DECIDED,
    GUIDE,
    KEY,
    LABEL,
    LISTS,
    NAMES,
    NOTE,
    RULES,
    SHEETS,
    STANDS_IN,
    THEME,
    THEME_TITLES,
    TITLES,
    VALUE,
    VERSIONS,
    Block,
    Item,
    decided_block,
    programme_blocks,
    theme_blocks,
)
from evaluator.records.texts import visible
from evaluator.reporting.before_publication.criteria_guide import guide_rows
from evaluator.reporting.results.grid import letters

WIDTHS = (20, 34, 60, 13, 13, 60, 26, 24, 44, 44, 14, 34, 14)
OWN_WIDTHS = {
    "Programme": (22, 30, 60, 13, 11, 11, 11, 11, 11, 11, 22, 38),
    "Gates": (18, 28, 44, 60, 50, 44),
    "Award rules": (18, 34, 56, 20, 13, 12, 10, 14, 13, 9, 22, 20, 9),
    ACCEPTED: (14, 34, 34, 70, 14),
    VERSIONS: (12, 14, 12, 50, 50, 40, 50),
}
SPARE = {"weights": 6, "scale.mark": 3, "tier": 3, "outcomes": 6, "approaches": 3, RULES: 10}
LEAST_SPARE = 4
TAKEN = frozenset((*TITLES.values(), *THEME_TITLES.values(), "Key"))
NUMBERS = ("number", "money", "whole", "percent")
USUAL = Decimal(100)  # what weights come to where no other whole is published
FORM_HEAD = ("Key", "What", "Your entry", "What it means")
UNFIT = re.compile(r"[^\w .-]|[\U00010000-\U0010ffff]")  # for the name of a sheet
Rows = list[dict[int, Cell]]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Totals:
    """Where a theme's sum of weights stands, and what it comes to."""

    title: str
    cell: str
    total: Decimal
    whole: Decimal


@dataclass
class _Page:
    """A sheet in the making."""

    name: str
    rows: Rows = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)  # first and last row of each block, from 1
    frozen: int = 0

    def sheet(self) -> Sheet:
        """Give what is finished."""
        return Sheet(
            self.name,
            tuple(_filled(row) for row in self.rows),
            self._widths(),
            freeze=(self.frozen, 2),
            choices=tuple(self.choices),
            hints=tuple(self.hints),
            highlights=tuple(self.highlights),
            protected=True,
            growing=True,
        )

    def _widths(self) -> tuple[int, ...]:
        """Give the columns' widths: as usual, and wider where a long number would not be seen in full."""
        widths = list(OWN_WIDTHS.get(self.name, WIDTHS))
        for row in self.rows:
            for at, cell in row.items():
                text = str(cell.value).removesuffix("%")
                if at < len(widths) and not cell.formula and plain_decimal(text) is not None:
                    widths[at] = max(widths[at], len(text) + 3)
        return tuple(widths)


def criteria_book(title: str, files: Mapping[str, Plain], by_name: Sequence[Named] = ()) -> Workbook:
    """Write criteria as a workbook.

    Parameters
    ----------
    title : as the programme is called.
    files : what each file of the criteria holds, as ``records.written.as_files`` gives it.
    by_name : the values that texts can take by their names.
    """
    title = visible(title)
    programme, common = files.get(PROGRAMME, {}), files.get(TEMPLATE, {}).get("question", [])
    apart = (PROGRAMME, TEMPLATE, ACCEPTED_FILE, VERSIONS_FILE)
    own = {name: theme for name, theme in files.items() if name not in apart}
    decided = files.get(ACCEPTED_FILE, {}) | files.get(VERSIONS_FILE, {})
    pages = {name: _Page(name) for name in SHEETS}
    for name, page in pages.items():
        _start(page, f"{name} – {title}")
        for block in programme_blocks(name):
            entries = _rules(programme, own) if block.path == RULES else _published(programme, block.path)
            _write(page, block, common if block.path == "common" else entries, pages)
    names = _theme_names(own)
    themes = [_theme_page(names[file], theme, common, pages) for file, theme in own.items()]
    later = [_decided_page(name, decided, title) for name in DECIDED]
    in_order = [*list(pages.values())[:3], *(page for page, _ in themes), *list(pages.values())[3:], *later]
    guide = Sheet(GUIDE, guide_rows(title, [totals for _, totals in themes]), (34, 24, 40, 60), protected=True)
    lists = Sheet(LISTS, tuple((Cell(shown, style="text"),) for shown in choices()), (90,), hidden=True)
    offered = [_names_sheet(by_name)] if by_name else []
    return Workbook(f"Criteria: {title}", (guide, *(page.sheet() for page in in_order), *offered, lists))


def _names_sheet(names: Sequence[Named]) -> Sheet:
    """Offer the names by which texts take values, with what each is and what it comes to now."""
    heads = tuple(Cell(head, style="heading") for head in ("Write this in a text", "What it is", "What it says now"))
    rows = (
        tuple(Cell(visible(text), style="text") for text in (f"{{{one.name}}}", one.what, one.words)) for one in names
    )
    told = "A value that a text takes by its name cannot be another. These are as they were when this was made."
    top = ((Cell(NAMES, style="title"),), (Cell(told, style="note_line"),), (), heads)
    return Sheet(NAMES, (*top, *rows), (36, 56, 60), freeze=(len(top), 1), protected=True)


def _decided_page(name: str, decided: Plain, title: str) -> _Page:
    """Make the sheet of what people decide before publication."""
    page, block = _Page(name), decided_block(name)
    _start(page, f"{name} – {title}")
    _write(page, block, decided.get(block.path, []), {})
    return page


def _theme_names(own: Mapping[str, Plain]) -> dict[str, str]:
    """Name a sheet for each theme: at most 31 characters, none that spreadsheet programs refuse, no name twice."""
    names: dict[str, str] = {}
    for file, theme in own.items():
        fit_id = UNFIT.sub(" ", str(theme.get("id", "")))
        name, number = f"{THEME} {fit_id}"[:31].strip(), 2
        while name.casefold() in {taken.casefold() for taken in names.values()}:
            name, number = f"{THEME} {fit_id}"[:27].strip() + f" {number}", number + 1
        names[file] = name
    return names


def _theme_page(name: str, theme: Plain, common: Sequence[Plain], pages: dict[str, _Page]) -> tuple[_Page, Totals]:
    page = _Page(name)
    _start(page, f"{name} – {theme.get('title', '')}")
    blocks = theme_blocks()
    weights = _weight_rows(theme, common)
    for block in blocks:
        if block.path == "weights":
            _weights(page, block, weights, len(theme.get("question", ())), pages)
        else:
            _write(page, block, _published(theme, block.path), pages)
    total = sum((Decimal(row["weights"]) for row in weights if row.get("weights")), Decimal(0))
    _fill_titles(page, pages["Common questions"], [*common, *theme.get("question", ())])
    cell = f"'{name}'!$D${page.places['total'][0]}"
    return page, Totals(str(theme.get("title", "")), cell, total, _whole(pages, page)[1])


def _weight_rows(theme: Plain, common: Sequence[Plain]) -> list[Plain]:
    """Give a row to every question that has a weight or could have one: common ones, the theme's own, then price."""
    weights, least = theme.get("weights", {}), theme.get("minimum_marks", {})
    asked = [question["id"] for question in (*common, *theme.get("question", ()))]
    ids = dict.fromkeys((*asked, *(name for name in (*weights, *least) if name not in (*asked, "price")), "price"))
    return [{"id": name, "weights": weights.get(name), "minimum_marks": least.get(name)} for name in ids]


def _published(file: Plain, path: str) -> Plain | list[Plain]:
    """Give the table, or the list of tables, at a path of a file; nothing where none is published."""
    for part in path.split(".") if path else ():
        file = file.get(part, {})
    return file


def _rules(programme: Plain, own: Mapping[str, Plain]) -> list[Plain]:
    """Give the programme's rules, then each theme's with the theme in whose file it stands."""
    theirs = [rule | {STANDS_IN: theme["id"]} for theme in own.values() for rule in theme.get("rule", ())]
    return [*programme.get("allocation", {}).get("rule", ()), *theirs]


def _start(page: _Page, title: str) -> None:
    help_line = (
        "Fill in the yellow cells. A choice or a note appears beside a cell that you select; the guide explains."
    )
    page.rows += [{0: Cell(title, style="title")}, {0: Cell(help_line, style="note_line")}, {}]


def _write(page: _Page, block: Block, published: Plain | list[Plain], pages: Mapping[str, _Page]) -> None:
    page.rows.append({0: Cell(block.title, style="section")})
    if isinstance(published, list):
        _table(page, block, published, pages)
    elif block.shape == "form":
        _form(page, block, published, pages)
    else:  # pairs, or a table that is not published
        _table(page, block, [{"id": key, block.path: value} for key, value in published.items()], pages)
    page.rows.append({})


def _form(page: _Page, block: Block, published: Plain, pages: Mapping[str, _Page]) -> None:
    page.rows.append({column: Cell(text, style="heading") for column, text in enumerate(FORM_HEAD)})
    entry = {item.key: published[item.key] for item in block.items if item.key in published}
    for item in block.items:
        value = _cell(item, entry.get(item.key), _NONE, blank=_leaves_blank(item, entry))
        labels = {KEY: Cell(item.key, style="helper"), LABEL: Cell(item.label, style="text")}
        page.rows.append(labels | {VALUE: value, NOTE: Cell(item.note, style="note_line")})
        _offer(page, block, item, (len(page.rows), len(page.rows)), pages, prompt="")


def _table(page: _Page, block: Block, entries: Sequence[Plain], pages: Mapping[str, _Page]) -> None:
    heads = {item.column: Cell(item.label, style="heading") for item in block.items}
    page.rows.append(heads)
    if len(page.rows) < 6:  # the sheet's only table: its headings stay in view
        page.frozen = len(page.rows)
    first = len(page.rows) + 1
    spare = max(LEAST_SPARE, SPARE.get(block.path, 0))
    for entry in (*entries, *({} for _ in range(spare))):
        page.rows.append({item.column: _entry_cell(item, entry) for item in block.items})
    page.places[block.path] = first, len(page.rows)
    for item in block.items:
        _offer(page, block, item, page.places[block.path], pages, item.note)


def _offer(
    page: _Page, block: Block, item: Item, rows: tuple[int, int], pages: Mapping[str, _Page], prompt: str
) -> None:
    """Offer what a cell can hold as a drop-down list, or say it in a note."""
    column = letters(item.column)
    cells = f"{column}{rows[0]}:{column}{rows[1]}"
    source = ""
    if block.path == "price" and item.key == "method":
        source = f"={LISTS}!$A$1:$A${len(METHODS)}"
    elif page.name.startswith(THEME) and item.key == "tier":
        first, last = pages["Programme"].places["tier"]
        source = f"=Programme!$A${first}:$A${last}"
    if source or item.choices:
        page.choices.append(Choice(cells, item.choices, prompt, source))
    elif prompt:
        page.hints.append(Hint(cells, prompt))


def _weights(page: _Page, block: Block, entries: list[Plain], own: int, pages: Mapping[str, _Page]) -> None:
    """Write the weights with their live total above them, and a free row for each question that may be added."""
    page.rows.append({0: Cell(block.title, style="section")})
    total = len(page.rows) + 1
    first, last = total + 2, total + 1 + len(entries) + SPARE["weights"] + (0 if own else LEAST_SPARE)
    span = f"$D${first}:$D${last}"
    exact = sum((Decimal(row["weights"]) for row in entries if row.get("weights")), Decimal(0))
    formula = f'=IFERROR(SUMPRODUCT(VALUE("0"&{span})),"a weight is no number")'
    cell, whole = _whole(pages, page)
    enough, not_enough = verdicts(whole)
    wanted = f'IF({cell}="",100,VALUE({cell}))' if whole != USUAL else "100"
    verdict = f'=IF(ISNUMBER($D${total}),IF(ROUND($D${total},9)={wanted},"{enough}","{not_enough}"),"{not_enough}")'
    page.rows.append(
        {
            2: Cell(f"All weights together (they must be exactly {decimal_text(whole)})", style="text"),
            3: Cell(exact, formula, style="number"),
            4: Cell(enough if exact == whole else not_enough, verdict, style="text"),
        }
    )
    page.places["total"] = total, total
    page.highlights += [Highlight(f"E{total}", enough, "good"), Highlight(f"E{total}", not_enough, "bad")]
    labels = {1: Cell("Question", style="heading"), 2: Cell("What is asked", style="heading")}
    page.rows.append(labels | {item.column: Cell(item.label, style="heading") for item in block.items})
    for entry in (*entries, *({} for _ in range(last - first + 1 - len(entries)))):
        page.rows.append({item.column: _entry_cell(item, entry) for item in block.items})
    page.places[block.path] = first, last
    for item in block.items:
        _offer(page, block, item, (first, last), pages, item.note)
    page.rows.append({})


def _whole(pages: Mapping[str, _Page], theme: _Page) -> tuple[str, Decimal]:
    """Give the cell of what all weights of a theme come to, and what it holds: the theme's, the programme's, or 100."""
    own, of_all = _total(theme), _total(pages["Programme"])
    cell, held = own if own[1] is not None else of_all
    return f"{'' if own[1] is not None else 'Programme!'}{cell}", USUAL if held is None else held


def _total(page: _Page) -> tuple[str, Decimal | None]:
    """Give the cell of a page that says what weights come to, and what it holds."""
    at = next(number for number, row in enumerate(page.rows, 1) if KEY in row and row[KEY].value == "total")
    return f"${letters(VALUE)}${at}", plain_decimal(str(page.rows[at - 1][VALUE].value))


def verdicts(whole: Decimal) -> tuple[str, str]:
    """Say that weights are the whole, and that they are not."""
    return f"exactly {decimal_text(whole)}", f"not {decimal_text(whole)}"


def _fill_titles(page: _Page, common: _Page, asked: Sequence[Plain]) -> None:
    """Show beside each weight the question that it belongs to, looked up wherever the question stands."""
    titles = {question["id"]: (question.get("title", ""), question.get("text", "")) for question in asked}
    (first, last), (own_first, own_last) = page.places["weights"], page.places["question"]
    top, bottom = common.places["common"]
    for number in range(first, last + 1):
        name = page.rows[number - 1][0].value
        known = titles.get(
            str(name), ("Price", "") if name == "price" else ("no such question", "") if name else ("", "")
        )
        for column, cached in ((1, known[0]), (2, known[1])):
            own = f"VLOOKUP($A{number},$A${own_first}:$C${own_last},{column + 1},FALSE)"
            every = f"VLOOKUP($A{number},'{common.name}'!$A${top}:$C${bottom},{column + 1},FALSE)"
            price, unknown = ('"Price"', '"no such question"') if column == 1 else ('""', '""')
            found = f"IFERROR({every},IFERROR({own},{unknown}))"
            formula = f'=IF($A{number}="","",IF($A{number}="price",{price},{found}))'
            page.rows[number - 1][column] = Cell(cached, formula, style="text")


def _entry_cell(item: Item, entry: Plain) -> Cell:
    taken = TAKEN if item.column == 0 else _NONE
    return _cell(item, entry.get(item.key), taken, blank=_leaves_blank(item, entry))


def _leaves_blank(item: Item, entry: Plain) -> bool:
    """Whether an empty text may stand as an empty cell: other cells of its entry show that the entry is there."""
    return item.blank and any(value not in ("", None) for value in entry.values())


def _cell(item: Item, value: object, taken: frozenset[str], *, blank: bool) -> Cell:
    style: Style = "input_money" if item.kind == "money" else "input"
    if value is None or (value == "" and blank):
        return Cell(None if item.kind in NUMBERS[:3] else "", style=style)
    if item.kind in NUMBERS:
        number = number_cell(str(value))
        return Cell(number, style=style if isinstance(number, Decimal) else "input")
    if item.kind == "facts" and isinstance(value, list):
        return Cell(facts_cell(value), style="input")
    return Cell(_text(value, taken), style="input")


def _text(value: object, taken: frozenset[str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return list_cell(value)
    return pairs_cell(value) if isinstance(value, dict) else text_cell(str(value), taken)


def _filled(row: Mapping[int, Cell]) -> tuple[Cell, ...]:
    return tuple(row.get(column, Cell()) for column in range(max(row, default=-1) + 1))
