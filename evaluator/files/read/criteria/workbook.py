"""Criteria in, from a workbook: its sheets become what the TOML files would hold, and every key knows its cell."""

from dataclasses import dataclass, field

from evaluator.files.read.criteria.sheet import CriteriaSheet, Places, SheetRow, moved
from evaluator.files.read.tables.guard import quoted
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book, Sheet
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.look_alikes import odd_letters, skeleton
from evaluator.records.programme.written.files import (
    ACCEPTED_FILE,
    PROGRAMME,
    TEMPLATE,
    VERSIONS_FILE,
    Plain,
    theme_file,
)
from evaluator.records.programme.written.layout import (
    ACCEPTED,
    DECIDED,
    GUIDE,
    LISTS,
    NAMES,
    RULES,
    SHEETS,
    STANDS_IN,
    THEME,
    VERSIONS,
    Block,
    decided_block,
    programme_blocks,
    theme_blocks,
)

FILE_OF = {ACCEPTED: ACCEPTED_FILE, VERSIONS: VERSIONS_FILE}


@dataclass
class BookRead:
    """What a criteria workbook holds: the files that it stands for, the cell of each key, and findings.

    ``decided`` is what people decided before publication, by file; it is no part of the criteria.
    """

    files: dict[str, Plain] = field(default_factory=dict)
    places: Places = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    decided: dict[str, list[Plain]] = field(default_factory=dict)


def read_book(content: bytes, name: str) -> BookRead:
    """Read a criteria workbook through the guarded scanner.

    Parameters
    ----------
    name : what findings call the file.
    """
    book, found = open_workbook(content, name)
    if book is None:
        return BookRead(findings=list(found))
    reader = _Reader(name, frozenset(" ".join(one.title.split()).casefold() for one in book.sheets))
    reader.read.findings.extend(found)
    reader.twins(book)
    for sheet in book.sheets:
        reader.sheet(sheet)
    return reader.finished()


class _Reader:
    """One reading of one workbook; keeps what it has read as it goes."""

    def __init__(self, name: str, titles: frozenset[str]) -> None:
        self.name, self.titles = name, titles
        self.read = BookRead(files={PROGRAMME: {"schema": 1}})
        self.own_rules: list[tuple[str, Plain, Places]] = []

    def sheet(self, sheet: Sheet) -> None:
        """Read a sheet of ours; tell of one that is not."""
        title = " ".join(sheet.title.split()).casefold()
        known = {one.casefold(): one for one in SHEETS}
        if title in (GUIDE.casefold(), LISTS.casefold(), NAMES.casefold()):
            return
        if title in known:
            self.programme_sheet(CriteriaSheet(sheet, self.name, self.read.findings), known[title])
        elif decided := next((one for one in DECIDED if one.casefold() == title), ""):
            self.decided_sheet(CriteriaSheet(sheet, self.name, self.read.findings), decided)
        elif title.startswith(THEME.casefold()):
            self.theme_sheet(CriteriaSheet(sheet, self.name, self.read.findings))
        elif alike := next((one for one in SHEETS if skeleton(one) == skeleton(title)), ""):
            facts = {"what": "The sheet’s name", "wanted": alike, "odd": odd_letters(sheet.title)}
            self.note("E-FILE-042", Source(self.name, sheet.title), **facts)
        elif lost := next((one for one in SHEETS if self.is_renamed(sheet, one)), ""):
            self.note("E-FILE-020", Source(self.name, sheet.title), sheet=lost, found=sheet.title)
        else:
            held = (one.text for cells in sheet.rows.values() for one in cells.values())
            self.note("E-BOOK-002", Source(self.name, sheet.title), sheet=sheet.title, what=quoted(held))

    def is_renamed(self, sheet: Sheet, name: str) -> bool:
        """Whether a sheet of another name says in its first cell that it is one of ours, which is not there."""
        first = sheet.cell(1, 1)
        says = first is not None and first.text.casefold().startswith(f"{name.casefold()} – ")
        return says and name.casefold() not in self.titles

    def twins(self, book: Book) -> None:
        """Find sheets whose names nobody can tell apart."""
        names = [skeleton(one.title) for one in book.sheets]
        for name in sorted({name for name in names if names.count(name) > 1}):
            titles = [f"“{one.title}”" for one, alike in zip(book.sheets, names, strict=True) if alike == name]
            self.note("E-FILE-027", Source(self.name), sheet=titles[0], found=", ".join(titles))

    def note(self, code: str, place: Source, **facts: object) -> None:
        """Keep a finding."""
        self.read.findings.append(finding(code, place, **facts))

    def programme_sheet(self, page: CriteriaSheet, name: str) -> None:
        """Read a sheet about the whole programme into programme.toml and template.toml."""
        for block, rows in page.blocks(programme_blocks(name)):
            if block.path == RULES:
                self.rules_block(page, block, rows)
            elif block.path == "common":
                questions, places = page.table(block, rows, TEMPLATE, "question")
                self.keep(places)
                if questions:
                    self.read.files[TEMPLATE] = {"question": questions}
            else:
                self.keep(page.fill(self.read.files[PROGRAMME], block, rows, PROGRAMME))

    def theme_sheet(self, page: CriteriaSheet) -> None:
        """Read a theme's sheet into a file of its own."""
        plain: Plain = {"weights": {}}
        places: Places = {}
        for block, rows in page.blocks(theme_blocks()):
            places |= page.fill(plain, block, rows, "")
        name = theme_file(str(plain.get("id", page.sheet.title)))
        if name in self.read.files:
            self.note("E-BOOK-003", page.place(), what=f"the theme {plain.get('id', '')}")
            return
        self.read.files[name] = plain
        self.keep({(name, key): place for (_, key), place in places.items()})
        self.read.places[name, ""] = page.place()

    def decided_sheet(self, page: CriteriaSheet, name: str) -> None:
        """Read a sheet of what people decided before publication; what is wrong in it is found when it is asked for."""
        for block, rows in page.blocks((decided_block(name),)):
            file = FILE_OF[name]
            entries, places = page.table(block, rows, file, block.path)
            self.read.decided[file] = entries
            self.keep(places | {(file, ""): page.place()})

    def rules_block(self, page: CriteriaSheet, block: Block, rows: list[SheetRow]) -> None:
        """Read the rules: the programme's own, and those that stand in a theme's file."""
        for rule, places in page.entries(block, rows):
            theme = rule.pop(STANDS_IN, "")
            kept = {("", key): place for key, place in places.items()}
            if theme:
                self.own_rules.append((str(theme), rule, kept))
                continue
            held = self.read.files[PROGRAMME].setdefault("allocation", {}).setdefault("rule", [])
            held.append(rule)
            self.keep(moved(kept, PROGRAMME, f"{RULES}[{len(held)}]"))
        self.read.places.setdefault((PROGRAMME, RULES), page.place())

    def keep(self, places: Places) -> None:
        """Remember where keys stand."""
        self.read.places |= places

    def finished(self) -> BookRead:
        """Put each theme's rules into its file."""
        for theme, rule, places in self.own_rules:
            name = theme_file(theme)
            if name not in self.read.files:
                self.note("E-BOOK-004", places["", STANDS_IN], theme=theme)
                continue
            held = self.read.files[name].setdefault("rule", [])
            held.append(rule)
            self.keep(moved(places, name, f"rule[{len(held)}]"))
        return self.read
