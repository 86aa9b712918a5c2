"""The further forms of a page: one HTML page is the one description, and Word and PDF files are made from it."""

from evaluator.files.forms.pdf import pdf_bytes
from evaluator.files.forms.read import read_page
from evaluator.files.forms.word import docx_bytes
from evaluator.records.documents import Document

FORMS = {"docx": docx_bytes, "pdf": pdf_bytes}


def further_forms(document: Document) -> dict[str, bytes]:
    """Give the further forms of a page by name, such as ``report.docx`` and ``report.pdf`` of ``report.html``."""
    if not document.also or not isinstance(document.content, str):
        return {}
    page = read_page(document.content)
    stem = document.name.rsplit(".", 1)[0]
    return {f"{stem}.{form}": FORMS[form](page) for form in document.also}


__all__ = ["further_forms"]
