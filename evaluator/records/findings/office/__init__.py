"""Findings about what an office keeps, sends and takes in: folder, papers, receipts, imports, ledger, in words."""

from evaluator.records.findings.office import events, imports, ledger, open_data, papers, programme, receipts

ENTRIES = (
    *papers.ENTRIES,
    *ledger.ENTRIES,
    *programme.ENTRIES,
    *receipts.ENTRIES,
    *events.ENTRIES,
    *imports.ENTRIES,
    *open_data.ENTRIES,
)
