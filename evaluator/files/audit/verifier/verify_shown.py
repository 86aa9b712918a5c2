"""Compare what a bundle's pages, Word files and workbook show with outcome.json, for `verify.py`: read as text.

It lies beside `verify_evidence.py`, which calls it. Standard library only, Python 3.9 or later.
"""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

Row = dict[str, Any]
REPORT, BOOK, BID_PAGE = "outputs/report.html", "outputs/results.xlsx", "outputs/bids/bid-"
LIST, MOST_FINDINGS = "outputs/findings.html", 60
WORD, SHOWN_FIGURE = "word/document.xml", re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?%?")
FIGURE = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NOT_READ = ("Parameters", "Marks", "Decisions")  # sheets without a total, a rank, an award or a day of the ledger
CHANGES, MARK_OF, LEDGER = "Score changes", "mark for ", "inputs/ledger/ledger.jsonl"


def counted(number: int, noun: str) -> str:
    """Say how many there are of something."""
    return f"{number} {noun}{'s' * (number != 1)}"


def checks(files: dict[str, bytes], criteria: Any, outcome: Any) -> Iterator[tuple[str, list[str]]]:
    """Give each comparison that these files allow, in words, with what differs."""
    figures = Figures(criteria, outcome)
    if REPORT in files:
        yield "the report shows these totals, ranks, awards and sums", list(report(files[REPORT], figures))
    if BOOK in files:
        found = list(workbook(files[BOOK], figures, agreed_on(files)))
        yield "the workbook's totals, ranks and awards, as it keeps them, and days of changed marks are these", found
    pages = [name for name in files if name.startswith(BID_PAGE) and name.endswith(".html")]
    if pages:
        found = [line for name in sorted(pages) for line in bid_page(name, files[name], figures)]
        yield f"{counted(len(pages), 'page')} of bids: these marks, totals, ranks and awards are shown", found
    if LIST in files and len(outcome["findings"]) <= MOST_FINDINGS:
        page = " ".join(" ".join(Page(files[LIST].decode("utf-8", "replace")).texts).split())
        told = [" ".join(each.get("message", "").split()) for each in outcome["findings"]]
        found = [
            f"outcome.json has a finding that findings.html has not: {one[:120]}" for one in told if one not in page
        ]
        yield f"findings.html tells what outcome.json does, {counted(len(told), 'finding')}", found
    forms = [name for name in files if name.endswith(".docx") and f"{name[:-5]}.html" in files]
    if forms:
        found = [line for name in sorted(forms) for line in word_form(name, files)]
        yield f"{counted(len(forms), 'Word document')}: no figure but those of the pages", found


class Figures:
    """What outcome.json says of each bid, theme and award, as it is shown."""

    def __init__(self, criteria: Any, outcome: Any) -> None:
        self.bids = {bid["bid"]: bid for theme in outcome["themes"] for bid in theme["bids"]}
        self.titles = {theme["title"]: theme["id"] for theme in criteria["themes"]}
        awards = outcome["allocation"]["awards"] if outcome["allocation"] else []
        self.awards = {award["bid"]: Fraction(award["amount"]) for award in awards}
        self.proven = bool(awards) and outcome["allocation"]["status"] == "proven"
        self.themes = {award["bid"]: award["theme"] for award in awards}
        self.years = {award["bid"]: award.get("by_year", {}) for award in awards}
        self.cost = sum(self.awards.values(), Fraction(0))

    def sums(self, theme: str) -> Row:
        """Give how many awards a theme has, or all have, and their money by year and in all."""
        its = [bid for bid in self.awards if theme in ("", self.themes[bid])]
        years = sorted({year for bid in its for year in self.years[bid]})
        found: Row = {year: sum(Fraction(self.years[bid].get(year, 0)) for bid in its) for year in years}
        return {**found, "All years": sum((self.awards[bid] for bid in its), Fraction(0)), "Bids funded": len(its)}


class Page(HTMLParser):
    """The texts of a page, and its tables: rows of cells, each the texts in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tables: list[list[list[list[str]]]] = []
        self.cell: Any = None
        self.feed(text)

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - as the parser calls it
        """Count no lines, since nobody asks where something stands."""
        return j

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - as the parser calls it
        """Begin a table, a row or a cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.cell = []
            self.tables[-1][-1].append(self.cell)

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        self.cell = None if tag in ("td", "th") else self.cell

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if data.strip():
            self.texts.append(data.strip())
            if self.cell is not None:
                self.cell.append(data.strip())


def pounds(text: str) -> Any:
    """Read a sum of money; None where there is none."""
    found = re.match(r"£((?:\d[\d,]*\d|\d)(?:\.\d\d)?)(?!\d)", text)  # what follows says which part of the ask it is
    return Fraction(found[1].replace(",", "")) if found else None


def report(content: bytes, figures: Figures) -> Iterator[str]:
    """Compare the tables and the first figures of the report with outcome.json."""
    page = Page(content.decode("utf-8", "replace"))
    for table in page.tables:
        heads = [" ".join(cell) for cell in table[0]] if table else []
        for row in table[1:]:
            cells = {head: cell[0] if cell else "" for head, cell in zip(heads, row)}  # noqa: B905 - Python 3.9
            its = [text for cell in row[:2] for text in cell if text in figures.bids]
            if "Total" in heads and its:
                yield from of_a_bid(its[0], cells, figures, "report.html")
            elif "Bids funded" in heads and figures.proven and row and row[0]:
                yield from of_a_theme(row[0][0], cells, figures)
    if figures.proven:
        wanted = {"recommended in all": figures.cost, "bids recommended": len(figures.awards)}
        for before, after in zip(page.texts, page.texts[1:]):  # noqa: B905 - Python 3.9 has no strict
            shown = pounds(before) if "£" in before else Fraction(before) if before.isdigit() else None
            if after in wanted and shown is not None and shown != wanted[after]:
                yield f"report.html says {before} {after}; it is {plain(wanted[after])}."


def of_a_bid(bid: str, cells: Row, figures: Figures, where: str) -> Iterator[str]:
    """Compare what a row shows of a bid: total, rank, and what it is awarded."""
    own = figures.bids[bid]
    for head, told, exact in (("Total", own["total"], own.get("exact_total")), ("Rank", own["rank"], None)):
        shown = cells.get(head)
        if told is not None and FIGURE.fullmatch(str(shown)) and not is_of(str(shown), str(told), exact):
            yield f"{where}: {bid} has {head.lower()} {shown}; it is {told}."
    shown, told = pounds(str(cells.get("Awarded", ""))), figures.awards.get(bid)
    said = shown is not None or cells.get("Awarded") in ("", "–")
    if said and figures.proven and shown != told:
        yield f"{where}: {bid} is awarded {cells['Awarded']}; it is {'nothing' if told is None else plain(told)}."


def bid_page(name: str, content: bytes, figures: Figures) -> Iterator[str]:
    """Compare the page of a bid with what outcome.json says of it: what it is told to have, and each of its marks."""
    page, bid = Page(content.decode("utf-8", "replace")), figures.bids.get(name[len(BID_PAGE) : -5])
    if bid is None:
        yield f"{name} is the page of no bid."
        return
    shown = dict(zip(page.texts, page.texts[1:]))  # noqa: B905 - neither is in Python 3.9
    said = {head: shown.get(head, "").split(" ")[0] for head in ("Total", "Rank")}
    yield from of_a_bid(bid["bid"], said, figures, name)
    award, told = pounds(shown.get("Recommended", "")), figures.awards.get(bid["bid"])
    if figures.proven and award is not None and award != told:
        yield f"{name}: it is recommended {shown['Recommended']}; it is {'nothing' if told is None else plain(told)}."
    rows = [
        (row[0][0].split(" ")[0], row[1][0]) for table in page.tables for row in table if len(row) > 1 and all(row[:2])
    ]
    for question, mark in rows:
        counts = bid["marks"].get(question)
        if FIGURE.fullmatch(mark) and FIGURE.fullmatch(str(counts)) and Fraction(mark) != Fraction(str(counts)):
            yield f"{name}: the mark on {question} is {mark}; it is {counts}."


def word_form(name: str, files: dict[str, bytes]) -> Iterator[str]:
    """Find figures in a Word document that its page does not show, or not so often."""
    with zipfile.ZipFile(io.BytesIO(files[name])) as document:
        runs = ElementTree.fromstring(document.read(WORD)).iter(f"{WORDS}t")
        own = Counter(one for run in runs for one in SHOWN_FIGURE.findall(run.text or ""))
    text = files[f"{name[:-5]}.html"].decode("utf-8", "replace")
    shown = Counter(one for part in Page(text).texts for one in SHOWN_FIGURE.findall(part))
    yield from (f"{name} says {figure} where its page does not." for figure in sorted(own - shown))


def is_of(shown: str, told: str, exact: Any) -> bool:
    """Say whether a figure is the one told, or the exact one to more places, as where it is rounded for the eye."""
    if Fraction(shown) == Fraction(told):
        return True
    finer, places = (len(each.partition(".")[2]) for each in (shown, told))
    return exact is not None and finer > places and abs(Fraction(shown) - Fraction(exact)) * 2 * 10**finer <= 1


def of_a_theme(title: str, cells: Row, figures: Figures) -> Iterator[str]:
    """Compare what the report says of a theme's awards, or of all, with their sums."""
    if title not in figures.titles and title != "All themes":
        return
    for head, wanted in figures.sums(figures.titles.get(title, "")).items():
        shown = cells.get(head, "")
        value = pounds(shown) if "£" in shown else Fraction(shown) if shown.isdigit() else None
        if value is not None and value != wanted:
            yield f"report.html: {title}, {head}, is {shown}; it is {plain(wanted)}."


def plain(value: Any) -> str:
    """Write a figure without needless places."""
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")


def sheets(content: bytes) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Give the rows of each sheet of a workbook, each its cells' texts as they are kept, by the column's letters."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in one.iter(f"{SHEET}t")) for one in shared]
        listed = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        for at, name in enumerate([one.get("name", "") for one in listed], 1):
            if name in NOT_READ:
                continue
            rows = []
            for row in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{at}.xml")).iter(f"{SHEET}row"):
                cells = {}
                for cell in row:
                    kept = cell.findtext(f"{SHEET}v") or ""
                    by_number = cell.get("t") == "s" and kept
                    cells[re.sub(r"\d", "", cell.get("r", ""))] = texts[int(kept)] if by_number else kept
                rows.append(cells)
            yield name, rows


def agreed_on(files: dict[str, bytes]) -> dict[str, str]:
    """Give when each agreed mark came to be what it is, as the ledger has it."""
    entries = map(json.loads, files.get(LEDGER, b"").splitlines())
    its = (one for one in entries if one["kind"] in ("consensus", "correction"))
    return {one["subject"]: one["when"].replace("T", " ") for one in its}


def changed(rows: list[dict[str, str]], days: dict[str, str]) -> Iterator[str]:
    """Compare when the workbook says that marks came to be what they are with the ledger."""
    told = {f"{row.get('A')} {row['B'][len(MARK_OF) :]}": row for row in rows if row.get("B", "").startswith(MARK_OF)}
    other = {one: row["F"] for one, row in told.items() if row.get("F") and row["F"] != days.get(one)}
    for subject, day in list(other.items())[:1]:
        here = days.get(subject) or "no such day"
        yield f"results.xlsx dates {len(other)} agreed marks otherwise than the ledger: {subject} {day}; it has {here}."


def workbook(content: bytes, figures: Figures, days: dict[str, str]) -> Iterator[str]:
    """Compare what the workbook keeps for its totals, ranks and awards with outcome.json, and its days."""
    for name, rows in sheets(content):
        if name == CHANGES:
            yield from changed(rows, days)
            continue
        heads: dict[str, str] = {}
        for cells in rows:
            if "Bid" in cells.values():
                heads = {head: column for column, head in cells.items() if head}
            elif cells.get(heads.get("Bid", "")) in figures.bids:
                shown = {head: trimmed(cells.get(column, "")) for head, column in heads.items()}
                yield from of_a_row(shown, figures, f"results.xlsx {name}")


def of_a_row(shown: Row, figures: Figures, where: str) -> Iterator[str]:
    """Compare what a row of a sheet says of a bid."""
    bid, award = shown["Bid"], shown.get("All years", "")
    if "What" in shown:
        for one in ("Live value", "Engine's value"):
            yield from of_a_bid(bid, {shown["What"]: shown.get(one, "")}, figures, where)
    elif "Total" in shown:
        yield from of_a_bid(bid, {"Total": shown["Total"], "Rank": shown.get("Rank", "")}, figures, where)
    elif figures.proven and FIGURE.fullmatch(award) and Fraction(award) != figures.awards.get(bid):
        yield f"{where}: {bid} is awarded {award}, which is not its award."


def trimmed(kept: str) -> str:
    """Give a figure as a spreadsheet keeps it without what its binary arithmetic leaves at the end."""
    return f"{round(float(kept), 9):.9f}".rstrip("0").rstrip(".") if FIGURE.fullmatch(kept) else kept
