"""Every document that a run gives rise to."""

from collections.abc import Iterator

from evaluator.records.documents import Document
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award import report_page
from evaluator.reporting.award.annex import MOST_ON_PAGE, NAME, annex_workbook
from evaluator.reporting.award.bid_pages import bid_pages
from evaluator.reporting.award.stages import stage_document
from evaluator.reporting.equality import equality_html, equality_workbook
from evaluator.reporting.record import record_html
from evaluator.reporting.results import results_workbook
from evaluator.reporting.run.outcome_json import outcome_json
from evaluator.reporting.shared.findings_list import findings_html, findings_workbook
from evaluator.reporting.shared.pages import render


def documents(outcome: Outcome) -> Iterator[Document]:
    """Make every document that a run gives rise to, as far as it came, each when it is asked for.

    ``outcome.json`` and the findings always; where bids were scored, the report with its annex and the record; a page
    for each bid and the results workbook where bids are no more than people can read, and nothing of all these where
    they are more and were not taken as far as awards; the equality summary when that stage was reached. Where the
    awards are not proven, none but ``outcome.json`` names the best set that was found.
    """
    yield Document("outcome.json", outcome_json(outcome))
    outcome = held_back(outcome)
    yield Document("findings.html", findings_html(outcome))
    yield Document("findings.xlsx", findings_workbook(outcome))
    yield from stage_document(outcome)
    if (
        outcome.scores
        and outcome.evaluation
        and (outcome.allocation or outcome.evaluation.number_of_bids <= MOST_ON_PAGE)
    ):
        yield from _for_people(outcome)
    if outcome.equality:
        yield from equality_documents(outcome)


def first_documents(outcome: Outcome) -> Iterator[Document]:
    """Make what can be read as soon as the awards are there: the outcome and the report, which say what is to come."""
    yield Document("outcome.json", outcome_json(outcome, to_come=True))
    yield Document("report.html", render(report_page(outcome, to_come=True)))


def _for_people(outcome: Outcome) -> Iterator[Document]:
    report = report_page(outcome)
    yield Document("report.html", render(report), ("docx", "pdf"))
    if not report.annex.in_print:
        yield Document(NAME, annex_workbook(outcome, report.annex))
    if report.annex.on_page:
        yield from bid_pages(outcome)
    yield Document("record.html", record_html(outcome, report), ("docx", "pdf"))
    if report.annex.on_page:
        yield Document("results.xlsx", results_workbook(outcome))


def equality_documents(outcome: Outcome) -> tuple[Document, ...]:
    """Make the equality impact document that everyone may read."""
    if outcome.equality is None:
        return ()
    name = "equality_impact"
    return (
        Document(f"{name}.html", equality_html(outcome), also=("docx", "pdf")),
        Document(f"{name}.xlsx", equality_workbook(outcome)),
    )
