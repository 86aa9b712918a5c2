"""Findings about open data that comes in, in words."""

from evaluator.records.findings.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
