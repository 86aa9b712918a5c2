"""Reads what an edition of the equality figures prints, from its files alone: page, workbook, Word and JSON."""

import html
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from openpyxl import load_workbook

Interval = tuple[int, int]
Rows = Mapping[str, tuple[Interval, Interval | None]]  # by group: organisations, and those with an award
NO_ANSWER = "No answer"


def interval(text: str) -> Interval | None:
    """Read “2 or fewer”, “3 to 7” or “12”; None where nothing is shown."""
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]
    if not numbers:
        return None
    return (0, numbers[0]) if "fewer" in text else (numbers[0], numbers[-1])


def of_page(page: str, titles: Mapping[str, str]) -> dict[str, Rows]:
    """Read the tables of a page, by question."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    cells = [[_plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]
    return _by_question(cells, titles)


def of_word(content: bytes, titles: Mapping[str, str]) -> dict[str, Rows]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        document = parts.read("word/document.xml").decode()
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", document, re.DOTALL)
    cells = [[_plain(cell) for cell in re.findall(r"<w:tc[ >].*?</w:tc>", row, re.DOTALL)] for row in rows]
    return _by_question(cells, titles)


def of_workbook(content: bytes, titles: Mapping[str, str]) -> dict[str, Rows]:
    """Read every sheet, shown or hidden: question, group, organisations, with an award."""
    found: dict[str, dict[str, tuple[Interval, Interval | None]]] = {}
    ids = {title: id for id, title in titles.items()}
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            told = [str(cell) if cell is not None else "" for cell in row]
            groups = len(told) >= 4 and told[0] in ids and "to tell" not in told[1]
            if groups and (size := interval(told[2])):
                found.setdefault(ids[told[0]], {}).setdefault(told[1], (size, interval(told[3])))
    return dict(found)


def of_json(document: Mapping[str, object]) -> dict[str, Rows]:
    """Read the ``equality`` part of ``outcome.json``; what stands as first published tells nothing of its own."""
    found: dict[str, Rows] = {}
    asked = document["characteristics"]
    assert isinstance(asked, list)
    for one in asked:
        groups = {each["group"]: (each["organisations"], each["funded"]) for each in one["groups"]}
        if groups:
            groups[NO_ANSWER] = (one["no_answer"], None)
            found[one["id"]] = {
                name: (_ends(size), _ends(won) if won else None) for name, (size, won) in groups.items()
            }
    return found


def words_of(content: bytes) -> str:
    """Give every text of a zip of parts (a workbook or a Word file), seen or not: properties, notes, alternatives."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def alternatives(page: str) -> list[str]:
    """Give the texts that no eye sees: of pictures, descriptions and attributes."""
    told = re.findall(r"<(?:title|desc)[^>]*>(.*?)</(?:title|desc)>", page, re.DOTALL)
    return [_plain(text) for text in (*told, *re.findall(r'(?:alt|aria-label|title)="([^"]*)"', page))]


def _ends(band: Mapping[str, int]) -> Interval:
    return band["least"], band["most"]


def named(text: str) -> str:
    """Give the words of a cell, without the reference that stands after a group's name."""
    return re.sub(r" reply-\d+(-\d+)?$", "", text.strip())


def _plain(markup: str) -> str:
    return named(html.unescape(re.sub(r"<[^>]+>", "", markup)))


def _by_question(rows: Iterable[Sequence[str]], titles: Mapping[str, str]) -> dict[str, Rows]:
    """Take the rows with three cells under the row that names a question."""
    ids, now = {title: id for id, title in titles.items()}, ""
    found: dict[str, dict[str, tuple[Interval, Interval | None]]] = {}
    for row in rows:
        if len(row) == 1 or (row and not any(row[1:])):
            now = ids.get(row[0], now if row[0] else "")
        elif len(row) == 3 and now and (size := interval(row[1])):
            found.setdefault(now, {}).setdefault(row[0], (size, interval(row[2])))
    return dict(found)
