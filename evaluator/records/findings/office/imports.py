"""Findings about spreadsheets of other makers that are imported, in words."""

from evaluator.records.findings.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
