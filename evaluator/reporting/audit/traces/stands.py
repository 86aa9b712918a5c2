"""Where a number or a reference stands in the documents of a run: read from its pages as they were written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from evaluator.reporting.audit.traces.figure import is_number, numbers_in

WHOLE = frozenset(["p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "caption", "summary", "title", "desc", "text"])
CELLS = frozenset(["td", "th"])
HEADINGS = ("h2", "h3")
UNSEEN = frozenset(["style", "script", "title", "desc"])  # a picture says in these what the page says beside it
REFERENCE = "ref"  # the class of what stands beside a figure


@dataclass
class Piece:
    """A paragraph, item or cell of a page: where it is, what it says, and the references beside it."""

    document: str
    heading: str
    row: str = ""
    column: str = ""
    text: str = ""
    refs: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it is, in words."""
        cell = " / ".join(filter(None, (self.row, self.column)))
        return ", ".join(filter(None, (self.document, self.heading, cell)))


class _Reader(HTMLParser):
    """Reads a page into its pieces."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.document, self.heading, self.row = document, "", ""
        self.pieces: list[Piece] = []
        self.unseen, self.names_row = 0, False
        self.spans: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a piece, or note that what follows is a reference."""
        given = dict(attrs)
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "tr":
            self.row = ""
        elif tag in WHOLE or tag in CELLS:
            self.names_row = (tag, given.get("scope")) == ("th", "row")
            self.pieces.append(Piece(self.document, self.heading, self.row, given.get("data-label") or ""))
        elif tag == "span":
            self.spans.append(REFERENCE in (given.get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag in UNSEEN:
            self.unseen -= 1
        elif tag == "span" and self.spans:
            self.spans.pop()
        elif tag in HEADINGS and self.pieces:
            self.heading = self.pieces[-1].text.strip()
        elif tag == "th" and self.names_row:
            self.row = self.pieces[-1].text.strip()
        elif tag == "table":
            self.row = ""

    def handle_data(self, data: str) -> None:
        """Take what is said."""
        if self.unseen or not self.pieces or not data.strip():
            return
        if any(self.spans):
            self.pieces[-1].refs += data.split()
        else:
            self.pieces[-1].text += " ".join(f" {data} ".split()) + " "


def pieces_of(document: str, page: str) -> list[Piece]:
    """Read a page.

    >>> row = '<tr><th scope="row">Advice</th><td data-label="All">£9 <span class="soft ref">T1-money</span></td></tr>'
    >>> one = pieces_of("a.html", f"<h2>Short</h2><table>{row}</table>")[-1]
    >>> one.place, one.text.strip(), one.refs
    ('a.html, Short, Advice / All', '£9', ['T1-money'])
    """
    reader = _Reader(document)
    reader.feed(page)
    reader.close()
    return reader.pieces


@dataclass(frozen=True)
class Stands:
    """The pages of a run by name, read when they are asked."""

    pages: Mapping[str, str]

    def _pieces(self) -> Iterator[Piece]:
        for name, page in self.pages.items():
            yield from pieces_of(name, page)

    def number(self, number: str) -> tuple[Piece, ...]:
        """Give every piece in which a number stands."""
        return tuple(one for one in self._pieces() if is_number(number, numbers_in(one.text)))

    def references(self, wanted: Iterable[str]) -> tuple[Piece, ...]:
        """Give every piece beside which one of some references stands."""
        among = frozenset(wanted)
        return tuple(one for one in self._pieces() if among.intersection(one.refs))
