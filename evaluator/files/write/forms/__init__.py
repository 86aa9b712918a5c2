"""The further forms of a page: one HTML page is the one description, and Word and PDF files are made from it."""

from collections.abc import Callable
from concurrent.futures import Executor

from evaluator.files.write.forms.blocks import Page
from evaluator.files.write.forms.page_reader import read_page
from evaluator.files.write.forms.pdf import drawn, load, set_pdf
from evaluator.files.write.forms.typst_source import typst_source
from evaluator.files.write.forms.word import docx_bytes, drawings
from evaluator.records.documents import Document

Later = Callable[[], bytes]  # asks for what was begun


def further_forms(document: Document, helpers: Executor) -> dict[str, Later]:
    """Begin the further forms of a page, by name, such as ``report.docx`` and ``report.pdf`` of ``report.html``.

    typst sets pages and draws pictures on the helpers' threads, without holding up Python, which goes on meanwhile.
    """
    if not document.also or not isinstance(document.content, str):
        return {}
    load()
    page = read_page(document.content)
    stem = document.name.rsplit(".", 1)[0]
    return {f"{stem}.{form}": FORMS[form](page, helpers) for form in document.also}


def _word(page: Page, helpers: Executor) -> Later:
    pictures = helpers.submit(drawn, drawings(page))
    return lambda: docx_bytes(page, pictures.result())


def _pdf(page: Page, helpers: Executor) -> Later:
    return helpers.submit(set_pdf, typst_source(page), page).result


FORMS: dict[str, Callable[[Page, Executor], Later]] = {"docx": _word, "pdf": _pdf}


__all__ = ["Later", "further_forms"]
