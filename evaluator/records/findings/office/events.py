"""Findings about corrections, withdrawals and other events of a programme, in words."""

from evaluator.records.findings.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
