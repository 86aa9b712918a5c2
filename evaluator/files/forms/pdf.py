"""Pages as tagged PDF files, made to PDF/UA-1 and PDF/A-2a by typst; drawings as pictures for Word by the same hand."""

from functools import cache
from typing import TYPE_CHECKING

from evaluator.files.forms.blocks import Page, Picture
from evaluator.files.forms.row_heads import with_row_headings
from evaluator.files.forms.typst_text import quoted, typst_source

if TYPE_CHECKING:
    from typst import Compiler

STANDARDS = ["ua-1", "a-2a"]
FIXED = 946_684_800  # 1 January 2000: documents have no clock in them, and the standard wants a date
SHARP = 130  # points to the inch of a picture in Word


@cache
def compiler() -> "Compiler":
    """Give the one compiler: it keeps its fonts, and knows none but its own, so every machine makes the same bytes."""
    from typst import Compiler

    return Compiler(ignore_system_fonts=True)


def pdf_bytes(page: Page) -> bytes:
    """Set a page as a PDF."""
    source = typst_source(page).encode()
    made = compiler().compile(source, format="pdf", pdf_standards=STANDARDS, timestamp=FIXED)  # type: ignore[arg-type]
    return with_row_headings(made if isinstance(made, bytes) else b"".join(made or []), page)


def pictures(drawings: list[Picture]) -> list[bytes]:
    """Draw each SVG as a PNG of its own, all in one go."""
    if not drawings:
        return []
    pages = (
        f"#page(width: {one.width:.1f}pt, height: {one.height:.1f}pt, margin: 0pt, "
        f'image(bytes({quoted(one.svg)}), format: "svg", width: 100%))'
        for one in drawings
    )
    made = compiler().compile("\n".join(pages).encode(), format="png", ppi=SHARP)
    return [made] if isinstance(made, bytes) else list(made or [])
