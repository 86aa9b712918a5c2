"""Findings about allocation, in words."""

from evaluator.records.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
