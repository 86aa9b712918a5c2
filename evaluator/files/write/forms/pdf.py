"""Pages as tagged PDF files, made to PDF/UA-1 and PDF/A-2a by typst; drawings as pictures for Word by the same hand."""

import threading
from typing import TYPE_CHECKING

from evaluator.files.write.forms.blocks import Page, Picture
from evaluator.files.write.forms.typst_source import quoted

if TYPE_CHECKING:
    from typst import Compiler

STANDARDS = ["ua-1", "a-2a"]
FIXED = 946_684_800  # 1 January 2000: documents have no clock in them, and the standard wants a date
SHARP = 130  # points to the inch of a picture in Word

LARGE = 300_000  # characters of a source of which typst keeps hundreds of megabytes
KEPT = 10  # documents for which it keeps them

_own = threading.local()


def _compiler() -> "Compiler":
    """Give a thread's own compiler: it keeps its fonts, and knows no others, so every machine makes the same bytes."""
    from typst import Compiler

    if not hasattr(_own, "compiler"):
        _own.compiler = Compiler(ignore_system_fonts=True)
    compiler: Compiler = _own.compiler
    return compiler


def load() -> None:
    """Load what the helpers' threads use before they begin: threads that load packages at once can meet half of one."""
    import typst  # noqa: F401 - loaded here so that no thread loads it

    from evaluator.files.write.forms import pdf_row_headers  # noqa: F401 - it loads pikepdf


def set_pdf(source: str, page: Page) -> bytes:
    """Set the source of a page as a PDF, with the row headings of its tables."""
    # It loads pikepdf, which most commands never need.
    from evaluator.files.write.forms.pdf_row_headers import with_row_headings

    text = source.encode()
    made = _compiler().compile(text, format="pdf", pdf_standards=STANDARDS, timestamp=FIXED)  # type: ignore[arg-type]
    if len(source) > LARGE:
        _forget()
    return with_row_headings(made if isinstance(made, bytes) else b"".join(made or []), page)


def _forget() -> None:
    """Let typst give up what it keeps of a large document: it keeps everything for its next ten."""
    for _ in range(KEPT + 1):
        _compiler().compile(b".", format="pdf")


def drawn(drawings: list[Picture]) -> list[bytes]:
    """Draw each SVG as a PNG of its own, all in one go."""
    if not drawings:
        return []
    pages = (
        f"#page(width: {one.width:.1f}pt, height: {one.height:.1f}pt, margin: 0pt, "
        f'image(bytes({quoted(one.svg)}), format: "svg", width: 100%))'
        for one in drawings
    )
    made = _compiler().compile("\n".join(pages).encode(), format="png", ppi=SHARP)
    return [made] if isinstance(made, bytes) else list(made or [])
