"""Findings about the folder of a programme and its settings, in words."""

from evaluator.records.findings.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
