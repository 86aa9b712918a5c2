"""Every document that a run gives rise to."""

from collections.abc import Iterator

from evaluator.records.documents import Document
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award import report_page
from evaluator.reporting.award.annex import NAME, annex_workbook
from evaluator.reporting.award.bid_pages import bid_pages
from evaluator.reporting.equality import equality_html, equality_workbook
from evaluator.reporting.record import record_html
from evaluator.reporting.results import results_workbook
from evaluator.reporting.run.outcome_json import outcome_json
from evaluator.reporting.shared.findings_list import findings_html, findings_workbook
from evaluator.reporting.shared.pages import render

MOST_BIDS = 2_000  # that a workbook of live formulas and a report for people can hold; outcome.json holds any number


def documents(outcome: Outcome) -> Iterator[Document]:
    """Make every document that a run gives rise to, as far as it came, each when it is asked for.

    ``outcome.json`` and the findings always; where bids were scored, and are no more than people can read, the report
    with its annex and a page for each bid, the record and the results workbook; the equality summary when that stage
    was reached. Where the awards are not proven, none but ``outcome.json`` names the best set that was found.
    """
    yield Document("outcome.json", outcome_json(outcome))
    outcome = held_back(outcome)
    yield Document("findings.html", findings_html(outcome))
    yield Document("findings.xlsx", findings_workbook(outcome))
    if outcome.scores and outcome.evaluation and len(outcome.evaluation.bids) <= MOST_BIDS:
        report = report_page(outcome)
        yield Document("report.html", render(report), ("docx", "pdf"))
        if not report.annex.in_print:
            yield Document(NAME, annex_workbook(outcome, report.annex))
        yield from bid_pages(outcome)
        yield Document("record.html", record_html(outcome, report), ("docx", "pdf"))
        yield Document("results.xlsx", results_workbook(outcome))
    if outcome.equality:
        yield from equality_documents(outcome)


def equality_documents(outcome: Outcome) -> tuple[Document, ...]:
    """Make the equality impact document that everyone may read."""
    if outcome.equality is None:
        return ()
    name = "equality_impact"
    return (
        Document(f"{name}.html", equality_html(outcome), also=("docx", "pdf")),
        Document(f"{name}.xlsx", equality_workbook(outcome)),
    )
