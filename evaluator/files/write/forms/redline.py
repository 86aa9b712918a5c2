"""Two versions of a page as one Word file with tracked changes: accepted, they give the new one; rejected, the old."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count
from typing import Any, NamedTuple

from lxml import etree

from evaluator.files.write.forms.page_reader import read_page
from evaluator.files.write.forms.word import with_body, written_body
from evaluator.files.write.forms.word_xml import writable

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ALIKE = 0.45  # how much of two paragraphs or rows is the same where one has become the other
WORD = re.compile(r"£?[0-9][0-9,]*(?:\.[0-9]+)*(?!\w)|\w+|\s+|.", re.DOTALL)
Pair = tuple[Any, Any]  # of the old and the new; one is None where the other stands alone
Step = tuple[str, int, int, int, int]  # what became of words from and to, of the old and the new
TEXTS = {"ins": "t", "del": "delText"}


class Piece(NamedTuple):
    """A word of a paragraph, or the blank or mark between two, with its look."""

    text: str
    look: bytes


def redline(old: str, new: str, author: str, date: str = "") -> bytes:
    """Write a page's new version as a Word file in which each change from the old one is tracked.

    Parameters
    ----------
    old, new : the pages, as HTML.
    author : who made the changes, as Word names it.
    date : the day of the changes, such as 2026-12-01; none where it is empty.
    """
    page, before = read_page(new), read_page(old)
    document, body = written_body(page)
    _, earlier = written_body(before)
    tracked = _Tracker(writable(author), f"{date}T00:00:00Z" if date else "")
    old_body, new_body = (etree.fromstring(text) for text in (earlier, body))
    made = etree.Element(f"{W}body", nsmap=new_body.nsmap)
    made.extend(tracked.blocks(_content(old_body), _content(new_body)))
    made.append(new_body[-1])  # the last section's pages
    return with_body(document, etree.tostring(made, encoding="unicode"))


def _content(body: Any) -> list[Any]:
    """Give the paragraphs and tables; where sections end is no change that anyone reads."""
    return [one for one in body if one.tag != f"{W}sectPr" and one.find(f"{W}pPr/{W}sectPr") is None]


@dataclass
class _Tracker:
    """Puts two versions together, and signs each change."""

    author: str
    date: str

    def __post_init__(self) -> None:
        """Begin to number the changes."""
        self._numbers = count(1)

    def change(self, kind: str, *inner: Any) -> Any:
        """Make the element of an insertion (``ins``) or a deletion (``del``)."""
        facts = {f"{W}id": str(next(self._numbers)), f"{W}author": self.author}
        made = etree.Element(f"{W}{kind}", facts | ({f"{W}date": self.date} if self.date else {}))
        made.extend(inner)
        return made

    def blocks(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
        """Give the paragraphs and tables of both, each change tracked."""
        for before, after in _pairs(old, new, _text, _could_be):
            if before is None or after is None:
                yield self._alone(after if before is None else before, "ins" if before is None else "del")
            elif after.tag == f"{W}tbl":
                yield self._table(before, after)
            else:
                yield self._paragraph(before, after)

    def _alone(self, block: Any, kind: str) -> Any:
        """Track the coming or going of a whole paragraph or table."""
        block = deepcopy(block)
        if block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                self._row_alone(row, kind)
        else:
            self._paragraph_alone(block, kind)
        return block

    def _row_alone(self, row: Any, kind: str) -> Any:
        facts = row.find(f"{W}trPr")
        if facts is None:
            facts = etree.Element(f"{W}trPr")
            row.insert(0, facts)
        facts.append(self.change(kind))
        for paragraph in row.iter(f"{W}p"):
            self._paragraph_alone(paragraph, kind)
        return row

    def _paragraph_alone(self, paragraph: Any, kind: str) -> None:
        pieces = _pieces(paragraph)
        _clear(paragraph)
        facts = paragraph.find(f"{W}pPr")
        if facts is None:
            facts = etree.Element(f"{W}pPr")
            paragraph.insert(0, facts)
        etree.SubElement(facts, f"{W}rPr").append(self.change(kind))
        if pieces:
            paragraph.append(self.change(kind, *_runs(pieces, TEXTS[kind])))

    def _paragraph(self, old: Any, new: Any) -> Any:
        before, after = _pieces(old), _pieces(new)
        made = deepcopy(new)
        if [one.text for one in before] == [one.text for one in after]:
            return made
        _clear(made)
        for kind, start, end, first, last in _steps([one.text for one in before], [one.text for one in after]):
            if kind == "equal":
                made.extend(_runs(after[first:last], "t"))
                continue
            if end > start:
                made.append(self.change("del", *_runs(before[start:end], "delText")))
            if last > first:
                made.append(self.change("ins", *_runs(after[first:last], "t")))
        return made

    def _table(self, old: Any, new: Any) -> Any:
        made = deepcopy(new)
        for row in made.findall(f"{W}tr"):
            made.remove(row)
        widths = [one.get(f"{W}w") for one in made.find(f"{W}tblGrid")]
        for before, after in _pairs(old.findall(f"{W}tr"), new.findall(f"{W}tr"), _text, _same_cells):
            if before is not None and after is not None:
                made.append(self._row(before, after))
            else:
                kind, row = ("ins", after) if before is None else ("del", before)
                made.append(_fitted(self._row_alone(deepcopy(row), kind), widths))
        return made

    def _row(self, old: Any, new: Any) -> Any:
        made = deepcopy(new)
        for before, after in zip(old.findall(f"{W}tc"), made.findall(f"{W}tc"), strict=True):
            said = [one for one in after if one.tag == f"{W}p"]
            for one in said:
                after.remove(one)
            was = before.findall(f"{W}p")
            single = len(was) == len(said) == 1
            after.extend([self._paragraph(was[0], said[0])] if single else self.blocks(was, said))
        return made


def _steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Give what is equal and what changed; a blank alone between two changes belongs to them."""
    steps: list[Step] = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    joined: list[Step] = []
    for at, step in enumerate(steps):
        between = 0 < at < len(steps) - 1 and step[0] == "equal" and not "".join(old[step[1] : step[2]]).strip()
        if joined and joined[-1][0] != "equal" and (between or step[0] != "equal"):
            joined[-1] = ("replace", joined[-1][1], step[2], joined[-1][3], step[4])
        else:
            joined.append(step)
    return joined


def _pairs(
    old: Sequence[Any], new: Sequence[Any], name: Callable[[Any], str], fits: Callable[[Any, Any], bool]
) -> Iterator[Pair]:
    """Put the parts of two versions side by side: the same ones, then, of those between, the ones that are alike."""
    names = [(one.tag, name(one)) for one in old], [(one.tag, name(one)) for one in new]
    for kind, start, end, first, last in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        if kind == "equal" and all(map(fits, old[start:end], new[first:last])):
            yield from zip(old[start:end], new[first:last], strict=True)
        else:
            yield from _alike(old[start:end], new[first:last], fits)


def _alike(old: Sequence[Any], new: Sequence[Any], fits: Callable[[Any, Any], bool]) -> Iterator[Pair]:
    """Pair each of the new with the first old one left that became it, in order; the rest came or went."""
    at = 0
    for one in new:
        found = next((n for n in range(at, len(old)) if fits(old[n], one) and _became(old[n], one)), None)
        if found is None:
            yield None, one
            continue
        yield from ((gone, None) for gone in old[at:found])
        yield old[found], one
        at = found + 1
    yield from ((gone, None) for gone in old[at:])


def _became(old: Any, new: Any) -> bool:
    """Whether one text became another: under one clause's number, or mostly of the same words."""
    before, after = ([one.text for one in _pieces(part)] for part in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    first = (next(iter(_text(part).split()), "") for part in (old, new))
    numbered, other = first
    same_number = numbered == other and numbered[:1].isdigit()
    return same_number or (matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE)


def _could_be(old: Any, new: Any) -> bool:
    """Whether a block can have become another: a table one of as many columns."""
    if old.tag != new.tag:
        return False
    return old.tag != f"{W}tbl" or len(old.find(f"{W}tblGrid")) == len(new.find(f"{W}tblGrid"))


def _same_cells(old: Any, new: Any) -> bool:
    return len(old.findall(f"{W}tc")) == len(new.findall(f"{W}tc"))


def _text(part: Any) -> str:
    return "".join(one.text or "" for one in part.iter(f"{W}t"))


def _clear(paragraph: Any) -> None:
    """Take everything out of a paragraph but what it looks like."""
    for one in list(paragraph):
        if one.tag != f"{W}pPr":
            paragraph.remove(one)


def _pieces(part: Any) -> list[Piece]:
    """Give the words of a paragraph or row, with their looks; a break between lines is one of them."""
    found: list[Piece] = []
    for run in part.iter(f"{W}r"):
        facts = run.find(f"{W}rPr")
        look = b"" if facts is None else etree.tostring(facts)
        for one in run:
            if one.tag == f"{W}br":
                found.append(Piece("\n", look))
            elif one.tag == f"{W}t":
                found += (Piece(word, look) for word in WORD.findall(one.text or ""))
    return found


def _runs(pieces: Iterable[Piece], tag: str) -> Iterator[Any]:
    """Write words as runs, those of one look together."""
    run, last = None, None
    for piece in pieces:
        if run is None or piece.look != last:
            if run is not None:
                yield run
            run, last = etree.Element(f"{W}r"), piece.look
            if piece.look:
                run.append(etree.fromstring(piece.look))
        if piece.text == "\n":
            etree.SubElement(run, f"{W}br")
            continue
        held = run[-1] if len(run) and run[-1].tag == f"{W}{tag}" else etree.SubElement(run, f"{W}{tag}")
        held.set(XML_SPACE, "preserve")
        held.text = (held.text or "") + piece.text
    if run is not None:
        yield run


def _fitted(row: Any, widths: Sequence[str]) -> Any:
    """Give the cells of a row the widths of the table that it stands in now."""
    cells = row.findall(f"{W}tc/{W}tcPr/{W}tcW")
    for cell, width in zip(cells, widths, strict=False):
        if len(cells) == len(widths):
            cell.set(f"{W}w", width)
    return row
