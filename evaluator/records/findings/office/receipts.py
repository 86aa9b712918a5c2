"""Findings about files that are received and filed, in words."""

from evaluator.records.findings.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
