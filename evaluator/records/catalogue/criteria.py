"""Findings about criteria, in words."""

from evaluator.records.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
